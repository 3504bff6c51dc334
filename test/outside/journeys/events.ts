import { get, type IncomingMessage } from 'node:http'
import type { Place } from '../place.ts'
import { readable } from '../world.ts'

const WAIT_MS = 30_000

/** Reads the stream of events until one is there, holds its head against the description, and lets go. */
export async function eventStream(place: Place): Promise<void> {
  const { world, pharmacy } = place
  const listed = await world.ok(pharmacy, 'listPharmacyEvents', { query: { limit: '1' } })
  await world.refused(pharmacy, 'listPharmacyEvents', { query: { limit: '1000' } }, 'malformed')
  const after: string = listed.body.next
  const stream = await open(place, after)
  world.hold(world.description.operation('streamPharmacyEvents'), {
    status: stream.statusCode!,
    headers: stream.headers,
    bytes: Buffer.alloc(0),
    continued: false,
  })
  world.coverage.count('streamPharmacyEvents', stream.statusCode!)
  const { no } = await place.chosen()
  const event = await eventOf(stream, no)
  const { body } = await world.ok(pharmacy, 'listPharmacyEvents', { query: { after, limit: '200' } })
  const entry = body.entries.find(
    (it: { type: string; prescriptionNo: string }) =>
      it.type === event.type && it.prescriptionNo === event.data.prescriptionNo,
  )
  for (const [name, value] of Object.entries(entry ?? { missing: true })) {
    if (name !== 'cursor' && JSON.stringify(event.data[name]) !== JSON.stringify(value))
      throw new Error(`the stream says ${name} otherwise than the list`)
  }
  await world.ok(place.agency, 'readAgencyEvents', { query: { after, limit: '10' } })
  await world.refused(place.agency, 'readAgencyEvents', { query: { after: '?' } }, 'malformed')
  const resumed = await open(place, event.id)
  resumed.destroy()
  const bad = { query: { after: '?' } }
  await world.refused(pharmacy, 'streamPharmacyEvents', bad, 'malformed')
}

async function open({ world, pharmacy }: Place, after: string): Promise<IncomingMessage> {
  const token = await world.tokenOf(pharmacy)
  const headers = { authorization: `Bearer ${token}`, 'last-event-id': after }
  return await new Promise((resolve, reject) => {
    get(`${world.url}/pharmacy/events/stream`, { headers, agent: false }, resolve).once('error', reject)
  })
}

interface Event {
  readonly id: string
  readonly type: string
  // biome-ignore lint/suspicious/noExplicitAny: as the stream brings it
  readonly data: any
}

/** The first event of a prescription. @throws Error when none comes */
async function eventOf(stream: IncomingMessage, no: string): Promise<Event> {
  const late = setTimeout(() => stream.destroy(), WAIT_MS)
  let text = ''
  try {
    for await (const part of stream) {
      text += (part as Buffer).toString('utf8')
      const blocks = text.split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) {
        const event = parsed(block)
        if (event?.data?.prescriptionNo === no) return event
      }
    }
  } finally {
    clearTimeout(late)
    stream.destroy()
  }
  throw new Error('no event came by the stream')
}

function parsed(block: string): Event | undefined {
  const fields = new Map(
    block
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  )
  const data = fields.get('data')
  if (data === undefined) return undefined
  return { id: fields.get('id') ?? '', type: fields.get('event') ?? '', data: readable(asAnswer(data)).body }
}

const asAnswer = (text: string) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  bytes: Buffer.from(text),
  continued: false,
})
