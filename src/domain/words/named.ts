import type { PrescriptionDocument } from '../../../schemas/prescription-document.ts'
import type { RegisterView } from '../prescription-facts.ts'
import type { CivilDay } from '../primitives/civil-day.ts'
import { foldedName, isSameName } from '../primitives/folded-name.ts'

/** Whether the words beside codes are those of the registers; absent where a register doesn't say. */
export interface NamedFacts {
  readonly hospital?: boolean
  readonly department?: boolean
  readonly physician?: boolean
  /** Per diagnosis of the document, in its order. */
  readonly diagnoses: readonly DiagnosisName[]
}

/** `unknown`: no register has the code; `wording`: other words than the register's; `another`: those of another disease. */
export type DiagnosisName = 'same' | 'wording' | 'another' | 'unknown'

/**
 * Compares the names in a document with the registers. No name gets out: the facts of a judgement are kept for ever.
 *
 * @see MZ-4.3a, SX-10.1
 */
export function namedFactsOf(view: RegisterView, document: PrescriptionDocument, day: CivilDay): NamedFacts {
  const { hospital, physician, visit } = document
  const institution = view.find('institution', hospital.institutionId, day)
  const practitioner = view.find('practitioner', physician.practitionerId, day)
  const department = institution?.departments?.find(({ code }) => code === visit.departmentCode)
  return {
    ...(institution === undefined ? {} : { hospital: isSameName(institution.name, hospital.name) }),
    ...(practitioner === undefined ? {} : { physician: isSameName(practitioner.name, physician.name) }),
    ...(institution?.departments === undefined
      ? {}
      : { department: department !== undefined && isSameName(department.name, visit.departmentName) }),
    diagnoses: document.diagnoses.map(({ code, name }) => diagnosisName(view, code, name, day)),
  }
}

/** A name that the register keeps for a code of another category (the first three characters) is another disease's. */
function diagnosisName(view: RegisterView, code: string, name: string, day: CivilDay): DiagnosisName {
  const registered = view.find('diagnosis', code, day)
  if (registered === undefined) return 'unknown'
  if ([registered.name, ...(registered.otherNames ?? [])].some((other) => isSameName(other, name)))
    return 'same'
  const bearers = view.about('diagnosis', foldedName(name))
  return bearers.length > 0 && bearers.every((bearer) => bearer.code.slice(0, 3) !== code.slice(0, 3))
    ? 'another'
    : 'wording'
}
