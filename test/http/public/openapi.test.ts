import t from 'tap'
import type { Hub } from '../../../src/http/plugins/hub.ts'
import { testApp } from '../../support/app.ts'

interface Operation {
  operationId?: string
  tags?: string[]
  summary?: string
  security?: unknown[]
  'x-callers'?: string[]
  parameters?: { name: string; in: string; required?: boolean }[]
  responses: Record<
    string,
    { description?: string; content?: Record<string, unknown>; headers?: Record<string, unknown> }
  >
}

function routes(app: Hub): void {
  app.post(
    '/things/:no',
    {
      schema: {
        operationId: 'makeThing',
        tags: ['pharmacy'],
        summary: 'Make a thing',
        params: {
          type: 'object',
          additionalProperties: false,
          required: ['no'],
          properties: { no: { type: 'string' } },
        },
        body: { type: 'object', additionalProperties: false, properties: {} },
        response: { 201: { type: 'object', additionalProperties: false, properties: {} } },
      } as const,
      config: { refusals: ['hold-lost'] },
      onRequest: app.authenticate('pharmacy', 'dispense:write'),
      preHandler: app.idempotent(),
    },
    async (_request, reply) => reply.code(201).send({}),
  )
}

/** What stands where a reference points; itself when it is none. */
function at<T extends object>(document: unknown, it: T): T {
  if (!('$ref' in it)) return it
  const names = String(it.$ref).replace('#/', '').split('/')
  return names.reduce((within, name) => (within as Record<string, unknown>)[name], document) as T
}

t.test('every operation has a name of its own, a tag, a summary and described answers', async (t) => {
  const { app } = await testApp(t)
  const answer = await app.inject('/openapi.json')
  const document = answer.json()
  t.equal(document.openapi, '3.1.0')
  const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
    ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  t.ok(operations.length >= 8)
  const tags = new Set(document.tags.map((tag: { name: string }) => tag.name))
  for (const { path, method, operation } of operations) {
    const name = `${method} ${path}`
    t.match(operation.operationId, /^[a-z][A-Za-z]+$/, name)
    t.ok(operation.tags?.length === 1 && tags.has(operation.tags[0]), name)
    t.ok(operation.summary, name)
    t.ok(
      Object.keys(operation.responses).some((status) => status.startsWith('2') || status === '303'),
      name,
    )
    t.ok(operation.responses['500'] || path === '/oauth/token', name)
    t.ok(operation.security, `${name} says whether it needs a token`)
    for (const response of Object.values(operation.responses)) {
      const { description, headers } = at(document, response)
      t.ok(headers?.['x-request-id'], name)
      t.ok(description, name)
      t.not(description, 'Default Response', name)
    }
  }
  const names = operations.map(({ operation }) => operation.operationId)
  t.equal(new Set(names).size, names.length)
  const references = [...answer.body.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference!)
  t.ok(references.length > 0)
  for (const reference of new Set(references)) {
    t.ok(at(document, { $ref: reference }), reference)
  }
  t.ok(document.components.schemas.Problem, 'components have the name of their schema')
})

t.test('hooks of a route appear in its description', async (t) => {
  const { app } = await testApp(t, { routes })
  await app.ready()
  const paths = (await app.inject('/openapi.json')).json().paths as Record<string, { post: Operation }>
  const { post } = paths['/things/{no}']!
  t.same(post.security, [{ oauth: ['dispense:write'] }, { token: [] }])
  t.same(post['x-callers'], ['pharmacy'])
  t.match(post.responses['201']!.description, /\p{Script=Han}/u)
  t.match(
    post.parameters?.find((parameter) => parameter.name === 'idempotency-key'),
    { in: 'header', required: true },
  )
  t.same(Object.keys(post.responses).sort(), [
    '201',
    '400',
    '401',
    '403',
    '408',
    '409',
    '413',
    '415',
    '429',
    '500',
    '503',
  ])
  t.match(post.responses['409']!.description, /`idempotency-key-reused`[\s\S]*|`hold-lost`/)
  t.match(post.responses['409']!.description, /`hold-lost`/)
  t.ok(post.responses['409']!.content?.['application/problem+json'])
})
