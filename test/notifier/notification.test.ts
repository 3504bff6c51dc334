import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import type { Notification } from '../../src/notifier/notification.ts'
import { notificationHandler } from '../../src/notifier/notification-handler.ts'
import { sandboxNotifier } from '../../src/notifier/sandbox-notifier.ts'
import { NotifierFault, webhookNotifier } from '../../src/notifier/webhook.ts'
import { sandboxNotifications } from '../../src/usecases/patient/sandbox-notifications.ts'
import { testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'

const hub = await testHub(t)
const { deps, world } = hub
const walk = walker(hub)
const SECRET = 'a secret of the receiver'

/** A receiver that answers as it is told. */
async function receiver(answer: (attempt: number) => number | undefined) {
  const got: { request: IncomingMessage; body: string }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      got.push({ request, body })
      const status = answer(got.length)
      if (status === undefined) return
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('thanks')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.closeAllConnections())
  t.teardown(() => server.close())
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify` }
}

const work = (prescriptionNo: string, kind = 'patient-link') => ({
  regionCode: world.regionCode,
  outboxId: '42',
  body: { kind, prescriptionNo },
})

t.test(
  'the link of the receipt goes to the webhook, signed, with the telephone from the register',
  async (t) => {
    const { got, url } = await receiver(() => 204)
    const { no, receipt } = await walk.submitted()
    const notifier = webhookNotifier({ url, secret: SECRET, now: () => hub.now })
    await notificationHandler(deps, notifier)(work(no))
    const { request, body } = got[0]!
    t.match(JSON.parse(body), {
      kind: 'patient-link',
      prescriptionNo: no,
      link: receipt.patientLink,
      phone: world.cast.person.phone,
    })
    t.equal(request.method, 'POST')
    t.equal(request.headers['idempotency-key'], `${world.regionCode}-42`)
    const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request.headers['hub-signature']))!
    t.equal(Number(time), Math.floor(hub.now.getTime() / 1000))
    t.equal(signature, createHmac('sha256', SECRET).update(`${time}.${body}`).digest('hex'))
    t.notMatch(body, world.cast.person.name)
    t.notMatch(body, world.cast.person.idNumber)
  },
)

t.test(
  'a refusal, a redirect and silence are faults to be tried again, and say nothing of the link',
  async (t) => {
    const { no, receipt } = await walk.submitted()
    for (const [status, code] of [
      [503, 'NOTIFIER_HTTP_503'],
      [302, 'NOTIFIER_HTTP_302'],
      [undefined, 'NOTIFIER_TIMEOUT'],
    ] as const) {
      const { url } = await receiver(() => status)
      const notifier = webhookNotifier({ url, secret: SECRET, now: () => hub.now, timeoutMs: 300 })
      const fault = await notificationHandler(deps, notifier)(work(no)).catch((error) => error)
      t.ok(fault instanceof NotifierFault)
      t.equal(fault.code, code)
      t.notOk(JSON.stringify([fault.message, fault.stack]).includes(receipt.patientLink.split('/').at(-1)!))
    }
    const away = webhookNotifier({ url: 'http://127.0.0.1:9/', secret: SECRET, now: () => hub.now })
    await t.rejects(notificationHandler(deps, away)(work(no)), { code: 'NOTIFIER_AWAY' })
  },
)

t.test('an entry that can never be sent is refused for good', async (t) => {
  const told: Notification[] = []
  const handler = notificationHandler(deps, { send: async (it) => void told.push(it) })
  const { no } = await walk.submitted()
  await t.rejects(handler(work('4414002026112299999999')), { code: 'prescription-unknown' })
  await t.rejects(handler(work(no, 'gossip')), { code: 'malformed' })
  t.same(told, [])
})

t.test('MZ-6.3 no link is sent once the prescription has ended', async (t) => {
  const told: Notification[] = []
  const handler = notificationHandler(deps, { send: async (it) => void told.push(it) })
  const { no, receipt } = await walk.submitted()
  const now = hub.now
  hub.now = new Date(receipt.expiresAt)
  await handler(work(no))
  t.equal(told.length, 0)
  hub.now = new Date(hub.now.getTime() - 1)
  await handler(work(no))
  t.equal(told.length, 1)
  hub.now = now
})

t.test('a change is told by ids alone', async (t) => {
  const told: Notification[] = []
  const { no } = await walk.chosen()
  await notificationHandler(deps, { send: async (it) => void told.push(it) })(
    work(no, 'prescription-changed'),
  )
  t.match(told, [{ kind: 'prescription-changed', state: 'chosen', revision: 2, hospitalId: /^H/ }])
})

t.test('the sandbox keeps notifications, logs no link, and lets a tester find it', async (t) => {
  const { no, receipt } = await walk.submitted()
  const log: unknown[] = []
  const notifier = sandboxNotifier(deps, (...line) => log.push(line))
  await notificationHandler(deps, notifier)(work(no))
  await notificationHandler(deps, notifier)(work(no))
  t.match(await sandboxNotifications(deps, no), [
    { kind: 'patient-link', prescriptionNo: no, patientLink: receipt.patientLink },
  ])
  t.equal((await sandboxNotifications(deps, no)).length, 1, 'told twice, kept once')
  t.notOk(JSON.stringify(log).includes(receipt.patientLink.split('/').at(-1)!))
  t.match(log, [[{ kind: 'patient-link', prescriptionNo: no }]])
})
