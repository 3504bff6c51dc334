import t from 'tap'
import { TRANSITIONS } from '../../src/domain/lifecycle/transitions.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { migrate } from '../../src/storage/migrate.ts'
import { freshDatabase } from '../support/database.ts'

t.test('migrations applied twice change nothing the second time', async (t) => {
  const { pool } = await freshDatabase(t)
  const client = await pool.connect()
  t.same(await migrate(client, new URL('migrations/', PACKAGE_ROOT)), [])
  client.release()
})

t.test('the database holds exactly the transitions of the program', async (t) => {
  const { pool } = await freshDatabase(t)
  const { rows } = await pool.query('select from_state, command, to_state, event from lifecycle_transition')
  const cell = (r: { from_state: string; command: string; to_state: string; event: string }) =>
    `${r.from_state} ${r.command} ${r.to_state} ${r.event}`
  t.same(
    new Set(rows.map(cell)),
    new Set(
      TRANSITIONS.map(({ from, command, to, event }) =>
        cell({ from_state: from, command, to_state: to, event }),
      ),
    ),
  )
})
