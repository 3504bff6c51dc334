import { prescriptionNo, uuid } from './common.ts'
import { packsNeeded } from './packs.ts'
import { balance } from './pharmacy.ts'
import { findings } from './problem.ts'
import { split } from './statement.ts'

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
  properties: {
    prescriptionNo,
    settlementId: uuid,
    state: { type: 'string', const: 'settling' },
    findings: {
      ...findings,
      description: 'What the hand-over would warn of about trace codes, where codes or reasons were given',
    },
  },
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
