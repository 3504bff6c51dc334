import { EVENT_TYPES, EVENTS, type EventType, eventDataSchema } from '../../../schemas/events.ts'
import { feedPage } from '../../../schemas/feed.ts'
import type { Description, Part } from './document.ts'

const ENTRY = 'FeedEntry'

/** `EventSettled` for `settled`. */
function nameOf(type: EventType): string {
  return `Event${type
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')}`
}

/** The entry of a feed with one type of event. */
function entryOf(type: EventType): Part {
  const { title: _, ...entry } = feedPage.properties.entries.items
  return {
    ...entry,
    description: EVENTS[type].meaning,
    properties: {
      ...entry.properties,
      type: { type: 'string', const: type, description: 'What happened' },
      data: {
        ...eventDataSchema(type),
        description: 'Codes and ids, never personal data; more members may come',
      },
    },
  }
}

/** Describes the entry of a feed by its types, so that a program knows what `data` holds. */
export function describeEvents(description: Description): void {
  const schemas = description.components?.schemas
  if (schemas?.[ENTRY] === undefined) return
  for (const type of EVENT_TYPES) schemas[nameOf(type)] = entryOf(type)
  const references = EVENT_TYPES.map((type) => ({ $ref: `#/components/schemas/${nameOf(type)}` }))
  schemas[ENTRY] = {
    description: 'One event; `type` says which',
    oneOf: references,
    discriminator: {
      propertyName: 'type',
      mapping: Object.fromEntries(EVENT_TYPES.map((type) => [type, `#/components/schemas/${nameOf(type)}`])),
    },
  }
}

/** What a callback is sent: an entry of the feed in the envelope of Standard Webhooks. */
function messageOf(type: EventType): Part {
  return {
    name: type,
    title: type,
    summary: EVENTS[type].meaning,
    contentType: 'application/json',
    headers: {
      type: 'object',
      required: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
      properties: {
        'webhook-id': { type: 'string', description: 'Names the message, however often it is sent' },
        'webhook-timestamp': { type: 'string', description: 'Seconds since 1970, when it was sent' },
        'webhook-signature': {
          type: 'string',
          description:
            '`v1,` and base64 of HMAC-SHA-256 over `id.timestamp.body`; two of them while a secret is rotated',
        },
      },
    },
    payload: {
      type: 'object',
      required: ['type', 'timestamp', 'data'],
      properties: {
        type: { type: 'string', const: type, description: 'What happened' },
        timestamp: { type: 'string', format: 'date-time', description: 'When it happened' },
        data: entryOf(type),
      },
    },
  }
}

/** The catalogue of events as callbacks bring them, in AsyncAPI 3.0. */
export function eventCatalogue(publicUrl: string, version: string): Part {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Events of the dual-channel e-prescription hub · 双通道电子处方流转平台事件',
      version,
      description:
        'What `POST /callbacks` has sent to the address of a subscriber. `data` is the entry as in `GET /hospital/events`, ' +
        '`GET /pharmacy/events`, its stream, and `GET /agency/events`.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      externalDocs: { url: `${publicUrl}/openapi.json`, description: 'How to subscribe' },
    },
    defaultContentType: 'application/json',
    channels: {
      callback: {
        address: '/',
        title: 'Callback',
        description: 'The address of the subscriber, by POST; a 2xx acknowledges',
        messages: Object.fromEntries(
          EVENT_TYPES.map((type) => [type, { $ref: `#/components/messages/${type}` }]),
        ),
      },
    },
    operations: {
      sendEvent: {
        action: 'send',
        channel: { $ref: '#/channels/callback' },
        summary: 'The hub tells of an event, in the order of the feed, until it is acknowledged',
      },
    },
    components: { messages: Object.fromEntries(EVENT_TYPES.map((type) => [type, messageOf(type)])) },
  }
}
