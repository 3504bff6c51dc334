import type { FromSchema } from 'json-schema-to-ts'
import { institutionName } from './common.ts'
import { codeOf } from './prescription-codes.ts'
import { documentInstant, flag } from './prescription-fields.ts'
import { prescriptionLine } from './prescription-line.ts'
import {
  herbalUse,
  prescribingPhysician,
  prescriptionDiagnosis,
  prescriptionPatient,
  prescriptionVisit,
  visitCredential,
} from './prescription-visit.ts'

/**
 * The document a physician signs. Its bytes are kept as they arrived; this schema only judges their content.
 *
 * It can carry all that the national pre-check D001 carries; `nhsa-mapping.ts` says what goes where.
 */
export const prescriptionDocument = {
  $id: 'prescription-document',
  type: 'object',
  additionalProperties: false,
  required: [
    'version',
    'regionCode',
    'hospitalPrescriptionNo',
    'issuedAt',
    'type',
    'setting',
    'visit',
    'patient',
    'hospital',
    'physician',
    'diagnoses',
    'lines',
  ],
  properties: {
    version: { const: '1.0' },
    regionCode: {
      type: 'string',
      pattern: '^\\d{6}$',
      description: 'Region (统筹区) whose policy judges it',
    },
    hospitalPrescriptionNo: {
      type: 'string',
      minLength: 1,
      maxLength: 40,
      pattern: '^[A-Za-z0-9_./-]+$',
      description: 'In-house number, unique within the hospital',
    },
    issuedAt: { ...documentInstant, description: 'Instant of issue' },
    type: codeOf('prescription-types'),
    category: codeOf('prescription-categories'),
    setting: codeOf('settings'),
    channel: codeOf('channels'),
    circulation: codeOf('circulations'),
    longTerm: {
      type: 'boolean',
      description: 'Long-term prescription (长期处方), where the policy allows it',
    },
    selfPay: {
      type: 'boolean',
      description: 'The patient was told that the fund won’t pay and wants to go on (CQ-4.4)',
    },
    outsidePurchase: {
      type: 'object',
      additionalProperties: false,
      required: ['reasonCode'],
      description: 'The special case in which an inpatient buys outside (特殊情况外购, CQ-2.3)',
      properties: {
        reasonCode: {
          enum: ['not-stocked', 'out-of-stock', 'storage-unavailable', 'other'],
          description: 'From the code list outside-purchase-reasons; `other` needs the statement',
        },
        statement: { type: 'string', minLength: 1, maxLength: 500 },
      },
    },
    validity: {
      type: 'object',
      additionalProperties: false,
      description: 'As the hospital prints it; the policy of the region decides (MZ-6.3)',
      properties: { days: { type: 'integer', minimum: 1, maximum: 366 }, endsAt: documentInstant },
    },
    renewal: {
      type: 'object',
      additionalProperties: false,
      required: ['isRenewal'],
      properties: {
        isRenewal: flag,
        originalPrescriptionNo: { type: 'string', minLength: 1, maxLength: 40 },
      },
    },
    reuse: {
      type: 'object',
      additionalProperties: false,
      required: ['isReusable'],
      properties: {
        isReusable: flag,
        maxTimes: { type: 'integer', minimum: 0, maximum: 999 },
        minIntervalDays: { type: 'integer', minimum: 0, maximum: 999 },
        usedTimes: { type: 'integer', minimum: 0, maximum: 999 },
      },
    },
    credential: visitCredential,
    herbal: herbalUse,
    visit: prescriptionVisit,
    patient: prescriptionPatient,
    hospital: {
      type: 'object',
      additionalProperties: false,
      required: ['institutionId', 'name'],
      properties: { institutionId: { type: 'string', pattern: '^H\\d{11}$' }, name: institutionName },
    },
    physician: prescribingPhysician,
    diagnoses: { type: 'array', minItems: 1, maxItems: 20, items: prescriptionDiagnosis },
    lines: { type: 'array', minItems: 1, maxItems: 20, items: prescriptionLine },
  },
} as const

export type PrescriptionDocument = FromSchema<typeof prescriptionDocument>
