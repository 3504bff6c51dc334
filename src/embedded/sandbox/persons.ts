import { addDays, addYears } from '../../domain/primitives/civil-day.ts'
import type { Person, RegisterEntry } from '../../domain/registers.ts'
import { personNumber, samplePhone, sampleResidentId } from './sample-codes.ts'
import { entry, type SandboxSetting } from './setting.ts'
import type { SandboxCast } from './world.ts'

export type Persons = Pick<
  SandboxCast,
  | 'employee'
  | 'resident'
  | 'assisted'
  | 'extremePoverty'
  | 'lowIncome'
  | 'suspendedPerson'
  | 'specialDiseasePerson'
  | 'outsider'
  | 'excludedPerson'
  | 'unqualifiedPerson'
  | 'lapsedPerson'
  | 'progressedPerson'
  | 'charityPerson'
>

/** Makes insured persons: every scheme and assistance class, and one for each way to fail. Nobody is real. */
export function makePersons(setting: SandboxSetting): Persons {
  const scheme = setting.persona.person
  return {
    employee: person(setting, 1, '张三', { scheme: 'employee' }),
    resident: person(setting, 2, '李四', { scheme: 'resident' }),
    assisted: person(setting, 3, '王五', { scheme: 'resident', assistance: 'minimum-living' }),
    extremePoverty: person(setting, 4, '赵六', { scheme: 'resident', assistance: 'extreme-poverty' }),
    lowIncome: person(setting, 5, '钱七', { scheme: 'resident', assistance: 'low-income' }),
    suspendedPerson: person(setting, 6, '孙八', { scheme, standing: 'suspended' }),
    specialDiseasePerson: person(setting, 7, '周九', { scheme, specialDisease: true }),
    outsider: person(setting, 8, '吴十', { scheme, insuredRegion: elsewhere(setting.region.regionCode) }),
    excludedPerson: person(setting, 9, '郑十一', { scheme }),
    unqualifiedPerson: person(setting, 10, '冯十二', { scheme }),
    lapsedPerson: person(setting, 11, '褚十三', { scheme }),
    progressedPerson: person(setting, 12, '卫十四', { scheme }),
    charityPerson: person(setting, 13, '蒋十五', { scheme }),
  }
}

/** The register entries of those persons and the one exclusion. */
export function registerPersons(setting: SandboxSetting, cast: Persons): RegisterEntry[] {
  return [
    ...Object.values(cast).map((who) => entry('person', who.personId, who, setting.longAgo)),
    entry(
      'sanction',
      `benefit-excluded:${cast.excludedPerson.personId}`,
      {
        subject: 'person',
        subjectId: cast.excludedPerson.personId,
        kind: 'benefit-excluded',
        reason: '样例：骗取医保待遇，暂停待遇一年',
      },
      setting.monthAgo,
      addDays(addYears(setting.monthAgo, 1), -1),
    ),
  ]
}

/** All are men between 45 and 79, because the sample diagnoses include prostate cancer. */
function person(
  setting: SandboxSetting,
  sequence: number,
  name: string,
  rest: Partial<Person> & Pick<Person, 'scheme'>,
): Person {
  const { regionCode } = setting.region
  const birthDate = addDays(addYears(setting.today, -45 - setting.random(34)), -setting.random(365))
  return {
    personId: personNumber(regionCode, sequence),
    name: `样例${name}`,
    idNumber: sampleResidentId(regionCode, birthDate, sequence, 'male'),
    phone: samplePhone(regionCode, 100 + sequence),
    birthDate,
    sex: 'male',
    standing: 'active',
    assistance: 'none',
    insuredRegion: regionCode,
    countyCode: setting.county(sequence - 1),
    ...rest,
  }
}

const elsewhere = (regionCode: string) => (regionCode === '500000' ? '441400' : '500000')
