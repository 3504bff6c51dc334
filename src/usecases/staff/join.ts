import { Problem } from '../../domain/problems.ts'
import { isStrongPassword } from '../../domain/staff/password.ts'
import { inTransaction } from '../../storage/database.ts'
import { findInvitation, useInvitation } from '../../storage/staff/invitations.ts'
import { findPerson, type StaffRow, setSecrets } from '../../storage/staff/persons.ts'
import { addSignIn } from '../../storage/staff/sign-ins.ts'
import { unseal } from '../access/sealed.ts'
import { hashOf } from '../secrets.ts'
import { passwordHash } from './password.ts'
import { openStaffSession } from './session.ts'
import type { StaffDeps } from './staff-deps.ts'
import { stepOfCode, totpAddress } from './totp.ts'

/** An invitation that can still be used, as its holder sees it. */
export interface Invitation {
  readonly person: StaffRow
  /** Base32, to be typed into an authenticator that can't scan. */
  readonly totpSecret: string
  /** What an authenticator scans. */
  readonly totpAddress: string
}

/** @throws Problem invitation-unknown for one that was used, replaced, too old, or that never was */
export async function readInvitation(deps: StaffDeps, token: string): Promise<Invitation> {
  const found = await findInvitation(deps.pool, hashOf(token), deps.machineClock())
  const person = found && (await findPerson(deps.pool, found.personId))
  const totpSecret =
    found && unseal(deps.keyEncryptionKey, `totp/${found.personId}`, found.totpSealed)?.toString('utf8')
  if (person === undefined || person.leftAt !== undefined || totpSecret === undefined)
    throw new Problem('invitation-unknown')
  return { person, totpSecret, totpAddress: totpAddress(totpSecret, person.login, '双通道电子处方') }
}

/**
 * Joins by an invitation: sets the password, and proves that the authenticator has its secret.
 *
 * @returns the secret for the cookie of the first session
 * @throws Problem invitation-unknown; password-weak; sign-in-wrong for a wrong code. The invitation stays then
 */
export async function join(
  deps: StaffDeps,
  token: string,
  { password, code }: { readonly password: string; readonly code: string },
): Promise<string> {
  const { person, totpSecret } = await readInvitation(deps, token)
  if (!isStrongPassword(password, person.login)) throw new Problem('password-weak')
  const now = deps.machineClock()
  const step = stepOfCode(totpSecret, code, now)
  if (step === undefined) throw new Problem('sign-in-wrong')
  const hash = await passwordHash(password)
  return await inTransaction(deps.pool, async (tx) => {
    const found = await findInvitation(tx, hashOf(token), now)
    if (found === undefined || !(await useInvitation(tx, hashOf(token), now)))
      throw new Problem('invitation-unknown')
    const secrets = { passwordHash: hash, totpSealed: found.totpSealed }
    await setSecrets(tx, person.personId, secrets, step, now)
    await addSignIn(tx, person.personId, 'joined', now)
    return await openStaffSession(tx, person.personId, now)
  })
}
