import { type Facts, inForce } from '../facts.ts'
import { TITLES, type Title } from '../registers.ts'
import { judgedDay } from './judged-day.ts'
import { oneOf, parameters, yesNo } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { pathOf } from './subject.ts'
import { term } from './terms.ts'

interface Parameters {
  readonly minimum: Title
  /** The title is asked for in principle (原则上): a filing with an approved exception stands for it. */
  readonly inPrinciple?: boolean
}

/** Is the physician's title high enough, or his filing at the hospital an approved exception? @see MZ-4.3b, CQ-4.4 */
export const physicianTitle = defineRule<Parameters>({
  name: 'physician-title',
  sentence: {
    zh: '开方医师须具有{minimum}及以上职称（经批准的例外：{inPrinciple}）。',
    en: 'The physician holds the title {minimum} or a higher one (approved exceptions: {inPrinciple}).',
  },
  parameters: parameters({ minimum: oneOf(TITLES) }, { inPrinciple: yesNo }),
  needs: () => ['physician', 'hospital'],
  check(facts, { minimum, inPrinciple = false }) {
    const { title } = facts.physician!
    if (title !== undefined && TITLES.indexOf(title) >= TITLES.indexOf(minimum)) return []
    if (inPrinciple && isExcepted(facts)) return []
    const message = {
      zh: `开方医师职称不足，须由${term(minimum).zh}及以上医师开具。`,
      en: `The title of the physician is too low; ${term(minimum).en} or above must prescribe.`,
    }
    return [{ ...pathOf('physician'), message }]
  },
})

/** Filed at the hospital below the title, with the agency's approval. */
function isExcepted(facts: Facts): boolean {
  return inForce(facts.physician!.filings, judgedDay(facts)).some(
    ({ institutionId, role, titleException }) =>
      titleException !== undefined &&
      role === 'responsible-physician' &&
      institutionId === facts.hospital!.institutionId,
  )
}
