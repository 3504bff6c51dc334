import t from 'tap'
import { grouped } from '../../src/storage/group.ts'

/** A run whose calls are seen and end when the test says so. */
function aRun() {
  const calls: { items: readonly number[]; end: () => void; fail: (error: Error) => void }[] = []
  const add = grouped<number, number>(
    (items) =>
      new Promise((resolve, reject) => {
        calls.push({ items, end: () => resolve(items.map((item) => item * 10)), fail: reject })
      }),
    { largest: 4, inFlight: 2 },
  )
  return { calls, add }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

t.test('one caller alone is served at once, and gets the result of his item', async (t) => {
  const { calls, add } = aRun()
  const answer = add(7)
  await turn()
  t.same(
    calls.map(({ items }) => items),
    [[7]],
  )
  calls[0]!.end()
  t.equal(await answer, 70)
})

t.test('what arrives together goes together, in powers of two, with so many calls under way', async (t) => {
  const { calls, add } = aRun()
  const answers = Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9].map(add))
  await turn()
  t.same(
    calls.map(({ items }) => items),
    [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ],
    'the ninth waits: two are under way',
  )
  calls[1]!.end()
  await turn()
  t.same(calls[2]?.items, [9])
  calls[0]!.end()
  calls[2]!.end()
  t.same(await answers, [10, 20, 30, 40, 50, 60, 70, 80, 90], 'each his own, whichever call ended first')
})

t.test('three that wait are a group of two and one', async (t) => {
  const { calls, add } = aRun()
  const answers = Promise.all([1, 2, 3].map(add))
  await turn()
  t.same(
    calls.map(({ items }) => items),
    [[1, 2], [3]],
  )
  for (const call of calls) call.end()
  t.same(await answers, [10, 20, 30])
})

t.test('nobody suffers for his neighbour: a group that fails is done one by one', async (t) => {
  const seen: (readonly number[])[] = []
  const add = grouped<number, number>(
    async (items) => {
      seen.push(items)
      if (items.includes(3)) throw new Error('three')
      return items
    },
    { largest: 4, inFlight: 1 },
  )
  const results = await Promise.allSettled([1, 2, 3, 4, 5].map(add))
  t.same(
    results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed')),
    [1, 2, 'failed', 4, 5],
  )
  t.same(seen, [[1, 2, 3, 4], [1], [2], [3], [4], [5]])
})
