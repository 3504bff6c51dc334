import { withoutAlternatives } from './alternatives.ts'
import type { Bilingual } from './finding.ts'

/** One field that breaks the published schema. Names the place and the demand, never the value sent. */
export interface FieldFault {
  /** JSON pointer from the part of the request: `/body/lines/0/drugCode`. */
  readonly path: string
  /** The keyword of JSON Schema that failed: `required`, `pattern`. */
  readonly keyword: string
  readonly message: Bilingual
}

/** What the schema validator reports. */
export interface SchemaError {
  readonly instancePath: string
  readonly schemaPath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  /** The value of the keyword, with the option `verbose`. */
  readonly schema?: unknown
  /** What was judged, with the option `verbose`; never repeated. */
  readonly data?: unknown
}

/** Faults that are told of one request or document; who sends more has read the first ones. */
export const TOLD_FAULTS = 100

const GENERAL: Bilingual = { zh: '不符合接口说明。', en: 'Does not match the API description.' }

const SENTENCES: Readonly<Record<string, (demand: string) => Bilingual>> = {
  required: () => ({ zh: '缺少必填字段。', en: 'The field is required.' }),
  additionalProperties: () => ({ zh: '接口没有此字段。', en: 'The API has no such field.' }),
  unevaluatedProperties: () => ({ zh: '接口没有此字段。', en: 'The API has no such field.' }),
  type: (demand) => ({ zh: `类型应为 ${demand}。`, en: `The type must be ${demand}.` }),
  enum: (demand) => ({ zh: `取值应为：${demand}。`, en: `Must be one of: ${demand}.` }),
  const: (demand) => ({ zh: `取值应为 ${demand}。`, en: `Must be ${demand}.` }),
  pattern: (demand) => ({ zh: `格式应符合 ${demand}。`, en: `Must match ${demand}.` }),
  not: (demand) =>
    demand === ''
      ? GENERAL
      : { zh: `不得包含与 ${demand} 相符的字符。`, en: `Must not hold a character of ${demand}.` },
  format: (demand) =>
    FORMATS[demand] ?? { zh: `格式应为 ${demand}。`, en: `Must have the format ${demand}.` },
  minLength: (demand) => ({ zh: `长度不得少于 ${demand} 个字符。`, en: `At least ${demand} characters.` }),
  maxLength: (demand) => ({ zh: `长度不得超过 ${demand} 个字符。`, en: `At most ${demand} characters.` }),
  minimum: (demand) => ({ zh: `不得小于 ${demand}。`, en: `Must be ${demand} or more.` }),
  maximum: (demand) => ({ zh: `不得大于 ${demand}。`, en: `Must be ${demand} or less.` }),
  minItems: (demand) => ({ zh: `不得少于 ${demand} 项。`, en: `At least ${demand} items.` }),
  maxItems: (demand) => ({ zh: `不得超过 ${demand} 项。`, en: `At most ${demand} items.` }),
  uniqueItems: () => ({ zh: '各项不得重复。', en: 'Items must differ.' }),
  minProperties: (demand) => ({ zh: `不得少于 ${demand} 个字段。`, en: `At least ${demand} fields.` }),
  maxProperties: (demand) => ({ zh: `不得超过 ${demand} 个字段。`, en: `At most ${demand} fields.` }),
  oneOf: (demand) => ({ zh: `须恰好填写其中一项：${demand}。`, en: `Send exactly one of: ${demand}.` }),
}

const FORMATS: Readonly<Record<string, Bilingual>> = {
  'date-time': {
    zh: '须为带时区偏移的时间，例如 2026-11-20T09:30:00+08:00。',
    en: 'Must be a time with its offset, such as 2026-11-20T09:30:00+08:00.',
  },
}

/**
 * Turns a validator's errors into faults that are safe to answer and to log: each once, and at most 100, however many
 * errors there are.
 *
 * @param errors as Ajv reports them with `verbose`
 * @param root what the pointers start with: `/body`
 */
export function fieldFaults(errors: readonly SchemaError[], root = ''): FieldFault[] {
  const faults = new Map<string, FieldFault>()
  for (const error of withoutAlternatives(errors)) {
    const fault = faultOf(error, root)
    faults.set(`${fault.path} ${fault.keyword}`, fault)
    if (faults.size === TOLD_FAULTS) break
  }
  return [...faults.values()]
}

function faultOf(error: SchemaError, root: string): FieldFault {
  const name = error.params['missingProperty'] ?? error.params['additionalProperty']
  const pointer = typeof name === 'string' ? `${error.instancePath}/${name}` : error.instancePath
  const sentence = SENTENCES[error.keyword]
  return {
    path: root + pointer.split('/').map(safeSegment).join('/'),
    keyword: error.keyword,
    message: sentence?.(demandOf(error)) ?? GENERAL,
  }
}

/** A name that the caller made up can hold personal data; only what looks like a field or an index is repeated. */
export function safeSegment(segment: string): string {
  return /^(\d{0,4}|[A-Za-z$_][A-Za-z_-]{0,39}\d{0,2})$/.test(segment) ? segment : '?'
}

/** What the schema demands, from the schema alone. */
function demandOf(error: SchemaError): string {
  const { params } = error
  if (error.keyword === 'not')
    return String((error.schema as { pattern?: string } | undefined)?.pattern ?? '')
  const demand =
    params['alternatives'] ??
    params['type'] ??
    params['allowedValues'] ??
    params['allowedValue'] ??
    params['pattern'] ??
    params['format'] ??
    params['limit']
  return Array.isArray(demand) ? demand.join(', ') : String(demand ?? '')
}
