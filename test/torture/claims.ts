import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { CHAIN_START, chainedBytes } from '../../src/domain/lifecycle/event.ts'
import type { PayerSimulator } from '../../src/payer/simulator.ts'
import { listEvents } from '../../src/storage/prescription/read.ts'
import { brokenInvariants } from '../support/invariants.ts'
import type { Findings } from './findings.ts'
import { REGION } from './machine.ts'
import type { FeedEntry, People } from './people.ts'

/** After the last fault the hub has to get over it by itself, all work done, within this. */
const RECOVERY_MS = 120_000
const WAITING = `
  select (select count(*) from outbox where sent_at is null and available_at <= now()) as unsent,
         (select count(*) from prescription_state where state = 'settling') as settling`

/** Waits until nothing is left to do. */
export async function recovered(pool: Pool, findings: Findings): Promise<number> {
  const since = Date.now()
  for (;;) {
    const { rows } = await pool.query<{ unsent: string; settling: string }>(WAITING)
    const { unsent, settling } = rows[0]!
    if (unsent === '0' && settling === '0') return Date.now() - since
    if (Date.now() - since > RECOVERY_MS) {
      findings.add('work is left undone', `${unsent} entries of the outbox, ${settling} settlements`)
      return Date.now() - since
    }
    await pause(200)
  }
}

/** Reads what the hospital is told, page after page, through all faults. */
export function readFeed(people: People, findings: Findings) {
  const read = new Map<string, number>()
  let isWanted = true
  let after: string | undefined
  const page = async (): Promise<readonly FeedEntry[]> => {
    const { entries, next } = await people.feed(after)
    after = next
    for (const { prescriptionNo, revision } of entries) {
      const last = read.get(prescriptionNo) ?? 0
      if (revision <= last)
        findings.add('an event is told twice or late', `${prescriptionNo} ${revision} after ${last}`)
      read.set(prescriptionNo, revision)
      told += 1
    }
    return entries
  }
  let told = 0
  const reading = (async () => {
    while (isWanted) {
      await page()
      await pause(200)
    }
  })()
  // Told when it is waited for; until then nobody would hear of it.
  reading.catch(() => {})
  return {
    /** Stops where it is. */
    stop(): void {
      isWanted = false
    },
    /** Reads to the end. @returns how many entries there were in all */
    async end(): Promise<number> {
      isWanted = false
      await reading
      while ((await page()).length > 0);
      return told
    },
  }
}

/** Holds what is stored against what must be true, once everything is quiet. */
export async function checkBooks(options: {
  readonly pool: Pool
  readonly people: People
  readonly payer: PayerSimulator
  readonly prescriptions: number
  readonly told: number
  readonly findings: Findings
}): Promise<void> {
  const { pool, people, payer, prescriptions, told, findings } = options
  for (const { name, rows } of await brokenInvariants(pool))
    findings.add(`not true: ${name}`, JSON.stringify(rows))
  const count = async (sql: string, values: unknown[] = []) =>
    Number((await pool.query<{ n: string }>(sql, values)).rows[0]!.n)
  const kept = await count('select count(*) as n from prescription')
  if (kept !== prescriptions)
    findings.add('receipts and prescriptions differ', `${prescriptions} receipts, ${kept} kept`)
  const inFeed = await count('select count(*) as n from feed_entry where recipient_id = $1', [
    people.hospitalId,
  ])
  if (inFeed !== told) findings.add('the feed is not what was told', `${told} told, ${inFeed} there`)
  const { rows: paid } = await pool.query<{ settlement_id: string }>(
    `select settlement_id from settlement where status = 'settled'`,
  )
  for (const { settlement_id: id } of paid)
    if (payer.book.get(id)?.state !== 'paid')
      findings.add('settled without the payer', `${id}: ${payer.book.get(id)?.state ?? 'never asked'}`)
  await checkChains(pool, findings)
}

async function checkChains(pool: Pool, findings: Findings): Promise<void> {
  const { rows } = await pool.query<{ no: string }>('select prescription_no as no from prescription_state')
  for (const { no } of rows) {
    let previous: Uint8Array = CHAIN_START
    for (const event of await listEvents(pool, REGION, no)) {
      const bytes = chainedBytes(previous, { ...event, regionCode: REGION, data: JSON.parse(event.data) })
      previous = createHash('sha256').update(bytes).digest()
      if (event.hash.equals(previous)) continue
      findings.add('a chain is broken', `${no} at revision ${event.revision}`)
      break
    }
  }
}
