import { createHmac } from 'node:crypto'
import { Problem } from '../../domain/problems.ts'
import { findLink, isLiveSession } from '../../storage/patient-access.ts'
import type { Caller, Deps } from '../deps.ts'
import { hashOf } from '../secrets.ts'

/** A live link, whoever holds it. Nothing in it says what the prescription is about. */
export interface PatientLink {
  readonly hash: Buffer
  readonly regionCode: string
  readonly prescriptionNo: string
  /** Wrong second factors that are still allowed; fewer than the limit after a wrong one. */
  readonly attemptsLeft: number
  readonly isLocked: boolean
}

/** A patient who has passed the second factor. */
export interface Patient {
  readonly link: PatientLink
  readonly caller: Caller
  /** Goes into every form of the session; another site can't know it. */
  readonly formToken: string
}

/**
 * The live link of a token.
 *
 * @throws Problem link-unknown, also for a link that was replaced
 */
export async function linkOf(deps: Deps, token: string): Promise<PatientLink> {
  if (!/^[A-Za-z0-9_-]{32}$/.test(token)) throw new Problem('link-unknown')
  const hash = hashOf(token)
  const row = await findLink(deps.pool, hash)
  if (row === undefined) throw new Problem('link-unknown')
  return {
    hash,
    regionCode: row.regionCode,
    prescriptionNo: row.prescriptionNo,
    attemptsLeft: Math.max(0, deps.settings.linkAttempts - row.attempts),
    isLocked: row.lockedAt !== undefined,
  }
}

/**
 * Who a session belongs to.
 *
 * @param session the value of the cookie
 * @returns undefined when the session has ended or was opened by another link
 */
export async function patientOf(
  deps: Deps,
  link: PatientLink,
  session: string | undefined,
): Promise<Patient | undefined> {
  if (session === undefined) return undefined
  if (!(await isLiveSession(deps.pool, hashOf(session), link.hash, deps.clock()))) return undefined
  return {
    link,
    caller: { kind: 'patient', id: callerId(link), regionCode: link.regionCode },
    formToken: createHmac('sha256', session).update('form').digest('base64url'),
  }
}

/** Names the link in events without being it: part of the hash of a secret that can't be guessed. */
function callerId(link: PatientLink): string {
  return `link-${link.hash.toString('hex').slice(0, 16)}`
}
