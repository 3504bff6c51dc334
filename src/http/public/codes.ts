import { CODE_LISTS } from '../../domain/codes.ts'
import { Problem } from '../../domain/problems.ts'
import type { Hub } from '../plugins/hub.ts'

const bilingual = {
  type: 'object',
  additionalProperties: false,
  required: ['zh', 'en'],
  properties: { zh: { type: 'string' }, en: { type: 'string' } },
} as const

const codeList = {
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
} as const

const CACHED = 'public, max-age=300'

/** `GET /codes` and `GET /codes/{list}`: the code lists of the API in Chinese and English. */
export function codesRoutes(app: Hub): void {
  app.get(
    '/codes',
    {
      schema: {
        operationId: 'readCodes',
        tags: ['public'],
        summary: 'Reason codes and other code lists · 代码表',
        response: {
          200: { type: 'object', description: 'Lists by name', additionalProperties: codeList },
        },
      } as const,
    },
    async (_request, reply) => reply.header('cache-control', CACHED).send(CODE_LISTS),
  )
  app.get(
    '/codes/:list',
    {
      schema: {
        operationId: 'readCodeList',
        tags: ['public'],
        summary: 'One code list · 单个代码表',
        params: {
          type: 'object',
          additionalProperties: false,
          required: ['list'],
          properties: {
            list: {
              type: 'string',
              pattern: '^[a-z][a-z-]{1,60}$',
              description: 'A name that `GET /codes` lists',
              examples: ['routes'],
            },
          },
        },
        response: { 200: codeList },
      } as const,
      config: { refusals: ['code-list-unknown'] },
    },
    async (request, reply) => {
      const { list } = request.params
      if (!isCodeList(list)) throw new Problem('code-list-unknown')
      return reply.header('cache-control', CACHED).send(CODE_LISTS[list])
    },
  )
}

function isCodeList(name: string): name is keyof typeof CODE_LISTS {
  return Object.hasOwn(CODE_LISTS, name)
}
