import fc from 'fast-check'
import t from 'tap'
import {
  addDays,
  addYears,
  dayOf,
  daysBetween,
  formatInstant,
  isCivilDay,
  startOfDay,
} from '../../../src/domain/primitives/civil-day.ts'

const instants = fc.date({
  min: new Date('1992-01-01T00:00:00Z'),
  max: new Date('2199-12-31T00:00:00Z'),
  noInvalidDate: true,
})
const days = instants.map(dayOf)

t.test('a day begins at 00:00 in Shanghai, to the millisecond', (t) => {
  t.equal(dayOf(new Date('2026-11-21T15:59:59.999Z')), '2026-11-21')
  t.equal(dayOf(new Date('2026-11-21T16:00:00.000Z')), '2026-11-22')
  t.equal(startOfDay('2026-11-22').toISOString(), '2026-11-21T16:00:00.000Z')
  t.equal(formatInstant(new Date('2026-11-21T16:00:00.000Z')), '2026-11-22 00:00')
  fc.assert(
    fc.property(instants, (instant) => {
      const start = startOfDay(dayOf(instant)).getTime()
      return start <= instant.getTime() && instant.getTime() < start + 86_400_000
    }),
    { seed: 20261122 },
  )
  t.end()
})

t.test('days are counted over the ends of months and years, and in leap years', (t) => {
  t.equal(addDays('2028-02-28', 1), '2028-02-29')
  t.equal(addDays('2027-02-28', 1), '2027-03-01')
  t.equal(addDays('2026-12-31', 1), '2027-01-01')
  t.equal(addDays('2027-01-01', -1), '2026-12-31')
  fc.assert(
    fc.property(days, fc.integer({ min: -4000, max: 4000 }), (day, count) => {
      const other = addDays(day, count)
      return isCivilDay(other) && daysBetween(day, other) === count && addDays(other, -count) === day
    }),
    { seed: 20261122 },
  )
  fc.assert(
    fc.property(days, days, (a, b) => a < b === daysBetween(a, b) > 0),
    { seed: 20261122 },
  )
  t.end()
})

t.test('a year later is the same day, and 29 February becomes 28 February', (t) => {
  t.equal(addYears('2028-02-29', 1), '2029-02-28')
  t.equal(addYears('2028-02-29', 4), '2032-02-29')
  t.equal(addYears('2026-11-22', -1), '2025-11-22')
  fc.assert(
    fc.property(days, (day) => isCivilDay(addYears(day, 1))),
    { seed: 20261122 },
  )
  t.end()
})

t.test('only real days of the calendar are days', (t) => {
  for (const text of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20260101', '2026-04-31', ''])
    t.equal(isCivilDay(text), false, text)
  t.equal(isCivilDay('2028-02-29'), true)
  t.end()
})
