import { civilDay, fen, instant, pageOf, prescriptionNo, uuid } from './common.ts'
import { settlementFigures, statusProperties, statusRequired } from './hospital.ts'
import { findings } from './problem.ts'
import { fileStatus } from './reimbursement.ts'

const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const

const event = {
  type: 'object',
  additionalProperties: false,
  required: ['revision', 'type', 'at', 'actorKind', 'actorId', 'data', 'hash'],
  properties: {
    revision: { type: 'integer' },
    type: { type: 'string' },
    at: instant,
    actorKind: { type: 'string' },
    actorId: { type: 'string' },
    data: { type: 'object', additionalProperties: true },
    hash: { ...sha256, description: 'SHA-256 over the hash before and the canonical form of this event' },
  },
} as const

const decision = {
  type: 'object',
  additionalProperties: false,
  required: ['decisionId', 'step', 'policyVersion', 'decidedAt', 'refused', 'findings'],
  properties: {
    decisionId: uuid,
    step: { type: 'string' },
    policyVersion: { type: 'string' },
    decidedAt: instant,
    refused: { type: 'boolean' },
    findings,
  },
} as const

const dispense = {
  type: 'object',
  additionalProperties: false,
  required: ['dispenseId', 'pharmacyId', 'takenBy', 'takenAt'],
  properties: {
    dispenseId: uuid,
    pharmacyId: { type: 'string' },
    pharmacistId: { type: 'string' },
    takenBy: { type: 'string', enum: ['inbox', 'pickup-code', 'paper', 'counter'] },
    takenAt: instant,
    reviewedAt: instant,
    buyer: {
      type: 'object',
      additionalProperties: false,
      description:
        'Who was checked as buyer before the settlement, and by which pharmacist; the newest check',
      required: ['relation', 'identityChecked', 'checkedAt', 'papers', 'pharmacistId', 'at'],
      properties: {
        relation: { type: 'string', enum: ['patient', 'agent'] },
        identityChecked: { type: 'boolean' },
        checkedAt: {
          type: 'string',
          enum: ['counter', 'delivery'],
          description: 'Where the papers are checked',
        },
        papers: {
          type: 'array',
          items: { type: 'string' },
          description: 'Papers seen, of the code list `papers`',
        },
        pharmacistId: { type: 'string' },
        at: instant,
      },
    },
    handedOverAt: instant,
    returnedAt: instant,
    endedAt: instant,
    endReason: { type: 'string' },
  },
} as const

const posting = {
  type: 'object',
  additionalProperties: false,
  required: ['postingId', 'settlementId', 'kind', 'day', 'at', 'lines'],
  properties: {
    postingId: uuid,
    settlementId: uuid,
    kind: { type: 'string' },
    day: civilDay,
    at: instant,
    lines: {
      type: 'array',
      description: 'Debit positive, credit negative; they sum to zero',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['account', 'amountFen'],
        properties: { account: { type: 'string' }, amountFen: fen },
      },
    },
  },
} as const

/** Everything that is recorded of a prescription. */
export const prescriptionTrace = {
  type: 'object',
  additionalProperties: false,
  required: [
    'status',
    'hospitalId',
    'physicianId',
    'personId',
    'documentSha256',
    'chain',
    'events',
    'decisions',
    'dispenses',
    'settlements',
    'postings',
  ],
  properties: {
    status: {
      type: 'object',
      additionalProperties: false,
      required: statusRequired,
      properties: statusProperties,
    },
    hospitalId: { type: 'string' },
    physicianId: { type: 'string' },
    personId: { type: 'string' },
    documentSha256: sha256,
    chain: {
      type: 'object',
      additionalProperties: false,
      description: 'Whether the events are the ones that were written, recomputed for this answer',
      required: ['intact', 'length', 'head'],
      properties: {
        intact: { type: 'boolean' },
        length: { type: 'integer' },
        head: sha256,
        brokenAt: { type: 'integer', description: 'The first revision that does not fit' },
      },
    },
    events: { type: 'array', items: event },
    decisions: { type: 'array', items: decision },
    dispenses: { type: 'array', items: dispense },
    settlements: { type: 'array', items: settlementFigures },
    postings: { type: 'array', items: posting },
  },
} as const

/** One page of files for manual reimbursement; `next` is absent on the last. */
export const manualFilePage = pageOf({
  type: 'object',
  additionalProperties: false,
  required: ['fileId', 'personId', 'reason', 'status', 'openedAt'],
  properties: {
    fileId: uuid,
    settlementId: uuid,
    prescriptionNo,
    personId: { type: 'string' },
    reason: { type: 'string' },
    status: fileStatus,
    openedAt: instant,
    closedAt: instant,
  },
})
