import fc from 'fast-check'
import t from 'tap'
import { addDays } from '../../src/domain/primitives/civil-day.ts'
import { firstSerialOf, isOfDay, serialAfterRestoration, standingOf } from '../../src/domain/restoration.ts'

const noon = new Date('2026-11-22T04:00:00.000Z')

t.test('four days that follow each other have quarters of their own', async (t) => {
  const firsts = [0, 1, 2, 3, 4].map((days) => firstSerialOf(addDays('2026-11-22', days)))
  t.same(
    [...firsts.slice(0, 4)].sort((a, b) => a - b),
    [1, 25_000_001, 50_000_001, 75_000_001],
  )
  t.equal(firsts[4], firsts[0])
  const first = firsts[0]!
  t.same(
    [first - 1, first, first + 24_999_999, first + 25_000_000].map((serial) => isOfDay(serial, '2026-11-22')),
    [false, true, true, false],
  )
})

t.test(
  'numbers after a restoration lie beyond all that was possible, and inside the quarter of the day',
  async () => {
    const moment = fc.date({
      min: new Date('2026-01-01T00:00:00Z'),
      max: new Date('2030-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 0, max: 250 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (now, rate, part) => {
          const day = new Date(now.getTime() + 8 * 3_600_000)
          const seconds = (day.getTime() % 86_400_000) / 1000
          const anchor = firstSerialOf(day.toISOString().slice(0, 10))
          const given = anchor + Math.floor(rate * seconds)
          const backup = anchor + Math.floor((given - anchor) * part)
          const next = serialAfterRestoration(backup, anchor, now)
          return next > given && isOfDay(next, day.toISOString().slice(0, 10))
        },
      ),
    )
  },
)

t.test('a second restoration of the same backup goes on beyond the first', async (t) => {
  const later = new Date(noon.getTime() + 60_000)
  const [first, second] = [noon, later].map((now) => serialAfterRestoration(500, 1, now))
  t.equal(second! - first!, 60 * 250)
  t.equal(
    serialAfterRestoration(99_999_999, 99_999_999, noon),
    99_999_999 + 100_000 + 250 * 43_201 - 100_000_000,
  )
})

t.test('a database is recognised by its mode and by its place', async (t) => {
  const at = (mode: string | undefined, home: string | undefined, now: string | undefined) =>
    standingOf({ mode, home }, { mode: now, home: 'here' })
  t.equal(at(undefined, undefined, 'production'), 'first')
  t.equal(at('production', 'here', 'production'), 'same')
  t.equal(at('production', 'there', 'production'), 'restored')
  t.equal(at('production', 'there', undefined), 'restored', 'a tool leaves the mode open')
  for (const [known, now] of [
    ['production', 'sandbox'],
    ['sandbox', 'production'],
  ] as const) {
    t.equal(at(known, 'here', now), 'other-mode')
    t.equal(at(known, undefined, now), 'other-mode')
  }
})
