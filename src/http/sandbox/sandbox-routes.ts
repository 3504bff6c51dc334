import { anyObject, instant, regionCode } from '../../../schemas/common.ts'
import { Problem } from '../../domain/problems.ts'
import { render } from '../pages/html.ts'
import type { Hub } from '../plugins/hub.ts'
import { type SandboxOverview, sandboxPage } from './sandbox-page.ts'

/** What only a sandbox has. */
export interface SandboxParts {
  /** Who is in it and with which keys; only one region when its code is given. */
  describe(regionCode?: string): SandboxOverview
  readonly clock: {
    now(): Date
    machineNow(): Date
    offsetMs(): number
    setOffset(offsetMs: number): Promise<void>
  }
}

const listOfAnything = { type: 'array', items: anyObject }

/** Typed as unknown, because a browser gets a page instead. */
const description: object = {
  type: 'object',
  additionalProperties: true,
  required: ['notice', 'issuer', 'tokenEndpoint', 'howTo', 'authority', 'regions'],
  properties: {
    notice: anyObject,
    issuer: { type: 'string', description: 'The `aud` of assertions' },
    tokenEndpoint: { type: 'string' },
    howTo: listOfAnything,
    authority: { ...anyObject, description: 'Certificates of the sandbox authority, PEM' },
    regions: {
      ...listOfAnything,
      description:
        'By region: callers with private keys, signers with keys and certificates, cast, institutions, drugs, stock, diagnoses, a sample prescription',
    },
  },
}

const clockState = {
  type: 'object',
  additionalProperties: false,
  required: ['now', 'machineNow', 'offsetSeconds'],
  properties: {
    now: instant,
    machineNow: instant,
    offsetSeconds: { type: 'number', description: 'How far the sandbox is ahead of the machine' },
  },
} as const

/** Ten years, in seconds. */
const FARTHEST = 315_360_000

const clockChange = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
  properties: {
    now: { ...instant, description: 'Sets it' },
    advanceSeconds: {
      type: 'integer',
      minimum: -FARTHEST,
      maximum: FARTHEST,
      description: 'Moves it on, or back when negative',
    },
    reset: { type: 'boolean', const: true, description: 'Back to the clock of the machine' },
  },
  examples: [{ advanceSeconds: 86_400 }],
} as const

/** `GET /sandbox` and `GET|PUT /sandbox/clock`. Register them in sandbox mode only. */
export function sandboxRoutes(app: Hub, { describe, clock }: SandboxParts): void {
  const state = () => ({
    now: clock.now().toISOString(),
    machineNow: clock.machineNow().toISOString(),
    offsetSeconds: clock.offsetMs() / 1000,
  })
  app.get(
    '/sandbox',
    {
      schema: {
        operationId: 'readSandbox',
        tags: ['sandbox'],
        summary: 'Callers, keys and ids with which a program can act as anybody · 沙箱角色与密钥',
        querystring: {
          type: 'object',
          additionalProperties: false,
          properties: { region: regionCode },
        },
        response: {
          200: {
            description: 'All of it, or a page for a browser that asks for one',
            content: {
              'application/json': { schema: description },
              'text/html': { schema: { type: 'string' } },
            },
          },
        },
      } as const,
      config: { refusals: ['not-found'], answerHeaders: { success: ['vary'] } },
    },
    async (request, reply) => {
      const found = describe(request.query.region)
      if (found.regions.length === 0) throw new Problem('not-found')
      reply.header('vary', 'accept')
      // Browsers ask for a page by name; programs do not.
      if (!request.headers.accept?.includes('text/html')) return found
      return reply.type('text/html; charset=utf-8').send(render(sandboxPage(found)))
    },
  )
  app.get(
    '/sandbox/clock',
    {
      schema: {
        operationId: 'readSandboxClock',
        tags: ['sandbox'],
        summary: 'The clock of the sandbox · 沙箱时钟',
        response: { 200: clockState },
      } as const,
    },
    async () => state(),
  )
  app.put(
    '/sandbox/clock',
    {
      schema: {
        operationId: 'setSandboxClock',
        tags: ['sandbox'],
        summary: 'Set, advance or reset the clock for all processes of the sandbox · 调整沙箱时钟',
        body: clockChange,
        response: { 200: clockState },
      } as const,
    },
    async (request) => {
      const { now, advanceSeconds, reset } = request.body
      const offset =
        reset === true
          ? 0
          : now === undefined
            ? clock.offsetMs() + (advanceSeconds ?? 0) * 1000
            : new Date(now).getTime() - clock.machineNow().getTime()
      if (!Number.isSafeInteger(offset) || Math.abs(offset) > FARTHEST * 1000) throw new Problem('malformed')
      await clock.setOffset(offset)
      return state()
    },
  )
}
