import { institutionId } from './admissions.ts'
import { civilDay, instant, uuid } from './common.ts'

const code = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,60}$' } as const
const text = { type: 'string', minLength: 1, maxLength: 2000 } as const
const id = { type: 'string', pattern: '^[0-9A-Za-z-]{4,40}$' } as const
const officerNo = { type: 'string', pattern: '^[0-9A-Za-z-]{1,30}$', description: 'Staff number' } as const
const sanctionKind = {
  type: 'string',
  enum: ['suspension', 'qualification-lost', 'benefit-excluded', 'watch-list', 'removed'],
} as const
const sanctionKey = {
  type: 'string',
  pattern: '^[a-z-]+:[0-9A-Za-z-]{4,40}$',
  description: 'Kind and subject',
} as const

export const sanctionRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'subject', 'subjectId', 'reason', 'officerNo'],
  properties: {
    kind: sanctionKind,
    subject: { type: 'string', enum: ['institution', 'practitioner', 'person'] },
    subjectId: id,
    reason: text,
    officerNo,
    validTo: { ...civilDay, description: 'Last day; not where the document fixes the term' },
  },
} as const

export const sanctionAnswer = {
  type: 'object',
  additionalProperties: false,
  required: ['sanctions'],
  properties: {
    sanctions: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['key', 'kind', 'validFrom'],
        properties: { key: { type: 'string' }, kind: sanctionKind, validFrom: civilDay, validTo: civilDay },
      },
    },
  },
} as const

export const liftRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['key', 'reason', 'officerNo'],
  properties: { key: sanctionKey, reason: text, officerNo },
} as const

export const liftAnswer = {
  type: 'object',
  additionalProperties: false,
  required: ['key', 'lastDay'],
  properties: { key: { type: 'string' }, lastDay: civilDay },
} as const

export const complaintId = uuid

export const complaintRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'subject', 'subjectId', 'reasonCode', 'statement'],
  properties: {
    kind: { type: 'string', enum: ['complaint', 'report'] },
    subject: { type: 'string', enum: ['institution', 'practitioner'] },
    subjectId: id,
    reasonCode: code,
    statement: { ...text, description: 'Names no patient' },
  },
} as const

export const complaintFiled = {
  type: 'object',
  additionalProperties: false,
  required: ['complaintId'],
  properties: { complaintId },
} as const

const outcome = { type: 'string', enum: ['upheld', 'partly-upheld', 'rejected', 'withdrawn'] } as const

export const handlingRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['outcome', 'handling', 'officerNo'],
  properties: { outcome, handling: text, officerNo },
} as const

export const handlingAnswer = {
  type: 'object',
  additionalProperties: false,
  required: ['complaintId', 'outcome'],
  properties: { complaintId, outcome },
} as const

const complaint = {
  type: 'object',
  additionalProperties: false,
  required: ['complaintId', 'kind', 'subject', 'subjectId', 'reasonCode', 'statement', 'filedAt'],
  properties: {
    complaintId,
    kind: { type: 'string' },
    subject: { type: 'string' },
    subjectId: id,
    reasonCode: code,
    statement: { type: 'string' },
    filedAt: instant,
    filedBy: { type: 'string' },
    outcome,
    handling: { type: 'string' },
    handledAt: instant,
    handledBy: { type: 'string' },
  },
} as const

export const complaintPage = {
  type: 'object',
  additionalProperties: false,
  required: ['items'],
  properties: { items: { type: 'array', items: complaint } },
} as const

const period = {
  validFrom: civilDay,
  validTo: civilDay,
  isLive: { type: 'boolean' },
  endReason: { type: 'string' },
} as const

export const creditAnswer = {
  type: 'object',
  additionalProperties: false,
  required: [
    'institutionId',
    'designations',
    'sanctions',
    'practitionerSanctions',
    'complaints',
    'complaintsUpheld',
    'outsideRefusals',
    'applications',
  ],
  properties: {
    institutionId,
    designations: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'basis', 'validFrom', 'isLive'],
        properties: { kind: { type: 'string' }, basis: { type: 'string' }, ...period },
      },
    },
    sanctions: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['key', 'kind', 'reason', 'decidedBy', 'decidedAt', 'validFrom', 'isLive'],
        properties: {
          key: { type: 'string' },
          kind: sanctionKind,
          reason: { type: 'string' },
          decidedBy: { type: 'string' },
          decidedAt: instant,
          ...period,
        },
      },
    },
    practitionerSanctions: {
      type: 'array',
      description: 'On practitioners who are filed with the institution today',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['practitionerId', 'kind', 'reason', 'validFrom', 'isLive'],
        properties: { practitionerId: id, kind: sanctionKind, reason: { type: 'string' }, ...period },
      },
    },
    complaints: { type: 'array', items: complaint },
    complaintsUpheld: { type: 'integer' },
    outsideRefusals: { type: 'integer', description: 'Refused requests for outside prescriptions' },
    applications: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['applicationNo', 'workflow', 'status', 'decidedAt'],
        properties: {
          applicationNo: { type: 'string' },
          workflow: { type: 'string' },
          status: { type: 'string' },
          assessment: { type: 'string' },
          decidedAt: instant,
        },
      },
    },
  },
} as const
