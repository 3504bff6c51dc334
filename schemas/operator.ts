import { instant, pageOf, regionCode } from './common.ts'

/** The number of an outbox entry; a decimal text, because it can exceed a JSON number. */
export const outboxId = { type: 'string', pattern: '^[1-9]\\d{0,17}$', examples: ['1'] } as const

/** One page of failed work, newest first; `next` is absent on the last. */
export const failedJobPage = pageOf({
  type: 'object',
  additionalProperties: false,
  required: [
    'failureId',
    'regionCode',
    'outboxId',
    'queue',
    'body',
    'kind',
    'reason',
    'attempts',
    'failedAt',
  ],
  properties: {
    failureId: { type: 'string' },
    regionCode,
    outboxId,
    queue: { type: 'string', examples: ['settlement'] },
    body: { type: 'object', additionalProperties: true, description: 'Ids only' },
    kind: {
      type: 'string',
      enum: ['refusal', 'fault'],
      description: 'A refusal stays one however often it is asked; a fault may be over',
    },
    reason: { type: 'string', description: 'A problem code, an SQLSTATE or the name of an error' },
    attempts: { type: 'integer' },
    failedAt: instant,
    resolvedAt: instant,
    resolution: { type: 'string', enum: ['retried', 'done-by-hand', 'dropped'] },
    resolvedBy: { type: 'string' },
  },
})

/** Failed work that was closed. */
export const failureClosed = {
  type: 'object',
  additionalProperties: false,
  required: ['regionCode', 'outboxId', 'resolution'],
  properties: {
    regionCode,
    outboxId,
    resolution: { type: 'string', enum: ['retried', 'done-by-hand', 'dropped'] },
  },
} as const

const count = { type: 'integer', minimum: 0 } as const
const milliseconds = {
  type: 'number',
  minimum: 0,
  description: 'Milliseconds; 0 when nothing waits',
} as const

/** How far relay and workers are behind. */
export const outboxLag = {
  type: 'object',
  additionalProperties: false,
  required: ['unsent', 'oldestUnsentMs', 'unacknowledged', 'oldestUnacknowledgedMs'],
  properties: {
    unsent: count,
    oldestUnsentMs: milliseconds,
    unacknowledged: count,
    oldestUnacknowledgedMs: milliseconds,
  },
} as const
