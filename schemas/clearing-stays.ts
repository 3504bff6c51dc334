import { MOST_FEN } from './bounds.ts'
import { count } from './clearing.ts'
import { fen, pageLimit } from './common.ts'

/** What a hospital counts into its stays (MZ-7.4). */
export const stayAnswer = {
  type: 'object',
  additionalProperties: false,
  required: ['stays'],
  properties: {
    stays: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['stayNo', 'settlements', 'countedFen', 'deductedFen', 'patientFen', 'deductibleFen'],
        properties: {
          stayNo: { type: 'string' },
          settlements: count,
          countedFen: fen,
          deductedFen: fen,
          patientFen: fen,
          deductibleFen: { ...fen, description: "Of the stay's own deductible, charged with it" },
        },
      },
    },
  },
} as const

const stayNo = { type: 'string', pattern: '^[A-Za-z0-9_.-]{1,64}$', examples: ['ZY2026112200001'] } as const

export const stayParams = {
  type: 'object',
  additionalProperties: false,
  required: ['stayNo'],
  properties: { stayNo },
} as const

/** What a hospital states of a stay's deductible (CQ-2.3). */
export const stayDeductibleBody = {
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'deductibleFen', 'chargedFen'],
  properties: {
    personId: { type: 'string', pattern: '^[A-Za-z0-9]{4,40}$' },
    deductibleFen: { type: 'integer', minimum: 0, maximum: MOST_FEN },
    chargedFen: {
      type: 'integer',
      minimum: 0,
      maximum: MOST_FEN,
      description: 'Of it charged by the hospital itself, without what the hub charged',
    },
  },
} as const

export const stayStated = {
  type: 'object',
  additionalProperties: false,
  required: ['stayNo', 'statementNo', 'leftFen'],
  properties: { stayNo, statementNo: count, leftFen: fen },
} as const

export const stayQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { after: { type: 'string', minLength: 1, maxLength: 64 }, limit: pageLimit },
} as const
