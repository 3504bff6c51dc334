import { civilDay } from './common.ts'
import { TABLE_REGISTERS } from './register-entry.ts'

/** A register that comes as a table, in the path. */
export const importParams = {
  type: 'object',
  additionalProperties: false,
  required: ['register'],
  properties: {
    register: { type: 'string', enum: TABLE_REGISTERS, description: 'A register that comes as a table' },
  },
} as const

const validFrom = {
  ...civilDay,
  description: 'First day of lines that name none themselves; today when absent',
} as const

/** How a table is taken. */
export const importQuery = {
  type: 'object',
  additionalProperties: false,
  required: ['reason'],
  properties: {
    reason: {
      type: 'string',
      minLength: 2,
      maxLength: 500,
      description: 'Why the register is changed; kept with every entry',
      examples: ['2026年11月参保数据'],
    },
    validFrom,
    dryRun: {
      type: 'string',
      enum: ['true', 'false'],
      description: '`true`: everything is checked, faults are told, and nothing is kept',
    },
    take: {
      type: 'string',
      enum: ['all', 'good-lines'],
      description:
        '`all`, as when absent: the whole table or nothing of it; `good-lines`: the good lines, with a report of the others, ' +
        'which can be mended and sent by themselves',
    },
  },
} as const

/** How a list of corrections is made. */
export const correctionsQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { validFrom },
} as const

/** Of which day an export is. */
export const exportQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { on: { ...civilDay, description: 'What holds on this day; today when absent' } },
} as const

const count = (description: string) => ({ type: 'integer', minimum: 0, description }) as const

/** What became of a table. */
export const imported = {
  type: 'object',
  additionalProperties: false,
  required: ['register', 'sha256', 'lines', 'added', 'changed', 'unchanged', 'kept'],
  properties: {
    register: importParams.properties.register,
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the table as it came' },
    lines: count('Lines with content, the header not among them'),
    added: count('Lines that add an entry'),
    changed: count('Lines whose entry takes the place of one that holds'),
    unchanged: count('Lines that say what the register says already'),
    kept: { type: 'boolean', description: 'Whether anything was kept: not when it was only tried' },
    leftOut: {
      type: 'object',
      additionalProperties: false,
      description: 'There when good lines were taken and others were not',
      required: ['faults', 'causes', 'fields'],
      properties: {
        faults: count('How many faults there are'),
        causes: {
          type: 'array',
          items: { type: 'string' },
          description: 'How many of each cause, the most frequent first',
        },
        fields: {
          type: 'array',
          description: 'The first hundred, by line and column',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['path', 'keyword', 'message'],
            properties: {
              path: { type: 'string', description: '`/lines/{line}/{column}`' },
              keyword: { type: 'string', description: 'The cause' },
              message: {
                type: 'object',
                additionalProperties: false,
                required: ['zh', 'en'],
                properties: { zh: { type: 'string' }, en: { type: 'string' } },
              },
            },
          },
        },
      },
    },
  },
} as const
