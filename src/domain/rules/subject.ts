import type { Facts, InstitutionFacts, PractitionerFacts } from '../facts.ts'

export const INSTITUTIONS = ['hospital', 'pharmacy'] as const
export type InstitutionSubject = (typeof INSTITUTIONS)[number]

export const PRACTITIONERS = ['physician', 'pharmacist'] as const
export type PractitionerSubject = (typeof PRACTITIONERS)[number]

const PATHS: Readonly<Record<string, string>> = {
  hospital: '/hospital/institutionId',
  physician: '/physician/practitionerId',
  person: '/patient/personId',
}

/** The prescribing hospital or the supplying institution; the rule's needs have seen to its presence. */
export function institutionOf(facts: Facts, subject: InstitutionSubject): InstitutionFacts {
  return facts[subject]!
}

/** The prescribing physician or the reviewing pharmacist; the rule's needs have seen to its presence. */
export function practitionerOf(facts: Facts, subject: PractitionerSubject): PractitionerFacts {
  return facts[subject]!
}

/** JSON pointer to the field that names the subject; empty for one that the document doesn't name. */
export function pathOf(subject: string): { readonly path?: string } {
  const path = PATHS[subject]
  return path === undefined ? {} : { path }
}
