import t from 'tap'
import { PROBLEMS, Problem, type ProblemCode } from '../../../src/domain/problems.ts'
import type { Hub } from '../../../src/http/plugins/hub.ts'
import { PUBLIC_URL, testApp } from '../../support/app.ts'

const body = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'count'],
  properties: {
    name: { type: 'string', pattern: '^[a-z]{1,5}$' },
    count: { type: 'integer', minimum: 1 },
    kind: { type: 'string', enum: ['a', 'b'], default: 'a' },
  },
} as const

function routes(app: Hub): void {
  app.post('/things', { schema: { body } }, async (request) => request.body)
  app.get('/throw/:what', async (request) => {
    const { what } = request.params as { what: string }
    if (what === 'refusal')
      throw new Problem('rules-failed', {
        findings: [
          {
            ruleId: 'MZ-6.3',
            rule: 'validity',
            article: '六',
            effect: 'reject',
            message: { zh: '已失效', en: 'expired' },
          },
        ],
        details: { regionCode: '441400' },
      })
    if (what === 'database')
      throw Object.assign(new Error('Key (id_no)=(441402199001011234)'), { code: '23505' })
    if (what === 'deadlock') throw Object.assign(new Error('deadlock'), { code: '40P01' })
    throw new TypeError('cannot read "张三" of 441402199001011234')
  })
}

t.test('a refusal has the members that the schema publishes', async (t) => {
  const { app } = await testApp(t, { routes })
  const answer = await app.inject('/throw/refusal')
  t.equal(answer.statusCode, 422)
  t.match(answer.headers['content-type'], /^application\/problem\+json/)
  t.match(answer.json(), {
    type: `${PUBLIC_URL}/problems/rules-failed`,
    title: PROBLEMS['rules-failed'].title.zh,
    titleEn: PROBLEMS['rules-failed'].title.en,
    status: 422,
    code: 'rules-failed',
    detail: /./,
    detailEn: /./,
    retry: 'after-change',
    instance: /^urn:uuid:/,
    findings: [{ ruleId: 'MZ-6.3' }],
    details: { regionCode: '441400' },
  })
  t.equal(answer.json().instance, `urn:uuid:${answer.headers['x-request-id']}`)
})

t.test(
  'nothing is converted, filled in or dropped, and every fault is listed without its value',
  async (t) => {
    const { app } = await testApp(t, { routes })
    const send = (payload: object) => app.inject({ method: 'POST', url: '/things', payload })
    t.same(
      (await send({ name: 'abc', count: 1 })).json(),
      { name: 'abc', count: 1 },
      'no default is filled in',
    )
    const answer = await send({
      name: '441402199001011234',
      count: '2',
      kind: 'c',
      patientPhone: '13800000000',
    })
    t.equal(answer.statusCode, 400)
    const faults = answer.json<{ fields: { path: string; keyword: string }[] }>().fields
    t.same(faults.map(({ path, keyword }) => `${path} ${keyword}`).sort(), [
      '/body/count type',
      '/body/kind enum',
      '/body/name pattern',
      '/body/patientPhone additionalProperties',
    ])
    t.notMatch(answer.body, /441402199001011234|13800000000/)
    t.match((await send({})).json().fields, [
      { path: '/body/name' },
      { path: '/body/count', keyword: 'required' },
    ])
  },
)

t.test('a member whose name is personal data is not repeated', async (t) => {
  const { app } = await testApp(t, { routes })
  const answer = await app.inject({
    method: 'POST',
    url: '/things',
    payload: { name: 'a', count: 1, 张三: 1, '441402199001011234': 1 },
  })
  t.equal(answer.statusCode, 400)
  t.notMatch(answer.body, /张三|441402199001011234/)
})

t.test('each fault of a request has its status and code', async (t) => {
  const { app } = await testApp(t, { routes })
  const post = (payload: string, type = 'application/json') =>
    app.inject({ method: 'POST', url: '/things', headers: { 'content-type': type }, payload })
  const cases: [string, Promise<{ statusCode: number; json(): { code: string } }>, number, ProblemCode][] = [
    ['not JSON', post('{"name": 张三'), 400, 'malformed'],
    ['empty', post(''), 400, 'malformed'],
    ['prototype', post('{"__proto__": {"a": 1}}'), 400, 'malformed'],
    ['too large', post(`"${'x'.repeat(300_000)}"`), 413, 'too-large'],
    ['other type', post('<a/>', 'application/xml'), 415, 'unsupported-media-type'],
    ['form where none is', post('a=b', 'application/x-www-form-urlencoded'), 415, 'unsupported-media-type'],
    ['text', post('{"name": "a"}', 'text/plain'), 415, 'unsupported-media-type'],
    ['no such address', app.inject('/nowhere/441402199001011234'), 404, 'not-found'],
    ['other method', app.inject({ method: 'DELETE', url: '/things' }), 405, 'method-not-allowed'],
    ['undecodable address', app.inject('/things/%zz'), 400, 'malformed'],
    ['deadlock', app.inject('/throw/deadlock'), 503, 'unavailable'],
  ]
  for (const [name, asked, status, code] of cases) {
    const answer = await asked
    t.same([answer.statusCode, answer.json().code], [status, code], name)
  }
  t.notMatch((await post('{"name": 张三')).body, /张三/)
})

t.test('a wrong method on a known address is answered with the methods that it knows', async (t) => {
  const { app } = await testApp(t, {
    routes: (app) => {
      routes(app)
      app.get('/things', async () => [])
      app.put('/things/:no/part.csv', async () => '')
      app.get('/files/*', async () => '')
    },
  })
  const allowOf = async (method: 'GET' | 'POST' | 'DELETE' | 'OPTIONS', url: string) => {
    const { statusCode, headers, body } = await app.inject({ method, url })
    if (statusCode !== 405) return statusCode
    t.match(headers['content-type'], /^application\/problem\+json/)
    t.match(JSON.parse(body), { code: 'method-not-allowed', status: 405 })
    return headers['allow']
  }
  t.equal(await allowOf('DELETE', '/things?x=1'), 'GET, HEAD, POST')
  t.equal(await allowOf('OPTIONS', '/things'), 'GET, HEAD, POST')
  t.equal(await allowOf('GET', '/things/7/part.csv'), 'PUT')
  t.equal(await allowOf('GET', '/things/7/partxcsv'), 404)
  t.equal(await allowOf('GET', '/things/7/8/part.csv'), 404)
  t.equal(await allowOf('POST', '/files/a/b'), 'GET, HEAD')
  t.equal(await allowOf('GET', '/oauth/token'), 'POST')
  t.equal(await allowOf('GET', '/nowhere'), 404)
})

t.test('an unknown error is a 500 without detail, in answer and log', async (t) => {
  const { app, log } = await testApp(t, { routes })
  for (const what of ['database', 'bug']) {
    const answer = await app.inject(`/throw/${what}`)
    t.same([answer.statusCode, answer.json().code], [500, 'internal-error'])
    t.notMatch(answer.body, /441402199001011234|张三|id_no|TypeError/)
  }
  const failed = log.filter((line) => line.includes('request failed'))
  t.equal(failed.length, 2, 'and is logged')
  t.match(failed.join(''), /problem-details\.test/, 'with the place')
  t.notMatch(log.join(''), /441402199001011234|张三/)
})

t.test('every code of the catalogue has a status', async (t) => {
  const { statusOf } = await import('../../../src/http/plugins/problem-details.ts')
  for (const code of Object.keys(PROBLEMS) as ProblemCode[]) t.ok(statusOf(code) >= 400, code)
})
