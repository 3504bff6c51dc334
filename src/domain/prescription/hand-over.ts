import { type Caller, systemCaller } from '../caller.ts'
import type { Facts } from '../facts.ts'
import { type Finding, isRefused } from '../finding.ts'
import { readTraceCodes } from '../packs/read-trace-codes.ts'
import { Problem } from '../problems.ts'
import { type Change, changeBy } from './change.ts'
import type { Decision, Judgement, Situation } from './decision.ts'
import { afterCancel, afterSupply, type LineBalance } from './line-balance.ts'
import type { DispenseLine, HandedLine, Supply } from './supply.ts'

/** What leaves the pharmacy, and to whom. */
export interface HandOver {
  readonly pharmacistId: string
  readonly buyer: {
    readonly relation: 'patient' | 'agent'
    readonly identityChecked: boolean
    /** Papers seen, as codes: `resident-id`, `insurance-card`, `handbook`… */
    readonly papers?: readonly string[]
    /** Last four characters of the agent's paper; kept for the file, never in events or logs. */
    readonly paperNoEnding?: string
  }
  /** Reference of the statement that patient or agent signed. */
  readonly statementSignatureRef?: string
  readonly delivery: {
    readonly way: 'counter' | 'home' | 'hospital'
    readonly feeFen: number
    readonly coldChain?: 'ice-pack' | 'cold-delivery'
    readonly adviceGiven?: boolean
  }
  readonly lines: readonly HandedLine[]
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
  readonly supply: readonly (DispenseLine & Partial<HandedLine>)[]
  readonly more: Pick<Facts, 'buyer' | 'delivery' | 'statement' | 'purchaseBegunAt'>
}

export interface HandOverSituation extends Situation {
  readonly balances: readonly LineBalance[]
  readonly supplies: readonly Supply[]
  /** Judges the step by the policy of the prescription. */
  readonly judge: (question: HandOverQuestion) => Judgement
}

/**
 * Hands the medicine over (交付), after the statement was signed. Batches, expiry dates and trace codes are kept. A
 * cancel that waited while the settlement ran takes effect for what remains: this purchase is finished, and nothing
 * follows it.
 *
 * @throws Problem rules-failed, trace-code-used, quantity-exceeded, prescription-expired, hold-lost, wrong-state
 * @see MZ-6.3, MZ-6.5, MZ-9.4b, MZ-4.3a
 */
export function decideHandOver(
  situation: HandOverSituation,
  {
    caller,
    given,
  }: { readonly caller: Caller & { readonly institutionId: string }; readonly given: HandOver },
): Decision<HandedOver> {
  const { prescription } = situation
  const { prescriptionNo } = prescription
  const lines = withPacksRead(given.lines)
  const supplied = suppliedLines(situation)
  const balances = afterSupply(situation.balances, supplied)
  const changes = handOverChanges(situation, caller, given, balances)
  const judgement = situation.judge(
    questionOf(situation, caller.institutionId, { ...given, lines }, supplied),
  )
  requireSameLines(supplied, lines)
  requireAllowed(judgement)
  const dispenseId = prescription.dispenseId!
  const state = changes.at(-1)!.after.state as HandedOver['state']
  return {
    changes,
    judgements: [judgement],
    supplies: [{ kind: 'handed-over', dispenseId, record: JSON.stringify(given), lines }],
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
    data: { dispenseId: prescription.dispenseId ?? '', relation: buyer.relation, way: delivery.way },
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
): HandOverQuestion {
  const { paperNoEnding: _ending, ...buyer } = given.buyer
  const handed = new Map(given.lines.map((line) => [line.lineNo, line]))
  const begun = prescription.settlementRequestedAt
  return {
    pharmacyId,
    pharmacistId: given.pharmacistId,
    supply: supplied.map((line) => ({ ...line, ...handed.get(line.lineNo) })),
    more: {
      buyer,
      delivery: given.delivery,
      statement: { signed: given.statementSignatureRef !== undefined },
      ...(begun === undefined ? {} : { purchaseBegunAt: begun.toISOString() }),
    },
  }
}

/** What leaves must be what was settled, line for line. */
function requireSameLines(supplied: readonly DispenseLine[], handed: readonly HandedLine[]): void {
  const settled = supplied.map((line) => line.lineNo).sort((a, b) => a - b)
  const leaving = handed.map((line) => line.lineNo).sort((a, b) => a - b)
  if (settled.join() !== leaving.join()) {
    throw new Problem('quantity-exceeded', { details: { settledLines: settled.map(String) } })
  }
}

/** Each code in its one spelling. @throws Problem trace-code-unreadable, trace-code-contradicts, trace-code-twice */
function withPacksRead(lines: readonly HandedLine[]): HandedLine[] {
  const packs = readTraceCodes(
    lines.flatMap(({ traceCodes, batchNo, expiresOn }, line) =>
      traceCodes.map((scanned, index) => ({
        path: `/body/lines/${line}/traceCodes/${index}`,
        scanned,
        batchNo,
        expiresOn,
      })),
    ),
  ).map(({ serial }) => serial)
  return lines.map((line) => ({ ...line, traceCodes: packs.splice(0, line.traceCodes.length) }))
}

/** @throws Problem rules-failed with every finding */
export function requireAllowed(judgement: Judgement): void {
  const { findings, policyVersion, step } = judgement
  if (isRefused(findings)) throw new Problem('rules-failed', { findings, details: { policyVersion, step } })
}
