import { count } from './clearing.ts'
import { instant, pageLimit, uuid } from './common.ts'

export const differencesQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { after: { type: 'string', pattern: '^\\d{1,9}$' }, limit: pageLimit },
} as const

const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const

export const fileMatched = {
  type: 'object',
  additionalProperties: false,
  required: ['sha256', 'rows', 'differences'],
  properties: {
    fileId: { ...uuid, description: 'Absent when the file was only tried' },
    sha256,
    rows: count,
    differences: {
      type: 'object',
      additionalProperties: count,
      description: 'How many of each kind; empty when all agree',
    },
  },
} as const

export const differencesAnswer = {
  type: 'object',
  additionalProperties: false,
  required: ['fileId', 'sha256', 'uploadedAt', 'differences'],
  properties: {
    fileId: uuid,
    sha256,
    uploadedAt: instant,
    differences: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['differenceNo', 'kind', 'explanation', 'message', 'settlementId'],
        properties: {
          differenceNo: count,
          kind: {
            type: 'string',
            enum: [
              'missing-here',
              'missing-there',
              'amount-differs',
              'quantity-differs',
              'price-differs',
              'charge-differs',
              'drug-differs',
              'batch-differs',
              'not-handed-over',
            ],
          },
          explanation: { type: 'string' },
          message: {
            type: 'object',
            additionalProperties: false,
            required: ['zh', 'en'],
            properties: { zh: { type: 'string' }, en: { type: 'string' } },
          },
          settlementId: uuid,
          lineNo: count,
          postingId: { ...uuid, description: 'The line of the statement to dispute' },
          ours: {
            type: 'string',
            description: 'Fen, a quantity, a drug code, or batches with their quantities, by the kind',
          },
          theirs: { type: 'string' },
        },
      },
    },
    next: { type: 'string' },
  },
} as const
