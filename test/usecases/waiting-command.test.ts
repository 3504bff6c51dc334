import t from 'tap'
import { Problem } from '../../src/domain/problems.ts'
import { inTransaction } from '../../src/storage/database.ts'
import { lock } from '../../src/storage/prescription/state.ts'
import { find } from '../../src/storage/settlement.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { reverseSettlement } from '../../src/usecases/reverse-settlement.ts'
import { complete, prepare } from '../../src/usecases/settle-prescription.ts'
import { aWrite, testHub } from '../support/hub.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { walker } from '../support/journey.ts'

/** Waits until somebody waits for a lock in this database. */
async function somebodyWaits(pool: { query: (text: string) => Promise<{ rows: { n: number }[] }> }) {
  for (;;) {
    const { rows } = await pool.query(
      `select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (rows[0]!.n > 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

t.test('a command that waits for the lock sees what the one before it has committed', async (t) => {
  const hub = await testHub(t, { max: 16 })
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const { deps } = hub
  const { regionCode } = hub.world
  for (const command of ['hand-over', 'reverse'] as const) {
    const it = await walk.reviewed()
    const lines = walk.lines(it.content)
    const { body } = await requestSettlement(deps, pharmacy, aWrite(pharmacy), it.no, { lines })
    let waiting: Promise<unknown> | undefined
    await inTransaction(deps.pool, async (tx) => {
      const row = await lock(tx, regionCode, it.no)
      waiting =
        command === 'reverse'
          ? reverseSettlement(deps, pharmacy, aWrite(pharmacy), it.no, 'walk')
          : handOver(deps, pharmacy, aWrite(pharmacy), it.no, walk.handOverOf(it.content))
      waiting.catch(() => {})
      await somebodyWaits(deps.pool)
      const settlement = await find(tx, regionCode, body.settlementId)
      const prepared = await prepare(deps, tx, row!, settlement!, hub.now)
      await complete(deps, tx, row!, settlement!, prepared!, hub.now)
    })
    await t.resolves(waiting!, `${command} finds the settlement that it waited for`)
    const { rows } = await deps.pool.query(
      'select kind, (select count(*)::int from posting_line l where l.posting_id = p.posting_id) as lines from posting p where settlement_id = $1 order by posting_id',
      [body.settlementId],
    )
    t.match(
      rows,
      command === 'reverse'
        ? [{ kind: 'reservation' }, { kind: 'release', lines: 0 }]
        : [{ kind: 'reservation', lines: 0 }, { kind: 'settlement' }],
    )
  }
  t.same(await brokenInvariants(deps.pool), [])
})

t.test('a command that waits for a refusal is refused by what it finds', async (t) => {
  const hub = await testHub(t, { max: 16 })
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const { no, content } = await walk.settled()
  const handed = walk.handOverOf(content)
  const answers = await Promise.allSettled(
    Array.from({ length: 8 }, () => handOver(hub.deps, pharmacy, aWrite(pharmacy), no, handed)),
  )
  const refused = answers.flatMap((it) => (it.status === 'rejected' ? [it.reason] : []))
  t.equal(refused.length, 7)
  t.ok(refused.every((error) => error instanceof Problem && error.code === 'wrong-state'))
})
