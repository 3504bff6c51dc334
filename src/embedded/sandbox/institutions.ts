import { addDays } from '../../domain/primitives/civil-day.ts'
import type { HospitalLevel, Institution, RegisterEntry } from '../../domain/registers.ts'
import { hospitalCode, pharmacyCode, samplePhone } from './sample-codes.ts'
import { entry, type SandboxSetting } from './setting.ts'
import type { SandboxCast } from './world.ts'

type Institutions = Pick<
  SandboxCast,
  | 'tertiaryHospital'
  | 'secondaryHospital'
  | 'primaryHospital'
  | 'suspendedHospital'
  | 'privateHospital'
  | 'internetHospital'
  | 'designatedPharmacy'
  | 'secondPharmacy'
  | 'noStockPharmacy'
  | 'undesignatedPharmacy'
  | 'endedPharmacy'
>

/** The department in which the sample prescriptions are written. */
export const DEPARTMENT = { code: 'A03', name: '样例门诊' } as const

/** Makes the hospitals and pharmacies of a region, spread over its counties. */
export function makeInstitutions(setting: SandboxSetting): Institutions {
  const hospital = (
    sequence: number,
    place: number,
    title: string,
    level: HospitalLevel,
    rest: Partial<Institution> = {},
  ) =>
    institution(setting, sequence, place, title, {
      institutionId: hospitalCode(setting.county(place), sequence),
      kind: 'hospital',
      departments: [DEPARTMENT],
      level,
      ...rest,
    })
  const pharmacy = (sequence: number, place: number, title: string, rest: Partial<Institution> = {}) =>
    institution(setting, sequence + 20, place, title, {
      institutionId: pharmacyCode(setting.county(place), sequence),
      kind: 'pharmacy',
      ownership: 'private',
      ...rest,
    })
  const hospitals = {
    tertiaryHospital: hospital(1, 0, '人民医院（三级公立）', 'tertiary', {
      geneTesting: true,
      coldChain: true,
    }),
    secondaryHospital: hospital(2, 1, '第二医院（二级公立）', 'secondary'),
    primaryHospital: hospital(3, 2, '社区卫生服务中心（一级）', 'primary'),
    suspendedHospital: hospital(4, 3, '第四医院（二级，已暂停协议）', 'secondary'),
    privateHospital: hospital(5, 0, '民营医院（三级民营）', 'tertiary', { ownership: 'private' }),
    internetHospital: hospital(6, 0, '互联网医院', 'tertiary', { kind: 'internet-hospital' }),
  }
  const { persona } = setting
  return {
    ...hospitals,
    designatedPharmacy:
      persona.supplier === 'hospital'
        ? hospitals[persona.hospital]
        : pharmacy(1, 0, '定点药店一（有库存）', { coldChain: true }),
    secondPharmacy: pharmacy(2, 1, '定点药店二（有库存）', { coldChain: true }),
    noStockPharmacy: pharmacy(3, 2, '定点药店三（无库存）'),
    undesignatedPharmacy: pharmacy(4, 0, '普通药店（非双通道定点）'),
    endedPharmacy: pharmacy(5, 3, '药店五（协议已到期）'),
  }
}

/** The register entries of those institutions, their agreements and the suspension. */
export function registerInstitutions(setting: SandboxSetting, cast: Institutions): RegisterEntry[] {
  const { tertiary, secondary, primary, pharmacy } = setting.persona.designations
  const monthAgo = setting.monthAgo
  const all = [...new Set(Object.values(cast))]
  return [
    ...all.map((it) => entry('institution', it.institutionId, it, setting.longAgo)),
    ...designate(setting, cast.tertiaryHospital, tertiary),
    ...designate(setting, cast.secondaryHospital, secondary),
    ...designate(setting, cast.primaryHospital, primary),
    ...designate(setting, cast.suspendedHospital, secondary),
    ...designate(setting, cast.privateHospital, ['settling']),
    ...designate(setting, cast.internetHospital, tertiary),
    ...(cast.designatedPharmacy.kind === 'pharmacy'
      ? designate(setting, cast.designatedPharmacy, pharmacy)
      : []),
    ...designate(setting, cast.secondPharmacy, pharmacy),
    ...designate(setting, cast.noStockPharmacy, pharmacy),
    ...designate(setting, cast.undesignatedPharmacy, ['settling']),
    ...designate(setting, cast.endedPharmacy, pharmacy, monthAgo),
    entry(
      'sanction',
      `suspension:${cast.suspendedHospital.institutionId}`,
      {
        subject: 'institution',
        subjectId: cast.suspendedHospital.institutionId,
        kind: 'suspension',
        reason: '样例：违反服务协议，暂停医保协议',
      },
      monthAgo,
      addDays(setting.today, 300),
    ),
  ]
}

function designate(
  setting: SandboxSetting,
  institution: Institution,
  kinds: readonly string[],
  validTo?: string,
): RegisterEntry[] {
  const byRight = institution.level === 'tertiary' && institution.ownership === 'public'
  return kinds.map((kind) =>
    entry(
      'designation',
      `${institution.institutionId}:${kind}`,
      {
        institutionId: institution.institutionId,
        kind,
        agreementNo: `样例协议-${institution.institutionId}-${kind}`,
        basis: byRight ? 'by-right' : 'application',
      },
      setting.longAgo,
      validTo,
    ),
  )
}

function institution(
  setting: SandboxSetting,
  sequence: number,
  place: number,
  title: string,
  rest: Partial<Institution> & Pick<Institution, 'institutionId' | 'kind'>,
): Institution {
  const countyCode = setting.county(place)
  const county = setting.reference.counties.get(countyCode)
  // Within about two kilometres of the county's centre, so that distances differ.
  const nearby = (centre: number) => Math.round((centre + (setting.random(401) - 200) / 10_000) * 1e6) / 1e6
  const position =
    county?.longitude === undefined || county.latitude === undefined
      ? {}
      : { longitude: nearby(county.longitude), latitude: nearby(county.latitude) }
  return {
    ownership: 'public',
    name: `样例${setting.region.name.zh}${title}`,
    countyCode,
    address: `（样例地址）${setting.region.name.zh}${county?.name ?? ''}样例路${1 + setting.random(200)}号`,
    phone: samplePhone(setting.region.regionCode, sequence),
    openingHours: rest.kind === 'pharmacy' ? '08:30-21:30' : '08:00-17:30',
    ...position,
    ...rest,
  }
}
