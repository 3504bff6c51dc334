import { readFileSync } from 'node:fs'
import t from 'tap'
import { parse } from 'yaml'
import { addMonths } from '../../../src/domain/primitives/civil-day.ts'
import {
  addWorkingDays,
  isWorkingDay,
  type WorkingCalendar,
} from '../../../src/domain/primitives/working-days.ts'
import { dueOf } from '../../../src/domain/workflows/due-day.ts'
import { PACKAGE_ROOT } from '../../../src/package-root.ts'
import { CALENDAR_FILE, loadCalendar } from '../../../src/policy/load-calendar.ts'

const shipped = (
  parse(readFileSync(new URL(`policies/${CALENDAR_FILE}`, PACKAGE_ROOT), 'utf8')) as {
    years: WorkingCalendar
  }
).years

t.test(
  'MZ-10.3 weekends are free unless the notice has them worked, weekdays worked unless it sets them free',
  async (t) => {
    for (const [day, expected] of [
      ['2026-11-20', true],
      ['2026-11-21', false],
      ['2026-10-10', true],
      ['2026-02-14', true],
      ['2026-02-23', false],
      ['2025-01-26', true],
      ['2024-02-18', true],
      ['2024-02-09', true],
      ['2023-10-06', false],
      ['2027-10-01', undefined],
    ] as const)
      t.equal(isWorkingDay(day, shipped), expected, day)
  },
)

t.test('MZ-10.3 working days are counted from the day after', async (t) => {
  for (const [from, days, last] of [
    ['2026-11-20', 1, '2026-11-23'],
    ['2026-11-20', 5, '2026-11-27'],
    ['2026-11-22', 10, '2026-12-04'],
    // Over the National Day holiday, whose last weekend is worked.
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-09-30', 3, '2026-10-10'],
    ['2025-12-31', 1, '2026-01-04'],
  ] as const)
    t.equal(addWorkingDays(from, days, shipped), last, `${from} + ${days}`)
})

t.test(
  'MZ-10.3 a count that runs into a year without a calendar names the year and guesses nothing',
  async (t) => {
    t.equal(addWorkingDays('2026-12-28', 3, shipped), '2026-12-31')
    t.same(addWorkingDays('2026-12-28', 4, shipped), { missingYear: 2027 })
    const step = (value: object) => ({ withinDays: { value, status: 'cited', source: 'MZ-10.3' } as never })
    t.same(dueOf(step({ workingDays: 10 }), '2026-12-28', 'production', shipped), {
      dueUnknown: { workingDays: 10, from: '2026-12-28', missingYear: 2027 },
    })
    t.same(dueOf(step({ workingDays: 10 }), '2026-11-22', 'production', shipped), { dueOn: '2026-12-04' })
    t.same(dueOf(step({ months: 2 }), '2026-12-31', 'production', shipped), { dueOn: '2027-02-28' })
    const sample = { withinDays: { value: 5, status: 'sample', source: 'MZ-4.1' } as const }
    t.same(dueOf(sample, '2026-11-22', 'production', shipped), {})
    t.same(dueOf({}, '2026-11-22', 'sandbox', shipped), {})
  },
)

t.test('a month later is the same day, or the last of a shorter month', async (t) => {
  t.equal(addMonths('2026-11-22', 2), '2027-01-22')
  t.equal(addMonths('2028-01-31', 1), '2028-02-29')
  t.equal(addMonths('2026-12-31', 12), '2027-12-31')
})

t.test(
  'a calendar with a day that cannot be is refused, and a folder without one counts nothing',
  async (t) => {
    t.same(await loadCalendar(t.testdir({})), {})
    const with2027 = (free: string, worked: string) =>
      loadCalendar(
        t.testdir({
          calendar: {
            'working-days.yaml': `years: { 2027: { source: 样例, free: ['${free}'], worked: ['${worked}'] } }`,
          },
        }),
      )
    t.match(await with2027('2027-01-01', '2027-01-02'), { 2027: { free: ['2027-01-01'] } })
    await t.rejects(with2027('2027-01-02', '2027-01-02'), /2027-01-02 is no weekday of 2027/)
    await t.rejects(with2027('2027-01-01', '2026-01-03'), /2026-01-03 is no weekend of 2027/)
    await t.rejects(with2027('soon', '2027-01-02'), { name: 'PolicyError' })
    const year = "2027: { source: 样例, free: ['2027-01-01'], worked: [] }"
    const read = (text: string) => loadCalendar(t.testdir({ calendar: { 'working-days.yaml': text } }))
    await t.rejects(read(`years:\n  ${year}\n  ${year.replace("'2027-01-01'", '')}\n`), /unique/)
    await t.rejects(read(`years: { ${year.replace("'2027-01-01']", "'2027-01-01'")} }`), {
      name: 'PolicyError',
    })
  },
)
