import { anyObject, bilingual, civilDay, cursor, instant, pageOf } from './common.ts'
import { findings } from './problem.ts'

/** Largest paper, in bytes: 5 MiB. */
export const PAPER_BYTES = 5 * 1024 * 1024

export const applicationNo = {
  type: 'string',
  pattern: '^A\\d{22}$',
  description: 'A, region (6), day (8), sequence (8)',
  examples: ['A4414002026112000000017'],
} as const

const name = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,60}$' } as const
const institution = { type: 'string', pattern: '^[HP][0-9A-Z]{5,29}$', examples: ['H44140200001'] } as const
const practitioner = { type: 'string', pattern: '^[0-9A-Z]{6,30}$', examples: ['D441402000001'] } as const
const person = { type: 'string', pattern: '^[0-9A-Za-z-]{4,40}$' } as const
const text = { type: 'string', minLength: 1, maxLength: 2000 } as const

export const institutionId = institution

/** Who signs within the calling institution: the physician, or a member of the insurance office or agency. */
const signer = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
  properties: {
    physicianId: practitioner,
    officerNo: { type: 'string', pattern: '^[0-9A-Za-z-]{1,30}$', description: 'Staff number' },
  },
} as const

/** What an application says; each workflow names what it takes at which step. */
const fields = {
  type: 'object',
  additionalProperties: false,
  properties: {
    drugCodes: {
      type: 'array',
      minItems: 1,
      maxItems: 10,
      uniqueItems: true,
      items: { type: 'string', pattern: '^[0-9A-Z]{20,23}$' },
    },
    diagnoses: {
      type: 'array',
      minItems: 1,
      maxItems: 20,
      uniqueItems: true,
      items: { type: 'string', pattern: '^[A-Z][0-9A-Za-z.+*]{2,15}$' },
    },
    regimen: text,
    hospitalId: institution,
    supplierId: institution,
    physicianIds: { type: 'array', minItems: 1, maxItems: 10, uniqueItems: true, items: practitioner },
    reasonCode: name,
    assessment: name,
    documentNo: { type: 'string', minLength: 1, maxLength: 60 },
    agreementNo: { type: 'string', minLength: 1, maxLength: 60 },
    statement: text,
    criteria: {
      type: 'object',
      maxProperties: 50,
      propertyNames: name,
      additionalProperties: { type: 'string', enum: ['met', 'not-met'] },
      description: 'Criterion → met or not; each must be answered',
    },
  },
} as const

export const openRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['workflow', 'subjectId', 'fields', 'signer'],
  properties: {
    workflow: name,
    subjectId: {
      ...person,
      description: 'Person number or institution code, as the workflow asks',
    },
    fields,
    signer,
  },
} as const

export const decisionRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['step', 'decision', 'signer'],
  properties: {
    step: name,
    decision: { type: 'string', enum: ['approve', 'refuse', 'return', 'withdraw'] },
    signer,
    fields,
    reason: { ...text, description: 'Refusal and return: for the patient or the applicant' },
    explained: { type: 'boolean', description: 'Refusal: it was explained to the patient' },
  },
} as const

const strings = { type: 'array', items: { type: 'string' } } as const
const lacks = {
  type: 'object',
  additionalProperties: false,
  required: ['fields', 'papers', 'criteria'],
  properties: { fields: strings, papers: strings, criteria: strings },
} as const
const status = { type: 'string', enum: ['open', 'approved', 'refused', 'withdrawn'] } as const
const entry = { register: { type: 'string' }, key: { type: 'string' } } as const

export const openedAnswer = {
  type: 'object',
  additionalProperties: false,
  required: ['applicationNo', 'status', 'step', 'lacks', 'findings'],
  properties: { applicationNo, status, step: name, lacks, findings },
} as const

const dueUnknown = {
  type: 'object',
  description:
    'Instead of `dueOn` while the calendar of the year into which the working days run has not been entered: count them from `from` once it is · 该年度工作日历尚未录入，期限待定',
  additionalProperties: false,
  required: ['workingDays', 'from', 'missingYear'],
  properties: {
    workingDays: { type: 'integer' },
    from: civilDay,
    missingYear: { type: 'integer', examples: [2027] },
  },
} as const

export const decidedAnswer = {
  type: 'object',
  additionalProperties: false,
  required: ['applicationNo', 'status', 'step', 'findings', 'registered', 'ended'],
  properties: {
    applicationNo,
    status,
    step: name,
    dueOn: { ...civilDay, description: 'Last day for the next step' },
    dueUnknown,
    findings,
    registered: {
      type: 'array',
      description: 'Register entries that the approval wrote; the rules know them from `validFrom` on',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['register', 'key', 'validFrom'],
        properties: { ...entry, validFrom: civilDay, validTo: civilDay },
      },
    },
    ended: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['register', 'key', 'lastDay'],
        properties: { ...entry, lastDay: civilDay },
      },
    },
  },
} as const

const subject = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'id'],
  properties: { kind: { type: 'string', enum: ['person', 'institution'] }, id: { type: 'string' } },
} as const

const coded = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['code', 'title'],
    properties: { code: name, title: bilingual },
  },
} as const

const paper = {
  type: 'object',
  additionalProperties: false,
  required: ['paperNo', 'code', 'sha256', 'mediaType', 'bytes', 'addedBy', 'addedAt'],
  properties: {
    paperNo: { type: 'integer' },
    code: name,
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    mediaType: { type: 'string' },
    bytes: { type: 'integer' },
    addedBy: { type: 'string' },
    addedAt: instant,
  },
} as const

const stepActor = {
  type: 'object',
  additionalProperties: false,
  required: ['caller', 'as'],
  properties: {
    caller: { type: 'string', enum: ['hospital', 'agency'] },
    at: { type: 'string' },
    as: { type: 'string', enum: ['physician', 'insurance-office', 'officer'] },
    roles: strings,
    otherThan: strings,
  },
} as const

export const applicationAnswer = {
  type: 'object',
  additionalProperties: false,
  required: [
    'applicationNo',
    'workflow',
    'title',
    'policyVersion',
    'subject',
    'status',
    'revision',
    'fields',
    'papersNeeded',
    'papers',
    'steps',
    'openedAt',
  ],
  properties: {
    applicationNo,
    workflow: name,
    title: bilingual,
    policyVersion: { type: 'string' },
    subject,
    applicantId: institution,
    status,
    revision: { type: 'integer' },
    fields,
    waitsFor: {
      type: 'object',
      additionalProperties: false,
      required: ['step', 'title', 'by', 'lacks', 'criteria', 'isOverdue'],
      properties: {
        step: name,
        title: bilingual,
        by: stepActor,
        lacks,
        criteria: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['code', 'text'],
            properties: { code: name, text: bilingual },
          },
        },
        dueOn: civilDay,
        dueUnknown,
        isOverdue: { type: 'boolean' },
      },
    },
    papersNeeded: coded,
    papers: { type: 'array', items: paper },
    steps: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['step', 'decision', 'by', 'signedBy', 'at', 'explained', 'findings'],
        properties: {
          step: name,
          decision: { type: 'string' },
          by: { type: 'string' },
          signedBy: { type: 'string' },
          at: instant,
          reason: { type: 'string' },
          explained: { type: 'boolean' },
          findings,
        },
      },
    },
    openedAt: instant,
  },
} as const

export const applicationPage = pageOf(
  {
    type: 'object',
    additionalProperties: false,
    required: ['applicationNo', 'workflow', 'subject', 'status', 'step', 'openedAt', 'changedAt'],
    properties: {
      applicationNo,
      workflow: name,
      subject,
      applicantId: institution,
      status,
      step: name,
      dueOn: civilDay,
      openedAt: instant,
      changedAt: instant,
    },
  },
  cursor,
)

/** Where the list of re-assessments goes on: the day and a mark that names nobody. */
export const reassessmentPlace = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}\\.[0-9a-f]{64}$',
  description: '`next` of the page before',
} as const

export const reassessmentPage = pageOf(
  {
    type: 'object',
    additionalProperties: false,
    required: ['personId', 'drugCode', 'dueOn', 'overdue'],
    properties: {
      personId: person,
      drugCode: { type: 'string' },
      hospitalId: institution,
      documentNo: { type: 'string' },
      assessedOn: civilDay,
      dueOn: civilDay,
      overdue: { type: 'boolean' },
    },
  },
  reassessmentPlace,
)

export const workflowList = {
  type: 'object',
  additionalProperties: false,
  required: ['policyVersion', 'workflows'],
  properties: {
    policyVersion: { type: 'string' },
    workflows: {
      type: 'array',
      description:
        'As the policy file has them: papers, checks, steps, deadlines, outcomes, each with its source',
      items: anyObject,
    },
  },
} as const

export const paperAnswer = {
  type: 'object',
  additionalProperties: false,
  required: ['applicationNo', 'paperNo', 'code', 'sha256', 'bytes'],
  properties: {
    applicationNo,
    paperNo: { type: 'integer' },
    code: name,
    sha256: { type: 'string' },
    bytes: { type: 'integer' },
  },
} as const

export const admissionName = name
