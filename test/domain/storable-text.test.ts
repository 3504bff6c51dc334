import { Readable } from 'node:stream'
import t from 'tap'
import { unstorableTexts } from '../../src/domain/storable-text.ts'

const NUL = '\u0000'

t.test('each text with a NUL is named by its place', async (t) => {
  const value = { a: 'x', b: [`y${NUL}`, { c: NUL }], 身份: NUL, n: 1, e: null }
  t.same(
    unstorableTexts(value, '/body').map(({ path }) => path),
    ['/body/b/0', '/body/b/1/c', '/body/?'],
  )
  t.same(unstorableTexts({ a: ['x'] }, '/body'), [])
  t.same(unstorableTexts(undefined), [])
})

t.test('no depth and no number of faults ends the walk', async (t) => {
  let deep: unknown = NUL
  for (let k = 0; k < 200_000; k += 1) deep = [deep]
  t.equal(unstorableTexts(deep).length, 1)
  t.equal(unstorableTexts(Array.from({ length: 5_000 }, () => NUL)).length, 100)
})

t.test('a stream or bytes are no texts, though they lead to some', async (t) => {
  const source = Object.assign(Readable.from([]), { name: NUL, itself: {} as unknown })
  source.itself = source
  t.same(unstorableTexts(source), [])
  t.same(unstorableTexts(Buffer.from(NUL)), [])
})
