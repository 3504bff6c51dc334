import type { RegisterName, Registers } from './registers.ts'

/** An entry that another one is about: it has to be in the register on the first day of the other. */
export interface Reference {
  readonly register: 'institution' | 'practitioner' | 'drug' | 'person'
  readonly key: string
  /** JSON pointer to the member that names it. */
  readonly path: string
}

/**
 * What an entry refers to. Places and physicians of an admission count only within the region: an admission may name
 * a hospital elsewhere, whose register is another agency's.
 *
 * @param root what the pointers start with: `/body/data`
 * @see MZ-4.1, SX-15
 */
export function referencesOf<Name extends RegisterName>(
  register: Name,
  data: Registers[Name],
  regionCode: string,
  root = '',
): Reference[] {
  const to = (kind: Reference['register'], name: string, key: string | undefined): Reference[] =>
    key === undefined ? [] : [{ register: kind, key, path: `${root}/${name}` }]
  const each = (kind: Reference['register'], name: string, keys: readonly string[] = []): Reference[] =>
    keys.flatMap((key, index) => to(kind, `${name}/${index}`, key))
  switch (register) {
    case 'designation':
      return to('institution', 'institutionId', (data as Registers['designation']).institutionId)
    case 'filing': {
      const { practitionerId, institutionId } = data as Registers['filing']
      return [
        ...to('practitioner', 'practitionerId', practitionerId),
        ...to('institution', 'institutionId', institutionId),
      ]
    }
    case 'certificate': {
      const { practitionerId, institutionId } = data as Registers['certificate']
      return [
        ...to('practitioner', 'practitionerId', practitionerId),
        ...to('institution', 'institutionId', institutionId),
      ]
    }
    case 'payment-standard':
    case 'drug-list':
      return to('drug', 'drugCode', (data as Registers['drug-list']).drugCode)
    case 'sanction': {
      const { subject, subjectId } = data as Registers['sanction']
      return to(subject, 'subjectId', subjectId)
    }
    case 'other-benefit': {
      const { personId, drugCode } = data as Registers['other-benefit']
      return [...to('person', 'personId', personId), ...to('drug', 'drugCode', drugCode)]
    }
    case 'qualification': {
      const { personId, drugCodes, hospitalId, assessingHospitalId, supplierId, physicianIds } =
        data as Registers['qualification']
      const here = (code: string | undefined) =>
        code !== undefined && isWithin(code, regionCode) ? code : undefined
      return [
        ...to('person', 'personId', personId),
        ...each('drug', 'drugCodes', drugCodes),
        ...to('institution', 'hospitalId', here(hospitalId)),
        ...to('institution', 'assessingHospitalId', here(assessingHospitalId)),
        ...to('institution', 'supplierId', here(supplierId)),
        ...each('practitioner', 'physicianIds', physicianIds).filter(({ key }) => isWithin(key, regionCode)),
      ]
    }
    default:
      return []
  }
}

/** True for a national code of the region: letters, then the county. */
function isWithin(code: string, regionCode: string): boolean {
  return code.replace(/^[A-Z]+/, '').startsWith(regionCode.replace(/(00)+$/, ''))
}
