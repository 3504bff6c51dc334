import { inForce } from '../facts.ts'
import { judgedDay } from './judged-day.ts'
import { oneOf, parameters, yesNo } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { PRACTITIONERS, type PractitionerSubject, pathOf, practitionerOf } from './subject.ts'
import { term } from './terms.ts'

interface Parameters {
  readonly subject: PractitionerSubject
  readonly role: string
  /** The filing must have been published by the day. */
  readonly published: boolean
  /** As it stood on the day of issue, also at later steps. */
  readonly onIssue?: boolean
}

/** Is the practitioner filed with the agency for this institution? @see MZ-4.3b, SX-3, SC-D2, MZ-6.5 */
export const practitionerFiled = defineRule<Parameters>({
  name: 'practitioner-filed',
  sentence: {
    zh: '{subject}须在本机构备案为{role}（须公布：{published}；以开方当日为准：{onIssue}）。',
    en: 'The {subject} is filed with the agency for this institution as {role} (published: {published}; as of the day of issue: {onIssue}).',
  },
  parameters: parameters(
    {
      subject: oneOf(PRACTITIONERS),
      role: oneOf(['responsible-physician', 'assessor', 'pharmacist']),
      published: yesNo,
    },
    { onIssue: yesNo },
  ),
  needs: ({ subject }) => [subject, subject === 'physician' ? 'hospital' : 'pharmacy'],
  check(facts, { subject, role, published, onIssue }) {
    const day = judgedDay(facts, onIssue)
    const place = (subject === 'physician' ? facts.hospital! : facts.pharmacy!).institutionId
    const filings = inForce(practitionerOf(facts, subject).filings, day).filter(
      (filing) => filing.role === role && filing.institutionId === place,
    )
    const effective = filings.some(
      ({ publishedOn }) => !published || (publishedOn !== undefined && publishedOn <= day),
    )
    if (effective) return []
    const who = term(subject)
    const as = term(role)
    const message =
      filings.length > 0
        ? {
            zh: `${who.zh}作为${as.zh}的备案尚未公布，公布后方可生效。`,
            en: `The filing of the ${who.en} as ${as.en} has not been published; it takes effect then.`,
          }
        : {
            zh: `${who.zh}未在本机构备案为${as.zh}，请由已备案人员办理或先行备案。`,
            en: `The ${who.en} is not filed as ${as.en} for this institution; file first or let another do it.`,
          }
    return [{ ...pathOf(subject), message }]
  },
})
