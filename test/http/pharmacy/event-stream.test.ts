import t from 'tap'
import { eventStream, type FeedPage } from '../../../src/http/pharmacy/event-stream.ts'

const NOTHING: FeedPage = { entries: [], next: '0.0' }

function entry(seq: number): FeedPage['entries'][number] {
  const prescriptionNo = '4414002026112200000001'
  return {
    cursor: `1.${seq}`,
    prescriptionNo,
    revision: seq,
    type: 'taken',
    at: '2026-11-22T02:00:00Z',
    data: {},
  }
}

/** A stream over pages that a test hands out. */
function streamOf(pages: FeedPage[], heartbeatMs = 20) {
  const end = new AbortController()
  const asked: string[] = []
  let wake = () => {}
  let subscribed = 0
  const stream = eventStream({
    first: pages[0] ?? NOTHING,
    read: async (after) => {
      asked.push(after)
      return pages[asked.length] ?? { entries: [], next: after }
    },
    pageSize: 2,
    signal: end.signal,
    subscribe: (wakeUp) => {
      wake = wakeUp
      subscribed += 1
      return () => {
        subscribed -= 1
      }
    },
    heartbeatMs,
  })
  return { stream, end, asked, ring: () => wake(), subscriptions: () => subscribed }
}

t.test('a page is read only when the one before was taken', async (t) => {
  const full = { entries: [entry(1), entry(2)], next: '1.2' }
  const { stream, asked, end } = streamOf([full, { entries: [entry(3)], next: '1.3' }])
  await stream.next()
  t.match(await stream.next(), { value: /^id: 1\.1\nevent: taken\ndata: \{.*\}\n\nid: 1\.2\n/ })
  t.same(asked, [])
  t.match(await stream.next(), { value: /^id: 1\.3\n/ }, 'a full page is followed by the next one at once')
  t.same(asked, ['1.2'])
  end.abort()
  t.equal((await stream.next()).done, true)
})

t.test('what shows only a moment after its notification is found without another one', async (t) => {
  const { stream, ring, end } = streamOf([NOTHING, NOTHING, { entries: [entry(1)], next: '1.1' }], 10_000)
  await stream.next()
  const next = stream.next()
  ring()
  t.match(await next, { value: /^id: 1\.1\n/ })
  end.abort()
})

t.test('a stream without news shows that it lives, and lets go when it ends', async (t) => {
  const { stream, end, subscriptions } = streamOf([])
  await stream.next()
  t.match(await stream.next(), { value: /^: / })
  t.equal(subscriptions(), 1)
  end.abort()
  t.equal((await stream.next()).done, true)
  t.equal(subscriptions(), 0)
})

t.test('a stream that is woken for nothing again and again still shows that it lives', async (t) => {
  const { stream, ring, end } = streamOf([], 100)
  await stream.next()
  const bell = setInterval(ring, 5)
  t.teardown(() => clearInterval(bell))
  t.match(await stream.next(), { value: /^: / })
  end.abort()
})

t.test('the data of an event is the whole entry, with its cursor', async (t) => {
  const { stream, end } = streamOf([{ entries: [entry(1)], next: '1.1' }])
  await stream.next()
  const { value } = await stream.next()
  t.same(JSON.parse(/^data: (.*)$/m.exec(String(value))![1]!), entry(1))
  end.abort()
})
