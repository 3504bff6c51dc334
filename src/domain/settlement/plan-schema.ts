import { MOST_FEN } from '../../../schemas/bounds.ts'
import { decisionSchema } from '../rules/founded.ts'
import { COUNTABLE_LAYERS, PART_NAMES, PART_PARAMETERS, type ParameterKind, type PartName } from './plan.ts'

const VALUES: Readonly<Record<ParameterKind, object>> = {
  fen: { type: 'integer', minimum: 0, maximum: MOST_FEN },
  ratio: { type: 'integer', minimum: 0, maximum: 10_000 },
  bands: {
    type: 'array',
    minItems: 1,
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['overFen', 'ratioBp'],
      properties: {
        overFen: { type: 'integer', minimum: 0, maximum: MOST_FEN },
        ratioBp: { type: 'integer', minimum: 0, maximum: 10_000 },
      },
    },
  },
  layers: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: COUNTABLE_LAYERS } },
  'level-choice': { const: 'highest' },
  'paying-place': { const: 'supplier' },
  switch: { enum: ['on', 'off'] },
}

/** A duty id: `CQ-2.4a`. */
const duty = { type: 'string', pattern: '^[A-Z]{2,}-[A-Z]?\\d+(\\.\\d+)?[a-z]?$' }
const word = { type: 'string', minLength: 1 }

/** A value of `options`, or several of them. */
function oneOrMore(options: readonly string[]): object {
  return { anyOf: [{ enum: options }, { type: 'array', minItems: 1, items: { enum: options } }] }
}

const condition = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    scheme: oneOrMore(['employee', 'resident']),
    level: oneOrMore(['tertiary', 'secondary', 'primary']),
    setting: { enum: ['outpatient', 'inpatient'] },
    listClass: { anyOf: [word, { type: 'array', minItems: 1, items: word }] },
    medicineClass: { enum: ['A', 'B'] },
    assistance: oneOrMore(['none', 'minimum-living', 'extreme-poverty', 'low-income']),
  },
}

function figure(kind: ParameterKind): object {
  const rest = { source: duty, article: word, note: word, when: condition }
  const known = (status: string, required: readonly string[], more: object = {}) => ({
    type: 'object',
    additionalProperties: false,
    required: ['value', 'status', ...required],
    properties: { value: VALUES[kind], status: { const: status }, ...rest, ...more },
  })
  return {
    anyOf: [
      known('cited', ['source', 'article']),
      known('decided', ['source', 'decision'], { decision: decisionSchema }),
      known('sample', ['source', 'note']),
      {
        type: 'object',
        additionalProperties: false,
        required: ['status', 'source'],
        properties: { value: { type: 'null' }, status: { const: 'unset' }, ...rest },
      },
    ],
  }
}

function partSchema(name: PartName): object {
  const parameters = Object.entries(PART_PARAMETERS[name])
  const required = parameters.filter(([, parameter]) => parameter.required).map(([key]) => key)
  return {
    type: 'object',
    additionalProperties: false,
    required: ['part', 'source', 'article', ...(required.length > 0 ? ['parameters'] : [])],
    properties: {
      part: { const: name },
      source: duty,
      article: word,
      parameters: {
        type: 'object',
        additionalProperties: false,
        required,
        properties: Object.fromEntries(
          parameters.map(([key, { kind }]) => [
            key,
            { anyOf: [figure(kind), { type: 'array', minItems: 1, items: figure(kind) }] },
          ]),
        ),
      },
    },
  }
}

/** JSON Schema of a `settlement:` block. Order and dependencies of parts are checked by `planFaults`. */
export const settlementPlanSchema = {
  $id: 'settlement-plan',
  type: 'object',
  additionalProperties: false,
  required: ['parts'],
  properties: {
    parts: { type: 'array', minItems: 1, items: { anyOf: PART_NAMES.map(partSchema) } },
  },
}
