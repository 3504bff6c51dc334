import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import type { FieldFault } from './field-fault.ts'
import type { Bilingual } from './finding.ts'
import { dayOf, daysBetween } from './primitives/civil-day.ts'
import { parseQuantity } from './primitives/quantity.ts'

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
  const ofLines = document.lines.flatMap(({ quantity, days, startsOn, endsOn }, index) => [
    ...(parseQuantity(quantity) > 0n
      ? []
      : [
          fault(`/lines/${index}/quantity`, 'exclusiveMinimum', {
            zh: '必须大于 0。',
            en: 'Must be more than 0.',
          }),
        ]),
    ...(startsOn >= issuedOn
      ? []
      : [
          fault(`/lines/${index}/startsOn`, 'minimum', {
            zh: '用药开始日期不得早于开方日期。',
            en: 'Must not be before the day of issue.',
          }),
        ]),
    ...(daysBetween(startsOn, endsOn) + 1 >= days
      ? []
      : [
          fault(`/lines/${index}/endsOn`, 'minimum', {
            zh: '用药起止日期（含首尾两日）不得少于用药天数。',
            en: 'From startsOn to endsOn, both included, there must be at least the days stated.',
          }),
        ]),
  ])
  return [...repeated, ...ofLines]
}

function fault(path: string, keyword: string, message: Bilingual): FieldFault {
  return { path, keyword, message }
}
