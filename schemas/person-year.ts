import { MOST_FEN } from './bounds.ts'
import { civilDay, fen, instant, uuid } from './common.ts'

const source = {
  type: 'string',
  enum: ['opening-balance', 'special-disease-clinic', 'outpatient', 'inpatient', 'other-region'],
  description: 'Where it was used up · 来源：期初余额、门诊特病、门诊、住院、异地',
} as const
const reference = {
  type: 'string',
  pattern: '^[A-Za-z0-9_./:-]{1,80}$',
  description: 'Number of the record where it comes from; the same again with other amounts corrects it',
  examples: ['TB-2026-000123'],
} as const
const personId = { type: 'string', pattern: '^[A-Za-z0-9]{4,40}$' } as const
const year = { type: 'integer', examples: [2026] } as const
const revision = { type: 'integer', minimum: 1, description: '1, and one more with each correction' } as const
const reason = { type: 'string', minLength: 1, maxLength: 500 } as const
const amount = (description: string) =>
  ({ type: 'integer', minimum: 0, maximum: MOST_FEN, description }) as const

const amounts = {
  type: 'object',
  description: 'Fen. Deductible and limits of later settlements count them · 单位：分',
  additionalProperties: false,
  required: [
    'deductibleFen',
    'fundFen',
    'largeAmountFen',
    'ownFen',
    'seriousIllnessFen',
    'assistanceFen',
    'expenseFen',
  ],
  properties: {
    deductibleFen: amount('Deductible paid · 起付标准已付'),
    deductibleLevel: {
      type: 'string',
      enum: ['tertiary', 'secondary', 'primary'],
      description: 'Level of the hospital at which it was charged',
    },
    fundFen: amount('Paid by the basic fund · 统筹基金支付'),
    largeAmountFen: amount('Paid by large-amount insurance · 大额支付'),
    ownFen: amount('Own payments that count towards serious-illness insurance · 个人自付'),
    seriousIllnessFen: amount('Paid by serious-illness insurance · 大病保险支付'),
    assistanceFen: amount('Paid by medical assistance · 医疗救助支付'),
    expenseFen: amount('Expenses under the policy, for information · 政策范围内费用'),
  },
} as const

/** What a person used up of a year elsewhere. */
export const amountsBody = {
  type: 'object',
  additionalProperties: false,
  required: ['source', 'reference', 'personId', 'on', 'amounts', 'reason'],
  properties: {
    source,
    reference,
    personId,
    on: { ...civilDay, description: 'Day of the expense, in whose year it counts; not in the future' },
    amounts,
    reason,
  },
} as const

export const amountsStated = {
  type: 'object',
  additionalProperties: false,
  required: ['source', 'reference', 'revision', 'year', 'repeated'],
  properties: {
    source,
    reference,
    revision,
    year,
    repeated: { type: 'boolean', description: 'It was known already; nothing was moved' },
  },
} as const

/** How a file of them is taken. Query values are texts. */
export const amountsUploadQuery = {
  type: 'object',
  additionalProperties: false,
  required: ['reason'],
  properties: {
    reason: {
      ...reason,
      maxLength: 100,
      description: 'Why the file comes, for the record; no personal data',
    },
    dryRun: {
      type: 'string',
      enum: ['true', 'false'],
      description: '`true`: everything is checked, faults are told, and nothing is kept',
    },
  },
} as const

export const amountsUploaded = {
  type: 'object',
  additionalProperties: false,
  required: ['sha256', 'lines', 'added', 'corrected', 'repeated'],
  properties: {
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    lines: { type: 'integer' },
    added: { type: 'integer' },
    corrected: { type: 'integer' },
    repeated: { type: 'integer', description: 'Lines that said nothing new' },
  },
} as const

export const personYearParams = {
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'year'],
  properties: { personId, year: { type: 'string', pattern: '^20\\d{2}$' } },
} as const

/** A person's year. */
export const personYear = {
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'year', 'balances', 'statements', 'differences'],
  properties: {
    personId,
    year,
    balances: {
      type: 'object',
      description: 'As the next settlement finds them',
      additionalProperties: false,
      required: [
        'deductiblePaid',
        'fundPaid',
        'largeAmountPaid',
        'ownPaid',
        'seriousIllnessPaid',
        'assistancePaid',
      ],
      properties: {
        deductiblePaid: fen,
        deductibleLevel: { type: 'string', enum: ['tertiary', 'secondary', 'primary'] },
        fundPaid: fen,
        largeAmountPaid: fen,
        ownPaid: fen,
        seriousIllnessPaid: fen,
        assistancePaid: fen,
      },
    },
    statements: {
      type: 'array',
      description: 'Every revision, in the order in which they came; nothing is ever rewritten',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['source', 'reference', 'revision', 'on', 'amounts', 'reason', 'statedBy', 'statedAt'],
        properties: {
          source,
          reference,
          revision,
          on: civilDay,
          amounts,
          reason,
          statedBy: { type: 'string' },
          statedAt: instant,
        },
      },
    },
    differences: {
      type: 'array',
      description:
        'Settlements that were decided before an amount about an earlier day came: by how much each payer would have paid ' +
        'more or less. The settlements stay as the patient was told; the agency pays or recovers the difference · 迟到金额的补差',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['settlementId', 'byPayer'],
        properties: {
          settlementId: uuid,
          byPayer: {
            type: 'object',
            additionalProperties: { type: 'integer' },
            examples: [{ patient: -40000 }],
          },
        },
      },
    },
  },
} as const
