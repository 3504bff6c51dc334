import { createHmac } from 'node:crypto'
import { Problem } from '../../domain/problems.ts'
import { findLink } from '../../storage/patient-access.ts'
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
  return (await visitOf(deps, token, undefined)).link
}

/**
 * Who comes by a link.
 *
 * @param session the value of the cookie
 * @returns the link; and the patient, unless the session has ended or was opened by another link
 * @throws Problem link-unknown, also for a link that was replaced
 */
export async function visitOf(
  deps: Deps,
  token: string,
  session: string | undefined,
): Promise<{ link: PatientLink; patient?: Patient }> {
  if (!isLinkToken(token)) throw new Problem('link-unknown')
  const hash = hashOf(token)
  const asked = session === undefined ? undefined : { hash: hashOf(session), at: deps.clock() }
  const row = await findLink(deps.pool, hash, asked)
  if (row === undefined) throw new Problem('link-unknown')
  const { regionCode } = row
  const link = {
    hash,
    regionCode,
    prescriptionNo: row.prescriptionNo,
    attemptsLeft: Math.max(0, deps.settings.linkAttempts - row.attempts),
    isLocked: row.lockedAt !== undefined,
  }
  if (session === undefined || !row.hasSession) return { link }
  const caller = { kind: 'patient' as const, id: callerId(link), regionCode }
  return { link, patient: { link, caller, formToken: formTokenOf(session) } }
}

function isLinkToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{32}$/.test(text)
}

function formTokenOf(session: string): string {
  return createHmac('sha256', session).update('form').digest('base64url')
}

/** Names the link in events without being it: part of the hash of a secret that can't be guessed. */
function callerId(link: PatientLink): string {
  return `link-${link.hash.toString('hex').slice(0, 16)}`
}
