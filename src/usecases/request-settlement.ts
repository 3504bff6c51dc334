import { v7 as uuid } from 'uuid'
import { MOST_FEN } from '../../schemas/bounds.ts'
import { type Finding, isRefused } from '../domain/finding.ts'
import { type Batch, type BatchGiven, readBatches } from '../domain/packs/supplied-batches.ts'
import { takePacks } from '../domain/packs/take-packs.ts'
import type { DispenseLine } from '../domain/prescription/supply.ts'
import { dayOf } from '../domain/primitives/civil-day.ts'
import { comparePrices, priceFromJson, priceOf, pricePer, priceToJson } from '../domain/primitives/price.ts'
import { formatQuantity, parseQuantity } from '../domain/primitives/quantity.ts'
import { Problem, type ProblemDetails } from '../domain/problems.ts'
import { type PriceGiven, priceGiven } from '../domain/settlement/price-given.ts'
import { leave, type Transaction, together } from '../storage/database.ts'
import * as dispenses from '../storage/dispense.ts'
import * as outbox from '../storage/outbox.ts'
import * as packs from '../storage/pack.ts'
import * as settlements from '../storage/settlement.ts'
import { recheckRevocation } from '../trust/revocation.ts'
import type { Caller, Deps } from './deps.ts'
import { allow, type Case, judgeLoaded, type LoadedPrescription, loadPrescription } from './judge-stored.ts'
import { give, lockPrescription } from './lifecycle.ts'
import { packSizesOf } from './packs.ts'
import type { StoredVerdict } from './verify-signed.ts'
import { type Answer, type WriteRequest, write } from './write.ts'

/** What the pharmacy is about to supply. */
export interface SettlementRequest {
  /** A line may come in several parts, from as many batches. */
  readonly lines: readonly (Omit<BatchGiven, 'quantity'> & PriceGiven & { readonly lineNo: number })[]
}

export interface SettlementRequested {
  readonly prescriptionNo: string
  readonly settlementId: string
  readonly state: 'settling'
  /** What the hand-over would warn of about trace codes. */
  readonly findings?: readonly Finding[]
}

/**
 * Asks for the settlement of a reviewed prescription. Packs that are named are promised to it, so that one that is sold
 * already is refused before the money moves. State and outgoing work commit together, so nothing is lost
 * when the queue is down.
 *
 * @throws Problem rules-failed, quantity-exceeded, prescription-expired, cancel-pending, hold-lost, certificate-revoked,
 *   trace-code-used and whatever else is wrong with packs
 * @see MZ-6.3, MZ-6.5, MZ-6.7
 */
export async function requestSettlement(
  deps: Deps,
  pharmacy: Caller & { readonly institutionId: string },
  request: WriteRequest,
  prescriptionNo: string,
  wanted: SettlementRequest,
): Promise<Answer<SettlementRequested>> {
  const parts = pricedParts(wanted.lines)
  return await write<SettlementRequested>(deps, request, async (tx, now) => {
    const before = await lockPrescription(tx, pharmacy.regionCode, prescriptionNo, now)
    const settlementId = uuid()
    const given = give(tx, before, {
      command: 'request-settlement',
      by: 'pharmacy',
      caller: pharmacy,
      now,
      patch: { settlementRequestedAt: now },
      data: { settlementId },
    })
    const [row, loaded] = await together(
      given,
      loadPrescription(deps, tx, before.regionCode, prescriptionNo, now),
    )
    const judged = judgeLoaded(deps, loaded, 'settlement', now, {
      pharmacyId: pharmacy.institutionId,
      supply: parts.map(withoutHow),
    })
    allow(tx, judged, now)
    const lines = linesWithin(judged, parts)
    await requireUnrevoked(deps, judged, now)
    const dispenseId = row.dispenseId!
    leave(tx, dispenses.setLines(tx, row.regionCode, dispenseId, lines))
    const batches = readBatches(wanted.lines, lines, packSizesOf(judged.snapshot, now))
    const findings = judgeAhead(deps, loaded, wanted, batches, lines, now)
    await promisePacks(tx, judged, dispenseId, batches, now)
    const requested = settlements.request(tx, {
      regionCode: row.regionCode,
      settlementId,
      prescriptionNo,
      dispenseId,
      personId: judged.prescription.personId,
      pharmacyId: pharmacy.institutionId,
      hospitalId: row.hospitalId,
      requestedAt: now,
      request: JSON.stringify({ lines }),
    })
    leave(tx, requested)
    leave(tx, outbox.add(tx, row.regionCode, 'settlement', { settlementId }, now))
    const told = findings.length === 0 ? {} : { findings }
    return { status: 202, body: { prescriptionNo, settlementId, state: 'settling', ...told } }
  })
}

/** The rules of the hand-over that the request can already be judged by. */
const TRACE_RULES: ReadonlySet<string> = new Set(['traceable-supply', 'every-pack-traced'])

/**
 * Judges what is told of trace codes as the hand-over will, before the money moves. A line without codes and reason waits
 * for the hand-over, and a batch or expiry date that is not told yet is taken to be in order.
 *
 * @returns what the hand-over would warn of
 * @throws Problem rules-failed
 * @see MZ-4.3a
 */
function judgeAhead(
  deps: Deps,
  loaded: LoadedPrescription,
  { lines: given }: SettlementRequest,
  batches: readonly Batch[],
  lines: readonly DispenseLine[],
  now: Date,
): Finding[] {
  const told = batches.flatMap(({ lineNo, claims, noTraceReason }, index) => {
    if (claims.length === 0 && noTraceReason === undefined) return []
    const { quantity, batchNo = '', expiresOn = dayOf(now) } = given[index]!
    const line = {
      lineNo,
      quantity,
      unitPriceFen: lines.find((line) => line.lineNo === lineNo)!.unitPriceFen,
      batchNo,
      expiresOn,
      traceCodes: claims.map(({ code }) => code.serial),
      ...(noTraceReason === undefined ? {} : { noTraceReason }),
    }
    return [{ index, line }]
  })
  if (told.length === 0) return []
  const supply = told.map(({ line }) => line)
  const { findings, version } = judgeLoaded(deps, loaded, 'hand-over', now, { supply })
  // The path counts the lines that were judged; the caller counts those that were sent.
  const asSent = (path: string) =>
    path.replace(/^\/lines\/(\d+)/, (_, judged) => `/lines/${told[Number(judged)]!.index}`)
  const traced = findings
    .filter(({ rule }) => TRACE_RULES.has(rule))
    .map((finding) => (finding.path === undefined ? finding : { ...finding, path: asSent(finding.path) }))
  if (!isRefused(traced)) return traced
  throw new Problem('rules-failed', {
    findings: traced,
    details: { policyVersion: version.id, step: 'hand-over' },
  })
}

/** Takes the packs that the request names out of the reach of other supplies, until the settlement ends. */
async function promisePacks(
  tx: Transaction,
  { prescription, document, snapshot }: Case,
  dispenseId: string,
  batches: readonly Batch[],
  now: Date,
): Promise<void> {
  const claims = batches.flatMap((batch) => batch.claims)
  if (claims.length === 0) return
  const { regionCode } = document
  const serials = [...new Set(claims.map(({ code }) => code.serial))]
  const known = await packs.lockKnown(tx, regionCode, prescription.prescriptionNo, serials)
  const takings = takePacks(claims, known, dispenseId, packSizesOf(snapshot, now))
  leave(tx, packs.take(tx, regionCode, dispenseId, takings, 'reserved', now))
}

/**
 * The lines of a request with their drugs, the parts of each put together.
 *
 * @throws Problem line-unknown, malformed for nothing of a line, quantity-exceeded for more than remains, each with the
 *   field; amount-exceeded for more than can be charged; line-priced-twice
 */
export function linesWithin(judged: Case, parts: readonly PricedPart[]): DispenseLine[] {
  const known = new Map(judged.prescription.lines.map((line) => [line.lineNo, line]))
  const nothing = parts.findIndex(({ quantity }) => parseQuantity(quantity) === 0n)
  if (nothing >= 0) throw lineFault('malformed', nothing, 'quantity', {})
  const charge = parts.reduce(
    (sum, { quantity, unitPriceFen }) => sum + priceOf(priceFromJson(unitPriceFen), parseQuantity(quantity)),
    0n,
  )
  if (charge > BigInt(MOST_FEN)) throw new Problem('amount-exceeded', { details: { mostFen: MOST_FEN } })
  return partsTogether(parts).map(({ lineNo, quantity, unitPriceFen }) => {
    const line = known.get(lineNo)
    const index = parts.findIndex((part) => part.lineNo === lineNo)
    if (line === undefined) throw lineFault('line-unknown', index, 'lineNo', { lineNo })
    if (parseQuantity(quantity) > parseQuantity(line.remaining))
      throw lineFault('quantity-exceeded', index, 'quantity', { lineNo, remaining: line.remaining })
    return { lineNo, drugCode: line.drugCode, quantity, unitPriceFen }
  })
}

/** A part of a line as it is judged, before its packs are looked at. */
export type PricedPart = Pick<DispenseLine, 'lineNo' | 'quantity' | 'unitPriceFen'> & {
  readonly isTotal: boolean
}

/** As a judgement sees it. */
export function withoutHow({ isTotal: _, ...part }: PricedPart): Omit<PricedPart, 'isTotal'> {
  return part
}

/** The parts of a request with their exact prices. @throws Problem price-unclear */
export function pricedParts(parts: SettlementRequest['lines']): PricedPart[] {
  return parts.map((part, index) => ({
    lineNo: part.lineNo,
    quantity: part.quantity,
    unitPriceFen: priceToJson(priceGiven(part, `/body/lines/${index}`)),
    isTotal: part.amountFen !== undefined,
  }))
}

/** One line for the parts of each, at their one price or for the sum of their totals. @throws Problem line-priced-twice */
function partsTogether(parts: readonly PricedPart[]): Omit<PricedPart, 'isTotal'>[] {
  return [...new Set(parts.map(({ lineNo }) => lineNo))].map((lineNo) => {
    const own = parts.filter((part) => part.lineNo === lineNo)
    const priced = own.map(({ quantity, unitPriceFen }) => ({
      quantity: parseQuantity(quantity),
      price: priceFromJson(unitPriceFen),
    }))
    const quantity = priced.reduce((sum, part) => sum + part.quantity, 0n)
    const first = priced[0]!.price
    if (priced.every(({ price }) => comparePrices(price, first) === 0)) {
      return { lineNo, quantity: formatQuantity(quantity), unitPriceFen: own[0]!.unitPriceFen }
    }
    if (!own.every(({ isTotal }) => isTotal)) throw new Problem('line-priced-twice', { details: { lineNo } })
    const total = priced.reduce((sum, part) => sum + priceOf(part.price, part.quantity), 0n)
    return {
      lineNo,
      quantity: formatQuantity(quantity),
      unitPriceFen: priceToJson(pricePer(total, quantity)),
    }
  })
}

const LINE_FAULTS = {
  'line-unknown': ['enum', { zh: '处方没有此行。', en: 'The prescription has no such line.' }],
  malformed: ['exclusiveMinimum', { zh: '必须大于 0。', en: 'Must be more than 0.' }],
  'quantity-exceeded': ['maximum', { zh: '超过该行剩余数量。', en: 'More than remains of the line.' }],
} as const

function lineFault(
  code: keyof typeof LINE_FAULTS,
  index: number,
  field: 'lineNo' | 'quantity',
  details: ProblemDetails,
): Problem {
  const [keyword, message] = LINE_FAULTS[code]
  return new Problem(code, { fields: [{ path: `/body/lines/${index}/${field}`, keyword, message }], details })
}

/** A signature accepted while its revocation status was unknown is asked about again before any money moves. */
export async function requireUnrevoked(
  deps: Pick<Deps, 'trust' | 'settings'>,
  judged: Case,
  now: Date,
): Promise<void> {
  const verdict = JSON.parse(judged.prescription.verdict) as StoredVerdict
  const status = await recheckRevocation(verdict.evidence, deps.trust, now, deps.settings.clockSkewSeconds)
  if (status === 'revoked') throw new Problem('certificate-revoked')
}
