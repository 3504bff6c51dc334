import type { Bilingual } from '../finding.ts'
import type { DispenseLine } from '../prescription/supply.ts'
import { addDays, type CivilDay, dayOf } from '../primitives/civil-day.ts'
import { priceFromJson, priceOf } from '../primitives/price.ts'
import { parseQuantity } from '../primitives/quantity.ts'
import type { SettlementRecord } from './settlement-record.ts'

/** Why money goes back to a patient. */
export const REFUND_CAUSES = {
  'goods-returned': { zh: '退药', en: 'Goods returned' },
  'settlement-reversed': { zh: '结算冲正', en: 'Settlement reversed' },
  'settlement-lapsed': { zh: '逾期未取药，结算撤销', en: 'Not collected in time' },
  'payer-withdrew': { zh: '医保系统撤销已付款', en: 'The payer took its payment back' },
} as const satisfies Record<string, Bilingual>
export type RefundCause = keyof typeof REFUND_CAUSES

/** How a refund stands. */
export const REFUND_STATES = {
  owed: { zh: '待退', en: 'Owed' },
  'paid-back': { zh: '已退', en: 'Paid back' },
  'nothing-taken': { zh: '药店声明未收款', en: 'Nothing was taken, says the supplier' },
} as const satisfies Record<string, Bilingual>
export type RefundState = keyof typeof REFUND_STATES

/** What a supplier owes a patient (退费): the own part of what was taken back after it was paid at the till. */
export interface NewRefund {
  readonly refundId: string
  readonly settlementId: string
  readonly dispenseId: string
  readonly personId: string
  readonly pharmacyId: string
  readonly cause: RefundCause
  readonly amountFen: number
  readonly dueOn: CivilDay
}

/**
 * What the patient paid at the till for a settlement, in fen: the own part, or all of it when it was deferred. Of an
 * inpatient the hospital collects the own part with the stay (MZ-7.4), so nothing was taken at the till.
 */
export function paidAtTill(settlement: SettlementRecord, lines: readonly DispenseLine[]): number {
  if (settlement.status === 'deferred') {
    return Number(
      lines.reduce(
        (sum, line) => sum + priceOf(priceFromJson(line.unitPriceFen), parseQuantity(line.quantity)),
        0n,
      ),
    )
  }
  return settlement.hospitalCollects ? 0 : (settlement.patientFen ?? 0)
}

/**
 * The refund of a settlement that is taken back; none when nothing was paid or the patient goes on owing as much.
 *
 * @param stillOwedFen what the patient pays for what is kept
 * @param days until it is due, by the policy
 */
export function refundFor(
  settlement: SettlementRecord,
  by: {
    readonly cause: RefundCause
    readonly lines: readonly DispenseLine[]
    readonly stillOwedFen?: number
    readonly days: number
    readonly now: Date
    readonly newId: () => string
  },
): NewRefund[] {
  const amountFen = paidAtTill(settlement, by.lines) - (by.stillOwedFen ?? 0)
  if (amountFen <= 0) return []
  const { settlementId, dispenseId, personId, pharmacyId } = settlement
  return [
    {
      refundId: by.newId(),
      settlementId,
      dispenseId,
      personId,
      pharmacyId,
      cause: by.cause,
      amountFen,
      dueOn: addDays(dayOf(by.now), by.days),
    },
  ]
}
