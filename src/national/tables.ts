import type { ReversalSign } from './bill.ts'
import type { Coded } from './codes.ts'

/**
 * What the interface leaves open, or what only its operator publishes. The defaults are what public clients read; a
 * region that knows better says so in a file (`NATIONAL_TABLES_FILE`).
 */
export interface NationalTables {
  /** rx_chk_stas_codg of 7204 that mean a yes and a no: the official table is not public. */
  readonly reviewPassed: readonly string[]
  readonly reviewFailed: readonly string[]
  /** delv_stas_codg or delv_stas_name of 7205 that mean that the receiver has signed: the table is not public. */
  readonly deliveryReceived: readonly string[]
  /** Which way 2103 tells its amounts: not said. */
  readonly reversalAmounts: ReversalSign
  /** rx_pay_status_code of 7105: only the name 支付成功 is public. */
  readonly paid: Coded
  readonly unpaid: Coded
  readonly paidBack: Coded
  /** How long a token of 7201 or 7202 may be used, in seconds. */
  readonly tokenSeconds: number
  /** How long 2102 waits for its settlement before it tells the pharmacy to ask again, in seconds. */
  readonly settlementSeconds: number
}

export const NATIONAL_TABLES: NationalTables = {
  reviewPassed: ['1'],
  reviewFailed: ['2'],
  deliveryReceived: ['已签收', '签收'],
  reversalAmounts: 'negative',
  paid: { code: '1', name: '支付成功' },
  unpaid: { code: '0', name: '未支付' },
  paidBack: { code: '2', name: '已退费' },
  tokenSeconds: 60,
  settlementSeconds: 20,
}
