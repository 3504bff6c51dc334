import type { FromSchema } from 'json-schema-to-ts'
import { cursor, decimal, instant, pageLimit, pageOf } from './common.ts'
import { drugProperties } from './pharmacy.ts'
import { shownUnitPriceFen, unitPriceFen } from './price.ts'

const drugCode = {
  type: 'string',
  pattern: '^[A-Z0-9]{10,23}$',
  description: 'National drug code',
  examples: ['XN07XXD221E001010102774'],
} as const

/** How many rows one report may have; longer lists are sent as files. */
const ROWS = 1_000

export const stockReport = {
  type: 'object',
  additionalProperties: false,
  required: ['items'],
  properties: {
    items: {
      type: 'array',
      minItems: 1,
      maxItems: ROWS,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['drugCode', 'quantity', 'unitPriceFen'],
        properties: {
          drugCode,
          quantity: { ...decimal, description: 'In the unit of the drug; 0 when there is none' },
          unitPriceFen,
        },
      },
    },
  },
} as const

export type StockReport = FromSchema<typeof stockReport>

export const stockReported = {
  type: 'object',
  additionalProperties: false,
  required: ['reported', 'reportedAt'],
  properties: { reported: { type: 'integer' }, reportedAt: instant },
} as const

export const shelfQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { after: cursor, limit: pageLimit },
} as const

export const shelf = pageOf(
  {
    type: 'object',
    additionalProperties: false,
    required: ['drugCode', 'quantity', 'unitPriceFen', 'reportedAt'],
    properties: {
      drugCode: { type: 'string' },
      quantity: decimal,
      unitPriceFen: shownUnitPriceFen,
      reportedAt: instant,
      ...drugProperties,
    },
  },
  { ...cursor, description: 'Absent on the last page' },
)

export type Shelf = FromSchema<typeof shelf>
