import { cursor, instant, pageLimit, prescriptionNo } from './common.ts'
import { EVENTS } from './events.ts'

/** How many changes a prescription has seen. */
export const revision = {
  type: 'integer',
  minimum: 1,
  description: 'Counts the changes, from 1',
} as const
/** Codes and ids of an event, never personal data. */
export const eventData = {
  type: 'object',
  additionalProperties: true,
  description: 'Codes and ids, never personal data; which members there are depends on the type',
} as const

/** Which page of the feed. */
export const feedQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    after: { ...cursor, description: 'The `next` or the cursor of an entry; without it, from the beginning' },
    limit: pageLimit,
  },
} as const

/** Where a stream of the feed begins. */
export const streamQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    after: { ...cursor, description: 'As `Last-Event-ID`, for clients that cannot send headers' },
  },
} as const

/** A page of the feed, for hospitals and suppliers alike. */
export const feedPage = {
  type: 'object',
  additionalProperties: false,
  required: ['entries', 'next'],
  properties: {
    entries: {
      type: 'array',
      items: {
        title: 'FeedEntry',
        type: 'object',
        additionalProperties: false,
        required: ['cursor', 'prescriptionNo', 'revision', 'type', 'at', 'data'],
        properties: {
          cursor: { ...cursor, description: 'Its place in the feed' },
          prescriptionNo,
          revision,
          type: {
            type: 'string',
            description: Object.entries(EVENTS)
              .map(([type, { meaning }]) => `\`${type}\`: ${meaning}`)
              .join('\n\n'),
            examples: ['pharmacy-chosen'],
          },
          at: instant,
          data: eventData,
        },
      },
    },
    next: { ...cursor, description: 'Where to go on; the same as before when nothing is new' },
  },
} as const
