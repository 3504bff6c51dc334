import { randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { FieldFault } from '../../domain/field-fault.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import { loginOf } from '../../domain/staff/password.ts'
import { hasInstitution, mayManage, STAFF_ROLES, type StaffPlace } from '../../domain/staff/roles.ts'
import { inTransaction, type Transaction } from '../../storage/database.ts'
import { addInvitation } from '../../storage/staff/invitations.ts'
import { addPerson, dropSecrets, findPerson } from '../../storage/staff/persons.ts'
import { endSessionsOf } from '../../storage/staff/sessions.ts'
import { addSignIn } from '../../storage/staff/sign-ins.ts'
import { seal } from '../access/sealed.ts'
import { hashOf } from '../secrets.ts'
import type { StaffDeps } from './staff-deps.ts'
import { newTotpSecret } from './totp.ts'

/** Days for which an invitation works. */
const DAYS = 7

/** Who is invited. */
export interface Invited extends StaffPlace {
  readonly name: string
  readonly login: string
  /** National code; pharmacists only. */
  readonly practitionerId?: string | undefined
}

/** Who invites: somebody signed in, or the operator at the machine. */
export type Inviter = StaffPlace & { readonly id: string }

/** The operator at the machine of the hub, who invites the first people. */
export const AT_THE_MACHINE: Inviter = { id: 'operator-at-the-machine', role: 'operator', regionCode: '' }

/**
 * Invites somebody: by a link that works once, within seven days.
 *
 * @returns the link; it can't be told again
 * @throws Problem role-lacking; login-taken; reference-unknown for an institution or a pharmacist that no register has
 */
export async function invite(deps: StaffDeps, by: Inviter, invited: Invited): Promise<string> {
  if (!mayManage(by, invited)) throw new Problem('role-lacking')
  await requireRegistered(deps, invited)
  const now = deps.machineClock()
  const { role, regionCode, institutionId, practitionerId, name } = invited
  const person = {
    personId: uuid(),
    role,
    regionCode,
    name,
    login: loginOf(invited.login),
    isSample: false,
    ...(hasInstitution(role) && institutionId !== undefined ? { institutionId } : {}),
    ...(role === 'pharmacist' && practitionerId !== undefined ? { practitionerId } : {}),
  }
  return await inTransaction(deps.pool, async (tx) => {
    if (!(await addPerson(tx, person, by.id, now))) throw new Problem('login-taken')
    return await invitationLink(deps, tx, person.personId, now)
  })
}

/**
 * Invites somebody anew who lost password or telephone. What the person had ends at once.
 *
 * @throws Problem role-lacking; not-yours for nobody, and for who has left
 */
export async function inviteAnew(deps: StaffDeps, by: Inviter, personId: string): Promise<string> {
  const now = deps.machineClock()
  return await inTransaction(deps.pool, async (tx) => {
    const person = await findPerson(tx, personId, true)
    if (person === undefined || person.leftAt !== undefined || person.isSample) throw new Problem('not-yours')
    if (!mayManage(by, person)) throw new Problem('role-lacking')
    await dropSecrets(tx, personId)
    await endSessionsOf(tx, personId)
    await addSignIn(tx, personId, 'invited-anew', now)
    return await invitationLink(deps, tx, personId, now)
  })
}

async function invitationLink(
  deps: StaffDeps,
  tx: Transaction,
  personId: string,
  now: Date,
): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const totpSealed = seal(deps.keyEncryptionKey, `totp/${personId}`, newTotpSecret())
  const endsAt = new Date(now.getTime() + DAYS * 86_400_000)
  await addInvitation(tx, { hash: hashOf(token), personId, totpSealed }, now, endsAt)
  return `${deps.publicUrl}/staff/invitations/${token}`
}

/** @throws Problem reference-unknown */
async function requireRegistered(deps: StaffDeps, invited: Invited): Promise<void> {
  const { role, regionCode, institutionId = '', practitionerId = '' } = invited
  const faults: FieldFault[] = []
  if (role !== 'operator' && !deps.policies.regions().some(({ region }) => region === regionCode))
    faults.push(unknown('regionCode'))
  if (hasInstitution(role)) {
    const today = dayOf(deps.machineClock())
    const snapshot = await deps.registers.latest(deps.pool, regionCode)
    const kind = snapshot.find('institution', institutionId, today)?.kind
    if (kind !== undefined && (kind === 'pharmacy') !== (STAFF_ROLES[role].kind === 'pharmacy'))
      faults.push(unknown('institutionId'))
    if (kind === undefined) faults.push(unknown('institutionId'))
    if (role === 'pharmacist' && snapshot.find('practitioner', practitionerId, today)?.kind !== 'pharmacist')
      faults.push(unknown('practitionerId'))
  }
  if (faults.length > 0) throw new Problem('reference-unknown', { fields: faults })
}

const NAMES = { regionCode: '统筹区', institutionId: '机构编码', practitionerId: '药师编码' } as const

function unknown(field: keyof typeof NAMES): FieldFault {
  return {
    path: `/body/${field}`,
    keyword: 'reference',
    message: { zh: `${NAMES[field]}不在名录中。`, en: `No register has this ${field}.` },
  }
}
