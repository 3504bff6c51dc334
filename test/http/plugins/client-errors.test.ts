import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import t from 'tap'
import { clientErrors } from '../../../src/http/plugins/client-errors.ts'
import { testApp } from '../../support/app.ts'

t.test('what is no request is answered as a problem, and the connection ends', async (t) => {
  const { app } = await testApp(t)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  for (const [sent, status, code] of [
    ['GARBAGE\r\n\r\n', 400, 'malformed'],
    [`GET / HTTP/1.1\r\nhost: x\r\nlong: ${'x'.repeat(20_000)}\r\n\r\n`, 413, 'too-large'],
    [
      'POST /oauth/token HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      400,
      'malformed',
    ],
  ] as const) {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.setEncoding('utf8').on('data', (piece: string) => {
      answer += piece
    })
    socket.write(sent)
    await once(socket, 'close')
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    t.match(head, new RegExp(`^HTTP/1.1 ${status} `))
    t.match(head, /content-type: application\/problem\+json/)
    t.match(JSON.parse(body), { status, code })
  }
})

t.test('who sends too slowly is told so', async (t) => {
  let written = ''
  const socket = {
    destroyed: false,
    writable: true,
    end(text: string) {
      written = text
    },
  }
  const answer = clientErrors('https://hub.example')
  answer(Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket as never)
  t.match(written, /^HTTP\/1.1 408 Request Timeout\r\n/)
  t.match(written, '"code":"request-too-slow"')
  written = ''
  answer(Object.assign(new Error(), { code: 'ECONNRESET' }), socket as never)
  t.equal(written, '', 'nobody is there to hear it')
})

t.test('a body that is refused by its length is not waited for', async (t) => {
  const { app } = await testApp(t)
  const waiting = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
  const before = waiting()
  const answer = await app.inject({
    method: 'POST',
    url: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'x'.repeat(2_000_000),
  })
  t.equal(answer.statusCode, 413)
  t.equal(waiting(), before)
})
