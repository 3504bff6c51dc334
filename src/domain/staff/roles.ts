import type { Caller } from '../caller.ts'
import type { Bilingual } from '../finding.ts'

interface Role extends Bilingual {
  /** As whom the person's commands are given. */
  readonly kind: Exclude<Caller['kind'], 'patient' | 'system'>
}

/** What people do for whom. */
export const STAFF_ROLES = {
  pharmacist: { kind: 'pharmacy', zh: '执业药师', en: 'pharmacist' },
  clerk: { kind: 'pharmacy', zh: '药店店员', en: 'pharmacy clerk' },
  'insurance-office': { kind: 'hospital', zh: '医院医保办', en: 'insurance office of a hospital' },
  'officer-county': { kind: 'agency', zh: '县级经办', en: 'officer of the county' },
  'officer-city': { kind: 'agency', zh: '市级经办', en: 'officer of the city' },
  'officer-centre': { kind: 'agency', zh: '医保中心', en: 'officer of the centre' },
  supervisor: { kind: 'agency', zh: '基金监管', en: 'supervisor' },
  operator: { kind: 'operator', zh: '平台运维', en: 'operator of the hub' },
} as const satisfies Readonly<Record<string, Role>>

export type StaffRole = keyof typeof STAFF_ROLES

/** Whom each role may invite: the agency everybody of its region, an institution its own people. */
const MAY_INVITE: Readonly<Record<StaffRole, readonly StaffRole[]>> = {
  pharmacist: ['pharmacist', 'clerk'],
  clerk: [],
  'insurance-office': ['insurance-office'],
  'officer-county': ['pharmacist', 'clerk', 'insurance-office'],
  'officer-city': [
    'pharmacist',
    'clerk',
    'insurance-office',
    'officer-county',
    'officer-city',
    'officer-centre',
    'supervisor',
  ],
  'officer-centre': ['pharmacist', 'clerk', 'insurance-office', 'officer-county', 'officer-centre'],
  supervisor: [],
  operator: ['officer-city', 'officer-centre', 'supervisor', 'operator'],
}

/** Who somebody is, and for whom. */
export interface StaffPlace {
  readonly role: StaffRole
  readonly regionCode: string
  readonly institutionId?: string | undefined
}

/** The roles that somebody may invite or dismiss. */
export function invitable(role: StaffRole): readonly StaffRole[] {
  return MAY_INVITE[role]
}

/** True when one may invite, invite anew or dismiss the other: of the same region, and of the own institution. */
export function mayManage(one: StaffPlace, other: StaffPlace): boolean {
  if (!MAY_INVITE[one.role].includes(other.role)) return false
  if (one.role === 'operator') return true
  if (one.regionCode !== other.regionCode) return false
  return one.institutionId === undefined || one.institutionId === other.institutionId
}

/** True for a role of people who belong to one hospital or pharmacy. */
export function hasInstitution(role: StaffRole): boolean {
  const { kind } = STAFF_ROLES[role]
  return kind === 'pharmacy' || kind === 'hospital'
}
