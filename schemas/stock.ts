import { civilDay, cursor, instant, pageLimit, uuid } from './common.ts'

const institutionId = { type: 'string', pattern: '^[HP]\\d{11}$' } as const
const quantity = { type: 'string', description: 'Decimal text in the unit of the drug' } as const

export const uploaded = {
  type: 'object',
  additionalProperties: false,
  required: ['sha256', 'lines', 'receivedAt', 'repeated'],
  properties: {
    uploadId: { ...uuid, description: 'Absent when the file was only tried' },
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    lines: { type: 'integer' },
    receivedAt: instant,
    repeated: { type: 'boolean', description: 'The same file had been taken before' },
  },
} as const

export const uploadQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { limit: pageLimit },
} as const

export const uploadList = {
  type: 'object',
  additionalProperties: false,
  required: ['uploads'],
  properties: {
    uploads: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['uploadId', 'sha256', 'lines', 'receivedAt'],
        properties: {
          uploadId: uuid,
          sha256: { type: 'string' },
          lines: { type: 'integer' },
          receivedAt: instant,
        },
      },
    },
  },
} as const

export const matchQuery = {
  type: 'object',
  additionalProperties: false,
  required: ['from', 'to'],
  properties: { from: civilDay, to: civilDay, after: cursor, limit: pageLimit },
} as const

export const matchParams = {
  type: 'object',
  additionalProperties: false,
  required: ['institutionId'],
  properties: { institutionId },
} as const

export const stockMatch = {
  type: 'object',
  additionalProperties: false,
  required: ['institutionId', 'from', 'to', 'balances', 'findings'],
  properties: {
    institutionId,
    from: civilDay,
    to: civilDay,
    balances: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['drugCode', 'bought', 'sold'],
        properties: {
          drugCode: { type: 'string' },
          opening: quantity,
          bought: quantity,
          sold: quantity,
          closing: quantity,
        },
      },
    },
    findings: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'drugCode', 'found', 'expected'],
        properties: {
          kind: {
            type: 'string',
            enum: [
              'sold-more-than-bought',
              'stock-differs',
              'sale-without-dispense',
              'dispense-without-sale',
              'quantity-differs',
              'price-above-purchase',
            ],
          },
          drugCode: { type: 'string' },
          reference: { type: 'string', description: "The line in the pharmacy's books, or the dispense" },
          found: { type: 'string', description: 'A quantity; for a price, fen' },
          expected: { type: 'string' },
        },
      },
    },
    next: { ...cursor, description: 'Where the next page begins; absent on the last' },
  },
} as const

export const overdueUploads = {
  type: 'object',
  additionalProperties: false,
  required: ['today', 'overdue'],
  properties: {
    today: civilDay,
    uploadDays: {
      type: 'integer',
      description: 'Interval of the policy in force; absent where it asks for no uploads',
    },
    overdue: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['institutionId'],
        properties: { institutionId, lastUploadOn: civilDay, overdueSince: civilDay },
      },
    },
  },
} as const
