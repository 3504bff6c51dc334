import type { Facts } from '../facts.ts'
import type { CivilDay } from '../primitives/civil-day.ts'

/**
 * The day whose registers a rule asks about: the day of issue while a prescription is taken in, and the day of the
 * step itself afterwards.
 *
 * @param onIssue a rule about who prescribed: the day of issue at every step, so that what changes later voids nothing
 *   that was issued before (MZ-6.3, SX-17.2)
 */
export function judgedDay(facts: Facts, onIssue = false): CivilDay {
  return onIssue || facts.step === 'intake' ? facts.prescription.issuedOn : facts.today
}
