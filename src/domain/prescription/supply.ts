import type { SettlementRecord } from '../settlement/settlement-record.ts'

/** A line as it is supplied. */
export interface DispenseLine {
  readonly lineNo: number
  readonly drugCode: string
  /** Decimal text in the unit of the prescription line. */
  readonly quantity: string
  readonly unitPriceFen: number
  readonly batchNo?: string
  readonly expiresOn?: string
}

/** What leaves the pharmacy, line by line. */
export interface HandedLine {
  readonly lineNo: number
  readonly batchNo: string
  readonly expiresOn: string
  /** As scanned in what is told, as the hub keeps them in what is decided. */
  readonly traceCodes: readonly string[]
}

/** One supply (调配) of a prescription at one pharmacy, with its newest settlement. */
export interface Supply {
  readonly dispenseId: string
  readonly pharmacyId: string
  readonly takenAt: Date
  readonly handedOverAt?: Date
  readonly returnedAt?: Date
  readonly lines: readonly DispenseLine[]
  readonly settlement?: SettlementRecord
}
