import { type Caller, systemCaller } from '../caller.ts'
import type { Facts } from '../facts.ts'
import { type Finding, isRefused } from '../finding.ts'
import type { NewPosting } from '../ledger-entry.ts'
import type { KnownPack, PackClaim, PackTaking } from '../packs/pack.ts'
import { type BatchGiven, readBatches } from '../packs/supplied-batches.ts'
import { promisedTo, takePacks } from '../packs/take-packs.ts'
import { dayOf } from '../primitives/civil-day.ts'
import { formatQuantity, parseQuantity, type Quantity } from '../primitives/quantity.ts'
import { Problem } from '../problems.ts'
import { type Buyer, buyerAtHandOver, buyerFacts } from './buyer.ts'
import { type Change, changeBy } from './change.ts'
import type { Decision, Judgement, Situation } from './decision.ts'
import { afterCancel, afterSupply, type LineBalance } from './line-balance.ts'
import type { DispenseLine, HandedLine, Supply } from './supply.ts'

/** What leaves the pharmacy, and to whom. */
export interface HandOver {
  readonly pharmacistId: string
  /** Whoever fetches, or receives what is delivered; whoever was checked before the settlement when absent. */
  readonly buyer?: Buyer
  /** Reference of the statement that patient or agent signed. */
  readonly statementSignatureRef?: string
  /** It came over the national interface. */
  readonly door?: 'national'
  /** What was given out for the money before: receipt, fee list, seal (MZ-6.5). */
  readonly papersIssued?: readonly string[]
  readonly delivery: {
    readonly way: 'counter' | 'home' | 'hospital'
    readonly feeFen: number
    readonly coldChain?: 'ice-pack' | 'cold-delivery'
    readonly adviceGiven?: boolean
  }
  readonly lines: readonly (BatchGiven & Pick<HandedLine, 'batchNo' | 'expiresOn'>)[]
}

export interface HandedOver {
  readonly prescriptionNo: string
  readonly dispenseId: string
  /** `open` when lines remain for a later window; `cancelled` when the hospital asked to cancel them meanwhile. */
  readonly state: 'dispensed' | 'open' | 'cancelled'
  readonly lines: readonly LineBalance[]
  readonly findings: readonly Finding[]
}

/** What a hand-over is judged on besides the stored prescription. */
export interface HandOverQuestion {
  readonly pharmacyId: string
  readonly pharmacistId: string
  readonly supply: readonly (DispenseLine & HandedLine)[]
  readonly more: Pick<Facts, 'buyer' | 'delivery' | 'statement' | 'papersIssued' | 'purchaseBegunAt'>
}

export interface HandOverSituation extends Situation {
  readonly balances: readonly LineBalance[]
  /** Who was checked before the settlement. */
  readonly checkedBuyer: Buyer | undefined
  readonly supplies: readonly Supply[]
  /** Every pack that is named, or promised to a supply of this prescription; locked. */
  readonly packs: readonly KnownPack[]
  /** Units in a pack of the drug, by the register. */
  readonly packSizeOf: (drugCode: string) => Quantity | undefined
  /** Judges the step by the policy of the prescription. */
  readonly judge: (question: HandOverQuestion) => Judgement
}

/**
 * Hands the medicine over (交付), after the statement was signed. Batches, expiry dates and trace codes are kept; codes
 * that came with the settlement request need not come again. A
 * cancel that waited while the settlement ran takes effect for what remains: this purchase is finished, and nothing
 * follows it.
 *
 * @throws Problem rules-failed, not-as-settled, whatever `readBatches` and `takePacks` refuse, prescription-expired, hold-lost, wrong-state
 * @see MZ-6.3, MZ-6.5, MZ-9.4b, MZ-4.3a
 */
export function decideHandOver(
  situation: HandOverSituation,
  {
    caller,
    given: told,
  }: { readonly caller: Caller & { readonly institutionId: string }; readonly given: HandOver },
): Decision<HandedOver> {
  const buyer = buyerAtHandOver(told.buyer, situation.checkedBuyer, told.delivery.way)
  const given: HandOver = { ...told, ...(buyer === undefined ? {} : { buyer }) }
  const { prescription } = situation
  const { prescriptionNo } = prescription
  const supplied = suppliedLines(situation)
  const balances = afterSupply(situation.balances, supplied)
  // Whether it may happen at all comes before what leaves: nothing was settled of one that is only held.
  const changes = handOverChanges(situation, caller, given, balances)
  const { lines, packs } = whatLeaves(situation, given, supplied)
  const judgement = situation.judge(questionOf(situation, caller.institutionId, given, supplied, lines))
  requireAllowed(judgement)
  const dispenseId = prescription.dispenseId!
  const state = changes.at(-1)!.after.state as HandedOver['state']
  return {
    changes,
    judgements: [judgement],
    supplies: [{ kind: 'handed-over', dispenseId, record: JSON.stringify(given), lines, packs }],
    postings: postingsAt(situation),
    answer: {
      status: 200,
      body: {
        prescriptionNo,
        dispenseId,
        state,
        lines: state === 'cancelled' ? afterCancel(balances) : balances,
        findings: judgement.findings,
      },
    },
  }
}

function suppliedLines({ prescription, supplies }: HandOverSituation): readonly DispenseLine[] {
  return supplies.find(({ dispenseId }) => dispenseId === prescription.dispenseId)?.lines ?? []
}

/** Batches and packs, once what is given is what was settled. */
function whatLeaves(
  { prescription, packs, packSizeOf }: HandOverSituation,
  { lines: given }: HandOver,
  supplied: readonly DispenseLine[],
): { readonly lines: HandedLine[]; readonly packs: PackTaking[] } {
  requireAsSettled(supplied, given)
  const dispenseId = prescription.dispenseId ?? ''
  const batches = readBatches(given, supplied, packSizeOf)
  const claims = batches.flatMap((batch, index) => (batch.claims.length > 0 ? batch.claims : promised(index)))
  /** Of a line that names no packs, with its first batch: those that came with the settlement request. */
  function promised(index: number): PackClaim[] {
    const { lineNo, noTraceReason } = batches[index]!
    const isAnother = batches.some(
      (other, at) => other.lineNo === lineNo && (at < index || other.claims.length > 0),
    )
    return isAnother || noTraceReason !== undefined ? [] : promisedTo(packs, dispenseId, lineNo, index)
  }
  const taken = takePacks(claims, packs, dispenseId, packSizeOf)
  return {
    packs: taken,
    lines: batches.map(({ lineNo, quantity, noTraceReason }, index) => {
      const own = taken.filter((_, at) => claims[at]!.path.startsWith(`/body/lines/${index}/`))
      return {
        lineNo,
        quantity,
        batchNo: given[index]!.batchNo,
        expiresOn: given[index]!.expiresOn,
        traceCodes: own.map(({ serial }) => serial),
        ...splitTotal(own),
        ...(noTraceReason === undefined ? {} : { noTraceReason }),
      }
    }),
  }
}

/** What packs give together when each of them is split; nothing when there is none, or a whole one. */
function splitTotal(packs: readonly PackTaking[]): Pick<HandedLine, 'splitQuantity'> {
  const parts = packs.flatMap(({ part }) => (part === undefined ? [] : [parseQuantity(part)]))
  if (parts.length === 0 || parts.length < packs.length) return {}
  return { splitQuantity: formatQuantity(parts.reduce((sum, part) => sum + part, 0n)) }
}

/** Every settled line with all of its quantity, and no other. @throws Problem not-as-settled */
function requireAsSettled(supplied: readonly DispenseLine[], given: HandOver['lines']): void {
  const isWhole = supplied.every(({ lineNo, quantity }) => {
    const batches = given.filter((batch) => batch.lineNo === lineNo)
    const [only] = batches
    if (batches.length === 1 && only?.quantity === undefined) return true
    const sum = batches.reduce((sum, batch) => sum + parseQuantity(batch.quantity ?? '0'), 0n)
    return (
      batches.every((batch) => batch.quantity !== undefined && parseQuantity(batch.quantity) > 0n) &&
      sum === parseQuantity(quantity)
    )
  })
  if (isWhole && given.every(({ lineNo }) => supplied.some((line) => line.lineNo === lineNo))) return
  throw new Problem('not-as-settled', {
    details: { settled: supplied.map(({ lineNo, quantity }) => `line ${lineNo}: ${quantity}`) },
  })
}

/** Now that the medicine is the patient's, what was settled is owed; by the day of the hand-over. */
function postingsAt({ prescription, supplies, now, newId }: HandOverSituation): NewPosting[] {
  const { regionCode, dispenseId } = prescription
  const settlement = supplies.find((supply) => supply.dispenseId === dispenseId)?.settlement
  if (settlement?.entries === undefined || settlement.entries.length === 0) return []
  const { settlementId, entries: lines } = settlement
  return [
    { regionCode, postingId: newId(), kind: 'settlement', settlementId, day: dayOf(now), at: now, lines },
  ]
}

/** What remains is open for a later window, and free for any pharmacy; unless the hospital has cancelled it. */
function handOverChanges(
  { prescription, now }: HandOverSituation,
  caller: Caller,
  { buyer, delivery }: HandOver,
  balances: readonly LineBalance[],
): Change[] {
  const linesRemain = balances.some((line) => line.remaining !== '0')
  const free = {
    pharmacyId: undefined,
    dispenseId: undefined,
    holdUntil: undefined,
    settlementRequestedAt: undefined,
  }
  const handedOver = changeBy(prescription, {
    command: 'hand-over',
    by: 'pharmacy',
    caller,
    now,
    linesRemain,
    patch: linesRemain ? free : {},
    data: {
      dispenseId: prescription.dispenseId ?? '',
      ...(buyer === undefined ? {} : { relation: buyer.relation }),
      way: delivery.way,
    },
  })
  if (!linesRemain || prescription.cancelPendingAt === undefined) return [handedOver]
  const cancelled = changeBy(handedOver.after, {
    command: 'cancel',
    by: 'hospital',
    caller: systemCaller(prescription.regionCode),
    now,
    data: { reason: prescription.cancelReason ?? '' },
  })
  return [handedOver, cancelled]
}

function questionOf(
  { prescription }: HandOverSituation,
  pharmacyId: string,
  given: HandOver,
  supplied: readonly DispenseLine[],
  handed: readonly HandedLine[],
): HandOverQuestion {
  const begun = prescription.settlementRequestedAt
  return {
    pharmacyId,
    pharmacistId: given.pharmacistId,
    supply: handed.map((line) => ({ ...supplied.find(({ lineNo }) => lineNo === line.lineNo)!, ...line })),
    more: {
      ...(given.buyer === undefined ? {} : { buyer: buyerFacts(given.buyer) }),
      delivery: given.delivery,
      statement: {
        signed: given.statementSignatureRef !== undefined,
        ...(given.door === undefined ? {} : { door: given.door }),
      },
      ...(given.papersIssued === undefined ? {} : { papersIssued: given.papersIssued }),
      ...(begun === undefined ? {} : { purchaseBegunAt: begun.toISOString() }),
    },
  }
}

/** @throws Problem rules-failed with every finding */
export function requireAllowed(judgement: Judgement): void {
  const { findings, policyVersion, step } = judgement
  if (isRefused(findings)) throw new Problem('rules-failed', { findings, details: { policyVersion, step } })
}
