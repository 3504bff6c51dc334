import { MOST_FEN } from './bounds.ts'
import { codeOf, type PrescriptionCodeList } from './prescription-codes.ts'

/** Building blocks of the prescription document. Closed, without defaults, nothing coerced. */
export const code = { type: 'string', minLength: 1, maxLength: 30 } as const
export const name = { type: 'string', minLength: 1, maxLength: 200 } as const
export const text = { type: 'string', minLength: 1, maxLength: 2000 } as const
export const flag = { type: 'boolean' } as const

/**
 * RFC 3339 with its offset, kept to the millisecond. Other ways of writing the same instant are taken, too
 * (`src/domain/text/instant-text.ts`), and stay in the signed bytes.
 */
export const documentInstant = { type: 'string', format: 'date-time', maxLength: 60 } as const
export const day = { type: 'string', format: 'date' } as const
export const decimal = { type: 'string', pattern: '^\\d{1,12}(\\.\\d{1,4})?$' } as const
export const region = { type: 'string', pattern: '^\\d{6}$' } as const
export const fen = { type: 'integer', minimum: 0, maximum: MOST_FEN } as const

/** A code of a served list with its name. */
export function codedBy<const Name extends PrescriptionCodeList>(list: Name) {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['code', 'name'],
    properties: { code: codeOf(list), name },
  } as const
}

/** A code of a served list whose name may be left out. */
export function looselyCodedBy<const Name extends PrescriptionCodeList>(list: Name) {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['code'],
    properties: { code: codeOf(list), name: { type: 'string', minLength: 1, maxLength: 500 } },
  } as const
}

/** A code whose name may be left out. */
export const looselyCoded = {
  type: 'object',
  additionalProperties: false,
  required: ['code'],
  properties: {
    code: { type: 'string', minLength: 1, maxLength: 100 },
    name: { type: 'string', minLength: 1, maxLength: 500 },
  },
} as const

/** Text, so that the document keeps one closed shape: what it holds is a matter between hospital and insurer. */
export const extras = {
  type: 'string',
  minLength: 2,
  maxLength: 4000,
  description: 'Local extension data (扩展数据) as JSON text, passed on as it is and never judged',
} as const

/** Kinds of identity papers (人员证件类型). */
export const idType = codeOf('identity-papers')
