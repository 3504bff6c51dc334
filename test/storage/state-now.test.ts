import t from 'tap'
import { stateAt } from '../../src/domain/lifecycle/state-at.ts'
import { STATES } from '../../src/domain/lifecycle/transitions.ts'
import { STATE_NOW } from '../../src/storage/pharmacy/inbox.ts'
import { freshDatabase } from '../support/database.ts'

const NOW = new Date('2026-11-22T02:00:00.000Z')
const times = [-1, 0, 1].map((ms) => new Date(NOW.getTime() + ms))

t.test(
  'MZ-6.3 MZ-6.4 what time alone has done is the same for the inbox, in SQL, as for every command',
  async (t) => {
    const { pool } = await freshDatabase(t)
    const rows = STATES.flatMap((state) =>
      times.flatMap((expiresAt) =>
        times.flatMap((holdUntil) =>
          [undefined, NOW].map((cancelPendingAt) => ({ state, expiresAt, holdUntil, cancelPendingAt })),
        ),
      ),
    )
    const given = rows.map(({ state, expiresAt, holdUntil, cancelPendingAt }, place) => ({
      place,
      state,
      expires_at: expiresAt,
      hold_until: holdUntil,
      cancel_pending_at: cancelPendingAt,
    }))
    const found = await pool.query<{ state: string }>(
      `select ${STATE_NOW} as state
       from jsonb_to_recordset($1::jsonb) as s(place int, state text, expires_at timestamptz,
                                               hold_until timestamptz, cancel_pending_at timestamptz)
      where place >= $2::int
      order by place`,
      [JSON.stringify(given), 0, NOW],
    )
    t.same(
      found.rows.map(({ state }) => state),
      rows.map((row) => stateAt(row, NOW)),
    )
  },
)
