import { civilDay, instant } from './common.ts'

/** In what the books of hub and payer can differ. */
const DIFFERENCES = {
  'amount-differs': 'both have it, with other amounts',
  'answered-differently': 'asked again, the payer said something else',
  'missing-there': 'settled here, and paid neither on the day nor on the day before or after it there',
  'paid-there-only':
    'paid there, and not settled here; taken back by the hub when it was refused or cancelled, else a person decides',
  'unknown-here': 'paid there, and never asked by the hub on the day or on the day before or after it',
  'answer-unreadable':
    'the payer answered and its answer cannot be used (`cause`); it may have paid. It is asked again, nothing is cancelled',
  'deferred-unanswered':
    'deferred while the payer had not answered, or not so that it could be read; it may have paid. It is asked again',
  'refused-anew':
    'after a return the payer was asked for what the patient kept and refused; settled here all the same, a person decides',
} as const

export const payerDifferenceQuery = {
  type: 'object',
  additionalProperties: false,
  required: ['day'],
  properties: {
    day: {
      ...civilDay,
      description:
        'The day on which the hub asked; for what only the payer has, the day under which the payer lists it. A payment ' +
        'that is booked on the day before or after the question is no difference.',
    },
  },
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
            enum: Object.keys(DIFFERENCES) as readonly string[],
            description: Object.entries(DIFFERENCES)
              .map(([kind, meaning]) => `\`${kind}\`: ${meaning}`)
              .join('\n\n'),
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

export const payerSettlementParams = {
  type: 'object',
  additionalProperties: false,
  required: ['settlementId'],
  properties: {
    settlementId: { type: 'string', format: 'uuid', description: 'As in the list of differences' },
  },
} as const

/** What a person decides about a settlement that only the payer can clear up, or that it has refused anew. */
export const payerResolution = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: {
    action: {
      type: 'string',
      enum: ['ask-again', 'take-back', 'keep'],
      description:
        '`ask-again`: the payer is asked once more. `take-back`: whatever it paid is cancelled there. `keep`: what it paid ' +
        'stands and is cleared up outside the hub; the differences of this settlement are closed.',
    },
  },
} as const

export const payerResolved = {
  type: 'object',
  additionalProperties: false,
  required: ['settlementId', 'action'],
  properties: {
    settlementId: { type: 'string', format: 'uuid' },
    action: payerResolution.properties.action,
  },
} as const
