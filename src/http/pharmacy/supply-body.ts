import { decimal } from '../../../schemas/common.ts'
import { packMembers } from '../../../schemas/packs.ts'
import { priceMembers } from '../../../schemas/price.ts'
import { codeSchema } from '../../domain/codes.ts'

/** What is known of a batch before the money moves; all of it is told at the hand-over again. */
const settlementBatch = {
  batchNo: { type: 'string', minLength: 1, maxLength: 40, examples: ['20260801A'] },
  expiresOn: { type: 'string', format: 'date', examples: ['2028-07-31'] },
  noTraceReason: {
    ...codeSchema('no-trace-reasons'),
    description:
      'Why there is no trace code. At the settlement request, lines with codes or a reason are judged by the rules of the hand-over about trace codes; ' +
      'what is not told yet is judged there. The reason is told at the hand-over again.',
  },
} as const

/** What is about to be supplied. */
export const supplyBody = {
  type: 'object',
  additionalProperties: false,
  required: ['lines'],
  properties: {
    lines: {
      type: 'array',
      minItems: 1,
      maxItems: 99,
      description:
        'A line from several batches may come once a batch, at one price. What a line costs is `unitPriceFen`, `price` or ' +
        '`amountFen`; of several the later one counts, and the others may be rounded to a fen a unit. The price of a quantity ' +
        'is rounded half up to a fen, once. Packs that are named are promised to this supply ' +
        'until its settlement ends, and need not be named again at the hand-over.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['lineNo', 'quantity'],
        properties: {
          lineNo: { type: 'integer', minimum: 1, maximum: 99, examples: [1] },
          quantity: { ...decimal, description: 'In the unit of the line' },
          ...priceMembers,
          ...packMembers,
          ...settlementBatch,
        },
      },
    },
  },
} as const
