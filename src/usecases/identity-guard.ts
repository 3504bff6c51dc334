import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import { Problem } from '../domain/problems.ts'
import { type AskedBy, addMismatch, countMismatches } from '../storage/identity-mismatch.ts'
import type { Caller, Deps } from './deps.ts'

/** Mismatches of a client within a day about one person, and about all, after which it is told nothing more. */
export const MISMATCHES_OF_PERSON = 10
export const MISMATCHES_OF_CLIENT = 200
const DAY_MS = 86_400_000

type Asking = Pick<Deps, 'pool'>

/**
 * Stops a client that guesses who a person is: the right guess must not be told from a wrong one either, so it is asked
 * before anything is judged.
 *
 * @throws Problem identity-guessed-too-often
 */
export async function refuseGuessing(
  { pool }: Asking,
  caller: Caller,
  document: PrescriptionDocument,
  now: Date,
): Promise<void> {
  const since = new Date(now.getTime() - DAY_MS)
  const { regionCode, id } = caller
  const { ofPerson, ofAll } = await countMismatches(pool, regionCode, id, document.patient.personId, since)
  if (ofPerson >= MISMATCHES_OF_PERSON || ofAll >= MISMATCHES_OF_CLIENT)
    throw new Problem('identity-guessed-too-often')
}

/** Records that a client named a person wrongly; outside any transaction that is rolled back. */
export async function recordMismatch(
  { pool }: Asking,
  caller: Caller,
  document: PrescriptionDocument,
  askedBy: AskedBy,
  now: Date,
): Promise<void> {
  await addMismatch(pool, caller.regionCode, {
    personId: document.patient.personId,
    clientId: caller.id,
    institutionId: caller.institutionId ?? '',
    askedBy,
    at: now,
  })
}
