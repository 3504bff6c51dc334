import { civilDay, decimal, fen, instant, pageOf, prescriptionNo, prescriptionState } from './common.ts'
import { eventData, revision } from './feed.ts'
import { findings } from './problem.ts'

const uuid = { type: 'string', format: 'uuid', examples: ['019aa0b2-6c1e-7cc3-98a4-0fd1c2f3a001'] } as const
const institutionId = { type: 'string', pattern: '^[HP]\\d{11}$', examples: ['P44140200001'] } as const

const base64 = {
  type: 'string',
  minLength: 4,
  contentEncoding: 'base64',
} as const

export const documentBytes = {
  ...base64,
  maxLength: 131_072,
  description:
    'The exact bytes that were signed: the prescription document (电子处方文书), JSON in UTF-8 as the component ' +
    '`PrescriptionDocument` describes it (`GET /schemas/prescription-document`). Never re-serialised.',
  examples: ['eyJ2ZXJzaW9uIjoiMS4wIn0='],
} as const

const signature = {
  ...base64,
  maxLength: 98_304,
  description:
    'Detached CMS SignedData (PKCS#7, DER) over those bytes by the physician and the hospital seal',
  examples: ['MIIBAAYJKoZIhvcNAQcC'],
} as const

/** A push: the document and its signatures. */
export const pushRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['document', 'signature'],
  properties: { document: documentBytes, signature },
  examples: [{ document: 'eyJ2ZXJzaW9uIjoiMS4wIn0=', signature: 'MIIBAAYJKoZIhvcNAQcC' }],
} as const

/** A pre-check: the signature may be left out. */
export const preCheckRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['document'],
  properties: { document: documentBytes, signature },
  examples: [{ document: 'eyJ2ZXJzaW9uIjoiMS4wIn0=' }],
} as const

const policyVersion = { type: 'string', examples: ['441400/2023-12'] } as const
const expiresAt = { ...instant, description: 'Exclusive: valid while the clock shows less' } as const
const patientLink = {
  type: 'string',
  description: 'Secret: give it to the patient only; it is sent to the patient as well',
  examples: ['https://hub.example/p/9sK2…'],
} as const

const patientLinkReplacedAt = {
  ...instant,
  description: 'In place of `patientLink` in a repeated answer: since when another link holds',
} as const

/** What the hospital gets for an accepted prescription. */
export const receipt = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'state', 'issuedAt', 'expiresAt', 'policyVersion', 'findings', 'signature'],
  properties: {
    prescriptionNo,
    state: { ...prescriptionState, description: '`open`; in a repeated answer the state as of now' },
    issuedAt: instant,
    expiresAt,
    policyVersion,
    findings: { ...findings, description: 'Accepted all the same: `not-covered` and `warn`' },
    signature: {
      type: 'object',
      additionalProperties: false,
      required: ['status'],
      properties: { status: { type: 'string', enum: ['valid', 'valid-revocation-pending'] } },
    },
    patientLink,
    patientLinkReplacedAt,
  },
} as const

/** The judgement that a push would meet now. */
export const preCheckAnswer = {
  type: 'object',
  additionalProperties: false,
  required: ['accepted', 'policyVersion', 'expiresAt', 'findings'],
  properties: { accepted: { type: 'boolean' }, policyVersion, expiresAt, findings },
} as const

const state = {
  ...prescriptionState,
  description: 'As of now: a hold or a validity that has run out counts at once',
} as const

/** The answer to a cancel. */
export const cancelAnswer = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'cancel', 'state'],
  properties: {
    prescriptionNo,
    cancel: {
      type: 'string',
      enum: ['done', 'pending'],
      description: '`pending`: a pharmacy holds it; the cancel takes effect when it is released',
    },
    state,
  },
} as const

const lineBalance = {
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
    remaining: decimal,
    returned: { ...decimal, description: 'Of what was dispensed, what came back; it is not open again' },
  },
} as const

/** A settlement in figures. */
export const settlementFigures = {
  type: 'object',
  additionalProperties: false,
  required: ['settlementId', 'dispenseId', 'pharmacyId', 'status', 'requestedAt'],
  properties: {
    settlementId: uuid,
    dispenseId: uuid,
    pharmacyId: institutionId,
    status: { type: 'string', enum: ['requested', 'settled', 'declined', 'deferred', 'reversed'] },
    requestedAt: instant,
    decidedAt: instant,
    reversedAt: instant,
    policyVersion,
    chargeFen: fen,
    fundFen: { ...fen, description: 'All that the patient does not pay' },
    patientFen: fen,
  },
} as const

const nationalStatus = {
  type: 'object',
  additionalProperties: false,
  description: 'The axes of the national platform, derived',
  required: ['prescription', 'review', 'use'],
  properties: {
    prescription: {
      type: 'string',
      enum: ['valid', 'lapsed', 'revoked'],
      description: '医保处方状态: 有效, 已失效, 已撤销',
    },
    review: {
      type: 'string',
      enum: ['pending', 'passed', 'failed'],
      description: '处方审核状态: 待审核, 通过, 不通过',
    },
    use: {
      type: 'string',
      enum: ['unused', 'partly-used', 'used', 'returned'],
      description: '处方使用状态: 未使用, 部分使用, 已使用, 已退药',
    },
  },
} as const

/** The members of a status that need no events. */
export const statusProperties = {
  prescriptionNo,
  hospitalPrescriptionNo: { type: 'string' },
  state,
  national: nationalStatus,
  issuedAt: instant,
  receivedAt: instant,
  expiresAt,
  changedAt: instant,
  policyVersion,
  pharmacyId: { ...institutionId, description: 'The pharmacy chosen or holding' },
  holdUntil: { ...instant, description: 'Exclusive end of the hold' },
  cancelPending: { type: 'boolean' },
  cancelReason: { type: 'string' },
  lines: { type: 'array', items: lineBalance },
  review: {
    type: 'object',
    additionalProperties: false,
    description: 'The newest review of a pharmacist',
    required: ['pharmacyId', 'pharmacistId', 'reviewedAt', 'decision'],
    properties: {
      pharmacyId: institutionId,
      pharmacistId: { type: 'string' },
      reviewedAt: instant,
      decision: { type: 'string', enum: ['approve', 'refuse'] },
      reasonCode: { type: 'string' },
      opinion: {
        type: 'string',
        description: "The pharmacist's words for the hospital, as he wrote them; in no event, feed or log",
      },
    },
  },
  settlement: settlementFigures,
} as const

/** The members that a status always has. */
export const statusRequired = [
  'prescriptionNo',
  'hospitalPrescriptionNo',
  'state',
  'national',
  'issuedAt',
  'receivedAt',
  'expiresAt',
  'changedAt',
  'policyVersion',
  'cancelPending',
  'lines',
] as const

/** How a prescription stands. */
export const prescriptionStatus = {
  type: 'object',
  additionalProperties: false,
  required: [...statusRequired, 'events'],
  properties: {
    ...statusProperties,
    events: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['revision', 'type', 'at', 'actorKind', 'data'],
        properties: {
          revision,
          type: { type: 'string' },
          at: instant,
          actorKind: { type: 'string' },
          data: eventData,
        },
      },
    },
  },
} as const

/** What a search found: one or none. */
export const prescriptionsFound = {
  type: 'object',
  additionalProperties: false,
  required: ['items'],
  properties: { items: { type: 'array', items: prescriptionStatus } },
} as const

/** The patient's new way in. */
export const renewedLink = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'renewedAt'],
  properties: { prescriptionNo, renewedAt: instant, patientLink, patientLinkReplacedAt },
} as const

/** A hospital's refusal of an outside prescription; the route adds `reasonCode` from the code list. */
export const refusalReport = {
  physicianId: { type: 'string', pattern: '^[A-Z0-9]{6,30}$' },
  drugCode: { type: 'string', pattern: '^[A-Z0-9]{6,23}$', examples: ['XN07XXD130E002010102774'] },
  refusedOn: civilDay,
} as const

/** A recorded refusal. */
export const refusalRecord = {
  type: 'object',
  additionalProperties: false,
  required: ['refusalId', 'hospitalId', 'physicianId', 'drugCode', 'reasonCode', 'refusedOn', 'recordedAt'],
  properties: {
    refusalId: uuid,
    hospitalId: { type: 'string' },
    physicianId: { type: 'string' },
    drugCode: { type: 'string' },
    reasonCode: { type: 'string' },
    refusedOn: civilDay,
    recordedAt: instant,
  },
} as const

/** One page of refusals; `next` is absent on the last. */
export const refusalPage = pageOf(refusalRecord)
