import { MOST_FEN } from './bounds.ts'
import { idNumber, institutionName, personName } from './common.ts'

/** What an entry of each register (名录) holds. Closed, without defaults, nothing coerced. */

const text = { type: 'string', minLength: 1, maxLength: 500 } as const
const shortText = { type: 'string', minLength: 1, maxLength: 100 } as const
export const day = { type: 'string', format: 'date', examples: ['2026-11-20'] } as const
const flag = { type: 'boolean' } as const
const regionCode = { type: 'string', pattern: '^\\d{6}$', examples: ['441402'] } as const
const kindName = {
  type: 'string',
  pattern: '^[a-z][a-z0-9-]{1,39}$',
  description: 'Named by policy files',
} as const

const institutionId = { type: 'string', pattern: '^[HP]\\d{11}$', examples: ['H44140200001'] } as const
const practitionerId = { type: 'string', pattern: '^[A-Z0-9]{6,30}$', examples: ['D441402000001'] } as const
const drugCode = {
  type: 'string',
  pattern: '^[A-Z0-9]{6,23}$',
  examples: ['XN07XXD130E002010102774'],
} as const

const personId = { type: 'string', pattern: '^[A-Za-z0-9]{4,40}$' } as const
const icd = {
  type: 'array',
  maxItems: 500,
  items: { type: 'string', pattern: '^[A-Z0-9.+*x]{1,20}$' },
} as const

const institution = {
  type: 'object',
  description: 'Hospital or pharmacy · 定点医药机构',
  additionalProperties: false,
  required: ['institutionId', 'kind', 'name', 'ownership', 'countyCode', 'address', 'phone'],
  properties: {
    institutionId,
    kind: { type: 'string', enum: ['hospital', 'internet-hospital', 'pharmacy'] },
    name: institutionName,
    level: { type: 'string', enum: ['tertiary', 'secondary', 'primary'] },
    ownership: { type: 'string', enum: ['public', 'private'] },
    countyCode: regionCode,
    address: text,
    phone: { type: 'string', pattern: '^[0-9+-]{5,20}$' },
    longitude: { type: 'number', minimum: -180, maximum: 180 },
    latitude: { type: 'number', minimum: -90, maximum: 90 },
    openingHours: shortText,
    coldChain: flag,
    geneTesting: flag,
    departments: {
      type: 'array',
      maxItems: 500,
      description: 'Hospitals: the departments that prescribe; absent means not stated',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['code', 'name'],
        properties: { code: { type: 'string', minLength: 1, maxLength: 30 }, name: shortText },
      },
    },
  },
} as const

const designation = {
  type: 'object',
  description: 'Live agreement for one purpose · 定点协议',
  additionalProperties: false,
  required: ['institutionId', 'kind', 'agreementNo', 'basis'],
  properties: {
    institutionId,
    kind: kindName,
    agreementNo: shortText,
    basis: { type: 'string', enum: ['by-right', 'application'] },
  },
} as const

const practitioner = {
  type: 'object',
  description: 'Physician or pharmacist · 医师、药师',
  additionalProperties: false,
  required: ['practitionerId', 'kind', 'name', 'licenceNo', 'licenceValidTo'],
  properties: {
    practitionerId,
    kind: { type: 'string', enum: ['physician', 'pharmacist'] },
    name: personName,
    title: { type: 'string', enum: ['resident', 'attending', 'associate-chief', 'chief'] },
    licenceNo: shortText,
    licenceValidTo: day,
  },
} as const

const filing = {
  type: 'object',
  description: 'Practitioner filed for an institution · 备案',
  additionalProperties: false,
  required: ['practitionerId', 'institutionId', 'role', 'diseases'],
  properties: {
    practitionerId,
    institutionId,
    role: { type: 'string', enum: ['responsible-physician', 'assessor', 'pharmacist'] },
    diseases: { ...icd, description: 'ICD-10 prefixes; empty means all' },
    publishedOn: day,
    titleException: {
      type: 'object',
      description:
        'Filed below the title that the policy asks for in principle: who approved it and why (MZ-4.3b) · 原则上职称要求的例外审批',
      additionalProperties: false,
      required: ['approvedBy', 'approvedOn', 'reason'],
      properties: { approvedBy: shortText, approvedOn: day, reason: shortText },
    },
  },
} as const

const certificate = {
  type: 'object',
  description: 'Certificate of a signer, with a fingerprint or an identity · 签名证书，指纹与主体二选一',
  additionalProperties: false,
  required: ['purpose', 'institutionId'],
  properties: {
    fingerprint: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the DER' },
    identity: {
      type: 'object',
      description:
        'Instead of a fingerprint: every certificate that this authority issues to this subject, for event certificates that live a day · 事件型证书：按签发机构和主体登记',
      additionalProperties: false,
      required: ['authority', 'subject'],
      properties: {
        authority: {
          type: 'string',
          pattern: '^[0-9a-f]{64}$',
          description: 'SHA-256 of the DER of the certificate of the authority that issues',
        },
        subject: {
          type: 'object',
          description:
            'Parts of the name that must be there: CN, serialNumber, OU, O, L, ST, C, UID, or an object identifier',
          minProperties: 1,
          maxProperties: 8,
          propertyNames: { pattern: '^(CN|serialNumber|OU|O|L|ST|C|UID|[0-2](\\.[0-9]{1,10}){1,20})$' },
          additionalProperties: { type: 'string', minLength: 1, maxLength: 200 },
        },
      },
    },
    certificate: {
      type: 'string',
      maxLength: 8192,
      pattern: '^[A-Za-z0-9+/]+={0,2}$',
      description: 'The certificate itself, DER in base64: then signatures may leave it out · 签名证书本体',
    },
    purpose: { type: 'string', enum: ['physician', 'hospital-seal', 'insurance-office'] },
    practitionerId,
    institutionId,
  },
} as const

const drug = {
  type: 'object',
  description: 'Drug by national code · 药品',
  additionalProperties: false,
  required: [
    'drugCode',
    'genericName',
    'form',
    'specification',
    'unit',
    'medicineClass',
    'negotiated',
    'atcClass',
    'ingredient',
  ],
  properties: {
    drugCode,
    genericName: shortText,
    form: shortText,
    specification: text,
    unit: { type: 'string', minLength: 1, maxLength: 20 },
    medicineClass: { type: 'string', enum: ['A', 'B'] },
    negotiated: flag,
    atcClass: { type: 'string', minLength: 1, maxLength: 20 },
    ingredient: shortText,
    special: { type: 'string', enum: ['narcotic', 'psychotropic', 'toxic', 'radioactive'] },
    coldChain: flag,
    restriction: { type: 'string', minLength: 1, maxLength: 2000 },
    restrictedIcd: icd,
    maxDays: { type: 'integer', minimum: 1, maximum: 3660 },
    essential: flag,
    consistencyEvaluated: flag,
    centrallyProcured: flag,
    injectable: flag,
    geneTestRequired: flag,
    packSize: {
      type: 'integer',
      minimum: 1,
      maximum: 1_000_000,
      description: 'Units of the drug in the smallest pack that is sold · 最小销售包装数量',
      examples: [28],
    },
  },
} as const

const paymentStandard = {
  type: 'object',
  description:
    'Payment standard of a product, or of all products of a generic name · 医保支付标准（按产品或按通用名）',
  additionalProperties: false,
  required: ['fen', 'confidential', 'basis'],
  properties: {
    drugCode: { ...drugCode, description: 'The product; or else `generic`' },
    generic: {
      type: 'object',
      description:
        'All products of this generic name, as the register of drugs writes it; of one form and specification where they are named',
      additionalProperties: false,
      required: ['genericName'],
      properties: { genericName: shortText, form: shortText, specification: shortText },
    },
    fen: {
      type: 'number',
      minimum: 0,
      maximum: MOST_FEN,
      description: 'Fen for one unit, at most six decimals; or for `per` units',
    },
    per: {
      type: 'integer',
      minimum: 1,
      maximum: 1_000_000,
      description: 'Units that `fen` is for, where one unit costs no whole fen: a pack',
    },
    confidential: flag,
    basis: { type: 'string', enum: ['negotiated', 'procured', 'purchase'] },
    sample: { type: 'boolean', const: true },
  },
} as const

const drugListEntry = {
  type: 'object',
  description: 'Drug on a list · 药品目录',
  additionalProperties: false,
  required: ['listId', 'drugCode'],
  properties: { listId: kindName, drugCode, agreementEnd: day, class: kindName },
} as const

const person = {
  type: 'object',
  description: 'Insured person · 参保人员',
  additionalProperties: false,
  required: [
    'personId',
    'name',
    'idNumber',
    'phone',
    'birthDate',
    'sex',
    'scheme',
    'standing',
    'assistance',
    'insuredRegion',
    'countyCode',
  ],
  properties: {
    personId,
    name: personName,
    idNumber,
    phone: { type: 'string', pattern: '^[0-9+-]{5,20}$' },
    birthDate: day,
    sex: { type: 'string', enum: ['male', 'female'] },
    scheme: { type: 'string', enum: ['employee', 'resident'] },
    standing: { type: 'string', enum: ['active', 'suspended'] },
    assistance: { type: 'string', enum: ['none', 'minimum-living', 'extreme-poverty', 'low-income'] },
    insuredRegion: regionCode,
    countyCode: regionCode,
    specialDisease: flag,
  },
} as const

const qualification = {
  type: 'object',
  description: 'Admission of a person · 用药资格',
  additionalProperties: false,
  required: ['personId', 'kind'],
  properties: {
    personId,
    kind: kindName,
    drugCodes: { type: 'array', maxItems: 100, items: drugCode },
    diagnoses: icd,
    hospitalId: institutionId,
    assessingHospitalId: institutionId,
    supplierId: institutionId,
    physicianIds: { type: 'array', maxItems: 10, items: practitionerId },
    regimen: text,
    documentNo: shortText,
    assessment: { type: 'string', enum: ['continues', 'cured', 'progressed'] },
    assessedOn: day,
  },
} as const

const sanction = {
  type: 'object',
  description: 'Sanction on an institution, practitioner or person · 处理决定',
  additionalProperties: false,
  required: ['subject', 'subjectId', 'kind', 'reason'],
  properties: {
    subject: { type: 'string', enum: ['institution', 'practitioner', 'person'] },
    subjectId: { type: 'string', pattern: '^[A-Za-z0-9]{4,40}$' },
    kind: {
      type: 'string',
      enum: ['suspension', 'qualification-lost', 'benefit-excluded', 'watch-list', 'removed'],
    },
    reason: text,
  },
} as const

const benefitStatement = {
  type: 'object',
  description: 'Another benefit of a person · 其他待遇（分层管理、不重复享受）',
  additionalProperties: false,
  required: ['personId', 'benefit', 'name', 'state'],
  properties: {
    personId,
    benefit: kindName,
    name: {
      type: 'object',
      additionalProperties: false,
      required: ['zh', 'en'],
      properties: { zh: shortText, en: shortText },
    },
    state: {
      type: 'string',
      enum: ['paid', 'available'],
      description: 'It has paid, or it would pay if it is better for the patient',
    },
    drugCode: { ...drugCode, description: 'Absent: all drugs' },
    prescriptionNo: {
      type: 'string',
      pattern: '^\\d{22}$',
      description: '`paid`: the prescription paid for; absent: all of the period',
    },
    ratioBp: {
      type: 'integer',
      minimum: 0,
      maximum: 10_000,
      description: '`available`: the part of the charge that its fund pays, in basis points',
    },
    maximumFen: {
      type: 'integer',
      minimum: 0,
      maximum: MOST_FEN,
      description:
        '`available`: what its fund may still pay this year through the hub; absent: without limit',
    },
    paidFen: {
      type: 'integer',
      minimum: 0,
      maximum: MOST_FEN,
      description: '`paid`: what its fund paid',
    },
  },
} as const

const diagnosis = {
  type: 'object',
  description: 'Diagnosis with its name · 疾病诊断（医保版 ICD-10）',
  additionalProperties: false,
  required: ['code', 'name'],
  properties: {
    code: { type: 'string', pattern: '^[A-Z0-9.+*x]{1,30}$', examples: ['I63.900'] },
    name: shortText,
    otherNames: {
      type: 'array',
      minItems: 1,
      maxItems: 50,
      items: shortText,
      description: 'Other words for the same, which hospitals may write as well',
    },
  },
} as const

/** The schema of the data of each register, by its name. */
export const registerData = {
  institution,
  designation,
  practitioner,
  filing,
  certificate,
  drug,
  'payment-standard': paymentStandard,
  'drug-list': drugListEntry,
  person,
  qualification,
  sanction,
  'other-benefit': benefitStatement,
  diagnosis,
} as const
