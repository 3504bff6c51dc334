import { createHmac, randomBytes } from 'node:crypto'
import type { Caller } from '../../domain/caller.ts'
import { STAFF_ROLES } from '../../domain/staff/roles.ts'
import type { Queryable } from '../../storage/database.ts'
import type { StaffRow } from '../../storage/staff/persons.ts'
import * as sessions from '../../storage/staff/sessions.ts'
import { addSignIn } from '../../storage/staff/sign-ins.ts'
import { hashOf } from '../secrets.ts'
import type { StaffDeps } from './staff-deps.ts'

/** A session that is not used for so long ends: a counter is left alone more often than an office. */
export const IDLE_MINUTES = 30
/** It ends however it is used: a long shift. */
const LIFE_MINUTES = 12 * 60
const MINUTE_MS = 60_000

/** Somebody who is signed in. */
export interface StaffPerson extends StaffRow {
  /** As whom the person's commands are given; the events say which person it was. */
  readonly caller: Caller
  /** Goes into every form of the session; another site can't know it. */
  readonly formToken: string
}

/** Opens a session. @returns the secret for the cookie; only its hash is stored */
export async function openStaffSession(db: Queryable, personId: string, now: Date): Promise<string> {
  const session = randomBytes(32).toString('base64url')
  const endsAt = new Date(now.getTime() + LIFE_MINUTES * MINUTE_MS)
  await sessions.openSession(db, hashOf(session), personId, now, endsAt)
  return session
}

/**
 * Who comes with a cookie; undefined when the session has ended, was idle for too long, or its person has left.
 *
 * @param isUse false for what a page asks by itself: a screen that nobody touches goes idle all the same
 */
export async function personOf(
  deps: Pick<StaffDeps, 'pool' | 'machineClock'>,
  session: string | undefined,
  isUse = true,
): Promise<StaffPerson | undefined> {
  if (session === undefined) return undefined
  const now = deps.machineClock()
  const hash = hashOf(session)
  const idleSince = new Date(now.getTime() - IDLE_MINUTES * MINUTE_MS)
  const found = await sessions.findSession(deps.pool, hash, now, idleSince)
  if (found === undefined) return undefined
  const { seenAt, ...person } = found
  // To the minute: not every look is a write.
  if (isUse && now.getTime() - seenAt.getTime() >= MINUTE_MS)
    await sessions.touchSession(deps.pool, hash, now)
  const formToken = createHmac('sha256', session).update('form').digest('base64url')
  return { ...person, caller: callerOf(person), formToken }
}

/** Ends a session at the person's wish. */
export async function signOut(
  deps: Pick<StaffDeps, 'pool' | 'machineClock'>,
  session: string,
): Promise<void> {
  const person = await personOf(deps, session)
  await sessions.endSession(deps.pool, hashOf(session))
  if (person !== undefined) await addSignIn(deps.pool, person.personId, 'signed-out', deps.machineClock())
}

/** Somebody as who gives commands. */
export function callerOf({ personId, role, regionCode, institutionId }: StaffRow): Caller {
  return {
    kind: STAFF_ROLES[role].kind,
    id: `person-${personId}`,
    regionCode,
    ...(institutionId === undefined ? {} : { institutionId }),
  }
}
