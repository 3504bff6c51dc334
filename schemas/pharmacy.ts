import type { FromSchema } from 'json-schema-to-ts'
import {
  cursor,
  decimal,
  fen,
  instant,
  pageLimit,
  pageOf,
  prescriptionNo,
  prescriptionState,
  uuid,
} from './common.ts'
import { findings } from './problem.ts'
import { split } from './statement.ts'

const seconds = { type: 'integer', minimum: 0, description: 'Whole seconds left, 0 once over' } as const
const priceFen = { ...fen, minimum: 0 } as const
const drugCode = {
  type: 'string',
  pattern: '^[A-Z0-9]{10,23}$',
  description: 'National drug code',
  examples: ['XN07XXD221E001010102774'],
} as const

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

const drugProperties = {
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

const balance = {
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
    takenBy: { type: 'string', enum: ['inbox', 'pickup-code', 'paper'] },
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
          unitPriceFen: fen,
          batchNo: { type: 'string' },
          expiresOn: { type: 'string', format: 'date' },
        },
      },
    },
  },
} as const

/** The signed content, as the schema of the hospital's push describes it. */
const signedContent = {
  type: 'object',
  additionalProperties: true,
  description:
    'What the physician signed, member by member as in `POST /hospital/prescriptions`. Only while you hold the ' +
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
          pattern: '^[A-Za-z0-9][A-Za-z0-9 -]{7,60}$',
          description: 'What the patient shows; blanks and hyphens between the groups are fine',
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
    state: { type: 'string', const: 'held' },
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
  properties: { prescriptionNo, state: { type: 'string', enum: ['reviewed', 'refused'] }, findings },
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
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['lineNo', 'quantity', 'unitPriceFen'],
        properties: {
          lineNo: { type: 'integer', minimum: 1, maximum: 99, examples: [1] },
          quantity: { ...decimal, description: 'In the unit of the line' },
          unitPriceFen: { ...priceFen, maximum: 1_000_000_000, examples: [6300] },
        },
      },
    },
  },
} as const

export const quoted = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'accepted', 'findings', 'split'],
  properties: {
    prescriptionNo,
    accepted: { type: 'boolean', description: 'False: a settlement now would be refused by the findings' },
    findings,
    split,
  },
} as const

export const settlementRequested = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'settlementId', 'state'],
  properties: { prescriptionNo, settlementId: uuid, state: { type: 'string', const: 'settling' } },
} as const

export const handedOver = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'dispenseId', 'state', 'lines', 'findings'],
  properties: {
    prescriptionNo,
    dispenseId: uuid,
    state: {
      type: 'string',
      enum: ['dispensed', 'open', 'cancelled'],
      description:
        '`open`: lines remain for a later window; `cancelled`: the hospital cancelled them meanwhile',
    },
    lines: { type: 'array', items: balance },
    findings,
  },
} as const

/** How many rows one report may have; longer lists are sent as files. */
const ROWS = 1_000

export const stockReport = {
  type: 'object',
  additionalProperties: false,
  required: ['items'],
  properties: {
    items: {
      type: 'array',
      minItems: 1,
      maxItems: ROWS,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['drugCode', 'quantity', 'unitPriceFen'],
        properties: {
          drugCode,
          quantity: { ...decimal, description: 'In the unit of the drug; 0 when there is none' },
          unitPriceFen: { ...priceFen, maximum: 1_000_000_000, examples: [6300] },
        },
      },
    },
  },
} as const
export type StockReport = FromSchema<typeof stockReport>

export const stockReported = {
  type: 'object',
  additionalProperties: false,
  required: ['reported', 'reportedAt'],
  properties: { reported: { type: 'integer' }, reportedAt: instant },
} as const

export const shelfQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { after: cursor, limit: pageLimit },
} as const

export const shelf = pageOf(
  {
    type: 'object',
    additionalProperties: false,
    required: ['drugCode', 'quantity', 'unitPriceFen', 'reportedAt'],
    properties: {
      drugCode: { type: 'string' },
      quantity: decimal,
      unitPriceFen: fen,
      reportedAt: instant,
      ...drugProperties,
    },
  },
  { ...cursor, description: 'Absent on the last page' },
)
export type Shelf = FromSchema<typeof shelf>

export const eventsQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    after: { ...cursor, description: 'The `next` or the cursor of an entry; without it, from the beginning' },
    limit: pageLimit,
  },
} as const

export const streamQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    after: { ...cursor, description: 'As `Last-Event-ID`, for clients that cannot send headers' },
  },
} as const

/** A page of the feed. */
export const events = {
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
          revision: { type: 'integer' },
          type: { type: 'string', examples: ['pharmacy-chosen'] },
          at: instant,
          data: { type: 'object', additionalProperties: true, description: 'Codes and ids' },
        },
      },
    },
    next: cursor,
  },
} as const
