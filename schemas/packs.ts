import { decimal } from './common.ts'

const traceCode = {
  type: 'string',
  minLength: 1,
  maxLength: 300,
  description:
    'As scanned or typed: 10 to 40 letters and digits in any case, blanks, dashes, line ends and the symbology prefix of ' +
    'the scanner (`]C1`) are left away; GS1 elements with a serial, `(01)…(21)…` or run together; a GS1 Digital Link. ' +
    'Every spelling of one pack is one code.',
  examples: ['81234567890123456789'],
} as const

/** The packs of one batch of a line, at the settlement request and at the hand-over. */
export const packMembers = {
  traceCodes: {
    type: 'array',
    maxItems: 500,
    description:
      'The short form: one for each whole pack (药品追溯码). A whole pack is supplied once in the whole hub. How many a ' +
      'quantity needs is in the answer of the quote (`packs`).',
    items: traceCode,
  },
  packs: {
    type: 'array',
    maxItems: 500,
    description:
      'The long form, for packs that are split (拆零); both forms may stand together, each pack once',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['traceCode'],
      properties: {
        traceCode,
        split: {
          type: 'boolean',
          description:
            '拆零标志: only a part of the pack leaves, or more of one that was split before. Its code may come again until ' +
            'its units are used up.',
        },
        quantity: { ...decimal, description: 'Units taken of a split pack' },
        packSize: {
          ...decimal,
          description: 'Units in the pack; needed at its first split where the drug register does not say it',
        },
      },
      if: { required: ['split'], properties: { split: { const: true } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { required: ['quantity'], properties: { quantity: true } },
      else: { properties: { quantity: false, packSize: false } },
    },
  },
} as const

/** What packs a line will need, told before the money moves. */
export const packsNeeded = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['lineNo', 'traceCodes'],
    properties: {
      lineNo: { type: 'integer' },
      traceCodes: {
        type: 'string',
        enum: ['needed', 'none'],
        description: '`none`: goods of this kind have no trace codes (herbal pieces, granules)',
      },
      count: {
        type: 'integer',
        minimum: 1,
        description: 'Packs that the quantity needs; absent: the pack size is unknown',
      },
      packSize: { type: 'integer', minimum: 1, description: 'Units in a pack, by the drug register' },
    },
  },
} as const
