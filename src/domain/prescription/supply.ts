import type { PriceJson } from '../primitives/price.ts'
import type { SettlementRecord } from '../settlement/settlement-record.ts'

/** A line as it is supplied. */
export interface DispenseLine {
  readonly lineNo: number
  readonly drugCode: string
  /** Decimal text in the unit of the prescription line. */
  readonly quantity: string
  readonly unitPriceFen: PriceJson
  readonly batchNo?: string
  readonly expiresOn?: string
  /** Of the quantity, what came back; absent when nothing did. */
  readonly returned?: string
}

/** What leaves the pharmacy, batch by batch: a line from two batches comes twice. */
export interface HandedLine {
  readonly lineNo: number
  /** Decimal text. */
  readonly quantity: string
  readonly batchNo: string
  readonly expiresOn: string
  /** In their one spelling. */
  readonly traceCodes: readonly string[]
  /** What all of its packs give together, where each is split: decimal text. */
  readonly splitQuantity?: string
  /** Why there is none. */
  readonly noTraceReason?: string
}

/** What comes back of a line. */
export interface ReturnedLine {
  readonly lineNo: number
  /** Decimal text in the unit of the prescription line. */
  readonly quantity: string
  readonly traceCodes: readonly string[]
}

/** One supply (调配) of a prescription at one pharmacy, with its newest settlement. */
export interface Supply {
  readonly dispenseId: string
  readonly pharmacyId: string
  readonly takenAt: Date
  readonly handedOverAt?: Date
  /** When the last of it came back. */
  readonly returnedAt?: Date
  readonly lines: readonly DispenseLine[]
  readonly settlement?: SettlementRecord
}
