import { createHash, timingSafeEqual } from 'node:crypto'
import type { FieldFault } from '../domain/field-fault.ts'
import { Problem } from '../domain/problems.ts'
import { fault, needed } from './fields.ts'
import { isTextObject, readTexts, type TextObject, type Texts, textOf } from './texts.ts'

/** A call as a gateway of the insurance (fsi) passes it on: what stands around the business object. */
export interface GatewayCall {
  /** 交易编号: which function. */
  readonly infno: string
  /** 发送方报文ID: the sender's own number of the message; the same one again is the same call. */
  readonly msgid: string
  /** 就医地医保区划. */
  readonly place: string
  readonly institutionId: string
  readonly sentAt: Date
  readonly input: TextObject
}

/**
 * Reads what stands around the business object. A body that was encoded twice is unwrapped before; an `input` that is
 * JSON in a string is unwrapped here.
 *
 * @throws Problem malformed
 */
export function readCall(message: TextObject): GatewayCall {
  const { infno, msgid, fixmedins_code } = needed(message, ['infno', 'msgid', 'fixmedins_code'])
  if (msgid.length > 60) throw malformed(fault('msgid', TOO_LONG, 'maxLength'))
  const sentAt = gatewayTime(textOf(message, 'inf_time') ?? textOf(message, 'timestamp') ?? '')
  if (sentAt === undefined) throw malformed(fault('inf_time', NO_TIME, 'format'))
  return {
    infno,
    msgid,
    place: textOf(message, 'mdtrtarea_admvs') ?? textOf(message, 'mdtrtarea_admdvs') ?? '',
    institutionId: fixmedins_code,
    sentAt,
    input: objectOf(message['input']),
  }
}

const TOO_LONG = { zh: '超过 60 个字符。', en: 'Has more than 60 characters.' }
const NO_TIME = {
  zh: '应为 yyyy-MM-dd HH:mm:ss（北京时间）。',
  en: 'Must be yyyy-MM-dd HH:mm:ss in Shanghai.',
}
const NO_OBJECT = { zh: '应为 JSON 对象。', en: 'Must be a JSON object.' }

function malformed(field: FieldFault): Problem {
  return new Problem('malformed', { fields: [field] })
}

function objectOf(value: Texts | undefined): TextObject {
  if (isTextObject(value)) return value
  const read = typeof value === 'string' ? readTexts(value, '/input') : undefined
  if (read !== undefined && 'value' in read && isTextObject(read.value)) return read.value
  throw malformed(fault('input', NO_OBJECT, 'type'))
}

/** `yyyy-MM-dd HH:mm:ss` or `yyyyMMddHHmmss` of Shanghai; undefined for anything else. */
export function gatewayTime(text: string): Date | undefined {
  const digits = text.replace(/[^\d]/g, '')
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\d{3})?$/.exec(digits)
  if (parts === null || !/^[\d :T-]+$/.test(text)) return undefined
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const at = new Date(Date.UTC(year, month - 1, day, hour - 8, minute, second))
  const shown = new Date(at.getTime() + 8 * 3_600_000)
  return shown.getUTCDate() === day && shown.getUTCMonth() === month - 1 && shown.getUTCHours() === hour
    ? at
    : undefined
}

/** The headers of a gateway that signs who calls and when, and not what. */
export interface GatewayHeaders {
  readonly appId: string
  /** Seconds since 1970. */
  readonly timestamp: string
  readonly nonce: string
  readonly signature: string
}

/** `x-tif-*`; undefined when one is missing or no such thing. */
export function gatewayHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): GatewayHeaders | undefined {
  const [appId, timestamp, nonce, signature] = ['paasid', 'timestamp', 'nonce', 'signature'].map((name) => {
    const value = headers[`x-tif-${name}`]
    return typeof value === 'string' ? value.trim() : ''
  }) as [string, string, string, string]
  const isWhole =
    /^[0-9A-F]{32}$/.test(appId) &&
    /^\d{9,11}$/.test(timestamp) &&
    /^[\w-]{1,64}$/.test(nonce) &&
    /^[0-9a-f]{64}$/i.test(signature)
  return isWhole ? { appId, timestamp, nonce, signature } : undefined
}

/** True when the signature is the lower-case hex of SHA-256 over timestamp, secret, nonce and timestamp. */
export function isHeaderSigned(
  { timestamp, nonce, signature }: Omit<GatewayHeaders, 'appId'>,
  secret: string,
): boolean {
  const right = createHash('sha256').update(`${timestamp}${secret}${nonce}${timestamp}`).digest()
  return timingSafeEqual(right, Buffer.from(signature, 'hex'))
}

/** What a gateway's answer carries. */
export interface GatewayAnswer {
  /** 0 done, -1 not. */
  readonly infcode: 0 | -1
  readonly inf_refmsgid: string
  readonly refmsg_time: string
  readonly respond_time: string
  readonly err_msg: string
  readonly output: Readonly<Record<string, unknown>>
}

/** Longest text of a refusal that the interface has room for. */
const LONGEST = 200

/**
 * @param place six digits of the region, first part of the answer's number
 * @param serial ten digits, the last part
 */
export function gatewayAnswer(
  place: string,
  serial: string,
  came: Date,
  now: Date,
  { error, output }: { readonly error?: string; readonly output: object },
): GatewayAnswer {
  return {
    infcode: error === undefined ? 0 : -1,
    inf_refmsgid: `${place.slice(0, 6).padEnd(6, '0')}${stamp(now).slice(0, 14)}${serial}`,
    refmsg_time: stamp(came),
    respond_time: stamp(now),
    err_msg: (error ?? '').slice(0, LONGEST),
    output: { ...output },
  }
}

/** `yyyyMMddHHmmssSSS` of Shanghai. */
function stamp(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().replace(/\D/g, '')
}

/** The node `data`, or the input itself: clients of one function do either. */
export function dataOf(input: TextObject, ...nodes: readonly string[]): TextObject {
  for (const node of [...nodes, 'data']) {
    const value = input[node]
    if (isTextObject(value)) return value
    if (Array.isArray(value) && isTextObject(value[0])) return value[0]
  }
  return input
}

/** The rows of a node: a list, or one object. */
export function rowsOf(value: Texts | undefined): readonly TextObject[] {
  if (isTextObject(value)) return [value]
  return Array.isArray(value) ? value.filter(isTextObject) : []
}

/** Names in snake case: the newer edition writes `hiRxno` for `hi_rxno`. */
export function snakeCased(object: TextObject): TextObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [snake(name), value]))
}

/** `drugGenname` as `drug_genname`. */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
