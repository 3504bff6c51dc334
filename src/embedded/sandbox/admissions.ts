import { addDays, addYears, yearOf } from '../../domain/primitives/civil-day.ts'
import type { Drug, Person, Practitioner, Qualification, RegisterEntry } from '../../domain/registers.ts'
import type { Persons } from './persons.ts'
import { entry, type SandboxSetting } from './setting.ts'
import type { SandboxCast } from './world.ts'

type Places = Pick<SandboxCast, 'hospital' | 'tertiaryHospital' | 'designatedPharmacy'>
type Physicians = Pick<SandboxCast, 'physician' | 'chief' | 'attending'>

interface Grant {
  readonly kind: string
  readonly from: string
  readonly to: string
  readonly data: Omit<Qualification, 'personId' | 'kind'>
}

/** The admissions that the persons already hold, in the form the region uses; none where it has none. */
export function registerAdmissions(
  setting: SandboxSetting,
  persons: Persons,
  places: Places,
  physicians: Physicians,
  drugs: { readonly drug: Drug; readonly confidentialDrug: Drug; readonly sameIngredientDrug: Drug },
): RegisterEntry[] {
  const { persona, monthAgo, today } = setting
  if (persona.admission === 'none') return []
  const grants =
    persona.admission === 'two-disease'
      ? twoDisease(setting, places, physicians.physician)
      : [
          drugGrant(
            setting,
            places,
            drugs.drug,
            [physicians.physician, physicians.attending],
            // The injection first, then the capsules: one treatment.
            drugs.sameIngredientDrug.ingredient === drugs.drug.ingredient ? [drugs.sameIngredientDrug] : [],
          ),
          ...(drugs.drug === drugs.confidentialDrug
            ? []
            : [drugGrant(setting, places, drugs.confidentialDrug, [physicians.chief])]),
          ...(persona.admission === 'drug' ? [] : [hospitalChoice(places, monthAgo, yearFrom(monthAgo))]),
        ]
  const grant = (who: Person, change: (it: Grant) => Grant = (it) => it) =>
    grants.map(change).map((it, index) =>
      entry(
        'qualification',
        `${it.kind}:${who.personId}:${index + 1}`,
        {
          personId: who.personId,
          kind: it.kind,
          ...it.data,
          documentNo: `样例-${it.kind}-${who.personId.slice(-4)}-${index + 1}`,
        },
        it.from,
        it.to,
      ),
    )
  const lapse = (it: Grant): Grant => ({ ...it, from: addYears(monthAgo, -1), to: addDays(today, -1) })
  const progress = (it: Grant): Grant =>
    it.kind === 'hospital-choice' ? it : { ...it, data: { ...it.data, assessment: 'progressed' } }
  return [
    ...[
      persons.employee,
      persons.resident,
      persons.assisted,
      persons.extremePoverty,
      persons.lowIncome,
      persons.suspendedPerson,
      persons.specialDiseasePerson,
      persons.outsider,
      persons.excludedPerson,
      persons.charityPerson,
    ].flatMap((who) => grant(who)),
    ...grant(persons.lapsedPerson, lapse),
    ...grant(persons.progressedPerson, progress),
    entry(
      'qualification',
      `charity:${persons.charityPerson.personId}`,
      {
        personId: persons.charityPerson.personId,
        kind: 'charity',
        drugCodes: [drugs.drug.drugCode],
        documentNo: '样例-慈善援助',
      },
      monthAgo,
      yearFrom(monthAgo),
    ),
  ]
}

/** The last day of a year that begins on `day`. */
const yearFrom = (day: string) => addDays(addYears(day, 1), -1)

function drugGrant(
  { persona, monthAgo }: SandboxSetting,
  places: Places,
  drug: Drug,
  physicians: readonly Practitioner[],
  besides: readonly Drug[] = [],
): Grant {
  return {
    kind: 'drug',
    from: monthAgo,
    to: yearFrom(monthAgo),
    data: {
      drugCodes: [drug, ...besides].map(({ drugCode }) => drugCode),
      ...(drug.restrictedIcd !== undefined && { diagnoses: drug.restrictedIcd }),
      hospitalId: places.hospital.institutionId,
      physicianIds: physicians.map((physician) => physician.practitionerId),
      regimen: `（样例方案）${drug.genericName}，按说明书使用`,
      assessment: 'continues',
      assessedOn: monthAgo,
      ...(persona.admission === 'five-points' && {
        assessingHospitalId: places.tertiaryHospital.institutionId,
        supplierId: places.designatedPharmacy.institutionId,
      }),
    },
  }
}

function twoDisease(setting: SandboxSetting, places: Places, physician: Practitioner): Grant[] {
  const year = yearOf(setting.today)
  return [
    {
      kind: 'two-disease',
      from: `${year - 1}-01-01`,
      to: `${year}-12-31`,
      data: {
        diagnoses: ['I10', 'E11'],
        assessingHospitalId: places.hospital.institutionId,
        physicianIds: [physician.practitionerId],
        assessment: 'continues',
        assessedOn: `${year - 1}-01-01`,
      },
    },
    hospitalChoice(places, `${year}-01-01`, `${year}-12-31`),
  ]
}

function hospitalChoice(places: Places, from: string, to: string): Grant {
  return { kind: 'hospital-choice', from, to, data: { hospitalId: places.hospital.institutionId } }
}
