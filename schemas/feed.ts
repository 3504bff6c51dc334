import { cursor, instant, pageLimit, prescriptionNo } from './common.ts'

/** How many changes a prescription has seen. */
export const revision = { type: 'integer', minimum: 1 } as const
/** Codes and ids of an event, never personal data. */
export const eventData = {
  type: 'object',
  additionalProperties: true,
  description: 'Codes and ids, never personal data; which members there are depends on the type',
} as const

/** What each type of event in a feed says. */
export const EVENT_TYPES = {
  'pharmacy-chosen': 'the patient chose the pharmacy `pharmacyId`',
  'pharmacy-unchosen':
    'only for a pharmacy: the patient went to another one, which is not named; `previousPharmacyId` is the reader',
  taken: 'the pharmacy holds the prescription until its hold ends (`dispenseId`)',
  'hold-renewed': 'the pharmacy holds it for longer',
  released: 'the pharmacy gave it back (`reason`); the choice of the patient stands',
  'hold-lapsed': 'the hold ran out; the choice of the patient stands',
  'buyer-checked': 'the pharmacist `pharmacistId` checked who buys: `relation`, never a name',
  'review-approved': 'the pharmacist `pharmacistId` approved it',
  'review-refused': 'the pharmacist refused it (`reason`); his words are in the status of the prescription',
  'settlement-requested': 'the settlement `settlementId` was asked for',
  settled: 'it was settled: `chargeFen`, `fundFen`, `patientFen`',
  'settlement-declined':
    'it was not: `code`, `findings` (rule ids and articles) and `remedy` say what is lacking and what to do; the sentences are in the settlement',
  'settlement-deferred': 'the patient pays in full and has it reimbursed by hand (`manualFileId`, `reason`)',
  'settlement-reversed': 'the settlement was taken back before the hand-over (`reason`)',
  'handed-over': 'everything prescribed has been handed over (`dispenseId`)',
  'partly-handed-over': 'a part was handed over; the rest is open again (`dispenseId`)',
  returned: 'the goods came back and the settlement was reversed (`reason`)',
  'cancel-requested': 'the hospital wants it cancelled (`reason`); it takes effect when the pharmacy lets go',
  cancelled: 'it is cancelled; `reason` is that of the hospital or agency',
  expired: 'its validity ended',
  'paper-confirmed': 'the hospital confirmed a paper prescription that was entered',
  'paper-objected': 'the hospital objected to it (`reason`)',
} as const

/** Which page of the feed. */
export const feedQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    after: { ...cursor, description: 'The `next` or the cursor of an entry; without it, from the beginning' },
    limit: pageLimit,
  },
} as const

/** Where a stream of the feed begins. */
export const streamQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    after: { ...cursor, description: 'As `Last-Event-ID`, for clients that cannot send headers' },
  },
} as const

/** A page of the feed, for hospitals and suppliers alike. */
export const feedPage = {
  type: 'object',
  additionalProperties: false,
  required: ['entries', 'next'],
  properties: {
    entries: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['cursor', 'prescriptionNo', 'revision', 'type', 'at', 'data'],
        properties: {
          cursor,
          prescriptionNo,
          revision,
          type: {
            type: 'string',
            description: Object.entries(EVENT_TYPES)
              .map(([type, meaning]) => `\`${type}\`: ${meaning}`)
              .join('\n\n'),
            examples: ['pharmacy-chosen'],
          },
          at: instant,
          data: eventData,
        },
      },
    },
    next: { ...cursor, description: 'Where to go on; the same as before when nothing is new' },
  },
} as const
