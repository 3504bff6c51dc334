import type { Caller } from '../caller.ts'
import type { NewPosting } from '../ledger-entry.ts'
import type { State } from '../lifecycle/transitions.ts'
import { type CivilDay, dayOf } from '../primitives/civil-day.ts'
import { fenToJson } from '../primitives/money.ts'
import { formatQuantity, parseQuantity } from '../primitives/quantity.ts'
import { Problem } from '../problems.ts'
import type { Adjudication } from '../settlement/adjudication.ts'
import { type PayerClaim, totalsToJson } from '../settlement/payer-gateway.ts'
import { postingsOf } from '../settlement/postings.ts'
import { type NewRefund, refundFor } from '../settlement/refund.ts'
import { patientFenOf } from '../settlement/resettle.ts'
import { reversalFor } from '../settlement/reversal.ts'
import type { SettlementRecord } from '../settlement/settlement-record.ts'
import { movementsOf } from '../settlement/year-movements.ts'
import { changeBy } from './change.ts'
import type { Decision, SettlementChange, Situation } from './decision.ts'
import type { DispenseLine, ReturnedLine, Supply } from './supply.ts'

/** What comes back, and how. */
export interface GoodsReturn {
  /** Which supply; the caller's only one when left out. */
  readonly dispenseId?: string
  readonly reasonCode: string
  /** All that the patient has of the supply when left out. */
  readonly lines?: readonly {
    readonly lineNo: number
    /** Decimal text; all that the patient has of the line when left out. */
    readonly quantity?: string
    /** The packs, when not all of the line come back. */
    readonly traceCodes?: readonly string[]
  }[]
  /** Only intact packs may be sold again. */
  readonly packs?: 'intact' | 'opened'
  /** Whether the patient's part was paid at the till; true when left out. */
  readonly patientPaid?: boolean
}

export interface GoodsReturned {
  readonly prescriptionNo: string
  readonly dispenseId: string
  readonly returnId: string
  /** The settlement that was reversed. */
  readonly settlementId: string
  /** The settlement of what the patient keeps. */
  readonly resettlementId?: string
  readonly state: State
  /** What the supplier owes the patient. */
  readonly refund?: { readonly refundId: string; readonly amountFen: number; readonly dueOn: string }
  readonly lines: readonly { readonly lineNo: number; readonly returned: string; readonly kept: string }[]
}

export interface ReturnSituation extends Situation {
  readonly supplies: readonly Supply[]
  /** Packs that are with the patient, by supply and line. */
  readonly soldCodes: ReadonlyMap<string, ReadonlyMap<number, readonly string[]>>
  /** Settles anew what the patient keeps, by line. */
  readonly resettle: (settlement: SettlementRecord, kept: ReadonlyMap<number, string>) => Adjudication
  readonly refundDays: number
}

/** Reasons after which no pack is sold again, however intact it looks. */
const BARRING: readonly string[] = ['recall', 'quality-defect']

/**
 * Takes goods back (退药) after the hand-over, a whole supply or some of it, in every later state of the prescription, by
 * the pharmacy that supplied or by the agency. The settlement is reversed whole, and what the patient keeps is settled
 * anew. What came back does not become open again: the patient needs a new prescription for it.
 *
 * @throws Problem supply-unknown, supply-ambiguous, goods-not-handed-over, goods-returned-already, return-exceeds,
 *   trace-code-not-supplied; wrong-state while a file for reimbursement by hand is examined, approved or paid
 */
export function decideReturn(
  situation: ReturnSituation,
  { caller, goods }: { readonly caller: Caller; readonly goods: GoodsReturn },
): Decision<GoodsReturned> {
  const { prescription, now, newId, supplies } = situation
  const { regionCode, prescriptionNo } = prescription
  const supply = supplyToReturn(supplies, caller, goods.dispenseId)
  const { dispenseId, settlement } = supply
  if (settlement === undefined) throw new Error(`supply ${dispenseId} was handed over without a settlement`)
  const returned = returnedLines(supply, goods, situation.soldCodes.get(supply.dispenseId) ?? new Map())
  const kept = keptLines(supply, returned)
  const returnId = newId()
  const goodsKept = supplies.some((other) => (other === supply ? kept.length > 0 : hasGoods(other)))
  const change = changeBy(prescription, {
    command: 'return',
    by: caller.kind === 'agency' ? 'agency' : 'pharmacy',
    caller,
    now,
    goodsKept,
    data: {
      reason: goods.reasonCode,
      dispenseId,
      returnId,
      pharmacyId: supply.pharmacyId,
      lines: returned.map(({ lineNo, quantity }) => ({ lineNo, quantity })),
    },
  })
  const reversal = reversalFor(settlement, { caller, regionCode, now, newId })
  const anew = kept.length === 0 ? undefined : settledAnew(situation, settlement, kept)
  const refunds =
    goods.patientPaid === false
      ? []
      : refundFor(settlement, {
          cause: 'goods-returned',
          lines: withQuantity(supply.lines, ({ quantity, returned: back }) => minus(quantity, back)),
          ...(anew && { stillOwedFen: anew.patientFen }),
          days: situation.refundDays,
          now,
          newId,
        })
  return {
    changes: [{ ...change, recipients: [...new Set([...change.recipients, supply.pharmacyId])] }],
    supplies: [
      {
        kind: 'returned',
        dispenseId,
        returnId,
        reasonCode: goods.reasonCode,
        by: caller,
        lines: returned,
        isWhole: kept.length === 0,
        isBarred: goods.packs === 'opened' || BARRING.includes(goods.reasonCode),
        settlementId: settlement.settlementId,
        ...(anew && { resettlementId: anew.settlementId }),
      },
    ],
    settlements: [...reversal.settlements, ...(anew?.settlements ?? [])],
    postings: [...reversal.postings, ...(anew?.postings ?? [])],
    refunds,
    answer: {
      status: 200,
      body: answerOf(prescriptionNo, change.after.state, supply, returned, returnId, anew, refunds),
    },
  }
}

/** @throws Problem supply-unknown, supply-ambiguous, goods-not-handed-over, goods-returned-already */
function supplyToReturn(supplies: readonly Supply[], caller: Caller, dispenseId?: string): Supply {
  const own = supplies.filter(
    ({ pharmacyId }) => caller.kind === 'agency' || pharmacyId === caller.institutionId,
  )
  if (dispenseId !== undefined) {
    const supply = own.find((one) => one.dispenseId === dispenseId)
    if (supply === undefined) throw new Problem('supply-unknown')
    if (supply.handedOverAt === undefined) throw new Problem('goods-not-handed-over')
    if (!hasGoods(supply)) throw new Problem('goods-returned-already')
    return supply
  }
  const returnable = own.filter(hasGoods)
  if (returnable.length === 1) return returnable[0]!
  if (returnable.length > 1) {
    throw new Problem('supply-ambiguous', {
      details: { dispenseIds: returnable.map((one) => one.dispenseId) },
    })
  }
  const isReturned = own.some(({ handedOverAt }) => handedOverAt !== undefined)
  throw new Problem(isReturned ? 'goods-returned-already' : 'goods-not-handed-over')
}

/** True while the patient has something of it. */
export function hasGoods({ handedOverAt, returnedAt }: Supply): boolean {
  return handedOverAt !== undefined && returnedAt === undefined
}

/** @throws Problem return-exceeds, trace-code-not-supplied */
function returnedLines(
  supply: Supply,
  { lines }: GoodsReturn,
  soldCodes: ReadonlyMap<number, readonly string[]>,
): readonly ReturnedLine[] {
  const held = new Map(supply.lines.map((line) => [line.lineNo, minus(line.quantity, line.returned)]))
  const wanted =
    lines ?? supply.lines.filter(({ lineNo }) => held.get(lineNo) !== '0').map(({ lineNo }) => ({ lineNo }))
  const seen = new Set<number>()
  return wanted.map((line: NonNullable<GoodsReturn['lines']>[number]) => {
    const { lineNo } = line
    const all = held.get(lineNo) ?? '0'
    const quantity = line.quantity ?? all
    const wantedQuantity = parseQuantity(quantity)
    if (seen.has(lineNo) || wantedQuantity === 0n || wantedQuantity > parseQuantity(all)) {
      throw new Problem('return-exceeds', { details: { lineNo, kept: all } })
    }
    seen.add(lineNo)
    const sold = soldCodes.get(lineNo) ?? []
    const isAll = wantedQuantity === parseQuantity(all)
    const traceCodes = isAll ? sold : (line.traceCodes ?? [])
    const strange = (line.traceCodes ?? []).filter((code) => !sold.includes(code))
    if (strange.length > 0) {
      throw new Problem('trace-code-not-supplied', { details: { lineNo, traceCodes: strange } })
    }
    return { lineNo, quantity: formatQuantity(wantedQuantity), traceCodes }
  })
}

/** What the patient keeps: lines of the supply with what is left of them. */
function keptLines(supply: Supply, returned: readonly ReturnedLine[]): DispenseLine[] {
  const back = new Map(returned.map(({ lineNo, quantity }) => [lineNo, quantity]))
  return withQuantity(supply.lines, (line) =>
    minus(minus(line.quantity, line.returned), back.get(line.lineNo)),
  )
}

function withQuantity(
  lines: readonly DispenseLine[],
  quantityOf: (line: DispenseLine) => string,
): DispenseLine[] {
  return lines.flatMap((line) => {
    const quantity = quantityOf(line)
    return quantity === '0' ? [] : [{ ...line, quantity }]
  })
}

function minus(quantity: string, less = '0'): string {
  return formatQuantity(parseQuantity(quantity) - parseQuantity(less))
}

interface SettledAnew {
  readonly settlementId: string
  readonly patientFen: number
  readonly settlements: readonly SettlementChange[]
  readonly postings: readonly NewPosting[]
}

/**
 * The settlement of what is kept: settled and owed at once, or deferred again with a file of its own. A payer outside
 * that paid for all of it is asked for the smaller sum.
 */
function settledAnew(
  situation: ReturnSituation,
  before: SettlementRecord,
  kept: readonly DispenseLine[],
): SettledAnew {
  const { prescription, now, newId } = situation
  const { regionCode } = prescription
  const settlementId = newId()
  const request = JSON.stringify({
    lines: kept.map(({ lineNo, drugCode, quantity, unitPriceFen }) => ({
      lineNo,
      drugCode,
      quantity,
      unitPriceFen,
    })),
  })
  if (before.status === 'deferred') {
    const all = refundFor(before, { cause: 'goods-returned', lines: kept, days: 0, now, newId: () => '' })
    return {
      settlementId,
      patientFen: all[0]?.amountFen ?? 0,
      settlements: [{ kind: 'deferred-anew', settlementId, before, request, fileId: newId() }],
      postings: [],
    }
  }
  const adjudication = situation.resettle(before, new Map(kept.map((line) => [line.lineNo, line.quantity])))
  const entries = postingsOf(adjudication, partiesOf(before))
  const base = { regionCode, settlementId, day: dayOf(now), at: now }
  const year = before.posted?.movements?.year ?? Number(dayOf(before.requestedAt).slice(0, 4))
  return {
    settlementId,
    patientFen: before.hospitalCollects ? 0 : patientFenOf(adjudication),
    settlements: [
      { kind: 'settled-anew', settlementId, before, request, adjudication, entries },
      ...(before.isAskedOfPayer
        ? [
            {
              kind: 'claimed-anew' as const,
              settlementId,
              year,
              claim: claimAnew(prescription, before, adjudication, { settlementId, day: dayOf(now) }),
            },
          ]
        : []),
    ],
    postings: [
      {
        ...base,
        postingId: newId(),
        kind: 'reservation',
        lines: [],
        movements: {
          personId: before.personId,
          year,
          measures: movementsOf(adjudication, before.hospitalId),
        },
      },
      ...(entries.length === 0
        ? []
        : [{ ...base, postingId: newId(), kind: 'settlement' as const, lines: entries }]),
    ],
  }
}

/** What the payer is asked, in place of what it paid. */
function claimAnew(
  { regionCode, prescriptionNo }: Situation['prescription'],
  { personId, pharmacyId, hospitalId, settlementId: replaces }: SettlementRecord,
  { input, charge, totals }: Adjudication,
  own: { readonly settlementId: string; readonly day: CivilDay },
): PayerClaim {
  return {
    ...own,
    regionCode,
    prescriptionNo,
    personId,
    pharmacyId,
    hospitalId,
    scheme: input.scheme,
    chargeFen: fenToJson(charge),
    totals: totalsToJson(totals),
    replaces,
  }
}

/** The same parties: the capitation account is that of the first settlement. */
function partiesOf({ pharmacyId, hospitalId, entries = [], posted }: SettlementRecord) {
  const holder = [...entries, ...(posted?.lines ?? [])].find(({ account }) =>
    account.startsWith('capitation:'),
  )
  return {
    supplierId: pharmacyId,
    hospitalId,
    ...(holder === undefined ? {} : { capitationHolderId: holder.account.slice('capitation:'.length) }),
  }
}

function answerOf(
  prescriptionNo: string,
  state: State,
  supply: Supply,
  returned: readonly ReturnedLine[],
  returnId: string,
  anew: SettledAnew | undefined,
  refunds: readonly NewRefund[],
): GoodsReturned {
  const back = new Map(returned.map((line) => [line.lineNo, line.quantity]))
  const [refund] = refunds
  return {
    prescriptionNo,
    dispenseId: supply.dispenseId,
    returnId,
    settlementId: supply.settlement!.settlementId,
    ...(anew && { resettlementId: anew.settlementId }),
    state,
    ...(refund && {
      refund: { refundId: refund.refundId, amountFen: refund.amountFen, dueOn: refund.dueOn },
    }),
    lines: supply.lines.map((line) => {
      const kept = minus(minus(line.quantity, line.returned), back.get(line.lineNo))
      return { lineNo: line.lineNo, returned: minus(line.quantity, kept), kept }
    }),
  }
}
