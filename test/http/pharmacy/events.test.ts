import { get as httpGet, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { disableClient } from '../../../src/storage/access/clients.ts'
import { releasePrescription } from '../../../src/usecases/release-prescription.ts'
import { feedShown } from '../../support/feed.ts'
import { aWrite } from '../../support/hub.ts'
import { type PharmacyTest, pharmacyTest } from './calls.ts'

interface Heard {
  readonly id: string
  readonly type: string
  readonly data: { prescriptionNo: string; revision: number }
}

/** An open stream and what came through it so far. */
interface Listening {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly heard: Heard[]
  readonly text: () => string
  /** Resolves once so many events came. */
  until(count: number): Promise<void>
  readonly ended: Promise<void>
  hangUp(): void
}

async function listen(
  { app, token }: PharmacyTest,
  options: { after?: string; lastEventId?: string; institutionId?: string; seconds?: number } = {},
): Promise<Listening> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const query = options.after === undefined ? '' : `?after=${options.after}`
  const bearer = await token(options.institutionId, 'pharmacy', options.seconds)
  return await new Promise((resolve, reject) => {
    const request = httpGet(
      {
        port,
        host: '127.0.0.1',
        path: `/pharmacy/events/stream${query}`,
        agent: false,
        headers: {
          authorization: `Bearer ${bearer}`,
          ...(options.lastEventId === undefined ? {} : { 'last-event-id': options.lastEventId }),
        },
      },
      (answer) => {
        let text = ''
        const heard: Heard[] = []
        const waiting: (() => void)[] = []
        answer.setEncoding('utf8')
        answer.on('data', (piece: string) => {
          text += piece
          heard.length = 0
          for (const block of text.split('\n\n').slice(0, -1)) {
            const [, id, type, data] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(block) ?? []
            if (id !== undefined) heard.push({ id, type: type!, data: JSON.parse(data!) })
          }
          for (const check of waiting) check()
        })
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          heard,
          text: () => text,
          until: (count) =>
            new Promise((done) => {
              const check = () => {
                if (heard.length >= count) done()
              }
              waiting.push(check)
              check()
            }),
          ended: new Promise((done) => answer.once('close', () => done())),
          hangUp: () => request.destroy(),
        })
      },
    )
    request.once('error', reject)
    request.on('error', () => {})
  })
}

/** Revisions by prescription, in the order heard. */
function revisions(heard: readonly Heard[], no: string): number[] {
  return heard.filter(({ data }) => data.prescriptionNo === no).map(({ data }) => data.revision)
}

t.test('events are read page by page, each once', async (t) => {
  const { hub, walk, get } = await pharmacyTest(t)
  const { no } = await walk.reviewed()
  await feedShown(hub.deps.pool)
  const first = await get('/pharmacy/events?limit=2')
  t.equal(first.status, 200)
  const rest = await get(`/pharmacy/events?after=${first.body.next}`)
  const all = [...first.body.entries, ...rest.body.entries]
  t.same(
    all.map(({ type, prescriptionNo }) => [type, prescriptionNo]),
    [
      ['pharmacy-chosen', no],
      ['taken', no],
      ['review-approved', no],
    ],
  )
  const after = await get(`/pharmacy/events?after=${rest.body.next}`)
  t.same(after.body, { entries: [], next: rest.body.next })
  t.match(await get('/pharmacy/events?after=nonsense'), { status: 400, body: { code: 'malformed' } })
})

t.test('a stream tells what was and what comes, and resumes without loss or repeat', async (t) => {
  const it = await pharmacyTest(t, { max: 10 })
  const { walk } = it
  const { no } = await walk.chosen()
  const first = await listen(it)
  t.equal(first.status, 200)
  t.match(first.headers, {
    'content-type': /^text\/event-stream/,
    'cache-control': 'no-cache, no-store, no-transform',
    'x-accel-buffering': 'no',
  })
  await first.until(1)
  await walk.take(no)
  await first.until(2)
  t.same(
    first.heard.map(({ type }) => type),
    ['pharmacy-chosen', 'taken'],
  )
  first.hangUp()
  await walk.review(no)
  const second = await listen(it, { lastEventId: first.heard[0]!.id })
  await second.until(2)
  t.same(revisions(second.heard, no), [3, 4], 'what came while nobody listened is not lost')
  second.hangUp()
  const third = await listen(it, { after: second.heard.at(-1)!.id })
  const more = await walk.chosen({ person: it.hub.world.cast.resident })
  await third.until(1)
  t.same(
    third.heard.map(({ data }) => data.prescriptionNo),
    [more.no],
    'and nothing comes twice',
  )
  third.hangUp()
})

t.test('streams cut at any moment add up to every event once', async (t) => {
  const it = await pharmacyTest(t, { max: 10 })
  const { walk, hub } = it
  const people = [hub.world.cast.employee, hub.world.cast.resident, hub.world.cast.assisted]
  const work = Promise.all(
    people.map(async (person) => {
      const { no } = await walk.chosen({ person })
      await walk.take(no)
      await walk.review(no)
    }),
  )
  const all: Heard[] = []
  while (all.length < 9) {
    const last = all.at(-1)?.id
    const stream = await listen(it, last === undefined ? {} : { lastEventId: last })
    await stream.until(1)
    all.push(...stream.heard)
    stream.hangUp()
  }
  await work
  t.equal(all.length, 9)
  t.equal(new Set(all.map(({ id }) => id)).size, 9)
  for (const { data } of all) t.same(revisions(all, data.prescriptionNo), [2, 3, 4])
})

t.test(
  'no event is lost while the connection to the database that announces them dies and comes back',
  async (t) => {
    const it = await pharmacyTest(t, { max: 10 })
    const { walk, hub } = it
    const { pool } = hub.deps
    const listeners =
      'from pg_stat_activity where datname = current_database() and query ilike \'listen "feed"%\''
    const isListening = async () => (await pool.query(`select 1 ${listeners}`)).rowCount === 1
    const once = async (condition: () => Promise<boolean>) => {
      while (!(await condition())) await sleep(20)
    }
    const { no } = await walk.chosen()
    const stream = await listen(it)
    await stream.until(1)
    await once(isListening)

    await pool.query(`select pg_terminate_backend(pid) ${listeners}`)
    await walk.take(no)
    await once(isListening)
    await stream.until(2)
    await walk.review(no)
    await stream.until(3)
    t.same(revisions(stream.heard, no), [2, 3, 4], 'the open stream goes on, in order and without repeat')

    stream.hangUp()
    await pool.query(`select pg_terminate_backend(pid) ${listeners}`)
    const pharmacy = hub.pharmacy()
    await releasePrescription(hub.deps, pharmacy, aWrite(pharmacy), no, 'patient-request')
    const next = await listen(it, { lastEventId: stream.heard.at(-1)!.id })
    await next.until(1)
    t.same(revisions(next.heard, no), [5], 'and so does the one that resumes')
    next.hangUp()
  },
)

t.test('a stream ends with its client, and tells it nothing more', async (t) => {
  const it = await pharmacyTest(t, { max: 10 })
  const { walk, hub } = it
  const { no } = await walk.chosen()
  const stream = await listen(it)
  await stream.until(1)
  const { institutionId } = hub.world.cast.designatedPharmacy
  await disableClient(hub.deps.pool, `sandbox-pharmacy-${institutionId}`, new Date())
  await sleep(200)
  await walk.take(no)
  await stream.ended
  t.equal(stream.heard.length, 1)
  t.equal((await listen(it, { lastEventId: stream.heard[0]!.id })).status, 401)
})

t.test('a pharmacy hears nothing of the prescriptions of another one', async (t) => {
  const it = await pharmacyTest(t, { max: 10 })
  const other = await listen(it, { institutionId: it.hub.world.cast.secondPharmacy.institutionId })
  const own = await listen(it)
  await it.walk.held()
  await own.until(2)
  t.same(other.heard, [])
  other.hangUp()
  own.hangUp()
})

t.test('a stream ends with its token', async (t) => {
  const it = await pharmacyTest(t)
  const stream = await listen(it, { seconds: 2 })
  t.equal(stream.status, 200)
  await stream.ended
  t.ok(stream.text().startsWith('retry: '))
})

t.test('streams end when the process drains', async (t) => {
  const it = await pharmacyTest(t)
  const stream = await listen(it)
  it.app.startDraining()
  await stream.ended
  t.pass('without waiting for a heartbeat')
})

t.test('closing the process does not wait for open streams', async (t) => {
  const it = await pharmacyTest(t)
  const stream = await listen(it)
  await it.app.close()
  await stream.ended
  t.pass('closed')
})

t.test('a client may have eight streams, and another one once it hangs up', async (t) => {
  const it = await pharmacyTest(t, { max: 12 })
  const open = await Promise.all(Array.from({ length: 8 }, () => listen(it)))
  t.ok(open.every(({ status }) => status === 200))
  t.equal((await listen(it)).status, 429)
  open[0]!.hangUp()
  let status = 429
  for (let tries = 0; status === 429 && tries < 50; tries += 1) {
    const again = await listen(it)
    status = again.status
    again.hangUp()
  }
  t.equal(status, 200)
  for (const stream of open) stream.hangUp()
})

t.test('a stream refuses a bad cursor, a missing token and a caller without the scope', async (t) => {
  const it = await pharmacyTest(t)
  t.equal((await listen(it, { after: 'x' })).status, 400)
  t.equal((await it.app.inject('/pharmacy/events/stream')).statusCode, 401)
  const agency = await it.token(undefined, 'agency')
  const refused = await it.app.inject({
    url: '/pharmacy/events/stream',
    headers: { authorization: `Bearer ${agency}` },
  })
  t.equal(refused.statusCode, 403)
})
