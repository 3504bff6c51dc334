import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import { codeFaults } from './document-code-faults.ts'
import type { FieldFault } from './field-fault.ts'
import type { Bilingual } from './finding.ts'
import { dayOf, daysBetween } from './primitives/civil-day.ts'
import { parseQuantity } from './primitives/quantity.ts'
import { frequencyOf, frequencyOfCode } from './times-a-day.ts'

/** How many times its days of use a period may last: a course of one week in four. */
const PERIOD_TIMES = 4

type Line = PrescriptionDocument['lines'][number]

/**
 * What is wrong with a document that its schema can't say: members that contradict each other. Duplicate supply, the
 * days of one prescription and the windows of a long-term one are counted by these dates and quantities.
 *
 * @see FS-3.4, SX-8.1, SX-9
 */
export function documentFaults(document: PrescriptionDocument): FieldFault[] {
  const issuedAt = new Date(document.issuedAt)
  if (Number.isNaN(issuedAt.getTime()))
    return [fault('/issuedAt', 'format', { zh: '开方时间不存在。', en: 'There is no such instant.' })]
  const issuedOn = dayOf(issuedAt)
  const numbers = document.lines.map((line) => line.lineNo)
  const repeated =
    new Set(numbers).size === numbers.length
      ? []
      : [fault('/lines', 'unique', { zh: '处方明细的行号不得重复。', en: 'Line numbers must differ.' })]
  return [
    ...repeated,
    ...document.lines.flatMap((line, index) => lineFaults(line, `/lines/${index}`, issuedOn)),
    ...codeFaults(document),
  ]
}

function lineFaults(line: Line, path: string, issuedOn: string): FieldFault[] {
  const { days, startsOn, endsOn } = line
  const period = daysBetween(startsOn, endsOn) + 1
  const apart = (frequencyOf(line.frequency.name) ?? frequencyOfCode(line.frequency.code))?.days ?? 1
  const longest = PERIOD_TIMES * Math.max(days, apart)
  const checks: readonly (readonly [wrong: boolean, field: string, keyword: string, message: Bilingual])[] = [
    [parseQuantity(line.quantity) === 0n, 'quantity', 'exclusiveMinimum', MORE_THAN_NOTHING],
    [parseQuantity(line.dose.amount) === 0n, 'dose/amount', 'exclusiveMinimum', MORE_THAN_NOTHING],
    [
      startsOn < issuedOn,
      'startsOn',
      'minimum',
      { zh: '用药开始日期不得早于开方日期。', en: 'Must not be before the day of issue.' },
    ],
    [
      period < days,
      'endsOn',
      'minimum',
      {
        zh: '用药起止日期（含首尾两日）不得少于用药天数。',
        en: 'From startsOn to endsOn, both included, there must be at least the days stated.',
      },
    ],
    [
      period > longest,
      'endsOn',
      'maximum',
      {
        zh: `用药起止日期（含首尾两日）与用药天数不符，不得超过${longest}日。`,
        en: `From startsOn to endsOn, both included, there must be at most ${longest} days for the days stated.`,
      },
    ],
  ]
  return checks
    .filter(([wrong]) => wrong)
    .map(([, field, keyword, message]) => fault(`${path}/${field}`, keyword, message))
}

const MORE_THAN_NOTHING: Bilingual = { zh: '必须大于 0。', en: 'Must be more than 0.' }

function fault(path: string, keyword: string, message: Bilingual): FieldFault {
  return { path, keyword, message }
}
