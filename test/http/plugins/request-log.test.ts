import t from 'tap'
import type { Hub } from '../../../src/http/plugins/hub.ts'
import { describeError } from '../../../src/http/plugins/request-log.ts'
import { aClient, aToken, testApp } from '../../support/app.ts'

function routes(app: Hub): void {
  app.get('/probe/:token', async (request) => {
    request.log.info(
      { token: 'secret-token', body: { name: '张三' }, headers: request.headers, no: 'R1' },
      'seen',
    )
    return 'ok'
  })
  app.get('/who', { onRequest: app.authenticate('pharmacy', 'stock:write') }, async () => 'ok')
}

t.test('a line has the route pattern, never the address, a header or a body', async (t) => {
  const { app, log } = await testApp(t, { routes })
  await app.inject({
    url: '/probe/link-secret?phone=13800000000',
    headers: { cookie: 'session=abc123', authorization: 'Bearer tok-123' },
  })
  await app.inject('/nowhere/441402199001011234')
  const lines = log.map((line) => JSON.parse(line))
  t.match(
    lines.find((line) => line.message === 'seen'),
    { no: 'R1', request: /^[0-9a-f-]{36}$/ },
  )
  t.match(
    lines.filter((line) => line.message === 'answered'),
    [
      { method: 'GET', route: '/probe/:token', status: 200, ms: Number, level: 'info' },
      { method: 'GET', route: 'none', status: 404, code: 'not-found' },
    ],
  )
  t.notMatch(log.join(''), /link-secret|13800000000|abc123|tok-123|secret-token|张三|441402199001011234/)
})

t.test('a line names the client', async (t) => {
  const { app, pool, log } = await testApp(t, { routes })
  const client = await aClient(pool)
  const token = await aToken(app, client)
  await app.inject({ url: '/who', headers: { authorization: `Bearer ${token}` } })
  t.match(JSON.parse(log.at(-1)!), {
    route: '/who',
    client: client.clientId,
    caller: 'pharmacy',
    status: 200,
  })
  t.notMatch(log.join(''), token)
})

t.test('errors keep kind, code and place, and lose what people sent', async (t) => {
  const database = Object.assign(new Error('duplicate key (张三)'), {
    severity: 'ERROR',
    code: '23505',
    detail: 'Key (id_no)=(441402199001011234)',
    constraint: 'person_pkey',
  })
  const outer = new Error('could not store 441402199001011234 of "李四"', { cause: database })
  const facts = describeError(outer)
  t.match(facts, { type: 'Error', cause: { code: '23505', constraint: 'person_pkey', message: '' } })
  t.match(facts.stack, /request-log\.test/)
  t.notMatch(JSON.stringify(facts), /441402199001011234|张三|李四|Key \(/)
  t.notMatch(JSON.stringify(describeError(new SyntaxError('Unexpected token 王 in "王五"'))), /王/)
  t.same(describeError('张三'), { type: 'string', message: '', stack: '' })
})
