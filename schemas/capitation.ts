import { MOST_BUDGET_FEN } from './bounds.ts'
import { fen, instant, uuid } from './common.ts'

const institutionId = { type: 'string', pattern: '^[HP]\\d{11}$', examples: ['H21040200001'] } as const
const year = { type: 'integer', minimum: 2000, maximum: 2100, examples: [2026] } as const
const count = { type: 'integer', minimum: 0 } as const
const yearText = { type: 'string', pattern: '^20\\d{2}$', examples: ['2026'] } as const

export const yearParams = {
  type: 'object',
  additionalProperties: false,
  required: ['year'],
  properties: { year: yearText },
} as const

export const yearOfInstitutionParams = {
  type: 'object',
  additionalProperties: false,
  required: ['year', 'institutionId'],
  properties: { year: yearText, institutionId },
} as const

/** A budget for the persons who chose an institution (FS-3.5a). */
export const grantBody = {
  type: 'object',
  additionalProperties: false,
  required: ['institutionId', 'scheme', 'persons', 'perPersonFen', 'advanceFen', 'reason'],
  properties: {
    institutionId,
    scheme: { type: 'string', enum: ['employee', 'resident'] },
    persons: { type: 'integer', minimum: 1, maximum: 10_000_000 },
    perPersonFen: {
      type: 'integer',
      minimum: 1,
      maximum: 1_000_000_000,
      description: `Fen a head and year; all grants of the year together at most ${MOST_BUDGET_FEN}`,
    },
    advanceFen: {
      type: 'integer',
      minimum: 0,
      maximum: MOST_BUDGET_FEN,
      description: 'What of the budget is paid in advance, with the clearing of this month',
    },
    reason: { type: 'string', minLength: 2, maxLength: 500 },
  },
} as const

export const granted = {
  type: 'object',
  additionalProperties: false,
  required: ['institutionId', 'year', 'grantNo', 'budgetFen', 'postingId'],
  properties: { institutionId, year, grantNo: count, budgetFen: fen, postingId: uuid },
} as const

const outcome = {
  type: 'object',
  additionalProperties: false,
  required: [
    'budget',
    'advanced',
    'used',
    'earned',
    'surplus',
    'kept',
    'overrun',
    'shared',
    'due',
    'restsOnSample',
  ],
  description: 'All in fen',
  properties: {
    budget: fen,
    advanced: fen,
    used: fen,
    earned: fen,
    surplus: fen,
    kept: { ...fen, description: "The institution's part of the surplus · 结余留用" },
    overrun: fen,
    shared: { ...fen, description: "The fund's part of the over-run · 合理超支分担" },
    due: { ...fen, description: 'What the institution still gets; negative: what it pays back' },
    restsOnSample: { type: 'boolean' },
  },
} as const

export const yearSettled = {
  type: 'object',
  additionalProperties: false,
  required: ['institutionId', 'year', 'outcome'],
  properties: { institutionId, year, outcome, postingId: uuid },
} as const

export const capitationYear = {
  type: 'object',
  additionalProperties: false,
  required: ['year', 'institutions'],
  properties: {
    year,
    institutions: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: [
          'institutionId',
          'persons',
          'grants',
          'budgetFen',
          'advancedFen',
          'usedFen',
          'earnedFen',
          'balanceFen',
          'isOverrun',
        ],
        properties: {
          institutionId,
          persons: count,
          grants: count,
          budgetFen: fen,
          advancedFen: fen,
          usedFen: { ...fen, description: "The fund's part of what its persons got, wherever they got it" },
          earnedFen: { ...fen, description: 'What of that it supplied itself' },
          balanceFen: { ...fen, description: 'Negative: an over-run' },
          isOverrun: { type: 'boolean' },
          settledAt: instant,
          outcome,
        },
      },
    },
  },
} as const
