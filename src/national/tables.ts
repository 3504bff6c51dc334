import type { ReversalSign } from './bill.ts'
import { type Coded, REVIEW_STATUS, type StatusTables, USE_STATUS } from './codes.ts'

/**
 * What the interface leaves open, or what only its operator publishes. The defaults are what public clients read; a
 * region that knows better says so in a file (`NATIONAL_TABLES_FILE`).
 */
export interface NationalTables extends StatusTables {
  /** `code` of the direct envelope by the hub's own code, where the centre has its own list: that is not public. */
  readonly errorCodes: Readonly<Record<string, number>>
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
  errorCodes: {},
  reviewStatus: REVIEW_STATUS,
  useStatus: USE_STATUS,
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

/** What each member must look like. @returns whether it does */
const FITS: { readonly [Name in keyof NationalTables]: (value: unknown) => boolean } = {
  errorCodes: (value) =>
    isRecord(value) && Object.values(value).every((code) => Number.isSafeInteger(code) && code !== 0),
  reviewStatus: (value) => isCodedRecord(value, Object.keys(REVIEW_STATUS)),
  useStatus: (value) => isCodedRecord(value, Object.keys(USE_STATUS)),
  reviewPassed: isTexts,
  reviewFailed: isTexts,
  deliveryReceived: isTexts,
  reversalAmounts: (value) => value === 'negative' || value === 'positive',
  paid: isCoded,
  unpaid: isCoded,
  paidBack: isCoded,
  tokenSeconds: (value) => isWhole(value, 10, 600),
  settlementSeconds: (value) => isWhole(value, 0, 50),
}

/**
 * The tables with what a file says in place of the defaults.
 *
 * @param text JSON with any of the members, each whole
 * @throws RangeError that names the members which are unknown or don't fit
 */
export function readTables(text: string): NationalTables {
  const given: unknown = JSON.parse(text)
  if (!isRecord(given)) throw new RangeError('is no JSON object')
  const wrong = Object.entries(given)
    .filter(([name, value]) => !(Object.hasOwn(FITS, name) && FITS[name as keyof NationalTables](value)))
    .map(([name]) => name)
  if (wrong.length > 0) throw new RangeError(`has members that are unknown or don't fit: ${wrong.join(', ')}`)
  return { ...NATIONAL_TABLES, ...given }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTexts(value: unknown): boolean {
  return (
    Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string' && each !== '')
  )
}

function isCoded(value: unknown): boolean {
  return isRecord(value) && typeof value['code'] === 'string' && typeof value['name'] === 'string'
}

function isCodedRecord(value: unknown, names: readonly string[]): boolean {
  return isRecord(value) && names.every((name) => isCoded(value[name]))
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
}
