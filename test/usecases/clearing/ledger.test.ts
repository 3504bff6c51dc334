import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import { STATEMENT_TRANSITIONS } from '../../../src/domain/clearing/transitions.ts'
import { unpaid } from '../../../src/storage/clearing/books.ts'
import { readStatement } from '../../../src/usecases/clearing/statement.ts'
import { handOver } from '../../../src/usecases/hand-over.ts'
import { settlePrescription } from '../../../src/usecases/settle-prescription.ts'
import { aWrite, testHub } from '../../support/hub.ts'
import { brokenInvariants } from '../../support/invariants.ts'
import { walker } from '../../support/journey.ts'
import { aStay, COVERED, clearing, DECEMBER } from './clearing.ts'

const POSTING = `insert into posting (region_code, posting_id, kind, settlement_id, day, at) values ($1, $2, $3, $4, $5, now())`
const LINE = `insert into posting_line (region_code, posting_id, line_no, account, amount_fen) values ($1, $2, $3, $4, $5)`

t.test(
  'what is posted can be neither unbalanced, nor edited, nor deleted, nor added to, by SQL',
  async (t) => {
    const hub = await testHub(t)
    const { pool } = hub.deps
    const walk = walker(hub)
    const it = await walk.dispensed(COVERED)
    const region = hub.world.regionCode
    const before = (await pool.query('select * from posting_line order by 1, 2, 3')).rows
    const { rows } = await pool.query('select posting_id from posting')
    const postingId = rows[0].posting_id
    const fresh = async (amounts: number[]) => {
      const id = randomUUID()
      const client = await pool.connect()
      try {
        await client.query('begin')
        await client.query(POSTING, [region, id, 'adjustment', null, '2026-11-22'])
        await client.query(
          `insert into posting_line (region_code, posting_id, line_no, account, amount_fen)
         select $1, $2, n, 'x:' || n, a from unnest($3::bigint[]) with ordinality as u(a, n)`,
          [region, id, amounts],
        )
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw error
      } finally {
        client.release()
      }
    }
    await t.rejects(fresh([1, -2]), { code: 'HB004' })
    await t.rejects(fresh([1]), { code: 'HB004' })
    await t.rejects(fresh([0, 0]), { code: '23514' })
    const one = (sql: string, values: unknown[] = []) => pool.query(sql, values)
    await t.rejects(one(LINE, [region, postingId, 90, 'fund:x', 5]), { code: 'HB004' }, 'one more line')
    await t.rejects(
      one(`${LINE}, ($1, $2, 91, 'fund:y', -5)`, [region, postingId, 90, 'fund:x', 5]),
      { code: 'HB003' },
      'two more lines that balance',
    )
    for (const table of ['posting', 'posting_line', 'person_year_movement']) {
      await t.rejects(
        one(`update ${table} set region_code = region_code`),
        { code: 'HB003' },
        `update ${table}`,
      )
      await t.rejects(one(`delete from ${table}`), { code: 'HB003' }, `delete from ${table}`)
      await t.rejects(one(`truncate ${table} cascade`), { code: 'HB003' }, `truncate ${table}`)
    }
    await t.rejects(
      one(
        `insert into person_year_movement (region_code, person_id, year, posting_id, measure, amount_fen)
       select region_code, person_id, year, posting_id, 'fundPaid2', -1 from person_year_movement limit 1`,
      ),
      { code: 'HB003' },
      'a movement of an old entry',
    )
    await t.rejects(
      one(POSTING, [region, randomUUID(), 'settlement', it.settlementId, '2026-11-22']),
      { code: '23505' },
      'a second settlement entry',
    )
    await t.rejects(
      one('update settlement set fund_fen = fund_fen - 1, patient_fen = patient_fen + 1'),
      { code: 'HB003' },
      'other figures',
    )
    await t.rejects(one("update settlement set status = 'requested'"), { code: 'HB003' }, 'undecided again')
    await t.rejects(one('delete from settlement'), { code: 'HB003' })
    await fresh([2, -2])
    t.same(
      (await pool.query("select * from posting_line where account not like 'x:%' order by 1, 2, 3")).rows,
      before,
    )
  },
)

t.test('nothing gets into a closed month, and a closed month stays closed, by SQL', async (t) => {
  const hub = await testHub(t)
  const { pool } = hub.deps
  const walk = walker(hub)
  const clear = clearing(hub)
  await walk.dispensed(COVERED)
  const open = await walk.settling(COVERED)
  hub.now = DECEMBER
  await clear.close('2026-11')
  const region = clear.regionCode
  const post = (day: string) =>
    pool.query(POSTING, [region, randomUUID(), 'settlement', open.settlementId, day])
  await t.rejects(post('2026-11-30'), { code: 'HB005' }, 'the last day of the month')
  await t.rejects(post('2026-10-31'), { code: 'HB005' }, 'a month before')
  await t.resolves(post('2026-12-01'), 'the first open day')
  for (const sql of [
    "update ledger_calendar set open_from = '2026-11-01'",
    'update clearing_statement set closing_fen = closing_fen + 1, due_fen = due_fen + 1',
    'update clearing_movement set amount_fen = 0',
    'delete from clearing_movement',
    `insert into clearing_movement values ('${region}', '2026-11', 'P1', 'receivable', 'settlement', 5, 1)`,
  ]) {
    await t.rejects(pool.query(sql), { code: 'HB005' }, sql)
  }
  await t.rejects(pool.query("update clearing_statement set status = 'paid', last_command = 'pay'"), {
    code: 'HB002',
  })
  for (const table of ['ledger_calendar', 'clearing_run', 'clearing_statement']) {
    await t.rejects(pool.query(`delete from ${table}`), { code: 'HB003' }, table)
  }
})

t.test('the database knows the same transitions of a statement as the program', async (t) => {
  const hub = await testHub(t)
  const { rows } = await hub.deps.pool.query(
    'select from_status, command, to_status from clearing_transition',
  )
  const cells = rows.map((row) => `${row.from_status} ${row.command} ${row.to_status}`)
  t.same(
    cells.sort(),
    STATEMENT_TRANSITIONS.map(({ from, command, to }) => `${from} ${command} ${to}`).sort(),
  )
})

t.test('MZ-6.6 many settlements of one person at once leave the balances of the year right', async (t) => {
  const hub = await testHub(t, { max: 12 })
  const walk = walker(hub)
  const jobs: string[] = []
  for (let i = 0; i < 12; i += 1) jobs.push((await walk.settling({ quantity: 60 })).settlementId)
  await Promise.all(
    jobs.map((settlementId) =>
      settlePrescription(hub.deps, { regionCode: hub.world.regionCode, settlementId }),
    ),
  )
  const { rows } = await hub.deps.pool.query(
    `select s.settlement_id, (s.adjudication::jsonb -> 'balancesAfter') as after,
            (s.adjudication::jsonb -> 'input' -> 'balances') as before
       from settlement s order by (s.adjudication::jsonb -> 'balancesAfter' ->> 'ownPaid')::bigint`,
  )
  t.equal(rows.length, 12)
  for (const [place, row] of rows.entries()) {
    const { deductibleLevel: _, ...start } = place === 0 ? row.before : rows[place - 1].after
    t.match(row.before, start, `number ${place + 1} begins where the one before ended`)
  }
  const sums = await hub.deps.pool.query(
    'select measure, sum(amount_fen)::int as fen from person_year_movement group by 1',
  )
  const last = rows.at(-1).after
  for (const { measure, fen } of sums.rows.filter(({ measure }) => !measure.includes(':')))
    t.equal(fen, last[measure], measure)
  t.equal(last.deductiblePaid, 60_000, 'the deductible is charged once, to the fen')
  t.same(await brokenInvariants(hub.deps.pool), [])
})

type Step = 'settle' | 'stay' | 'dispense' | 'reverse' | 'return' | 'close' | 'pay'

t.test('after any journey with reversals, returns and payments the books close at zero', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.constantFrom<Step>(
          'settle',
          'stay',
          'dispense',
          'reverse',
          'return',
          'close',
          'pay',
          'settle',
          'dispense',
        ),
        { minLength: 6, maxLength: 18 },
      ),
      async (steps) => {
        const ends: (() => Promise<unknown> | unknown)[] = []
        const hub = await testHub(
          { teardown: (end) => ends.push(end) },
          { now: new Date('2026-03-05T02:00:00.000Z') },
        )
        try {
          await journey(hub, [...steps, 'close', 'pay', 'close'])
        } finally {
          for (const end of ends) await end()
        }
      },
    ),
    { numRuns: Number(process.env['CLEARING_RUNS'] ?? 5), seed: Number(process.env['CLEARING_SEED'] ?? 7) },
  )
})

async function journey(hub: Awaited<ReturnType<typeof testHub>>, steps: readonly Step[]): Promise<void> {
  const walk = walker(hub)
  const clear = clearing(hub)
  const pharmacy = hub.pharmacy()
  const settled: { no: string; content: Parameters<typeof walk.handOverOf>[0] }[] = []
  const dispensed: string[] = []
  const toPay: string[] = []
  const closings = new Map<string, bigint>()
  let month = 3
  for (const [place, step] of steps.entries()) {
    if (step === 'settle') settled.push(await walk.settled(COVERED))
    if (step === 'stay') settled.push(await walk.settled(aStay(hub, `ZY-${place % 2}`)))
    if (step === 'dispense') dispensed.push((await walk.dispensed(COVERED)).no)
    if (step === 'reverse') {
      const last = settled.pop()
      if (last !== undefined) await clear.reversed(last.no)
    }
    if (step === 'return') {
      const first = dispensed.shift()
      if (first !== undefined) await clear.returned(first)
    }
    // The agreements of the sandbox end with the year.
    if (step === 'close' && month < 12) {
      const name = `2026-${String(month).padStart(2, '0')}`
      // What is settled in the old month is handed over before its hold ends.
      for (const { no, content } of settled.splice(0)) {
        await handOver(hub.deps, pharmacy, aWrite(pharmacy), no, walk.handOverOf(content))
        dispensed.push(no)
      }
      month += 1
      hub.now = new Date(`2026-${String(month).padStart(2, '0')}-02T02:00:00.000Z`)
      await clear.close(name)
      await clear.confirmed(name)
      toPay.push(name)
      const { figures } = await readStatement(hub.deps, hub.agency(), name, pharmacy.institutionId)
      if (figures.opening !== (closings.get('last') ?? 0n)) throw new Error('opens elsewhere than it closed')
      closings.set('last', figures.closing)
      await unpaidIsRight(hub, figures.closing)
    }
    if (step === 'pay') for (const name of toPay.splice(0)) await clear.pay(name, pharmacy.institutionId)
  }
  if ((await clear.total()) !== 0n) throw new Error('trial balance is not zero')
  const broken = await brokenInvariants(hub.deps.pool)
  if (broken.length > 0) throw new Error(JSON.stringify(broken))
}

/** At the moment of closing, nothing of the new month is posted yet: the closing is what is unpaid. */
async function unpaidIsRight(hub: Awaited<ReturnType<typeof testHub>>, closing: bigint): Promise<void> {
  const pharmacyId = hub.pharmacy().institutionId
  const now = await unpaid(hub.deps.pool, hub.world.regionCode, pharmacyId)
  const { rows } = await hub.deps.pool.query(
    "select coalesce(sum(due_fen) filter (where status <> 'paid'), 0) as due from clearing_statement where institution_id = $1",
    [pharmacyId],
  )
  if (now !== closing || BigInt(rows[0].due) !== closing) {
    throw new Error(`closing ${closing}, unpaid entries ${now}, unpaid statements ${rows[0].due}`)
  }
}
