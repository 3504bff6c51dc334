import { type Dated, type Facts, inForce } from '../facts.ts'
import type { Qualification } from '../registers.ts'
import { judgedDay } from './judged-day.ts'

/**
 * The person's qualifications of a kind that hold on the day and cover a drug.
 *
 * A qualification that names no drugs covers all of them.
 */
export function liveQualifications(facts: Facts, kind: string, drugCode: string): Dated<Qualification>[] {
  return inForce(facts.person?.qualifications ?? [], judgedDay(facts)).filter(
    (qualification) => qualification.kind === kind && (qualification.drugCodes?.includes(drugCode) ?? true),
  )
}
