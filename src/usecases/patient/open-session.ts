import { randomBytes } from 'node:crypto'
import { Problem } from '../../domain/problems.ts'
import { inTransaction } from '../../storage/database.ts'
import * as access from '../../storage/patient-access.ts'
import { addLinkUse, endSession as deleteSession } from '../../storage/patient-view.ts'
import type { Deps } from '../deps.ts'
import { storedDocument } from '../parse-document.ts'
import { hashOf } from '../secrets.ts'
import { isEnding, isEndingOf } from './ending.ts'
import { linkOf } from './find-patient.ts'

/** A session for the cookie; only its hash is stored. */
export interface PatientSession {
  /** 43 characters of base64url, 256 bits. */
  readonly session: string
  readonly endsAt: Date
}

/**
 * Asks for the second factor: the last six characters of the patient's identity number, as the signed document has it.
 * The whole number may be given; its last six count.
 *
 * Wrong answers count over the whole life of a link, and no link has more than five sessions: the oldest ends.
 * An attempt is claimed before anything is compared, so any number of guesses at once gets no more than the limit.
 * Every try, right or wrong, is on the patient's own log.
 *
 * @throws Problem link-unknown; malformed, which costs no attempt; second-factor-wrong; link-locked
 */
export async function openSession(deps: Deps, token: string, ending: string): Promise<PatientSession> {
  const link = await linkOf(deps, token)
  if (link.isLocked) throw new Problem('link-locked')
  if (!isEnding(ending)) throw new Problem('malformed')
  const now = deps.clock()
  const attempt = await access.claimAttempt(deps.pool, link.hash, deps.settings.linkAttempts, now)
  if (attempt === undefined) throw new Problem('link-locked')
  if (!isEndingOf(ending, idNumberIn(attempt.document))) {
    const { regionCode, prescriptionNo, isLocked, attemptsLeft } = await linkOf(deps, token)
    await addLinkUse(deps.pool, regionCode, prescriptionNo, 'second-factor-wrong', now)
    if (attempt.isLast) await addLinkUse(deps.pool, regionCode, prescriptionNo, 'link-locked', now)
    throw new Problem(isLocked ? 'link-locked' : 'second-factor-wrong', { details: { attemptsLeft } })
  }
  const session = randomBytes(32).toString('base64url')
  const endsAt = new Date(now.getTime() + deps.settings.sessionMinutes * 60_000)
  await inTransaction(deps.pool, (tx) => access.openSession(tx, hashOf(session), link.hash, now, endsAt))
  return { session, endsAt }
}

/** Ends a session at the patient's wish. */
export async function endSession(deps: Deps, session: string): Promise<void> {
  await deleteSession(deps.pool, hashOf(session))
}

function idNumberIn(document: Buffer): string {
  return storedDocument(document).patient.idNumber
}
