import { CODE_LISTS } from '../../domain/codes.ts'
import type { Hub } from '../plugins/hub.ts'

const bilingual = {
  type: 'object',
  additionalProperties: false,
  required: ['zh', 'en'],
  properties: { zh: { type: 'string' }, en: { type: 'string' } },
} as const

const codes = {
  type: 'object',
  description: 'Lists by name',
  additionalProperties: {
    type: 'object',
    additionalProperties: false,
    required: ['title', 'codes'],
    properties: {
      title: bilingual,
      codes: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['code', 'zh', 'en'],
          properties: { code: { type: 'string' }, zh: { type: 'string' }, en: { type: 'string' } },
        },
      },
    },
  },
} as const

/** `GET /codes`: the code lists of the API in Chinese and English. */
export function codesRoute(app: Hub): void {
  app.get(
    '/codes',
    {
      schema: {
        operationId: 'readCodes',
        tags: ['public'],
        summary: 'Reason codes and other code lists · 代码表',
        response: { 200: codes },
      } as const,
    },
    async (_request, reply) => reply.header('cache-control', 'public, max-age=300').send(CODE_LISTS),
  )
}
