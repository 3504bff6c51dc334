import { idNumber, personName } from './common.ts'
import { codeOf } from './prescription-codes.ts'
import {
  code,
  codedBy,
  day,
  decimal,
  documentInstant,
  extras,
  fen,
  flag,
  idType,
  looselyCoded,
  looselyCodedBy,
  name,
  region,
  text,
} from './prescription-fields.ts'

/** The visit (就诊信息) in which the prescription was written. */
export const prescriptionVisit = {
  type: 'object',
  additionalProperties: false,
  required: ['visitId', 'departmentCode', 'departmentName', 'visitedAt'],
  properties: {
    visitId: { ...code, description: 'Visit number of the insurance registration (医保就诊ID)' },
    departmentCode: code,
    departmentName: name,
    visitedAt: documentInstant,
    inpatientNo: code,
    recordNo: { ...code, description: 'Outpatient or inpatient number (门诊/住院号)' },
    treatmentRegion: { ...region, description: 'Place of treatment (就医地)' },
    medicalType: codeOf('medical-types'),
    specialty: { type: 'string', minLength: 1, maxLength: 10, description: 'Department class (科别)' },
    disease: { ...looselyCoded, description: 'Chronic or special disease of the visit (病种)' },
    isSpecialDisease: flag,
    isFirstVisit: flag,
    condition: { ...text, description: 'Description of the illness' },
    settlementType: { ...looselyCoded, description: 'hi_feesetl_type' },
    registrationFeeFen: fen,
    otherFeesFen: { ...fen, description: 'Fees settled now, without the circulated drugs' },
    extras,
  },
} as const

/** The patient (患者). */
export const prescriptionPatient = {
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'name', 'idType', 'idNumber', 'sex', 'birthDate'],
  properties: {
    personId: code,
    name: personName,
    idType,
    idNumber,
    sex: { enum: ['male', 'female', 'unstated'] },
    birthDate: day,
    insuredRegion: { ...region, description: 'Insured region (参保地)' },
    ageYears: { type: 'string', pattern: '^\\d{1,3}(\\.\\d)?$' },
    heightCm: { type: 'string', pattern: '^\\d{1,4}(\\.\\d{1,2})?$' },
    weightKg: { type: 'string', pattern: '^\\d{1,4}(\\.\\d{1,2})?$' },
    allergies: { type: 'string', minLength: 1, maxLength: 1000 },
    isBreastfeeding: flag,
    newborn: {
      type: 'object',
      additionalProperties: false,
      required: ['isNewborn'],
      properties: { isNewborn: flag, age: { type: 'string', minLength: 1, maxLength: 20 } },
    },
    maternity: {
      type: 'object',
      additionalProperties: false,
      description: 'Maternity visits only',
      properties: {
        procedureType: { type: 'string', minLength: 1, maxLength: 6 },
        procedureOn: { ...day, description: 'Day of the procedure or birth' },
        maternityType: { type: 'string', minLength: 1, maxLength: 6 },
        gestation: { type: 'integer', minimum: 0, maximum: 99 },
      },
    },
  },
} as const

/** The prescribing physician (开方医师). */
export const prescribingPhysician = {
  type: 'object',
  additionalProperties: false,
  required: ['practitionerId', 'name'],
  properties: {
    practitionerId: { type: 'string', pattern: '^D\\d{12}$' },
    name: personName,
    idType,
    idNumber,
    title: codedBy('physician-titles'),
    departmentCode: code,
    departmentName: name,
  },
} as const

/** One diagnosis (诊断信息). */
export const prescriptionDiagnosis = {
  type: 'object',
  additionalProperties: false,
  required: ['code', 'name'],
  properties: {
    code: { ...code, description: 'ICD-10, insurance edition' },
    name,
    primary: flag,
    kind: codeOf('diagnosis-kinds'),
    order: { type: 'integer', minimum: 1, maximum: 99 },
    departmentCode: code,
    departmentName: name,
    physicianId: code,
    physicianName: personName,
    diagnosedAt: documentInstant,
    tcmDisease: looselyCoded,
    tcmSyndrome: looselyCoded,
  },
} as const

/** What the patient showed at the visit (就诊凭证). */
export const visitCredential = {
  type: 'object',
  additionalProperties: false,
  required: ['type'],
  properties: {
    type: codeOf('visit-credentials'),
    number: { type: 'string', minLength: 1, maxLength: 50 },
    cardIdentifier: { type: 'string', minLength: 1, maxLength: 32 },
    token: { type: 'string', minLength: 1, maxLength: 64, description: 'Token of the e-certificate' },
    onlineVerificationNo: {
      type: 'string',
      minLength: 1,
      maxLength: 100,
      description: 'Internet hospitals: number of the online identity check',
    },
  },
} as const

/** Whole-prescription use of herbal pieces (整剂用法). */
export const herbalUse = {
  type: 'object',
  additionalProperties: false,
  required: ['doses'],
  properties: {
    doses: { type: 'integer', minimum: 1, maximum: 999, description: 'How many doses (剂数)' },
    route: looselyCodedBy('routes'),
    frequency: looselyCodedBy('frequencies'),
    dose: {
      type: 'object',
      additionalProperties: false,
      required: ['amount', 'unit'],
      properties: { amount: decimal, unit: { type: 'string', minLength: 1, maxLength: 20 } },
    },
    instructions: { type: 'string', minLength: 1, maxLength: 400 },
  },
} as const
