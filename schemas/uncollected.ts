import { fen, instant, pageLimit, prescriptionNo, uuid } from './common.ts'

/** Query of the lists of what waits to be collected. */
export const uncollectedQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    after: {
      type: 'string',
      pattern: '^[0-9]{1,15}\\.[0-9]{1,40}$',
      description: 'Where the page before ended: its `next`',
    },
    limit: pageLimit,
  },
} as const

/** What is settled and waits for its hand-over. */
export const uncollected = {
  type: 'object',
  additionalProperties: false,
  required: ['items'],
  properties: {
    items: {
      type: 'array',
      description: 'The soonest to lapse first',
      items: {
        type: 'object',
        additionalProperties: false,
        required: [
          'prescriptionNo',
          'dispenseId',
          'settlementId',
          'pharmacyId',
          'state',
          'decidedAt',
          'collectUntil',
        ],
        properties: {
          prescriptionNo,
          dispenseId: uuid,
          settlementId: uuid,
          pharmacyId: { type: 'string', description: 'Who is to hand it over' },
          state: {
            type: 'string',
            enum: ['settled', 'deferred'],
            description: '`deferred`: against full payment, with a file for manual reimbursement',
          },
          decidedAt: { ...instant, description: 'When it was settled or deferred' },
          collectUntil: {
            ...instant,
            description:
              'Exclusive; then the hub takes the settlement back and the prescription is free again',
          },
          chargeFen: { ...fen, description: 'Of a settled one: in all' },
          fundFen: { ...fen, description: 'What the funds will owe once it is handed over' },
          patientFen: { ...fen, description: 'What the patient pays' },
        },
      },
    },
    next: { type: 'string', description: 'Cursor of the next page; absent on the last one' },
  },
} as const
