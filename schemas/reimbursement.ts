import type { FromSchema } from 'json-schema-to-ts'
import { MOST_FEN } from './bounds.ts'
import { civilDay, cursor, decimal, fen, instant, pageLimit, prescriptionNo, uuid } from './common.ts'
import { findings } from './problem.ts'

const word = { type: 'string', minLength: 1, maxLength: 200 } as const
const code = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,60}$' } as const
const institutionId = { type: 'string', pattern: '^[HP]\\d{11}$' } as const

/** Where a file for manual reimbursement stands. */
export const fileStatus = {
  type: 'string',
  enum: ['open', 'withdrawn', 'submitted', 'approved', 'declined', 'paid'],
} as const

/** What a patient applies with at a counter. No name: the person number finds the insured. */
export const reimbursementApplication = {
  type: 'object',
  additionalProperties: false,
  required: [
    'occasion',
    'personId',
    'reason',
    'expenseOn',
    'invoiceNo',
    'hospital',
    'supplier',
    'diagnoses',
    'lines',
  ],
  properties: {
    occasion: { type: 'string', enum: ['away-treatment', 'living-elsewhere', 'away-not-networked'] },
    personId: { type: 'string', minLength: 1, maxLength: 40 },
    reason: word,
    expenseOn: civilDay,
    invoiceNo: { type: 'string', pattern: '^[A-Za-z0-9-]{6,40}$' },
    hospital: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'level'],
      properties: {
        institutionId,
        name: word,
        level: { type: 'string', enum: ['tertiary', 'secondary', 'primary'] },
      },
    },
    physicianId: { type: 'string', minLength: 1, maxLength: 40 },
    supplier: {
      type: 'object',
      additionalProperties: false,
      required: ['name'],
      properties: { institutionId, name: word },
    },
    diagnoses: {
      type: 'array',
      minItems: 1,
      maxItems: 20,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['code', 'name'],
        properties: { code: { type: 'string', minLength: 1, maxLength: 20 }, name: word },
      },
    },
    lines: {
      type: 'array',
      minItems: 1,
      maxItems: 50,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['lineNo', 'drugCode', 'quantity', 'unit', 'days', 'unitPriceFen'],
        properties: {
          lineNo: { type: 'integer', minimum: 1, maximum: 50 },
          drugCode: { type: 'string', pattern: '^[A-Z0-9]{20,23}$' },
          quantity: { ...decimal, description: 'Bought, as the invoice says' },
          prescribedQuantity: {
            ...decimal,
            description:
              'As the prescription says; that of the invoice when absent. More is not covered where the policy says so',
          },
          unit: { type: 'string', minLength: 1, maxLength: 20 },
          days: {
            type: 'integer',
            minimum: 1,
            maximum: 366,
            description: 'For how long the prescribed quantity lasts',
          },
          unitPriceFen: { type: 'integer', minimum: 0, maximum: MOST_FEN },
        },
      },
    },
  },
} as const
export type ReimbursementApplication = FromSchema<typeof reimbursementApplication>

export const papersBody = {
  type: 'object',
  additionalProperties: false,
  required: ['papers'],
  properties: {
    papers: {
      type: 'array',
      minItems: 1,
      maxItems: 50,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['paper', 'reference'],
        properties: {
          paper: { ...code, examples: ['invoice'] },
          reference: {
            type: 'string',
            pattern: '^[A-Za-z0-9_./:-]{1,100}$',
            description: 'Where the counter keeps it',
          },
          sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
        },
      },
    },
  },
} as const

export const reasonBody = {
  type: 'object',
  additionalProperties: false,
  required: ['reason'],
  properties: { reason: word },
} as const

export const decisionBody = {
  type: 'object',
  additionalProperties: false,
  required: ['decision', 'reason'],
  properties: {
    decision: { type: 'string', enum: ['approve', 'decline'] },
    reason: word,
    waivers: {
      type: 'array',
      maxItems: 20,
      description: 'Findings of effect `not-covered` that the agency does not hold against the patient',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['ruleId', 'reason'],
        properties: { ruleId: { type: 'string', minLength: 1, maxLength: 20 }, reason: word },
      },
    },
  },
} as const

export const paymentBody = {
  type: 'object',
  additionalProperties: false,
  required: ['paymentReference'],
  properties: { paymentReference: { type: 'string', pattern: '^[A-Za-z0-9_.:-]{1,100}$' } },
} as const

export const fileParams = {
  type: 'object',
  additionalProperties: false,
  required: ['fileId'],
  properties: { fileId: uuid },
} as const

export const fileQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { status: fileStatus, after: { ...cursor, format: 'uuid' }, limit: pageLimit },
} as const

export const fileChanged = {
  type: 'object',
  additionalProperties: false,
  required: ['fileId', 'status'],
  properties: { fileId: uuid, status: fileStatus, amountFen: fen },
} as const

const viewProperties = {
  fileId: uuid,
  origin: { type: 'string', enum: ['deferral', 'application'] },
  occasion: code,
  personId: { type: 'string' },
  reason: { type: 'string' },
  status: fileStatus,
  openedAt: instant,
  closedAt: instant,
  prescriptionNo,
  settlementId: uuid,
  expenseOn: civilDay,
  amountFen: fen,
  paymentReference: { type: 'string' },
} as const
const viewRequired = ['fileId', 'origin', 'occasion', 'personId', 'reason', 'status', 'openedAt'] as const

export const fileList = {
  type: 'object',
  additionalProperties: false,
  required: ['files'],
  properties: {
    files: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: viewRequired,
        properties: viewProperties,
      },
    },
    next: uuid,
  },
} as const

export const fileDetail = {
  type: 'object',
  additionalProperties: false,
  required: [...viewRequired, 'papers', 'history'],
  properties: {
    ...viewProperties,
    papers: { type: 'array', items: papersBody.properties.papers.items },
    history: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['revision', 'command', 'to', 'at', 'by'],
        properties: {
          revision: { type: 'integer' },
          command: code,
          to: fileStatus,
          at: instant,
          by: { type: 'string', description: 'Kind and id of the author' },
        },
      },
    },
    decision: {
      type: 'object',
      additionalProperties: false,
      required: ['decision', 'reason', 'policyVersion', 'waivers', 'findings'],
      properties: {
        decision: { type: 'string', enum: ['approve', 'decline'] },
        reason: { type: 'string' },
        policyVersion: { type: 'string' },
        waivers: decisionBody.properties.waivers,
        findings,
      },
    },
  },
} as const

export const filePreview = {
  type: 'object',
  additionalProperties: false,
  required: ['policyVersion', 'findings', 'chargeFen', 'reimbursedFen', 'patientFen'],
  properties: {
    policyVersion: { type: 'string' },
    findings,
    chargeFen: fen,
    reimbursedFen: fen,
    patientFen: fen,
  },
} as const
