import type { FromSchema } from 'json-schema-to-ts'
import {
  bilingual,
  cursor,
  decimal,
  fen,
  instant,
  pageLimit,
  prescriptionNo,
  prescriptionState,
  uuid,
} from './common.ts'
import { packsNeeded } from './packs.ts'
import { price, shownUnitPriceFen } from './price.ts'
import { findings } from './problem.ts'

const seconds = { type: 'integer', minimum: 0, description: 'Whole seconds left, 0 once over' } as const
export const priceFen = { ...fen, minimum: 0 } as const

const state = { ...prescriptionState, description: 'As of now: a hold that ran out counts as over' } as const

const inboxState = {
  type: 'string',
  enum: ['chosen', 'held', 'reviewed', 'settling', 'settled', 'deferred'],
} as const

const hospital = {
  type: 'object',
  additionalProperties: false,
  required: ['institutionId'],
  properties: {
    institutionId: { type: 'string' },
    name: { type: 'string' },
    phone: { type: 'string' },
  },
} as const

export const drugProperties = {
  genericName: { type: 'string' },
  form: { type: 'string' },
  specification: { type: 'string' },
  coldChain: { type: 'boolean' },
} as const

export const numberParams = {
  type: 'object',
  additionalProperties: false,
  required: ['no'],
  properties: { no: prescriptionNo },
} as const

export const inboxQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { after: cursor, limit: pageLimit, state: inboxState },
} as const

/** What waits for a pharmacy; no personal data. */
export const inbox = {
  type: 'object',
  additionalProperties: false,
  required: ['entries'],
  properties: {
    entries: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: [
          'prescriptionNo',
          'state',
          'changedAt',
          'hospital',
          'expiresAt',
          'secondsLeft',
          'cancelPending',
          'lines',
        ],
        properties: {
          prescriptionNo,
          state: inboxState,
          changedAt: instant,
          hospital,
          expiresAt: { ...instant, description: 'Exclusive end of validity' },
          secondsLeft: seconds,
          holdUntil: { ...instant, description: 'Exclusive end of your hold' },
          holdSecondsLeft: seconds,
          cancelPending: { type: 'boolean', description: 'The hospital asks to cancel: release it' },
          lines: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['lineNo', 'drugCode', 'unit', 'remaining'],
              properties: {
                lineNo: { type: 'integer' },
                drugCode: { type: 'string' },
                unit: { type: 'string' },
                remaining: decimal,
                ...drugProperties,
              },
            },
          },
        },
      },
    },
    next: { ...cursor, description: 'Absent on the last page' },
  },
} as const

export type Inbox = FromSchema<typeof inbox>

export const balance = {
  type: 'object',
  additionalProperties: false,
  required: ['lineNo', 'drugCode', 'unit', 'prescribed', 'dispensed', 'cancelled', 'remaining'],
  properties: {
    lineNo: { type: 'integer' },
    drugCode: { type: 'string' },
    unit: { type: 'string' },
    prescribed: decimal,
    dispensed: decimal,
    cancelled: decimal,
    remaining: { ...decimal, description: 'prescribed - dispensed - cancelled' },
    returned: { ...decimal, description: 'Of what was dispensed, what came back; it is not open again' },
    ...drugProperties,
  },
} as const

const ownDispense = {
  type: 'object',
  additionalProperties: false,
  required: ['dispenseId', 'takenAt', 'takenBy', 'lines'],
  properties: {
    dispenseId: uuid,
    takenAt: instant,
    takenBy: { type: 'string', enum: ['inbox', 'pickup-code', 'paper', 'counter'] },
    review: {
      type: 'object',
      additionalProperties: false,
      required: ['pharmacistId', 'decision', 'reviewedAt'],
      properties: {
        pharmacistId: { type: 'string' },
        pharmacistName: { type: 'string' },
        decision: { type: 'string', enum: ['approve', 'refuse'] },
        reasonCode: { type: 'string' },
        opinion: { type: 'string' },
        reviewedAt: instant,
      },
    },
    handedOverAt: instant,
    returnedAt: instant,
    endedAt: instant,
    endReason: { type: 'string', examples: ['handed-over'] },
    lines: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['lineNo', 'drugCode', 'quantity', 'unitPriceFen'],
        properties: {
          lineNo: { type: 'integer' },
          drugCode: { type: 'string' },
          quantity: decimal,
          unitPriceFen: shownUnitPriceFen,
          price,
          batchNo: { type: 'string' },
          expiresOn: { type: 'string', format: 'date' },
        },
      },
    },
  },
} as const

/** The signed content, as the schema of the hospital's push describes it. */
const signedContent = {
  'x-component': 'PrescriptionDocument',
  type: 'object',
  additionalProperties: true,
  description:
    'What the physician signed: the component `PrescriptionDocument`. Only while you hold the ' +
    'prescription, or once you supplied it.',
} as const

/** One prescription as a pharmacy may see it. */
export const dossier = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'state', 'hospital', 'issuedAt', 'expiresAt', 'secondsLeft', 'lines'],
  properties: {
    prescriptionNo,
    state,
    hospital,
    signedByCentre: {
      ...bilingual,
      description: 'Of a prescription that came over the national interface: who signed it, and who did not',
    },
    issuedAt: instant,
    expiresAt: { ...instant, description: 'Exclusive end of validity' },
    secondsLeft: seconds,
    holdUntil: { ...instant, description: 'Exclusive end of your hold' },
    holdSecondsLeft: seconds,
    cancelPending: {
      type: 'object',
      additionalProperties: false,
      required: ['since'],
      description: 'The hospital asks to cancel: release it; no settlement begins',
      properties: { since: instant, reasonCode: { type: 'string' } },
    },
    lines: { type: 'array', items: balance },
    packs: {
      ...packsNeeded,
      description: 'The trace codes that all that remains will need at the hand-over',
    },
    dispense: ownDispense,
    settlement: {
      type: 'object',
      additionalProperties: false,
      required: ['settlementId', 'status', 'requestedAt'],
      properties: {
        settlementId: uuid,
        status: { type: 'string', enum: ['requested', 'settled', 'declined', 'deferred', 'reversed'] },
        requestedAt: instant,
        decidedAt: instant,
        chargeFen: fen,
        fundFen: fen,
        patientFen: fen,
      },
    },
    prescription: signedContent,
  },
} as const

export type Dossier = FromSchema<typeof dossier>

export const takeBody = {
  oneOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ['prescriptionNo'],
      properties: { prescriptionNo },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['pickupCode'],
      properties: {
        pickupCode: {
          type: 'string',
          minLength: 8,
          maxLength: 100,
          description:
            'What the patient shows: 26 letters and digits without I, L, O and U. As people type it: any case and width, O for 0, I and L for 1, blanks and hyphens between the groups',
          examples: ['7ZKQ-M3T9-0VXC-5B2H-8WRD-1NPG-4A'],
        },
      },
    },
  ],
} as const

export const taken = {
  type: 'object',
  additionalProperties: false,
  required: [
    'prescriptionNo',
    'dispenseId',
    'state',
    'holdUntil',
    'expiresAt',
    'prescription',
    'lines',
    'findings',
  ],
  properties: {
    prescriptionNo,
    dispenseId: uuid,
    state: { type: 'string', enum: ['held', 'reviewed'] },
    holdUntil: { ...instant, description: 'Exclusive end of your hold' },
    expiresAt: { ...instant, description: 'Exclusive end of validity' },
    prescription: signedContent,
    lines: { type: 'array', items: balance },
    findings,
  },
} as const

/** The answer to a write that leaves a prescription in another state. */
const moved = <const States extends readonly string[]>(states: States) =>
  ({
    type: 'object',
    additionalProperties: false,
    required: ['prescriptionNo', 'state'],
    properties: { prescriptionNo, state: { type: 'string', enum: states } },
  }) as const

export const released = moved(['chosen', 'cancelled'])

export const holdRenewed = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'state', 'holdUntil'],
  properties: {
    prescriptionNo,
    state: { type: 'string', enum: ['held', 'reviewed'] },
    holdUntil: { ...instant, description: 'Exclusive end of your hold' },
  },
} as const

export const reviewed = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'state', 'findings'],
  properties: {
    prescriptionNo,
    state: { type: 'string', enum: ['reviewed', 'refused'] },
    findings,
    packs: {
      ...packsNeeded,
      description: 'The trace codes that all that remains will need at the hand-over; absent when refused',
    },
  },
} as const

export const buyerChecked = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'state', 'findings'],
  properties: {
    prescriptionNo,
    state: { type: 'string', enum: ['held', 'reviewed'] },
    findings,
  },
} as const
