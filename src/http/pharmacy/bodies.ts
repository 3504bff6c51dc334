import { decimal } from '../../../schemas/common.ts'
import { packMembers } from '../../../schemas/packs.ts'
import { codeSchema } from '../../domain/codes.ts'

const pharmacistId = {
  type: 'string',
  minLength: 1,
  maxLength: 40,
  description: 'National code of the pharmacist',
  examples: ['YS441400000001'],
} as const

export const releaseBody = {
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: { reasonCode: codeSchema('release-reasons') },
} as const

const signatureRef = { type: 'string', pattern: '^[A-Za-z0-9._:/-]{1,100}$' } as const

/** Who buys or receives: the same at review, check and hand-over. */
const buyer = {
  type: 'object',
  additionalProperties: false,
  required: ['relation', 'identityChecked'],
  properties: {
    relation: { type: 'string', enum: ['patient', 'agent'] },
    identityChecked: { type: 'boolean' },
    checkedAt: {
      type: 'string',
      enum: ['counter', 'delivery'],
      description:
        '`counter` when left out. `delivery`: the goods are delivered, and whoever hands them over checks the ' +
        'receiver; then nobody need be at the counter before the settlement',
    },
    papers: { type: 'array', maxItems: 10, uniqueItems: true, items: codeSchema('papers') },
    paperNoEnding: {
      type: 'string',
      pattern: '^[\\p{L}\\p{N}()（）./-]{4}$',
      description: "Last four characters of the agent's paper as printed; kept for the file",
      examples: ['021X', '988号'],
    },
    receiptSignatureRef: {
      ...signatureRef,
      description: 'At the hand-over of delivered goods: reference of the signature of the receiver',
      examples: ['QS20261122-0007'],
    },
  },
} as const

/** Who buys, checked by a pharmacist before the settlement (核对购药人). */
export const buyerBody = {
  type: 'object',
  additionalProperties: false,
  required: ['pharmacistId', 'buyer'],
  properties: { pharmacistId, buyer },
  examples: [
    {
      pharmacistId: 'YS441400000001',
      buyer: { relation: 'patient', identityChecked: true, papers: ['identity-card'] },
    },
  ],
} as const

/** The pharmacist's review (审方); a refusal needs its reason. */
export const reviewBody = {
  type: 'object',
  additionalProperties: false,
  required: ['pharmacistId', 'decision'],
  properties: {
    pharmacistId,
    decision: { type: 'string', enum: ['approve', 'refuse'], description: '`refuse` ends the prescription' },
    reasonCode: codeSchema('review-refusal-reasons'),
    opinion: {
      type: 'string',
      minLength: 1,
      maxLength: 1000,
      description: 'For the hospital, in words',
    },
    buyer: {
      ...buyer,
      description: 'Who buys, when he is at the counter already; else with `/buyer` before the settlement',
    },
  },
  if: { properties: { decision: { const: 'refuse' } } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['reasonCode'], properties: { reasonCode: true } },
} as const

export const deferBody = {
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: { reasonCode: codeSchema('defer-reasons') },
} as const

/** Whether the patient's part was paid at the till: then the supplier owes it. */
function patientPaid(otherwise: string) {
  return {
    type: 'boolean',
    description: `Whether the part of the patient was paid at the till; then it is owed back. ${otherwise}`,
  } as const
}

export const reverseBody = {
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: {
    reasonCode: codeSchema('reverse-reasons'),
    patientPaid: patientPaid(
      'No when a supplier leaves it out; owed until the supplier denies it for an agency',
    ),
  },
  examples: [{ reasonCode: 'wrong-quantity' }],
} as const

const returnProperties = {
  reasonCode: codeSchema('return-reasons'),
  packs: {
    type: 'string',
    enum: ['intact', 'opened'],
    description:
      'State of the packs, `intact` when left out. Packs that are opened, defective or recalled are never sold again',
  },
  patientPaid: patientPaid('Yes when left out'),
} as const

/** All that the patient has of the only supply. */
export const returnBody = {
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: returnProperties,
  examples: [{ reasonCode: 'adverse-reaction' }],
} as const

/** What comes back of one supply. */
export const supplyReturnBody = {
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: {
    ...returnProperties,
    lines: {
      type: 'array',
      minItems: 1,
      maxItems: 99,
      description: 'What comes back, each line once; all that the patient has of the supply when left out',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['lineNo'],
        properties: {
          lineNo: { type: 'integer', minimum: 1, maximum: 99, examples: [1] },
          quantity: {
            type: 'string',
            pattern: '^\\d{1,12}(\\.\\d{1,4})?$',
            description: 'In the unit of the line; all that the patient has of it when left out',
            examples: ['7'],
          },
          traceCodes: {
            type: 'array',
            maxItems: 500,
            uniqueItems: true,
            description: 'The packs that come back, when not all of the line do; as scanned',
            items: { type: 'string', minLength: 1, maxLength: 300 },
          },
        },
      },
    },
  },
  examples: [{ reasonCode: 'quality-defect', lines: [{ lineNo: 1, quantity: '7' }] }],
} as const

export const supplyParams = {
  type: 'object',
  additionalProperties: false,
  required: ['dispenseId'],
  properties: {
    dispenseId: {
      type: 'string',
      format: 'uuid',
      description: 'Of the supply, as the hand-over answered it',
    },
  },
} as const

/** Refusals of a return. */
export const RETURN_REFUSALS = [
  'supply-unknown',
  'goods-not-handed-over',
  'goods-returned-already',
  'return-exceeds',
  'trace-code-not-supplied',
  'trace-code-unreadable',
  'trace-code-twice',
  'wrong-state',
  'policy-missing',
  'policy-not-cited',
  'settlement-facts-missing',
] as const

/** What leaves the pharmacy, and to whom (交付). */
export const handOverBody = {
  type: 'object',
  additionalProperties: false,
  required: ['pharmacistId', 'delivery', 'lines'],
  properties: {
    pharmacistId,
    buyer: {
      ...buyer,
      description:
        'Whoever fetches or, of what is delivered, receives; may be left out at the counter, where it is then ' +
        'whoever was checked before the settlement',
    },
    statementSignatureRef: {
      ...signatureRef,
      description: 'Reference of the settlement statement that patient or agent signed',
      examples: ['QM20261122-0007'],
    },
    papersIssued: {
      type: 'array',
      uniqueItems: true,
      maxItems: 3,
      items: { type: 'string', enum: ['receipt', 'fee-list', 'fee-seal'] },
      description:
        'What was given out for the money before the medicine: receipt, fee list, and the seal for fees on them; ' +
        'a policy that asks for them warns when nothing is said, and refuses when one is left out · 专用收据、费用清单、收费专用章',
      examples: [['receipt', 'fee-list', 'fee-seal']],
    },
    delivery: {
      type: 'object',
      additionalProperties: false,
      required: ['way', 'feeFen'],
      properties: {
        way: { type: 'string', enum: ['counter', 'home', 'hospital'] },
        feeFen: {
          type: 'integer',
          minimum: 0,
          maximum: 1_000_000,
          description: 'What the patient pays for it',
        },
        coldChain: { type: 'string', enum: ['ice-pack', 'cold-delivery'] },
        adviceGiven: { type: 'boolean', description: 'Advice on storage and use was given' },
      },
    },
    lines: {
      type: 'array',
      minItems: 1,
      maxItems: 99,
      description: 'The lines that were settled; a line from several batches comes once a batch',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['lineNo', 'batchNo', 'expiresOn'],
        properties: {
          lineNo: { type: 'integer', minimum: 1, maximum: 99, examples: [1] },
          batchNo: { type: 'string', minLength: 1, maxLength: 40, examples: ['20260801A'] },
          expiresOn: { type: 'string', format: 'date', examples: ['2028-07-31'] },
          quantity: {
            ...decimal,
            description:
              'Of the batch; may be left out where the line comes once, and is then all that was settled',
          },
          ...packMembers,
          noTraceReason: codeSchema('no-trace-reasons'),
        },
      },
    },
  },
} as const
