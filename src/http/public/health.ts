import type { Hub } from '../plugins/hub.ts'
import { within } from '../plugins/request-metrics.ts'

/** One part that the hub stands on. */
export interface Probe {
  /** `database`, `migrations`, `queue`. */
  readonly name: string
  /** A part without which requests cannot be answered. The queue is not: work waits in the outbox. */
  readonly isRequired: boolean
  /** @throws anything when the part is not well */
  check(): Promise<void>
}

const liveAnswer = {
  type: 'object',
  additionalProperties: false,
  required: ['status'],
  properties: { status: { type: 'string', const: 'alive' } },
} as const

const readyAnswer = {
  type: 'object',
  additionalProperties: false,
  required: ['status', 'parts'],
  properties: {
    status: { type: 'string', enum: ['ready', 'degraded', 'draining', 'not-ready'] },
    parts: {
      type: 'object',
      description: 'Each part of the hub: well or not',
      additionalProperties: { type: 'string', enum: ['ok', 'failing'] },
    },
    notServed: {
      type: 'array',
      description:
        'Production only: regions whose policy in force has figures that are neither cited nor decided. No part is failing: ' +
        'the agency has to change the policy file.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['region', 'figures'],
        properties: {
          region: { type: 'string', examples: ['441400'] },
          policyVersion: { type: 'string', examples: ['441400/2023-12'] },
          figures: { type: 'integer', description: 'Figures that are samples or unset' },
        },
      },
    },
  },
} as const

/** A region that is refused, see `readyAnswer`. */
export interface NotServed {
  readonly region: string
  readonly policyVersion?: string
  readonly figures: number
}

/** A part that does not answer within this time is failing. */
const PROBE_TIMEOUT_MS = 2_000

/**
 * `GET /health/live` and `GET /health/ready`: for supervisors and balancers.
 *
 * @param notServed regions that are refused now; absent in a sandbox, which serves all
 */
export function healthRoutes(
  app: Hub,
  probes: readonly Probe[],
  notServed?: () => readonly NotServed[],
): void {
  app.get(
    '/health/live',
    {
      schema: {
        operationId: 'readLiveness',
        tags: ['public'],
        summary: 'Is the process alive · 存活检查',
        response: { 200: liveAnswer },
      } as const,
      config: { rateLimit: false },
    },
    async () => ({ status: 'alive' as const }),
  )
  app.get(
    '/health/ready',
    {
      schema: {
        operationId: 'readReadiness',
        tags: ['public'],
        summary: 'Can it answer requests · 就绪检查',
        response: { 200: readyAnswer, 503: readyAnswer },
      } as const,
      config: { rateLimit: false },
    },
    async (request, reply) => {
      const states = await Promise.all(
        probes.map(async (probe) => {
          try {
            await within(PROBE_TIMEOUT_MS, probe.check())
            return { ...probe, name: probe.name, isWell: true }
          } catch (error) {
            request.log.warn({ part: probe.name, err: error }, 'part failing')
            return { ...probe, name: probe.name, isWell: false }
          }
        }),
      )
      const parts = Object.fromEntries(
        states.map(({ name, isWell }) => [name, isWell ? ('ok' as const) : ('failing' as const)]),
      )
      const regions = notServed === undefined ? {} : { notServed: [...notServed()] }
      if (app.isDraining()) return reply.code(503).send({ status: 'draining', parts, ...regions })
      if (states.some((state) => state.isRequired && !state.isWell))
        return reply.code(503).send({ status: 'not-ready', parts, ...regions })
      return reply
        .code(200)
        .send({ status: states.every((state) => state.isWell) ? 'ready' : 'degraded', parts, ...regions })
    },
  )
}
