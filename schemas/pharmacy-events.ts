import { cursor, instant, pageLimit, prescriptionNo } from './common.ts'

export const eventsQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    after: { ...cursor, description: 'The `next` or the cursor of an entry; without it, from the beginning' },
    limit: pageLimit,
  },
} as const

export const streamQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    after: { ...cursor, description: 'As `Last-Event-ID`, for clients that cannot send headers' },
  },
} as const

/** A page of the feed. */
export const events = {
  type: 'object',
  additionalProperties: false,
  required: ['entries', 'next'],
  properties: {
    entries: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['cursor', 'prescriptionNo', 'revision', 'type', 'at', 'data'],
        properties: {
          cursor,
          prescriptionNo,
          revision: { type: 'integer' },
          type: { type: 'string', examples: ['pharmacy-chosen'] },
          at: instant,
          data: { type: 'object', additionalProperties: true, description: 'Codes and ids' },
        },
      },
    },
    next: cursor,
  },
} as const
