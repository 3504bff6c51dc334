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
  },
  if: { properties: { decision: { const: 'refuse' } } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['reasonCode'] },
} as const

export const deferBody = {
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: { reasonCode: codeSchema('defer-reasons') },
} as const

export const reverseBody = {
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: { reasonCode: codeSchema('reverse-reasons') },
} as const

export const returnBody = {
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: { reasonCode: codeSchema('return-reasons') },
} as const

/** What leaves the pharmacy, and to whom (交付). */
export const handOverBody = {
  type: 'object',
  additionalProperties: false,
  required: ['pharmacistId', 'buyer', 'delivery', 'lines'],
  properties: {
    pharmacistId,
    buyer: {
      type: 'object',
      additionalProperties: false,
      required: ['relation', 'identityChecked'],
      properties: {
        relation: { type: 'string', enum: ['patient', 'agent'] },
        identityChecked: { type: 'boolean' },
        papers: { type: 'array', maxItems: 10, uniqueItems: true, items: codeSchema('papers') },
        paperNoEnding: {
          type: 'string',
          pattern: '^[\\p{L}\\p{N}()（）./-]{4}$',
          description: "Last four characters of the agent's paper as printed; kept for the file",
          examples: ['021X', '988号'],
        },
      },
    },
    statementSignatureRef: {
      type: 'string',
      pattern: '^[A-Za-z0-9._:/-]{1,100}$',
      description: 'Reference of the settlement statement that patient or agent signed',
      examples: ['QM20261122-0007'],
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
