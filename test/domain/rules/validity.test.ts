import fc from 'fast-check'
import t from 'tap'
import { addDays, dayOf, startOfDay } from '../../../src/domain/primitives/civil-day.ts'
import { expiryOf } from '../../../src/domain/rules/validity.ts'

t.test('MZ-6.3 issued at any time on 20 November, it ends at 24:00 on 22 November in Shanghai', async (t) => {
  for (const issuedAt of [
    '2025-11-19T16:00:00.000Z',
    '2025-11-20T04:00:00.000Z',
    '2025-11-20T15:59:59.999Z',
  ]) {
    t.equal(expiryOf(new Date(issuedAt), 3).toISOString(), '2025-11-22T16:00:00.000Z')
  }
  t.equal(expiryOf(new Date('2025-11-20T16:00:00.000Z'), 3).toISOString(), '2025-11-23T16:00:00.000Z')
})

t.test('MZ-6.3 over month and year ends and in leap years', async (t) => {
  const ends = (day: string) => dayOf(new Date(expiryOf(startOfDay(day), 3).getTime() - 1))
  t.equal(ends('2025-12-30'), '2026-01-01')
  t.equal(ends('2025-12-31'), '2026-01-02')
  t.equal(ends('2025-11-29'), '2025-12-01')
  t.equal(ends('2024-02-27'), '2024-02-29')
  t.equal(ends('2024-02-28'), '2024-03-01')
  t.equal(ends('2025-02-27'), '2025-03-01')
  t.equal(ends('2100-02-27'), '2100-03-01')
  t.equal(ends('2000-02-28'), '2000-03-01')
})

t.test(
  'MZ-6.3 of any instant, day one is the day of issue and the bound is the start of a day',
  async (t) => {
    const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    const holds = fc.property(instant, fc.integer({ min: 1, max: 366 }), (issuedAt, days) => {
      const end = expiryOf(issuedAt, days)
      const lastDay = dayOf(new Date(end.getTime() - 1))
      return (
        end > issuedAt &&
        startOfDay(dayOf(end)).getTime() === end.getTime() &&
        lastDay === addDays(dayOf(issuedAt), days - 1)
      )
    })
    t.doesNotThrow(() => fc.assert(holds))
  },
)

t.test('a number of days that is none is a broken policy', async (t) => {
  for (const days of [0, -1, 1.5, Number.NaN]) t.throws(() => expiryOf(new Date(), days), RangeError)
})
