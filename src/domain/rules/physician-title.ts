import { TITLES, type Title } from '../registers.ts'
import { oneOf, parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { pathOf } from './subject.ts'
import { term } from './terms.ts'

interface Parameters {
  readonly minimum: Title
}

/** Is the physician's title high enough? @see MZ-4.3b, CQ-4.4 */
export const physicianTitle = defineRule<Parameters>({
  name: 'physician-title',
  sentence: {
    zh: '开方医师须具有{minimum}及以上职称。',
    en: 'The physician holds the title {minimum} or a higher one.',
  },
  parameters: parameters({ minimum: oneOf(TITLES) }),
  needs: () => ['physician'],
  check(facts, { minimum }) {
    const { title } = facts.physician!
    if (title !== undefined && TITLES.indexOf(title) >= TITLES.indexOf(minimum)) return []
    const message = {
      zh: `开方医师职称不足，须由${term(minimum).zh}及以上医师开具。`,
      en: `The title of the physician is too low; ${term(minimum).en} or above must prescribe.`,
    }
    return [{ ...pathOf('physician'), message }]
  },
})
