import { MOST_FEN } from './bounds.ts'
import { decimal } from './common.ts'

/** Fen for one unit as others state it. */
export const unitPriceFen = {
  type: 'number',
  minimum: 0,
  maximum: 1_000_000_000,
  description: 'Fen for one unit, at most six decimals where one unit costs no whole fen',
  examples: [6300, 35.714286],
} as const

/** Fen for one unit in an answer; `price` beside it is exact. */
export const shownUnitPriceFen = {
  type: 'number',
  minimum: 0,
  description:
    'Fen for one unit, rounded to six decimals where it is no whole fen; `price` is then the exact price',
} as const

/** So many fen for so many units. */
export const price = {
  type: 'object',
  additionalProperties: false,
  required: ['fen', 'per'],
  description: 'Fen for a number of units: a pack of 28 for 10.00 yuan is `{"fen":1000,"per":"28"}`',
  properties: {
    fen: { type: 'integer', minimum: 0, maximum: MOST_FEN },
    per: { ...decimal, description: 'Units that the fen are for' },
  },
} as const

/** What a line costs, said in one way or several. */
export const priceMembers = {
  unitPriceFen,
  price,
  amountFen: {
    type: 'integer',
    minimum: 0,
    maximum: MOST_FEN,
    description: 'What the whole quantity costs, as charged at the till',
  },
} as const
