import type { Facts } from '../facts.ts'
import type { CivilDay } from '../primitives/civil-day.ts'

/**
 * The day whose registers a rule asks about: the day of issue while a prescription is taken in, and the day of the
 * step itself afterwards.
 */
export function judgedDay(facts: Facts): CivilDay {
  return facts.step === 'intake' ? facts.prescription.issuedOn : facts.today
}
