import type { Pool } from 'pg'
import { PACKAGE_ROOT } from '../src/package-root.ts'
import { loadPolicies } from '../src/policy/load-policies.ts'
import { trialBalance } from '../src/storage/clearing/books.ts'
import { statementsBalance } from '../src/storage/clearing/statements.ts'
import { openPool } from '../src/storage/database.ts'
import { migrate } from '../src/storage/migrate.ts'
import { RegisterCache } from '../src/storage/register-cache.ts'
import { closeMonth, computeMonth } from '../src/usecases/clearing/close-month.ts'
import { exportStatement, STATEMENT_FORMS } from '../src/usecases/clearing/papers.ts'
import type { Caller, Deps } from '../src/usecases/deps.ts'

/*
 * Clearing of a month with very many settlements, in rows made by SQL. Started by
 *
 *   npm run bench:clearing -- 1000000 300
 *
 * with the number of settlements and of institutions. The last line is one JSON object.
 */

const REGION = '441400'
const MONTH = '2026-10'
const settlements = Number(process.argv[2] ?? 200_000)
const institutions = Number(process.argv[3] ?? 300)
/** Settlements of one statement of SQL. */
const BATCH = 20_000

const ends: (() => Promise<unknown> | unknown)[] = []
const pool = await ownDatabase()
const figures: Record<string, number> = { settlements, institutions }
let peak = 0
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss)
}, 20)

try {
  await timed('made', () => make(pool))
  await pool.query('vacuum analyze posting')
  await pool.query('vacuum analyze posting_line')
  const now = new Date('2026-11-02T02:00:00Z')
  const agency: Caller = { kind: 'agency', id: 'bench', regionCode: REGION }
  const deps = {
    pool,
    clock: () => now,
    mode: 'sandbox',
    policies: await loadPolicies(new URL('policies/', PACKAGE_ROOT)),
    registers: new RegisterCache(),
  } as unknown as Deps
  await timed('closed', () => closeMonth(deps, agency, write(), MONTH))
  figures['rssBeforeMb'] = megabytes(process.memoryUsage().rss)
  peak = 0
  await timed('added up', () =>
    computeMonth(deps, { regionCode: REGION, month: MONTH }, ({ daysDone, days, postings }) => {
      process.stderr.write(`\r  day ${daysDone} of ${days}, ${postings} entries `)
    }),
  )
  process.stderr.write('\n')
  figures['rssPeakMb'] = megabytes(peak)
  const total = await timed('trial balance', async () =>
    (await trialBalance(pool, REGION)).reduce((sum, { amount }) => sum + amount, 0n),
  )
  if (total !== 0n) throw new Error(`the trial balance is ${total}`)
  if (!(await statementsBalance(pool, REGION, MONTH))) throw new Error('statements and accounts differ')
  for (const form of STATEMENT_FORMS) {
    peak = 0
    await timed(`one statement as ${form}`, async () => {
      let bytes = 0
      for await (const chunk of await exportStatement(deps, agency, MONTH, 'P00001', form)) {
        bytes += (chunk as Buffer).length
      }
      figures[`${form}Kb`] = Math.round(bytes / 1024)
    })
    figures[`${form}PeakMb`] = megabytes(peak)
  }
  console.table(figures)
  console.log(JSON.stringify({ bench: 'clearing', ...figures }))
} finally {
  clearInterval(watch)
  for (const end of ends) await end()
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  const result = await work()
  figures[`${what} ms`] = Math.round(performance.now() - start)
  return result
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_048_576)
}

function write() {
  return { callerId: 'bench', key: 'clearing-bench-1', digest: Buffer.alloc(32) }
}

/** A migrated database of its own, dropped at the end. */
async function ownDatabase(): Promise<Pool> {
  const server = process.env['TEST_DATABASE_URL']
  if (server === undefined) throw new Error('start it through test/support/services.mjs')
  const name = `bench_clearing_${process.pid}`
  const admin = openPool(server, 1)
  await admin.query(`create database ${name}`)
  const pool = openPool(server.replace(/\/[^/]*$/, `/${name}`), 4)
  const client = await pool.connect()
  await migrate(client, new URL('migrations/', PACKAGE_ROOT))
  client.release()
  ends.push(
    () => pool.end(),
    () => admin.query(`drop database ${name} with (force)`),
    () => admin.end(),
  )
  return pool
}

/** Settlements, entries and lines as the use cases leave them; one in twenty for an inpatient, one in fifty reversed. */
async function make(pool: Pool): Promise<void> {
  const client = await pool.connect()
  try {
    // Dispenses and prescriptions are left out: the books don't look at them.
    await client.query('set session_replication_role = replica')
    for (let from = 0; from < settlements; from += BATCH) {
      await client.query(
        `
        with one as materialized (
          select n, uuidv7() as settlement_id, uuidv7() as posting_id,
                 'P' || lpad((n % $4 + 1)::text, 5, '0') as pharmacy, 'H' || lpad((n % 20 + 1)::text, 5, '0') as hospital,
                 date '2026-10-01' + (n % 31)::int as day, n % 20 = 0 as inpatient,
                 (5000 + n % 20000)::bigint as fund, (1000 + n % 7000)::bigint as patient
            from generate_series($2::bigint, $3::bigint) as n
        ), settled as (
          insert into settlement (region_code, settlement_id, prescription_no, dispense_id, person_id, pharmacy_id,
                                  hospital_id, status, requested_at, request, decided_at, charge_fen, fund_fen, patient_fen)
          select $1, settlement_id, $1 || to_char(day, 'YYYYMMDD') || lpad((n % 100000000)::text, 8, '0'), uuidv7(),
                 (n % 50000)::text, pharmacy, hospital, 'settled', day, '{}', day, fund + patient, fund, patient
            from one
        ), entry as (
          insert into posting (region_code, posting_id, kind, settlement_id, day, at)
          select $1, posting_id, 'settlement', settlement_id, day, day from one
        ), line as (
          select posting_id, 'fund:basic:employee' as account, -fund as amount from one
          union all select posting_id, 'institution:' || case when inpatient then hospital else pharmacy end || ':receivable', fund from one
          union all select posting_id, 'patient:paid', -patient from one
          union all select posting_id, 'institution:' || case when inpatient then hospital || ':patient-receivable'
                                                               else pharmacy || ':counter' end, patient from one
          union all select posting_id, 'institution:' || hospital || ':deduction', -(fund + patient) from one where inpatient
          union all select posting_id, 'institution:' || pharmacy || ':receivable', fund + patient from one where inpatient
        ), taken_back as (
          select uuidv7() as reversal_id, posting_id, settlement_id, day from one where n % 50 = 1
        ), opposite as (
          insert into posting (region_code, posting_id, kind, settlement_id, reverses_id, day, at)
          select $1, reversal_id, 'reversal', settlement_id, posting_id, day, day from taken_back
        )
        insert into posting_line (region_code, posting_id, line_no, account, amount_fen)
        select $1, posting_id, row_number() over (partition by posting_id), account, amount from line
        union all
        select $1, reversal_id, row_number() over (partition by reversal_id), account, -amount
          from line join taken_back using (posting_id)`,
        [REGION, from, Math.min(from + BATCH, settlements) - 1, institutions - 20],
      )
      process.stderr.write(`\r  made ${Math.min(from + BATCH, settlements)} of ${settlements} `)
    }
    process.stderr.write('\n')
  } finally {
    await client.query('set session_replication_role = default')
    client.release()
  }
}
