import { STEPS } from '../domain/facts.ts'
import { OCCASIONS } from '../domain/reimbursement/terms.ts'
import { reimbursementSchema } from '../domain/reimbursement/terms-schema.ts'
import { decisionSchema } from '../domain/rules/founded.ts'
import { settlementPlanSchema } from '../domain/settlement/plan-schema.ts'
import { workflowBookSchema } from '../domain/workflows/workflow-schema.ts'

const word = { type: 'string', minLength: 1 } as const
const words = { type: 'array', minItems: 1, uniqueItems: true, items: word } as const
const day = { type: 'string', format: 'date' } as const
const source = { type: 'string', pattern: '^[A-Z]{2,}-[A-Z]?\\d+(\\.\\d+)?[a-z]?$' } as const

function figure(value: object): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['status', 'source'],
    properties: {
      value,
      status: { enum: ['cited', 'decided', 'sample', 'unset'] },
      decision: decisionSchema,
      source,
      article: word,
      note: word,
    },
  }
}

const occasions = { type: 'array', minItems: 1, uniqueItems: true, items: { enum: OCCASIONS } }

const condition = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    setting: { enum: ['outpatient', 'inpatient'] },
    scheme: { enum: ['employee', 'resident'] },
    longTerm: { type: 'boolean' },
    selfPay: { type: 'boolean' },
    occasions,
    exceptOccasions: occasions,
    list: word,
    classes: words,
    exceptClasses: words,
  },
  dependentRequired: { classes: ['list'], exceptClasses: ['list'] },
} as const

const appliedRule = {
  type: 'object',
  additionalProperties: false,
  required: ['rule', 'source', 'article', 'effect'],
  properties: {
    rule: word,
    source,
    article: word,
    effect: { enum: ['reject', 'not-covered', 'warn'] },
    when: condition,
    note: word,
    parameters: { type: 'object', additionalProperties: figure({}) },
  },
} as const

const version = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'from', 'validity', 'hold', 'steps'],
  properties: {
    id: { type: 'string', pattern: '^\\d{6}/[0-9A-Za-z.-]+$' },
    from: day,
    to: day,
    note: word,
    gapBefore: { ...word, description: 'Why no version holds between the one before and this one' },
    validity: {
      type: 'object',
      additionalProperties: false,
      required: ['days'],
      properties: {
        days: figure({ anyOf: [{ type: 'integer', minimum: 1, maximum: 366 }, { type: 'null' }] }),
        longTermDays: figure({ anyOf: [{ type: 'integer', minimum: 1, maximum: 366 }, { type: 'null' }] }),
      },
    },
    hold: {
      type: 'object',
      additionalProperties: false,
      required: ['minutes'],
      properties: {
        minutes: figure({ anyOf: [{ type: 'integer', minimum: 1, maximum: 10_080 }, { type: 'null' }] }),
        renewals: figure({ anyOf: [{ type: 'integer', minimum: 0, maximum: 100 }, { type: 'null' }] }),
        collectHours: figure({ anyOf: [{ type: 'integer', minimum: 1, maximum: 8_760 }, { type: 'null' }] }),
        refundDays: figure({ anyOf: [{ type: 'integer', minimum: 0, maximum: 366 }, { type: 'null' }] }),
        graceMinutes: figure({ anyOf: [{ type: 'integer', minimum: 0, maximum: 10_080 }, { type: 'null' }] }),
      },
    },
    paper: {
      type: 'object',
      additionalProperties: false,
      required: ['allowed'],
      properties: {
        allowed: figure({ type: 'boolean' }),
        entryDays: figure({ anyOf: [{ type: 'integer', minimum: 1, maximum: 366 }, { type: 'null' }] }),
      },
    },
    steps: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(STEPS.map((step) => [step, { type: 'array', items: appliedRule }])),
    },
    settlement: settlementPlanSchema,
    reimbursement: reimbursementSchema(figure),
    stock: {
      type: 'object',
      additionalProperties: false,
      required: ['uploadDays'],
      properties: { uploadDays: figure({ type: 'integer', minimum: 1, maximum: 366 }) },
    },
    workflows: workflowBookSchema,
  },
} as const

/** JSON Schema of a policy file: its shape. Rules, sources and periods are checked after it. */
export const policyFileSchema = {
  $id: 'policy-file',
  type: 'object',
  additionalProperties: false,
  required: ['format', 'region', 'name', 'counties', 'documents', 'versions'],
  properties: {
    format: { const: 1 },
    region: { type: 'string', pattern: '^\\d{6}$' },
    name: {
      type: 'object',
      additionalProperties: false,
      required: ['zh', 'en'],
      properties: { zh: word, en: word },
    },
    counties: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'string', pattern: '^\\d{6}$' },
    },
    documents: {
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: '^[A-Z]{2,}(-[A-Z])?$' },
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['title'],
        properties: {
          title: word,
          number: word,
          seed: word,
          issuedOn: day,
          effectiveFrom: day,
          note: word,
          phrases: {
            type: 'object',
            description:
              'Words of the document on which cited figures rest: by duty and article, each found once in the article',
            minProperties: 1,
            propertyNames: source,
            additionalProperties: {
              type: 'object',
              minProperties: 1,
              additionalProperties: {
                type: 'array',
                minItems: 1,
                uniqueItems: true,
                items: { type: 'string', minLength: 6 },
              },
            },
          },
        },
      },
    },
    versions: { type: 'array', minItems: 1, items: version },
  },
} as const
