/** An instant with its offset, to the millisecond at most. */
export const instant = {
  type: 'string',
  format: 'date-time',
  description: 'RFC 3339 with an offset; in requests also without seconds, or with +0800',
  examples: ['2026-11-20T09:30:00+08:00'],
} as const

/** A civil day, Asia/Shanghai. */
export const civilDay = { type: 'string', format: 'date', examples: ['2026-11-20'] } as const

/**
 * A person's name, in registers, documents and answers alike: the 50 characters of the national interface (`psnName`)
 * and as many again, for names in Latin letters.
 */
export const personName = {
  type: 'string',
  minLength: 1,
  maxLength: 100,
  // A letter, a digit or a character of private use; said by what it is not, so that readers of patterns that know
  // nothing of Unicode take names, too.
  pattern: '[^\\p{P}\\p{S}\\p{Z}\\p{M}\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}]',
  // No sign of money or arithmetic: no name has one, and GBK that happens to be valid UTF-8 often does.
  not: { pattern: '[<>=+|~$¢-¥¬±¼-¾×÷]' },
  description: 'Name of a person, as on the paper; compared without blanks, width, case and kinds of dots',
} as const

/** The name of an institution (`fixmedinsName`) or of a part of it. */
export const institutionName = { type: 'string', minLength: 1, maxLength: 200 } as const

/**
 * The number of an identity paper as printed. At least six characters that are not blanks: the last six of them are
 * the second factor of the patient's links, and a shorter number could be guessed.
 */
export const idNumber = {
  type: 'string',
  minLength: 6,
  maxLength: 50,
  pattern: '(\\S\\s*){6}',
  description:
    'Number of the identity paper as printed, with its characters and brackets; a newborn without one: the number of ' +
    'the birth certificate, as `other`',
} as const

/** The insured region or the region of an institution: six digits. */
export const regionCode = { type: 'string', pattern: '^\\d{6}$', examples: ['441400'] } as const

/** Region, day of issue and sequence: the national form. */
export const prescriptionNo = {
  type: 'string',
  pattern: '^\\d{22}$',
  description: 'Region (6), day of issue (8), sequence (8)',
  examples: ['4414002026112000000017'],
} as const

export const uuid = { type: 'string', format: 'uuid' } as const

/** Where a prescription stands. */
export const prescriptionState = {
  type: 'string',
  enum: [
    'open',
    'chosen',
    'held',
    'reviewed',
    'settling',
    'settled',
    'deferred',
    'dispensed',
    'returned',
    'refused',
    'cancelled',
    'expired',
  ],
} as const

/** Money in fen, as a safe integer. */
export const fen = {
  type: 'integer',
  minimum: -9_007_199_254_740_991,
  maximum: 9_007_199_254_740_991,
  description: 'Fen (1/100 yuan)',
} as const

/** A quantity, as a decimal string. */
export const decimal = {
  type: 'string',
  pattern: '^\\d{1,12}(\\.\\d{1,4})?$',
  examples: ['2', '0.5'],
} as const

export const bilingual = {
  type: 'object',
  additionalProperties: false,
  required: ['zh', 'en'],
  properties: { zh: { type: 'string' }, en: { type: 'string' } },
} as const

/** Where a list goes on: the `next` of the page before. Opaque. */
export const cursor = { type: 'string', pattern: '^[A-Za-z0-9_.:-]{1,200}$' } as const

/**
 * How many entries a page may have. Query values are strings and nothing is coerced: use `Number(limit)`.
 * 1 to 200.
 */
export const pageLimit = {
  type: 'string',
  pattern: '^([1-9]\\d?|1\\d\\d|200)$',
  description: '1 to 200',
  examples: ['50'],
} as const

/** One page of a list; `next` is absent on the last. */
export function pageOf<const Item, const Next = { readonly type: 'string' }>(
  items: Item,
  next: Next = { type: 'string' } as Next,
) {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['items'],
    properties: { items: { type: 'array', items }, next },
  } as const
}

/** An object whose members the description leaves open. Typed as unknown: an interface has no index signature. */
export const anyObject: object = { type: 'object', additionalProperties: true }
