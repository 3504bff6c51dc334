import type { Finding } from '../../src/domain/finding.ts'
import { addDays, dayOf } from '../../src/domain/primitives/civil-day.ts'
import type { RegisterEntry, RegisterName, Registers } from '../../src/domain/registers.ts'
import {
  type PrescriptionChoice,
  samplePrescription,
} from '../../src/embedded/sandbox/sample-prescription.ts'
import { addEntries, endEntry } from '../../src/storage/registers.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import { requestSettlement, type SettlementRequest } from '../../src/usecases/request-settlement.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { preCheckPrescription } from '../../src/usecases/submit-prescription.ts'
import { aWrite, type TestHub } from './hub.ts'
import { walker } from './journey.ts'

const CHANGE = { author: 'test', reason: '样例' }
let numbers = 0

/** What a region finds against a prescription before it is signed: `duty effect`, each once. */
export async function findingsAt(hub: TestHub, choice: PrescriptionChoice = {}): Promise<string[]> {
  const content = samplePrescription(hub.world, {
    issuedAt: new Date(hub.now.getTime() - 60_000),
    hospitalPrescriptionNo: `R-${process.pid}-${++numbers}`,
    ...choice,
  })
  const hospital = hub.hospital(content.hospital.institutionId)
  const document = Buffer.from(JSON.stringify(content))
  const { findings } = await preCheckPrescription(hub.deps, hospital, { document })
  return [...new Set(findings.map(({ ruleId, effect }) => `${ruleId} ${effect}`))]
}

/** Adds an entry to a register of the hub's region, in force from its day on. */
export async function register<Name extends RegisterName>(
  hub: TestHub,
  name: Name,
  key: string,
  data: Registers[Name],
  validFrom: string = dayOf(hub.now),
): Promise<void> {
  const entry: RegisterEntry<Name> = { register: name, key, data, validFrom }
  await addEntries(hub.deps.pool, hub.world.regionCode, [entry], { ...CHANGE, at: hub.now })
}

/** Ends whatever holds under a key, so that today it holds no more. @throws Error when nothing does */
export async function endToday(hub: TestHub, name: RegisterName, key: string): Promise<void> {
  const yesterday = addDays(dayOf(hub.now), -1)
  const change = { ...CHANGE, at: hub.now }
  const ended = await endEntry(hub.deps.pool, hub.world.regionCode, name, key, yesterday, change)
  if (!ended) throw new Error(`nothing holds under ${name} ${key}`)
}

/** The bill of a settlement, as it is stored. */
export interface Bill {
  readonly charge: number
  readonly totals: Readonly<Record<string, number>>
  readonly entries: readonly {
    readonly layer: string
    readonly payer: string
    readonly amount: number
    readonly ruleId: string
  }[]
  readonly input: {
    readonly notCovered: readonly Finding[]
    readonly balances: Readonly<Record<string, number>>
  }
}

/** Asks for a settlement, lets the worker do it, and gives its bill; undefined when it was declined. */
export async function settled(
  hub: TestHub,
  no: string,
  lines: SettlementRequest['lines'],
): Promise<Bill | undefined> {
  const pharmacy = hub.pharmacy()
  const { regionCode } = hub.world
  const { body } = await requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), no, { lines })
  await settlePrescription(hub.deps, { regionCode, settlementId: body.settlementId })
  const { rows } = await hub.deps.pool.query('select adjudication from settlement where settlement_id = $1', [
    body.settlementId,
  ])
  return rows[0].adjudication === null ? undefined : JSON.parse(rows[0].adjudication)
}

/**
 * Walks a prescription to its hand-over.
 *
 * @param before what changes between review and settlement
 * @returns the bill, and the state at the end
 */
export async function supplied(
  hub: TestHub,
  choice: PrescriptionChoice = {},
  before: () => Promise<void> = async () => {},
): Promise<{ bill: Bill; state: string; no: string }> {
  const walk = walker(hub)
  const { no, content } = await walk.reviewed(choice)
  await before()
  const bill = await settled(hub, no, walk.lines(content))
  if (bill === undefined) throw new Error('the settlement was declined')
  const pharmacy = hub.pharmacy()
  await handOver(hub.deps, pharmacy, aWrite(pharmacy), no, walk.handOverOf(content))
  return { bill, no, state: await walk.stateOf(no) }
}

/** The duties by which the patient pays what the fund does not cover. */
export function unpaidBy(bill: Bill): string[] {
  const entries = bill.entries.filter(({ layer }) => layer === 'not-covered')
  return [...new Set(entries.map(({ ruleId, payer }) => `${ruleId} ${payer}`))]
}
