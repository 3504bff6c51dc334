import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Place } from '../place.ts'

const WAIT_MS = 30_000

interface Message {
  readonly id: string
  readonly timestamp: string
  readonly signature: string
  readonly body: string
}

/** A system that takes what is sent to it. */
async function subscriber() {
  const messages: Message[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { headers } = request
      messages.push({
        id: String(headers['webhook-id']),
        timestamp: String(headers['webhook-timestamp']),
        signature: String(headers['webhook-signature']),
        body: Buffer.concat(parts).toString('utf8'),
      })
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    messages,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hub`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** The first message that fits. @throws Error when none comes in time */
async function arrived(
  messages: readonly Message[],
  fits: (it: Message) => boolean,
  from = 0,
): Promise<Message> {
  for (const end = Date.now() + WAIT_MS; Date.now() < end; ) {
    const found = messages.slice(from).find(fits)
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('no message came')
}

function isSignedBy(secret: string, { id, timestamp, signature, body }: Message): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const value = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  const isRecent = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300
  return isRecent && signature.split(' ').includes(`v1,${value}`)
}

/** A hospital has its events sent: subscribes, verifies, rotates, looks, has sent again, replays, ends. */
export async function callbacks(place: Place): Promise<void> {
  const { world, hospital, pharmacy } = place
  const it = await subscriber()
  try {
    const body = { url: it.url }
    await world.refused(hospital, 'subscribeCallback', { body: { url: 'ftp://his.example' } }, 'malformed')
    const mistake = { body: { url: 'http://name:word@his.example' } }
    await world.refused(hospital, 'subscribeCallback', mistake, 'callback-address-refused')
    const first = await world.ok(hospital, 'subscribeCallback', { body })
    const ended = { path: { callbackId: first.body.callbackId as string } }
    await world.ok(hospital, 'endCallback', ended)
    await world.refused(hospital, 'endCallback', ended, 'not-yours')
    const subscribed = await world.ok(hospital, 'subscribeCallback', { body })
    const { callbackId, secret } = subscribed.body
    const path = { callbackId: callbackId as string }
    await world.refused(pharmacy, 'readCallback', { path }, 'not-yours')
    const { no } = await place.chosen()
    const message = await arrived(it.messages, ({ id }) => id.startsWith(`${no}-`))
    if (!isSignedBy(secret, message)) throw new Error('a message is not signed as it is told')
    const { type, data } = JSON.parse(message.body)
    if (type !== 'pharmacy-chosen' || data.prescriptionNo !== no) throw new Error('another event was told')

    const rotated = await world.ok(hospital, 'rotateCallbackSecret', { path, body: { oldValidHours: 1 } })
    await world.ok(hospital, 'listCallbackDeliveries', { path, query: { limit: '1', state: 'delivered' } })
    await world.refused(hospital, 'listCallbackDeliveries', { path, query: { before: '?' } }, 'malformed')
    const again = { path: { ...path, messageId: message.id } }
    const sent = it.messages.length
    await world.ok(hospital, 'sendCallbackAgain', again)
    const twice = await arrived(it.messages, ({ id }) => id === message.id, sent)
    for (const each of [secret, rotated.body.secret])
      if (!isSignedBy(each, twice)) throw new Error('one of two valid secrets does not sign')
    await world.refused(
      hospital,
      'sendCallbackAgain',
      { path: { ...path, messageId: `${no}-999` } },
      'not-yours',
    )
    const before = it.messages.length
    await world.ok(hospital, 'replayCallback', { path, body: { after: subscribed.body.cursor } })
    await arrived(it.messages, ({ id }) => id === message.id, before)
    await world.refused(hospital, 'replayCallback', { path, body: { after: '?' } }, 'malformed')

    const listed = await world.ok(hospital, 'listCallbacks')
    if (listed.text.includes('whsec_')) throw new Error('a secret is shown twice')
    const { headers } = await world.ok(hospital, 'readCallback', { path })
    const change = { path, body: { url: it.url, eventTypes: ['settled'], state: 'paused' } }
    await world.refused(hospital, 'changeCallback', change, 'revision-named-not')
    const stale = { ...change, headers: { 'if-match': '"1"' } }
    await world.refused(hospital, 'changeCallback', stale, 'changed-meanwhile')
    await world.ok(hospital, 'changeCallback', { ...change, headers: { 'if-match': headers.etag! } })
    // One whose secret stays, so that its receipt is the same when it is sent again.
    await world.ok(pharmacy, 'subscribeCallback', { body: { ...body, eventTypes: ['returned'] } })
  } finally {
    it.close()
  }
}
