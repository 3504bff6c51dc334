import { Problem } from '../../domain/problems.ts'
import { invitable, mayManage } from '../../domain/staff/roles.ts'
import { inTransaction } from '../../storage/database.ts'
import { findPerson, leavePerson, listPersons, type StaffRow } from '../../storage/staff/persons.ts'
import { endSessionsOf } from '../../storage/staff/sessions.ts'
import { addSignIn, listSignIns } from '../../storage/staff/sign-ins.ts'
import type { StaffPerson } from './session.ts'
import type { StaffDeps } from './staff-deps.ts'

/** The people that somebody may see, and what happened at the door. */
export interface People {
  readonly people: readonly StaffRow[]
  readonly signIns: Awaited<ReturnType<typeof listSignIns>>
}

const SHOWN = 500
const SIGN_INS = 50

/**
 * The people of the own institution, or for an agency of its region; with the newest sign-ins.
 *
 * @throws Problem role-lacking for who invites nobody
 */
export async function readPeople(deps: Pick<StaffDeps, 'pool'>, person: StaffPerson): Promise<People> {
  const { role, regionCode, institutionId } = person
  if (invitable(role).length === 0) throw new Problem('role-lacking')
  const [people, signIns] = await Promise.all([
    listPersons(deps.pool, regionCode, institutionId, SHOWN),
    listSignIns(deps.pool, regionCode, institutionId, SIGN_INS),
  ])
  return { people, signIns }
}

/**
 * Somebody has left: the sessions end at once, and nobody signs in by that name again.
 *
 * @throws Problem role-lacking, also for oneself; not-yours for nobody, and for who has left already
 */
export async function dismiss(deps: StaffDeps, by: StaffPerson, personId: string): Promise<void> {
  const now = deps.machineClock()
  await inTransaction(deps.pool, async (tx) => {
    const person = await findPerson(tx, personId, true)
    if (person === undefined || person.leftAt !== undefined) throw new Problem('not-yours')
    if (!mayManage(by, person) || by.personId === personId) throw new Problem('role-lacking')
    await leavePerson(tx, personId, by.caller.id, now)
    await endSessionsOf(tx, personId)
    await addSignIn(tx, personId, 'left', now)
  })
}
