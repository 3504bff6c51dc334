import { decisionSchema } from '../rules/founded.ts'
import { FIELD_NAMES } from './workflow.ts'

const word = { type: 'string', minLength: 1 }
const name = { type: 'string', pattern: '^[a-z][a-z0-9-]*$' }
const names = { type: 'array', minItems: 1, uniqueItems: true, items: name }
const duty = { type: 'string', pattern: '^[A-Z]{2,}-[A-Z]?\\d+(\\.\\d+)?[a-z]?$' }
const field = { enum: FIELD_NAMES }
const fields = { type: 'array', minItems: 1, uniqueItems: true, items: field }
const sanctionKind = {
  enum: ['suspension', 'qualification-lost', 'benefit-excluded', 'watch-list', 'removed'],
}

function object(required: readonly string[], properties: object): object {
  return { type: 'object', additionalProperties: false, required, properties }
}

const bilingual = object(['zh', 'en'], { zh: word, en: word })
const sourced = { source: duty, article: word, note: word }

function figure(value: object): object {
  return object(['status', 'source'], {
    value: { anyOf: [value, { type: 'null' }] },
    status: { enum: ['cited', 'decided', 'sample', 'unset'] },
    decision: decisionSchema,
    ...sourced,
  })
}

const when = {
  ...object([], {
    geneTest: { type: 'boolean' },
    field,
    in: { type: 'array', minItems: 1, items: word },
  }),
  minProperties: 1,
  dependentRequired: { in: ['field'] },
}

const paper = object(['code', 'title', 'source', 'article'], {
  code: name,
  title: bilingual,
  when,
  ...sourced,
})

const check = object(['check', 'source', 'article'], {
  check: name,
  effect: { enum: ['reject', 'exception', 'warn'] },
  when,
  parameters: { type: 'object', additionalProperties: figure({}) },
  ...sourced,
})

const step = object(['name', 'title', 'by', 'source', 'article'], {
  name,
  title: bilingual,
  by: object(['caller', 'as'], {
    caller: { enum: ['hospital', 'agency'] },
    at: { enum: ['applicant', 'subject', 'hospitalId'] },
    as: { enum: ['physician', 'insurance-office', 'officer'] },
    roles: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { enum: ['responsible-physician', 'assessor'] },
    },
    appointed: { const: true },
    otherThan: names,
  }),
  withinDays: figure({
    anyOf: [
      { type: 'integer', minimum: 1, maximum: 366 },
      object(['workingDays'], { workingDays: { type: 'integer', minimum: 1, maximum: 260 } }),
      object(['months'], { months: { type: 'integer', minimum: 1, maximum: 60 } }),
    ],
  }),
  needs: fields,
  mayGive: fields,
  answersCriteria: { type: 'boolean' },
  ...sourced,
})

const term = figure({
  ...object([], { years: { type: 'integer', minimum: 1 }, calendarYear: { const: true } }),
  minProperties: 1,
  maxProperties: 1,
})

const origins = { type: 'object', additionalProperties: { enum: [...FIELD_NAMES, 'applicantId', 'today'] } }

const outcome = {
  anyOf: [
    object(['write', 'kind', 'source', 'article'], {
      write: { const: 'qualification' },
      kind: name,
      fields: origins,
      set: { type: 'object', additionalProperties: word },
      term,
      beside: { type: 'boolean' },
      unlessHeld: { type: 'boolean' },
      when,
      ...sourced,
    }),
    object(['write', 'kinds', 'fields', 'source', 'article'], {
      write: { const: 'amend' },
      kinds: names,
      fields: origins,
      when,
      ...sourced,
    }),
    object(['write', 'kind', 'basis', 'source', 'article'], {
      write: { const: 'designation' },
      kind: name,
      basis: { enum: ['by-right', 'application'] },
      term,
      when,
      ...sourced,
    }),
    object(['write', 'kind', 'source', 'article'], {
      write: { const: 'end-designation' },
      kind: name,
      when,
      ...sourced,
    }),
  ],
}

const criteria = figure({
  type: 'array',
  minItems: 1,
  items: object(['code', 'text'], { code: name, text: bilingual }),
})

const workflow = object(['name', 'title', 'subject', 'steps', 'source', 'article'], {
  name,
  title: bilingual,
  subject: { enum: ['person', 'institution'] },
  papers: { type: 'array', items: paper },
  checks: { type: 'array', items: check },
  steps: { type: 'array', minItems: 1, items: step },
  outcomes: { type: 'array', items: outcome },
  criteria: {
    type: 'object',
    propertyNames: { pattern: '^(\\*|[0-9A-Z]{20,23})$' },
    additionalProperties: criteria,
  },
  ...sourced,
})

const sanction = object(['kind', 'subject', 'source', 'article'], {
  kind: sanctionKind,
  subject: { enum: ['institution', 'practitioner', 'person'] },
  term,
  brings: { type: 'array', minItems: 1, items: sanctionKind },
  ends: { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string', minLength: 1 } },
  ...sourced,
})

/** JSON Schema of a `workflows:` block: its shape. Names and figures are checked by `workflowFaults`. */
export const workflowBookSchema = {
  $id: 'workflow-book',
  ...object(['admissions', 'sanctions'], {
    admissions: { type: 'array', items: workflow },
    sanctions: { type: 'array', items: sanction },
  }),
}
