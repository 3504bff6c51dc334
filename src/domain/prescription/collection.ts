/** How long what is settled waits for the patient, by the policy. */
export interface CollectionTerms {
  /** Of a hold: the least that a pharmacy has after a settlement. */
  readonly holdMinutes: number
  /** From the settlement; to the end of validity when the policy says nothing. */
  readonly collectHours?: number
  /** Beyond the end of validity. */
  readonly graceMinutes: number
}

const MINUTE = 60_000

/**
 * Until when a settlement waits to be collected (取药期限), exclusive: the hours of the policy, at the latest the end of
 * validity and its grace. A settlement that took long costs the patient nothing: there is always the time of one hold.
 */
export function collectUntil(terms: CollectionTerms, expiresAt: Date, now: Date): Date {
  const latest = expiresAt.getTime() + terms.graceMinutes * MINUTE
  const wanted = terms.collectHours === undefined ? latest : now.getTime() + terms.collectHours * 60 * MINUTE
  return new Date(Math.max(Math.min(wanted, latest), now.getTime() + terms.holdMinutes * MINUTE))
}
