import { Problem } from '../../domain/problems.ts'
import { loginOf } from '../../domain/staff/password.ts'
import { inTransaction } from '../../storage/database.ts'
import {
  claimStep,
  findByLogin,
  findPerson,
  listSamples,
  type StaffRow,
} from '../../storage/staff/persons.ts'
import { addSignIn, claimTry, forgetTries } from '../../storage/staff/sign-ins.ts'
import { unseal } from '../access/sealed.ts'
import { hashOf } from '../secrets.ts'
import { isPassword } from './password.ts'
import { openStaffSession } from './session.ts'
import type { StaffDeps } from './staff-deps.ts'
import { stepOfCode } from './totp.ts'

/** Tries by one name, over all processes, before it rests. */
export const TRIES = 5
const REST_MS = 15 * 60_000

/** What somebody typed. */
export interface SignIn {
  readonly login: string
  readonly password: string
  /** Six digits of the authenticator. */
  readonly code: string
}

/**
 * Signs somebody in by password and authenticator. A try is claimed before anything is compared; which of the three was
 * wrong is never told, nor whether anybody has the name. A code counts once.
 *
 * @returns the secret for the cookie
 * @throws Problem sign-in-wrong; sign-in-locked after five tries within a quarter of an hour
 */
export async function signIn(deps: StaffDeps, { login, password, code }: SignIn): Promise<string> {
  const now = deps.machineClock()
  const name = loginOf(login)
  const hash = hashOf(`login/${name}`)
  const tries = await claimTry(deps.pool, hash, now, new Date(now.getTime() - REST_MS))
  const person = await findByLogin(deps.pool, name)
  if (tries > TRIES) {
    if (person !== undefined && tries === TRIES + 1)
      await addSignIn(deps.pool, person.personId, 'locked', now)
    throw new Problem('sign-in-locked')
  }
  const isRight = await isPassword(password, person?.passwordHash)
  const step = person?.totpSealed === undefined ? undefined : stepOfPerson(deps, person, code, now)
  return await inTransaction(deps.pool, async (tx) => {
    if (
      person === undefined ||
      !isRight ||
      step === undefined ||
      !(await claimStep(tx, person.personId, step, person.passwordHash))
    )
      return undefined
    await forgetTries(tx, hash)
    await addSignIn(tx, person.personId, 'signed-in', now)
    return await openStaffSession(tx, person.personId, now)
  }).then(async (session) => {
    if (session !== undefined) return session
    if (person !== undefined) await addSignIn(deps.pool, person.personId, 'refused', now)
    throw new Problem('sign-in-wrong')
  })
}

function stepOfPerson(
  deps: StaffDeps,
  { personId, totpSealed }: StaffRow & { readonly totpSealed?: Buffer },
  code: string,
  now: Date,
): number | undefined {
  const secret = totpSealed && unseal(deps.keyEncryptionKey, `totp/${personId}`, totpSealed)?.toString('utf8')
  return secret === undefined ? undefined : stepOfCode(secret, code, now)
}

/** The people as whom anybody may act in a sandbox; nobody in production. */
export async function samplePeople(deps: Pick<StaffDeps, 'pool' | 'mode'>): Promise<readonly StaffRow[]> {
  return deps.mode === 'sandbox' ? await listSamples(deps.pool) : []
}

/**
 * Signs in as a sample person, without proof; only in a sandbox.
 *
 * @throws Problem not-found in production, and for anybody who is no sample
 */
export async function signInAsSample(deps: StaffDeps, personId: string): Promise<string> {
  if (deps.mode !== 'sandbox') throw new Problem('not-found')
  const now = deps.machineClock()
  const person = await findPerson(deps.pool, personId)
  if (person?.isSample !== true || person.leftAt !== undefined) throw new Problem('not-found')
  await addSignIn(deps.pool, personId, 'signed-in-by-sample', now)
  return await openStaffSession(deps.pool, personId, now)
}
