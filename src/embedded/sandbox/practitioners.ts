import { addDays, addYears } from '../../domain/primitives/civil-day.ts'
import type { Filing, Institution, Practitioner, RegisterEntry, Title } from '../../domain/registers.ts'
import { pharmacistCode, physicianCode } from './sample-codes.ts'
import { entry, type SandboxSetting } from './setting.ts'
import type { SandboxCast } from './world.ts'

type Practitioners = Pick<
  SandboxCast,
  | 'chief'
  | 'associateChief'
  | 'attending'
  | 'unpublishedPhysician'
  | 'notFiledPhysician'
  | 'filedElsewherePhysician'
  | 'expiredLicencePhysician'
  | 'sanctionedPhysician'
  | 'generalPractitioner'
  | 'pharmacist'
  | 'secondPharmacist'
  | 'expiredPharmacist'
>
type Places = Pick<
  SandboxCast,
  'hospital' | 'primaryHospital' | 'privateHospital' | 'designatedPharmacy' | 'secondPharmacy'
>

/** What a chief of oncology treats, wherever the ordinary physician treats something else. */
const CANCER = ['C', 'D0', 'D37', 'D38', 'D39', 'D4']

/** Makes physicians and pharmacists: the good ones, and one for each way to fail. */
export function makePractitioners(setting: SandboxSetting): Practitioners {
  const physician = (
    sequence: number,
    name: string,
    title: Title,
    licenceValidTo?: string,
  ): Practitioner => ({
    practitionerId: physicianCode(setting.county(0), sequence),
    kind: 'physician',
    name: `样例${name}`,
    title,
    licenceNo: licenceOf(setting, '110', sequence),
    licenceValidTo: licenceValidTo ?? addYears(setting.today, 3),
  })
  const pharmacist = (sequence: number, name: string, licenceValidTo?: string): Practitioner => ({
    practitionerId: pharmacistCode(setting.county(0), sequence),
    kind: 'pharmacist',
    name: `样例${name}`,
    licenceNo: licenceOf(setting, '900', sequence),
    licenceValidTo: licenceValidTo ?? addYears(setting.today, 3),
  })
  const yesterday = addDays(setting.today, -1)
  return {
    chief: physician(1, '主任陈医师', 'chief'),
    associateChief: physician(2, '副主任林医师', 'associate-chief'),
    attending: physician(3, '主治黄医师', 'attending'),
    unpublishedPhysician: physician(4, '未公布医师', 'associate-chief'),
    notFiledPhysician: physician(5, '未备案医师', 'associate-chief'),
    filedElsewherePhysician: physician(6, '他院备案医师', 'associate-chief'),
    expiredLicencePhysician: physician(7, '执业证过期医师', 'associate-chief', yesterday),
    sanctionedPhysician: physician(8, '取消资格医师', 'associate-chief'),
    generalPractitioner: physician(9, '社区全科医师', 'attending'),
    pharmacist: pharmacist(1, '执业药师甲'),
    secondPharmacist: pharmacist(2, '执业药师乙'),
    expiredPharmacist: pharmacist(3, '证书过期药师', yesterday),
  }
}

/** The register entries of those practitioners, their filings and the one sanction. */
export function registerPractitioners(
  setting: SandboxSetting,
  cast: Practitioners,
  places: Places,
): RegisterEntry[] {
  const { persona, longAgo } = setting
  const chiefs = persona.physician === 'chief' ? persona.diseases : CANCER
  const file = (who: Practitioner, where: Institution, role: Filing['role'], rest: Partial<Filing> = {}) =>
    entry(
      'filing',
      `${who.practitionerId}:${where.institutionId}:${role}`,
      {
        practitionerId: who.practitionerId,
        institutionId: where.institutionId,
        role,
        diseases: role === 'pharmacist' ? [] : persona.diseases,
        publishedOn: longAgo,
        ...rest,
      },
      longAgo,
    )
  const { publishedOn: _, ...unpublished } = file(
    cast.unpublishedPhysician,
    places.hospital,
    'responsible-physician',
  ).data
  return [
    ...Object.values(cast).map((who) => entry('practitioner', who.practitionerId, who, longAgo)),
    file(cast.chief, places.hospital, 'responsible-physician', { diseases: chiefs }),
    file(cast.chief, places.hospital, 'assessor', { diseases: chiefs }),
    file(cast.associateChief, places.hospital, 'responsible-physician'),
    file(cast.associateChief, places.hospital, 'assessor'),
    file(cast.attending, places.hospital, 'responsible-physician'),
    {
      ...file(cast.unpublishedPhysician, places.hospital, 'responsible-physician'),
      data: unpublished,
    },
    file(cast.filedElsewherePhysician, places.privateHospital, 'responsible-physician'),
    file(cast.expiredLicencePhysician, places.hospital, 'responsible-physician'),
    file(cast.sanctionedPhysician, places.hospital, 'responsible-physician'),
    file(cast.generalPractitioner, places.primaryHospital, 'responsible-physician'),
    file(cast.pharmacist, places.designatedPharmacy, 'pharmacist'),
    file(cast.secondPharmacist, places.secondPharmacy, 'pharmacist'),
    file(cast.expiredPharmacist, places.designatedPharmacy, 'pharmacist'),
    entry(
      'sanction',
      `qualification-lost:${cast.sanctionedPhysician.practitionerId}`,
      {
        subject: 'practitioner',
        subjectId: cast.sanctionedPhysician.practitionerId,
        kind: 'qualification-lost',
        reason: '样例：伪造病情，取消医保医师资格',
      },
      setting.monthAgo,
    ),
  ]
}

function licenceOf(setting: SandboxSetting, kind: string, sequence: number): string {
  return `${kind}${setting.county(0)}${String(990000 + sequence)}`
}
