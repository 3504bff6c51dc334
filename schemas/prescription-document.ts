import type { FromSchema } from 'json-schema-to-ts'

const code = { type: 'string', minLength: 1, maxLength: 30 } as const
const name = { type: 'string', minLength: 1, maxLength: 200 } as const
const instant = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?(Z|[+-]\\d{2}:\\d{2})$',
  format: 'date-time',
} as const
const day = { type: 'string', format: 'date' } as const
const decimal = { type: 'string', pattern: '^\\d{1,12}(\\.\\d{1,4})?$' } as const

const coded = {
  type: 'object',
  additionalProperties: false,
  required: ['code', 'name'],
  properties: { code, name },
} as const

const line = {
  type: 'object',
  additionalProperties: false,
  required: [
    'lineNo',
    'drugCode',
    'genericName',
    'form',
    'specification',
    'quantity',
    'unit',
    'days',
    'dose',
    'route',
    'frequency',
    'startsOn',
    'endsOn',
    'restrictedScopeConfirmed',
  ],
  properties: {
    lineNo: { type: 'integer', minimum: 1, maximum: 99 },
    drugCode: {
      type: 'string',
      pattern: '^(X[A-Z0-9]{22}|Z[A-Z0-9]{19})$',
      description: 'National drug code',
    },
    genericName: { type: 'string', minLength: 1, maxLength: 100 },
    form: { type: 'string', minLength: 1, maxLength: 30 },
    specification: { type: 'string', minLength: 1, maxLength: 200 },
    quantity: { ...decimal, description: 'In the unit of the line; the quantity that is settled' },
    unit: { type: 'string', minLength: 1, maxLength: 20 },
    days: { type: 'integer', minimum: 1, maximum: 366, description: 'Days of use' },
    dose: {
      type: 'object',
      additionalProperties: false,
      required: ['amount', 'unit'],
      properties: { amount: decimal, unit: { type: 'string', minLength: 1, maxLength: 20 } },
    },
    route: coded,
    frequency: coded,
    startsOn: day,
    endsOn: day,
    restrictedScopeConfirmed: {
      type: 'boolean',
      description: 'The physician confirms that the patient meets the restricted payment scope (MZ-6.1)',
    },
  },
} as const

/** The document a physician signs. Its bytes are kept as they arrived; this schema only judges their content. */
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
    issuedAt: { ...instant, description: 'Instant of issue' },
    type: { enum: ['western', 'patent'], description: 'Western medicine or Chinese patent medicine' },
    setting: { enum: ['outpatient', 'inpatient'] },
    longTerm: {
      type: 'boolean',
      description: 'Long-term prescription (长期处方), where the policy allows it',
    },
    visit: {
      type: 'object',
      additionalProperties: false,
      required: ['visitId', 'departmentCode', 'departmentName', 'visitedAt'],
      properties: {
        visitId: code,
        departmentCode: code,
        departmentName: name,
        visitedAt: instant,
        inpatientNo: code,
      },
    },
    patient: {
      type: 'object',
      additionalProperties: false,
      required: ['personId', 'name', 'idType', 'idNumber', 'sex', 'birthDate'],
      properties: {
        personId: code,
        name: { type: 'string', minLength: 1, maxLength: 40 },
        idType: { enum: ['resident-id', 'passport', 'residence-permit'] },
        idNumber: { type: 'string', minLength: 6, maxLength: 50 },
        sex: { enum: ['male', 'female'] },
        birthDate: day,
        insuredRegion: { type: 'string', pattern: '^\\d{6}$' },
      },
    },
    hospital: {
      type: 'object',
      additionalProperties: false,
      required: ['institutionId', 'name'],
      properties: { institutionId: { type: 'string', pattern: '^H\\d{11}$' }, name },
    },
    physician: {
      type: 'object',
      additionalProperties: false,
      required: ['practitionerId', 'name'],
      properties: { practitionerId: { type: 'string', pattern: '^D\\d{12}$' }, name },
    },
    diagnoses: {
      type: 'array',
      minItems: 1,
      maxItems: 20,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['code', 'name'],
        properties: { code, name, primary: { type: 'boolean' } },
      },
    },
    lines: { type: 'array', minItems: 1, maxItems: 20, items: line },
  },
} as const

export type PrescriptionDocument = FromSchema<typeof prescriptionDocument>
