import { decimal, prescriptionNo, uuid } from './common.ts'
import { packMembers, packsNeeded } from './packs.ts'
import { balance } from './pharmacy.ts'
import { priceMembers } from './price.ts'
import { findings } from './problem.ts'
import { split } from './statement.ts'

/** What is about to be supplied. */
export const supplyBody = {
  type: 'object',
  additionalProperties: false,
  required: ['lines'],
  properties: {
    lines: {
      type: 'array',
      minItems: 1,
      maxItems: 99,
      description:
        'A line from several batches may come once a batch, at one price. What a line costs is `unitPriceFen`, `price` or ' +
        '`amountFen`; of several the later one counts, and the others may be rounded to a fen a unit. The price of a quantity ' +
        'is rounded half up to a fen, once. Packs that are named are promised to this supply ' +
        'until its settlement ends, and need not be named again at the hand-over.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['lineNo', 'quantity'],
        properties: {
          lineNo: { type: 'integer', minimum: 1, maximum: 99, examples: [1] },
          quantity: { ...decimal, description: 'In the unit of the line' },
          ...priceMembers,
          ...packMembers,
        },
      },
    },
  },
} as const

export const quoted = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'accepted', 'findings', 'packs', 'split'],
  properties: {
    prescriptionNo,
    accepted: { type: 'boolean', description: 'False: a settlement now would be refused by the findings' },
    findings,
    packs: { ...packsNeeded, description: 'The trace codes that each line will need at the hand-over' },
    split,
  },
} as const

export const settlementRequested = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'settlementId', 'state'],
  properties: { prescriptionNo, settlementId: uuid, state: { type: 'string', const: 'settling' } },
} as const

export const handedOver = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'dispenseId', 'state', 'lines', 'findings'],
  properties: {
    prescriptionNo,
    dispenseId: uuid,
    state: {
      type: 'string',
      enum: ['dispensed', 'open', 'cancelled'],
      description:
        '`open`: lines remain for a later window; `cancelled`: the hospital cancelled them meanwhile',
    },
    lines: { type: 'array', items: balance },
    findings,
  },
} as const
