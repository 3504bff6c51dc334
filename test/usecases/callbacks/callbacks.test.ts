import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { type AddressInfo, BlockList, createServer as createNetServer } from 'node:net'
import t from 'tap'
import { LONGEST_PAUSE_MS } from '../../../src/domain/callbacks/after-attempt.ts'
import { callbackSender } from '../../../src/notifier/callback-sender.ts'
import type { Notification } from '../../../src/notifier/notification.ts'
import { notificationHandler } from '../../../src/notifier/notification-handler.ts'
import { type ClaimedCallback, claimDue } from '../../../src/storage/callbacks/claim.ts'
import { forgetBefore } from '../../../src/storage/callbacks/delivery.ts'
import { deliverCallback, type SendCallback } from '../../../src/usecases/callbacks/deliver.ts'
import {
  changeCallback,
  endCallback,
  listCallbacks,
  listDeliveries,
  readCallback,
  replayCallback,
  sendAgain,
} from '../../../src/usecases/callbacks/manage.ts'
import { rotateSecret, subscribe } from '../../../src/usecases/callbacks/subscribe.ts'
import { cancelPrescription } from '../../../src/usecases/cancel-prescription.ts'
import type { Caller } from '../../../src/usecases/deps.ts'
import { readFeed } from '../../../src/usecases/feed.ts'
import { feedShown } from '../../support/feed.ts'
import { aWrite, testHub } from '../../support/hub.ts'
import { walker } from '../../support/journey.ts'

const MINUTE = 60_000
const hub = await testHub(t)
const { deps } = hub
const walk = walker(hub)
const hospital = hub.hospital()
const pharmacy = hub.pharmacy()
const parts = { keyEncryptionKey: Buffer.alloc(32, 9), allowedNetworks: new BlockList() }
const pass = (ms: number) => {
  hub.now = new Date(hub.now.getTime() + ms)
}

interface Got {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A subscriber that answers as it is told, and has an effect once for each `webhook-id`. */
async function subscriber() {
  const got: Got[] = []
  const effects: string[] = []
  const it = { got, effects, url: '', answer: (_nth: number): number => 204 }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      got.push({ headers: request.headers, body })
      const status = it.answer(got.length)
      const id = String(request.headers['webhook-id'])
      if (status < 300 && !effects.includes(id)) effects.push(id)
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  it.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hub`
  return it
}

const sender = callbackSender({
  mode: 'sandbox',
  allowedNetworks: new BlockList(),
  signal: new AbortController().signal,
  timeoutMs: 5_000,
})
t.teardown(() => sender.close())

/** What is due, once the feed shows all that was written. */
async function claim(): Promise<ClaimedCallback[]> {
  await feedShown(deps.pool)
  const how = { limit: 50, longestPauseMs: LONGEST_PAUSE_MS, claimSeconds: 60 }
  return await claimDue(deps.pool, hub.now, how)
}

/** One round of the courier. @returns how many messages were delivered */
async function round(send: SendCallback = sender): Promise<number> {
  let delivered = 0
  for (const claimed of await claim()) {
    delivered += await deliverCallback(
      deps,
      {
        keyEncryptionKey: parts.keyEncryptionKey,
        send,
        machineClock: () => hub.now,
        chance: () => 0.5,
        isStopping: () => false,
      },
      claimed,
    )
  }
  return delivered
}

async function subscribed(by: Caller, wanted: Parameters<typeof subscribe>[4]) {
  // Begins behind all that was written before.
  await feedShown(deps.pool)
  return (await subscribe(deps, parts, by, aWrite(by), wanted)).body
}
const end = async (by: Caller, callbackId: string) => await endCallback(deps, by, aWrite(by), callbackId)
const idsOf = (entries: readonly { prescriptionNo: string; revision: number }[]) =>
  entries.map(({ prescriptionNo, revision }) => `${prescriptionNo}-${revision}`)

/** Verifies as the convention says, with code of its own. */
function isSignedBy(secret: string, { headers, body }: Got): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const expected = `v1,${createHmac('sha256', key).update(content).digest('base64')}`
  return String(headers['webhook-signature']).split(' ').includes(expected)
}

t.test(
  'a subscriber that is down for an hour gets every event in order, and none twice in effect',
  async (t) => {
    const it = await subscriber()
    const { callbackId, cursor, secret } = await subscribed(hospital, { url: it.url })
    const began = hub.now
    it.answer = () => (hub.now.getTime() - began.getTime() < 60 * MINUTE ? 503 : 204)
    await walk.held()
    await walk.chosen()
    let rounds = 0
    while (it.effects.length < 3 && hub.now.getTime() - began.getTime() < 180 * MINUTE) {
      // One more event on the way, while it is down.
      if (rounds === 20) await walk.chosen()
      await round()
      pass(MINUTE)
      rounds += 1
    }
    // The answer to one is lost: it was taken, and comes again.
    const { entries } = await readFeed(deps.pool, hospital, cursor, 200)
    t.ok(entries.length >= 4)
    await round()
    t.same(it.effects, idsOf(entries), 'every event, in the order of the feed')
    t.ok(it.got.length < entries.length + 12, 'and it was left in peace while it was down')
    t.ok(
      it.got.every((one) => isSignedBy(secret, one)),
      'every message is signed',
    )
    const [first] = it.got
    t.same(JSON.parse(first!.body), {
      type: entries[0]!.type,
      timestamp: entries[0]!.at,
      data: entries[0]!,
    })
    const seen = await readCallback(deps, hospital, callbackId)
    t.equal(seen.cursor, entries.at(-1)!.cursor)
    t.notOk(seen.failing)
    const { items } = await listDeliveries(deps, hospital, callbackId, { limit: 50 })
    t.same(items.map(({ messageId }) => messageId).reverse(), idsOf(entries))
    t.ok(items.at(-1)!.attempts > 5)
    t.ok(items.every(({ state, answer }) => state === 'delivered' && answer === '204'))
    await end(hospital, callbackId)
  },
)

t.test('a process that dies between sending and recording sends again under the same id', async (t) => {
  const it = await subscriber()
  const { callbackId } = await subscribed(hospital, { url: it.url })
  await walk.chosen()
  const [claimed] = await claim()
  t.equal(claimed!.callbackId, callbackId)
  t.same(await claim(), [], 'nobody else sends meanwhile')
  const dies: SendCallback = async (message) => {
    await sender(message)
    throw new Error('killed')
  }
  const dying = deliverCallback(
    deps,
    {
      keyEncryptionKey: parts.keyEncryptionKey,
      send: dies,
      machineClock: () => hub.now,
      chance: () => 0,
      isStopping: () => false,
    },
    claimed!,
  )
  await t.rejects(dying, { message: 'killed' })
  t.equal(await round(), 1)
  t.equal(it.got.length, 2)
  t.equal(it.effects.length, 1, 'twice sent, once in effect')
  await end(hospital, callbackId)
})

t.test('what was claimed by a process that is gone is claimed again when its time is over', async (t) => {
  const it = await subscriber()
  const { callbackId } = await subscribed(hospital, { url: it.url })
  await walk.chosen()
  t.equal((await claim()).length, 1)
  await deps.pool.query(`update callback set claimed_until = clock_timestamp() - interval '1 s'`)
  t.equal(await round(), 1)
  await end(hospital, callbackId)
})

t.test('a subscriber that changes the protocol or hangs up has failed, and holds up nobody', async (t) => {
  let answer = ''
  const server = createNetServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const headers = { 'webhook-id': '1', 'webhook-timestamp': '1', 'webhook-signature': 'v1,' }
  for (const said of [
    'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n',
    '',
    'x',
  ]) {
    answer = said
    t.same(await sender({ url, headers, body: '{}' }), { fault: 'unreachable' }, said.slice(0, 12))
  }
})

t.test('only the types that are wanted are sent, and the others are passed over for good', async (t) => {
  const it = await subscriber()
  const { callbackId, cursor } = await subscribed(hospital, { url: it.url, eventTypes: ['taken'] })
  const { no } = await walk.held()
  await walk.chosen()
  t.equal(await round(), 1)
  t.same(
    it.got.map(({ body }) => JSON.parse(body).type),
    ['taken'],
  )
  t.match(JSON.parse(it.got[0]!.body).data, { prescriptionNo: no })
  const { next } = await readFeed(deps.pool, hospital, cursor, 200)
  t.equal((await readCallback(deps, hospital, callbackId)).cursor, next)
  t.same(await claim(), [], 'nothing is left to look at')
  await end(hospital, callbackId)
})

t.test('each is told what concerns it: the hospital, the pharmacy, the agency of the region', async (t) => {
  const it = { hospital: await subscriber(), pharmacy: await subscriber(), agency: await subscriber() }
  const agency = hub.agency()
  const callbacks = [
    [hospital, await subscribed(hospital, { url: it.hospital.url })],
    [pharmacy, await subscribed(pharmacy, { url: it.pharmacy.url })],
    [agency, await subscribed(agency, { url: it.agency.url })],
  ] as const
  const { no } = await walk.chosen()
  await walk.take(no)
  await round()
  const typesOf = ({ got }: { got: readonly Got[] }) => got.map(({ body }) => JSON.parse(body).type)
  t.same(typesOf(it.agency), typesOf(it.hospital), 'the agency hears each change once, as the hospital does')
  t.equal(it.agency.effects.length, new Set(it.agency.effects).size)
  t.equal(typesOf(it.pharmacy)[0], 'pharmacy-chosen')
  t.notMatch(it.agency.got.map(({ body }) => body).join(), hub.world.cast.person.name)
  for (const [by, { callbackId }] of callbacks) {
    const stranger = by === agency ? hospital : agency
    await t.rejects(readCallback(deps, stranger, callbackId), { code: 'not-yours' })
    await end(by, callbackId)
  }
})

t.test('while a secret is rotated both sign; afterwards the new one alone', async (t) => {
  const it = await subscriber()
  const before = await subscribed(hospital, { url: it.url })
  const { body: after } = await rotateSecret(deps, parts, hospital, aWrite(hospital), before.callbackId, 2)
  t.not(after.secret, before.secret)
  t.ok(after.previousSecretUntil)
  await walk.chosen()
  await round()
  t.ok(isSignedBy(before.secret, it.got[0]!) && isSignedBy(after.secret, it.got[0]!))
  pass(2 * 60 * MINUTE)
  await walk.chosen()
  await round()
  t.notOk(isSignedBy(before.secret, it.got[1]!))
  t.ok(isSignedBy(after.secret, it.got[1]!))
  const last = await rotateSecret(deps, parts, hospital, aWrite(hospital), before.callbackId, 0)
  t.notOk(last.body.previousSecretUntil, 'ended at once')
  await end(hospital, before.callbackId)
})

t.test(
  'the secret lies sealed, and in no stored answer; a repeat of the request shows it again',
  async (t) => {
    const request = aWrite(hospital)
    const wanted = { url: 'http://127.0.0.1:9/' }
    const first = await subscribe(deps, parts, hospital, request, wanted)
    const again = await subscribe(deps, parts, hospital, request, wanted)
    t.same(again.body, first.body)
    t.ok(again.isReplay)
    const { callbackId, secret } = first.body
    const key = secret.slice('whsec_'.length)
    const { rows } = await deps.pool.query<{ text: string }>(
      `select row_to_json(c)::text || (select coalesce(string_agg(row_to_json(k)::text, ''), '') from idempotency_key k) as text
       from callback c where callback_id = $1`,
      [callbackId],
    )
    t.notMatch(rows[0]!.text, key)
    t.notMatch(rows[0]!.text, Buffer.from(key, 'base64').toString('hex'))
    await end(hospital, callbackId)
    await t.rejects(subscribe(deps, parts, hospital, request, wanted), { code: 'not-yours' }, 'an ended one')
  },
)

t.test('set back, a callback sends again in order; one message can be had again out of turn', async (t) => {
  const it = await subscriber()
  const { callbackId, cursor } = await subscribed(pharmacy, { url: it.url })
  await walk.held()
  await round()
  const once = [...it.effects]
  t.ok(once.length >= 2)
  await replayCallback(deps, pharmacy, aWrite(pharmacy), callbackId, cursor)
  await round()
  t.same(
    it.got.map(({ headers }) => headers['webhook-id']),
    [...once, ...once],
  )
  const asked = await sendAgain(deps, pharmacy, aWrite(pharmacy), callbackId, once[0]!)
  t.equal(asked.status, 202)
  t.ok(asked.body.againAt)
  await round()
  t.equal(it.got.at(-1)!.headers['webhook-id'], once[0])
  const { items } = await listDeliveries(deps, pharmacy, callbackId, { limit: 1 })
  t.same(items.length, 1)
  const { items: rest } = await listDeliveries(deps, pharmacy, callbackId, {
    limit: 50,
    before: items[0]!.cursor,
    state: 'delivered',
  })
  t.match(rest.at(-1), { messageId: once[0], attempts: 3 })
  t.notOk(rest.at(-1)!.againAt)
  const unknown = `${once[0]!.split('-')[0]}-99`
  await t.rejects(sendAgain(deps, pharmacy, aWrite(pharmacy), callbackId, unknown), { code: 'not-yours' })
  t.ok((await forgetBefore(deps.pool, new Date(hub.now.getTime() + 1))) > 0)
  t.same((await listDeliveries(deps, pharmacy, callbackId, { limit: 50 })).items, [])
  await end(pharmacy, callbackId)
})

t.test('what the owner changes while a message is under way stands', async (t) => {
  const it = await subscriber()
  const { callbackId, cursor, revision } = await subscribed(pharmacy, { url: it.url })
  await walk.held()
  const wanted = { url: it.url, eventTypes: [], state: 'paused' } as const
  const delivered = await round(async (message) => {
    const attempt = await sender(message)
    await changeCallback(deps, parts, pharmacy, aWrite(pharmacy), callbackId, revision, wanted)
    return attempt
  })
  t.same([delivered, it.got.length], [0, 1], 'the turn ends')
  const seen = await readCallback(deps, pharmacy, callbackId)
  t.match(seen, { state: 'paused', cursor, revision: revision + 1 })
  t.same((await listDeliveries(deps, pharmacy, callbackId, { limit: 50 })).items, [], 'nothing is recorded')
  await end(pharmacy, callbackId)
})

t.test('who lost the claim while sending again sends nothing more', async (t) => {
  const it = await subscriber()
  const { callbackId } = await subscribed(pharmacy, { url: it.url })
  await walk.held()
  await round()
  const messages = [...it.effects]
  for (const message of messages) await sendAgain(deps, pharmacy, aWrite(pharmacy), callbackId, message)
  const sent = it.got.length
  const delivered = await round(async (message) => {
    const attempt = await sender(message)
    await deps.pool.query('update callback set claim = gen_random_uuid() where callback_id = $1', [
      callbackId,
    ])
    return attempt
  })
  t.same([delivered, it.got.length - sent], [0, 1])
  await deps.pool.query('update callback set claimed_until = null where callback_id = $1', [callbackId])
  await round()
  t.equal(it.got.length - sent, messages.length, 'each was sent again once in all')
  await end(pharmacy, callbackId)
})

t.test(
  'after three days of failures it is switched off, its institution told, and turned on nothing is lost',
  async (t) => {
    const it = await subscriber()
    it.answer = () => 500
    const { callbackId } = await subscribed(hospital, { url: it.url })
    await walk.chosen()
    for (let hours = 0; hours < 90; hours += 1) {
      await round()
      pass(60 * MINUTE)
    }
    const off = await readCallback(deps, hospital, callbackId)
    t.match(off, { state: 'switched-off', failing: { answer: '500' } })
    t.same(await claim(), [])
    const { rows } = await deps.pool.query<{ outbox_id: string; body: Record<string, string> }>(
      `select outbox_id, body from outbox where body ->> 'kind' = 'callback-switched-off'`,
    )
    t.equal(rows.length, 1)
    const told: Notification[] = []
    const notify = notificationHandler(deps, { send: async (one) => void told.push(one) })
    const job = { regionCode: hospital.regionCode, outboxId: rows[0]!.outbox_id, body: rows[0]!.body }
    await notify(job)
    const { phone } = hub.world.cast.hospital
    t.match(told, [
      { kind: 'callback-switched-off', callbackId, institutionId: hospital.institutionId, phone },
    ])
    it.answer = () => 200
    const wanted = { url: it.url, eventTypes: [], state: 'on' as const }
    const { revision } = off
    await t.rejects(
      changeCallback(deps, parts, hospital, aWrite(hospital), callbackId, revision - 1, wanted),
      { code: 'changed-meanwhile' },
      'whoever has seen an older one changes nothing',
    )
    await changeCallback(deps, parts, hospital, aWrite(hospital), callbackId, revision, wanted)
    await notify(job)
    t.equal(told.length, 1, 'what is on again is not told')
    t.equal(await round(), 1)
    await end(hospital, callbackId)
  },
)

t.test('410 switches it off at once; what is paused or of an ended client is not sent', async (t) => {
  const it = await subscriber()
  it.answer = () => 410
  const first = await subscribed(hospital, { url: it.url })
  await walk.chosen()
  await round()
  const gone = await readCallback(deps, hospital, first.callbackId)
  t.match(gone, { state: 'switched-off', failing: { answer: '410', attempts: 1 } })
  const change = async (state: 'on' | 'paused', revision: number) =>
    await changeCallback(deps, parts, hospital, aWrite(hospital), first.callbackId, revision, {
      url: it.url,
      eventTypes: [],
      state,
    })
  const paused = await change('paused', gone.revision)
  t.same(await claim(), [])
  await change('on', paused.body.revision)
  await deps.pool.query('update client set disabled_at = now() where client_id = $1', [hospital.id])
  t.same(await claim(), [], 'its client has ended')
  await deps.pool.query('update client set disabled_at = null where client_id = $1', [hospital.id])
  t.equal((await claim()).length, 1)
  await end(hospital, first.callbackId)
})

t.test('a redirect, silence and a name that leads inside are failures; nothing is sent inside', async (t) => {
  const it = await subscriber()
  it.answer = () => 302
  const message = {
    url: it.url,
    headers: { 'webhook-id': '1', 'webhook-timestamp': '1', 'webhook-signature': 'v1,a' },
    body: '{}',
  }
  t.same(await sender(message), { status: 302 })
  t.equal(it.got.length, 1, 'not followed')
  const production = callbackSender({
    mode: 'production',
    allowedNetworks: new BlockList(),
    signal: new AbortController().signal,
  })
  t.teardown(() => production.close())
  const port = new URL(it.url).port
  for (const host of ['127.0.0.1', 'localhost', '[::1]'])
    t.same(
      await production({ ...message, url: `http://${host}:${port}/` }),
      { fault: 'address-refused' },
      host,
    )
  t.equal(it.got.length, 1)
  t.same(await sender({ ...message, url: 'http://127.0.0.1:1/' }), { fault: 'unreachable' })
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    silent.closeAllConnections()
    silent.close()
  })
  const impatient = callbackSender({
    mode: 'sandbox',
    allowedNetworks: new BlockList(),
    signal: new AbortController().signal,
    timeoutMs: 200,
  })
  t.teardown(() => impatient.close())
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`
  t.same(await impatient({ ...message, url }), { fault: 'timeout' })
})

t.test('nobody has more than ten', async (t) => {
  const wanted = { url: 'http://127.0.0.1:9/' }
  for (let count = 0; count < 10; count += 1) await subscribed(pharmacy, wanted)
  await t.rejects(subscribed(pharmacy, wanted), { code: 'callbacks-too-many' })
  const { items } = await listCallbacks(deps, pharmacy)
  t.equal(items.length, 10)
  for (const { callbackId } of items) await end(pharmacy, callbackId)
})

t.test('a hospital hears of its own cancelling, too', async (t) => {
  const it = await subscriber()
  const { callbackId } = await subscribed(hospital, { url: it.url, after: '0.0', eventTypes: ['cancelled'] })
  const { no } = await walk.submitted()
  await cancelPrescription(deps, hospital, aWrite(hospital), no, 'prescribing-error')
  await round()
  t.equal(JSON.parse(it.got.at(-1)!.body).data.prescriptionNo, no)
  await end(hospital, callbackId)
})
