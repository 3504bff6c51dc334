import { PAPER_BYTES } from './admissions.ts'
import { instant, pageOf, prescriptionNo } from './common.ts'
import { documentBytes } from './hospital.ts'
import { taken } from './pharmacy.ts'

const sha256 = {
  type: 'string',
  pattern: '^[0-9a-f]{64}$',
  description: 'SHA-256 of the scan, lower-case hex',
  examples: ['2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae'],
} as const
const mediaType = { type: 'string', enum: ['application/pdf', 'image/jpeg', 'image/png'] } as const
const effect = {
  type: 'string',
  enum: ['cancelled', 'cancel-pending', 'recorded'],
  description: 'What an objection came to; `recorded` once money has moved: the agency looks into it',
} as const

/** What the hospital said to a paper prescription. */
export const paperState = { type: 'string', enum: ['unconfirmed', 'confirmed', 'objected'] } as const

/** The members of an entry; the route adds `reason` from the code list. */
export const paperEntry = {
  document: {
    ...documentBytes,
    description:
      'The content of the paper as a prescription document (电子处方文书), JSON in UTF-8 as the component `PrescriptionDocument` describes it; stored as received',
  },
  scan: {
    type: 'object',
    additionalProperties: false,
    required: ['mediaType', 'sha256'],
    properties: {
      mediaType,
      sha256,
      content: {
        type: 'string',
        minLength: 4,
        maxLength: Math.ceil(PAPER_BYTES / 3) * 4,
        contentEncoding: 'base64',
        description: 'The file, at most 5 MiB; absent when the pharmacy keeps it',
      },
    },
  },
  presentedAt: { ...instant, description: 'When the patient presented the paper at the counter' },
} as const

/** As for a take. */
export const paperTaken = {
  ...taken,
  required: [...taken.required, 'origin'],
  properties: { ...taken.properties, origin: { type: 'string', const: 'paper' } },
} as const

/** What became of the hospital's answer. */
export const paperAnswered = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'decision', 'state'],
  properties: {
    prescriptionNo,
    decision: { type: 'string', enum: ['confirm', 'object'] },
    effect,
    state: { type: 'string', description: 'Of the prescription' },
  },
} as const

/** One page of paper prescriptions; `next` is absent on the last. */
export const paperPage = pageOf({
  type: 'object',
  additionalProperties: false,
  required: [
    'prescriptionNo',
    'hospitalPrescriptionNo',
    'hospitalId',
    'pharmacyId',
    'reasonCode',
    'presentedAt',
    'enteredAt',
    'scanType',
    'scanSha256',
    'scanKeptBy',
    'state',
    'prescriptionState',
    'settled',
  ],
  properties: {
    prescriptionNo,
    hospitalPrescriptionNo: { type: 'string' },
    hospitalId: { type: 'string' },
    pharmacyId: { type: 'string' },
    reasonCode: { type: 'string' },
    presentedAt: instant,
    enteredAt: instant,
    scanType: mediaType,
    scanSha256: sha256,
    scanKeptBy: { type: 'string', enum: ['pharmacy', 'hub'] },
    state: paperState,
    objectionCode: { type: 'string' },
    effect,
    answeredAt: instant,
    prescriptionState: { type: 'string' },
    settled: {
      type: 'boolean',
      description: 'A settlement stands, or was left to manual reimbursement',
    },
  },
})
