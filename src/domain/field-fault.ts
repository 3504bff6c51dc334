import type { Bilingual } from './finding.ts'

/** One field that breaks the published schema. Names the place and the demand, never the value sent. */
export interface FieldFault {
  /** JSON pointer from the part of the request: `/body/lines/0/drugCode`. */
  readonly path: string
  /** The keyword of JSON Schema that failed: `required`, `pattern`. */
  readonly keyword: string
  readonly message: Bilingual
}

/** What the schema validator reports; the part of it that holds no value of the caller. */
export interface SchemaError {
  readonly instancePath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
}

const SENTENCES: Readonly<Record<string, (demand: string) => Bilingual>> = {
  required: () => ({ zh: '缺少必填字段。', en: 'The field is required.' }),
  additionalProperties: () => ({ zh: '接口没有此字段。', en: 'The API has no such field.' }),
  unevaluatedProperties: () => ({ zh: '接口没有此字段。', en: 'The API has no such field.' }),
  type: (demand) => ({ zh: `类型应为 ${demand}。`, en: `The type must be ${demand}.` }),
  enum: (demand) => ({ zh: `取值应为：${demand}。`, en: `Must be one of: ${demand}.` }),
  const: (demand) => ({ zh: `取值应为 ${demand}。`, en: `Must be ${demand}.` }),
  pattern: (demand) => ({ zh: `格式应符合 ${demand}。`, en: `Must match ${demand}.` }),
  format: (demand) => ({ zh: `格式应为 ${demand}。`, en: `Must have the format ${demand}.` }),
  minLength: (demand) => ({ zh: `长度不得少于 ${demand} 个字符。`, en: `At least ${demand} characters.` }),
  maxLength: (demand) => ({ zh: `长度不得超过 ${demand} 个字符。`, en: `At most ${demand} characters.` }),
  minimum: (demand) => ({ zh: `不得小于 ${demand}。`, en: `Must be ${demand} or more.` }),
  maximum: (demand) => ({ zh: `不得大于 ${demand}。`, en: `Must be ${demand} or less.` }),
  minItems: (demand) => ({ zh: `不得少于 ${demand} 项。`, en: `At least ${demand} items.` }),
  maxItems: (demand) => ({ zh: `不得超过 ${demand} 项。`, en: `At most ${demand} items.` }),
  uniqueItems: () => ({ zh: '各项不得重复。', en: 'Items must differ.' }),
}

/**
 * Turns a validator's errors into faults that are safe to answer and to log.
 *
 * @param errors as Ajv reports them, with `allErrors`
 * @param root what the pointers start with: `/body`
 */
export function fieldFaults(errors: readonly SchemaError[], root = ''): FieldFault[] {
  return errors.map((error) => {
    const name = error.params['missingProperty'] ?? error.params['additionalProperty']
    const pointer = typeof name === 'string' ? `${error.instancePath}/${name}` : error.instancePath
    const sentence = SENTENCES[error.keyword]
    return {
      path: root + pointer.split('/').map(safeSegment).join('/'),
      keyword: error.keyword,
      message: sentence?.(demandOf(error)) ?? {
        zh: '不符合接口说明。',
        en: 'Does not match the API description.',
      },
    }
  })
}

/** A name that the caller made up can hold personal data; only what looks like a field or an index is repeated. */
function safeSegment(segment: string): string {
  return /^(\d{0,4}|[A-Za-z$_][A-Za-z_-]{0,39}\d{0,2})$/.test(segment) ? segment : '?'
}

/** What the schema demands, from the schema alone. */
function demandOf(error: SchemaError): string {
  const { params } = error
  const demand =
    params['type'] ??
    params['allowedValues'] ??
    params['allowedValue'] ??
    params['pattern'] ??
    params['format'] ??
    params['limit']
  return Array.isArray(demand) ? demand.join(', ') : String(demand ?? '')
}
