import { dayOf } from '../../domain/primitives/civil-day.ts'
import { invitable, STAFF_ROLES, type StaffRole } from '../../domain/staff/roles.ts'
import type { Deps } from '../../usecases/deps.ts'
import type { StaffPerson } from '../../usecases/staff/session.ts'
import type { ShellPerson } from '../pages/shell.ts'

const COUNTER: ShellPerson['places'] = [
  { href: '/counter', name: '待办处方', key: 'F2' },
  { href: '/counter/refunds', name: '退费' },
  { href: '/counter/stock', name: '库存' },
  { href: '/counter/months', name: '对账' },
]

/** Where somebody can go. */
export function placesOf(role: StaffRole): ShellPerson['places'] {
  return [
    ...(STAFF_ROLES[role].kind === 'pharmacy' ? COUNTER : []),
    ...(STAFF_ROLES[role].kind === 'agency' ? [{ href: '/office', name: '处方查询' }] : []),
    ...(invitable(role).length > 0 ? [{ href: '/staff/people', name: '人员' }] : []),
  ]
}

/** Where somebody begins. */
export function beginningOf(role: StaffRole): string {
  return placesOf(role)[0]?.href ?? '/'
}

/** The name of the institution of somebody, or of the region whose agency it is. */
export async function placeName(
  deps: Pick<Deps, 'pool' | 'registers' | 'policies' | 'clock'>,
  { regionCode, institutionId }: Pick<StaffPerson, 'regionCode' | 'institutionId'>,
): Promise<string> {
  if (regionCode === '') return '平台'
  const today = dayOf(deps.clock())
  const region = deps.policies.inForce(regionCode, today)?.name.zh ?? regionCode
  if (institutionId === undefined) return `${region}医保经办机构`
  const snapshot = await deps.registers.latest(deps.pool, regionCode)
  return snapshot.find('institution', institutionId, today)?.name ?? institutionId
}
