import type { CivilDay } from '../primitives/civil-day.ts'
import { type ElementFault, type Elements, elementsOf, isGtin } from './gs1.ts'

/**
 * What a trace code (药品追溯码) names: one pack, by its serial in capitals.
 *
 * The serial is the identity, since the same pack may be scanned with its product number (GTIN) or typed without. Two
 * codes with one serial are two packs only when both say their product and say it differently (see `isSamePack`).
 */
export interface TraceCode {
  readonly serial: string
  /** 14 digits, when the code says it. */
  readonly gtin?: string
  /** Batch and expiry as printed in the code, to be held against what is stated beside it. */
  readonly batchNo?: string
  readonly expiresOn?: CivilDay
}

export type TraceCodeFault =
  /** Nothing that names a pack: expected are 10 to 40 letters and digits, or GS1 elements with (21). */
  | 'not-a-trace-code'
  /** The barcode of the product (商品条码): every pack of it has the same. */
  | 'product-barcode'
  | ElementFault

/** `]C1`, `]d2`, `]Q3`… : ISO/IEC 15424, sent before the data by scanners that are told to. */
const SYMBOLOGY = /^\][A-Za-z][0-9A-Za-z]/
/** Those that announce GS1 elements: GS1-128, DataBar and composites, DataMatrix, QR, DotCode. */
const GS1_SYMBOLOGY = /^\](?:C1|e[0-3]|d2|Q3|J1)/
/** FNC1 between elements as scanners send it (GS, a control character) and as people write it; read as `␝`. */
const SEPARATORS = /<GS>|\{GS\}|\p{Cc}/giu
const SERIAL = /^[0-9A-Z][0-9A-Z./+_]{9,39}$/

/**
 * Reads a trace code as it was scanned or typed: full width, in any case, with blanks, dashes, line ends and the
 * scanner's symbology prefix, as GS1 element string (with brackets or separators), as GS1 Digital Link or as a web
 * address around the twenty digits.
 *
 * @returns the pack's canonical name, or what is wrong with the text
 * @see MZ-4.3a; ISO/IEC 15424; GS1 General Specifications 3 and 7
 */
export function traceCodeOf(scanned: string): TraceCode | TraceCodeFault {
  const text = scanned
    .normalize('NFKC')
    .replace(SEPARATORS, '␝')
    .replace(/^[␝\s]+/, '')
  const data = text.replace(SYMBOLOGY, '').replace(/^[␝\s]+|[␝\s]+$/g, '')
  if (/^https?:\/\//i.test(data)) return ofAddress(data)
  const elements = elementsOf(data, GS1_SYMBOLOGY.test(text))
  if (typeof elements === 'string') return elements
  return elements === undefined ? ofSerial(data) : ofElements(elements)
}

/** Whether two codes name one pack. */
export function isSamePack(a: TraceCode, b: TraceCode): boolean {
  return a.serial === b.serial && (a.gtin === undefined || b.gtin === undefined || a.gtin === b.gtin)
}

/** What is wrong with a code, in words that say what is expected instead. */
export const TRACE_CODE_FAULTS: Readonly<
  Record<TraceCodeFault, { readonly zh: string; readonly en: string }>
> = {
  'not-a-trace-code': {
    zh: '不是追溯码：应为10至40位字母或数字（一般为20位数字），或含(21)序列号的GS1码，请重新扫码。',
    en: 'This is no trace code: 10 to 40 letters and digits are expected (mostly 20 digits), or GS1 elements with a serial (21). Scan again.',
  },
  'product-barcode': {
    zh: '这是商品条码，同一品种各盒相同；请扫描每盒各自的追溯码。',
    en: 'This is the barcode of the product, the same on every pack; scan the trace code of the pack.',
  },
  'gs1-without-serial': {
    zh: 'GS1码中没有序列号(21)，不能区分各盒；请扫描含序列号的追溯码。',
    en: 'The GS1 elements have no serial (21), so they name no single pack; scan the code that has one.',
  },
  'gs1-check-digit': {
    zh: 'GS1码中商品编码(01)的校验位不符，请重新扫码。',
    en: 'The check digit of the product number (01) is wrong; scan again.',
  },
  'gs1-date': {
    zh: 'GS1码中的有效期(17)不是日期，请重新扫码。',
    en: 'The expiry date (17) in the GS1 elements is no date; scan again.',
  },
}

function ofElements({ gtin, serial, batchNo, expiresOn }: Elements): TraceCode | TraceCodeFault {
  if (serial === undefined) return 'gs1-without-serial'
  const plain = bare(serial)
  // Beside its product number a serial may be short; alone it must be long enough to stand for itself.
  if (gtin === undefined ? !SERIAL.test(plain) : plain === '') return 'not-a-trace-code'
  return {
    serial: plain,
    ...(gtin && { gtin }),
    ...(batchNo && { batchNo }),
    ...(expiresOn && { expiresOn }),
  }
}

function ofSerial(data: string): TraceCode | TraceCodeFault {
  const serial = bare(data)
  if (/^\d{13,14}$/.test(serial) && isGtin(serial)) return 'product-barcode'
  return SERIAL.test(serial) ? { serial } : 'not-a-trace-code'
}

function ofAddress(address: string): TraceCode | TraceCodeFault {
  const link = /\/01\/(\d{14})(?:\/[^?#]*)?\/21\/([^/?#]+)/.exec(address)
  if (link !== null) {
    return isGtin(link[1]!) ? ofElements({ gtin: link[1]!, serial: link[2]! }) : 'gs1-check-digit'
  }
  const runs = new Set(address.match(/(?<!\d)\d{20}(?!\d)/g))
  const [only] = runs
  return runs.size === 1 ? { serial: only! } : 'not-a-trace-code'
}

/** Without blanks, dashes and separators, in capitals. */
function bare(text: string): string {
  return text.replace(/[\s␝\p{Cf}\p{Pd}]/gu, '').toUpperCase()
}
