import { cursor, instant, pageLimit, pageOf, prescriptionNo, uuid } from './common.ts'
import { EVENT_TYPES } from './events.ts'
import { revision } from './feed.ts'

const eventType = {
  type: 'string',
  enum: EVENT_TYPES,
  description: 'A type of event, as the feed names it',
} as const

/** Which events are wanted. */
export const eventTypes = {
  type: 'array',
  maxItems: 40,
  uniqueItems: true,
  items: eventType,
  description: 'Only events of these types; empty: of all',
  examples: [['settled', 'handed-over', 'cancelled']],
} as const

const url = {
  type: 'string',
  minLength: 8,
  maxLength: 500,
  pattern: '^https?://[!-~]+$',
  description:
    'Where to send; in production https and an address that everybody can reach, unless the operator allows the network. ' +
    'Without name and password, and without a fragment',
  examples: ['https://his.hospital.example/hub/events'],
} as const

/** `POST /callbacks`. */
export const callbackRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['url'],
  properties: {
    url,
    eventTypes,
    after: {
      ...cursor,
      description:
        'A cursor of the feed to begin behind, `0.0` for its beginning; absent: with what happens from now on',
      examples: ['0.0'],
    },
  },
  examples: [{ url: 'https://his.hospital.example/hub/events', eventTypes: ['settled', 'handed-over'] }],
} as const

/** `PUT /callbacks/{callbackId}`. */
export const callbackChange = {
  type: 'object',
  additionalProperties: false,
  required: ['url', 'eventTypes', 'state'],
  properties: {
    url,
    eventTypes,
    state: {
      type: 'string',
      enum: ['on', 'paused'],
      description:
        '`paused`: nothing is sent and nothing lost; `on` goes on where it stood, also after it was switched off',
    },
  },
  examples: [{ url: 'https://his.hospital.example/hub/events', eventTypes: [], state: 'on' }],
} as const

/** `POST /callbacks/{callbackId}/secret`. */
export const rotateRequest = {
  type: 'object',
  additionalProperties: false,
  properties: {
    oldValidHours: {
      type: 'integer',
      minimum: 0,
      maximum: 168,
      description: 'How long the secret before signs too; 24 when absent, 0 ends it at once',
      examples: [24],
    },
  },
  examples: [{ oldValidHours: 24 }],
} as const

/** `POST /callbacks/{callbackId}/replay`. */
export const replayRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['after'],
  properties: {
    after: {
      ...cursor,
      description: 'The cursor behind which to begin again; `0.0`: from the beginning',
      examples: ['7461.18'],
    },
  },
  examples: [{ after: '7461.18' }],
} as const

const members = {
  callbackId: { ...uuid, description: 'Names the callback' },
  url,
  eventTypes,
  state: {
    type: 'string',
    enum: ['on', 'paused', 'switched-off'],
    description:
      '`switched-off`: it failed for three days, or the subscriber answered 410; the hub told the institution',
  },
  stateSince: { ...instant, description: 'Since when it is in that state' },
  revision: { ...revision, description: 'Counts its changes; `If-Match` names it' },
  subscribedBy: {
    type: 'string',
    description: 'The client that subscribed, or changed it last',
    examples: ['his-1'],
  },
  createdAt: { ...instant, description: 'When it was subscribed' },
  cursor: {
    ...cursor,
    description: 'The last place of the feed that was delivered or passed over',
    examples: ['7461.18'],
  },
  previousSecretUntil: {
    ...instant,
    description: 'Until then the secret before the last rotation signs too',
  },
  failing: {
    type: 'object',
    additionalProperties: false,
    description: 'There while the next event can’t be delivered',
    required: ['since', 'attempts', 'answer'],
    properties: {
      since: { ...instant, description: 'When it first failed' },
      attempts: { type: 'integer', minimum: 1, description: 'How often it was tried since' },
      nextAttemptAt: { ...instant, description: 'When it is tried again' },
      answer: {
        type: 'string',
        description:
          'The status of the last answer, or why there was none: `timeout`, `unreachable`, `address-refused`, `certificate`',
        examples: ['503'],
      },
    },
  },
} as const

const required = [
  'callbackId',
  'url',
  'eventTypes',
  'state',
  'stateSince',
  'revision',
  'subscribedBy',
  'createdAt',
  'cursor',
] as const

/** A callback as its owner sees it. */
export const callback = {
  type: 'object',
  additionalProperties: false,
  required,
  properties: members,
} as const

/** The same with its secret, which is never shown again. */
export const callbackWithSecret = {
  type: 'object',
  additionalProperties: false,
  required: [...required, 'secret'],
  properties: {
    ...members,
    secret: {
      type: 'string',
      pattern: '^whsec_[A-Za-z0-9+/]{43}=$',
      description: 'The key of the signatures, as Standard Webhooks writes it; shown in this answer alone',
      examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo='],
    },
  },
} as const

/** `GET /callbacks`. */
export const callbackList = {
  type: 'object',
  additionalProperties: false,
  required: ['items'],
  properties: { items: { type: 'array', description: 'The oldest first', items: callback } },
} as const

/** `POST /callbacks/{callbackId}/end`. */
export const callbackEnded = {
  type: 'object',
  additionalProperties: false,
  required: ['callbackId', 'endedAt'],
  properties: { callbackId: members.callbackId, endedAt: { ...instant, description: 'When it ended' } },
} as const

/** What names a message: the prescription and the revision that it tells of. */
export const messageId = {
  type: 'string',
  pattern: '^\\d{22}-[1-9]\\d{0,8}$',
  description: '`webhook-id`: number of the prescription and revision; the same however often it is sent',
  examples: ['4414002026112000000017-3'],
} as const

/** What became of one message. */
export const delivery = {
  type: 'object',
  additionalProperties: false,
  required: [
    'messageId',
    'cursor',
    'prescriptionNo',
    'revision',
    'type',
    'state',
    'attempts',
    'firstAttemptAt',
    'lastAttemptAt',
    'answer',
  ],
  properties: {
    messageId,
    cursor: { ...cursor, description: 'Its place in the feed', examples: ['7461.18'] },
    prescriptionNo,
    revision: { ...revision, description: 'Which change of the prescription it tells of' },
    type: eventType,
    state: {
      type: 'string',
      enum: ['delivered', 'failing'],
      description: '`failing`: it is tried again, and what follows waits for it',
    },
    attempts: { type: 'integer', minimum: 1, description: 'How often it was sent' },
    firstAttemptAt: { ...instant, description: 'When it was first sent' },
    lastAttemptAt: { ...instant, description: 'When it was last sent' },
    answer: members.failing.properties.answer,
    againAt: {
      ...instant,
      description: 'There while it waits to be sent again on demand: when that was asked',
    },
  },
} as const

/** `GET /callbacks/{callbackId}/deliveries`. */
export const deliveryPage = pageOf(delivery, {
  type: 'string',
  description: 'Where the list goes on, as `before`; absent on the last page',
})

/** Which deliveries. */
export const deliveryQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    state: { ...delivery.properties.state, description: 'Only deliveries in this state' },
    before: { ...cursor, description: 'The `next` of the page before' },
    limit: pageLimit,
  },
} as const

/** A callback in the path. */
export const callbackParams = {
  type: 'object',
  additionalProperties: false,
  required: ['callbackId'],
  properties: { callbackId: members.callbackId },
} as const

/** A delivery in the path. */
export const deliveryParams = {
  type: 'object',
  additionalProperties: false,
  required: ['callbackId', 'messageId'],
  properties: { callbackId: members.callbackId, messageId },
} as const
