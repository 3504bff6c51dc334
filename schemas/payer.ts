import { civilDay, instant } from './common.ts'

export const payerDifferenceQuery = {
  type: 'object',
  additionalProperties: false,
  required: ['day'],
  properties: { day: civilDay },
} as const

export const payerDifferences = {
  type: 'object',
  additionalProperties: false,
  required: ['day', 'differences'],
  properties: {
    day: civilDay,
    reconciledAt: instant,
    differences: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['settlementId', 'kind', 'ours', 'theirs', 'foundAt'],
        properties: {
          settlementId: { type: 'string' },
          kind: {
            type: 'string',
            enum: [
              'amount-differs',
              'answered-differently',
              'missing-there',
              'paid-there-only',
              'unknown-here',
            ],
          },
          ours: { type: 'string', description: 'JSON of states and amounts' },
          theirs: { type: 'string', description: 'JSON of states and amounts' },
          foundAt: instant,
          goneAt: instant,
        },
      },
    },
  },
} as const
