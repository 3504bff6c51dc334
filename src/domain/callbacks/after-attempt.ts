/** Failures of one callback in a row. */
export interface Streak {
  readonly attempts: number
  readonly since: Date
}

/** How one attempt to deliver went. */
export type Attempt =
  | { readonly status: number; readonly retryAfterSeconds?: number }
  /** No answer: a word for why. */
  | { readonly fault: string }

/** What follows from an attempt. */
export type AfterAttempt =
  | { readonly next: 'go-on' }
  | { readonly next: 'try-again'; readonly streak: Streak; readonly at: Date }
  /** Nothing is sent any more until the owner turns it on. */
  | { readonly next: 'switch-off'; readonly streak: Streak; readonly why: 'gone' | 'failed-long' }

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Pauses after the first failure, the second, and so on; the last one repeats. In milliseconds. */
const PAUSES = [
  5 * SECOND,
  15 * SECOND,
  MINUTE,
  3 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
] as const

/** No pause is longer, whatever the subscriber asks for; in milliseconds. */
export const LONGEST_PAUSE_MS: number = PAUSES.at(-1)!
/** A callback that fails for so long, and so often, is switched off. */
const OFF_AFTER_MS = 72 * HOUR
const OFF_AFTER_ATTEMPTS = 12

/**
 * Decides what follows from an attempt to deliver the next event of a callback. Order is kept by waiting: an event that
 * can't be delivered holds up those behind it.
 *
 * @param streak the failures before; undefined after a success
 * @param chance 0 to 1, drawn for this attempt: pauses differ by a fifth, so that many subscribers behind one failure
 *   don't all come back at once
 * @see Standard Webhooks 1.0, "Operational considerations": retries with growing pauses; 410 ends the subscription
 */
export function afterAttempt(
  streak: Streak | undefined,
  attempt: Attempt,
  now: Date,
  chance: number,
): AfterAttempt {
  if ('status' in attempt && attempt.status >= 200 && attempt.status < 300) return { next: 'go-on' }
  // A clock that was set back began the streak later than now.
  const since = streak === undefined || streak.since > now ? now : streak.since
  const failed: Streak = { attempts: (streak?.attempts ?? 0) + 1, since }
  if ('status' in attempt && attempt.status === 410)
    return { next: 'switch-off', streak: failed, why: 'gone' }
  const hasFailedLong = now.getTime() - since.getTime() >= OFF_AFTER_MS
  if (hasFailedLong && failed.attempts >= OFF_AFTER_ATTEMPTS)
    return { next: 'switch-off', streak: failed, why: 'failed-long' }
  const pause = PAUSES[Math.min(failed.attempts, PAUSES.length) - 1]! * (0.9 + 0.2 * chance)
  const asked = 'status' in attempt ? (attempt.retryAfterSeconds ?? 0) * SECOND : 0
  const wait = Math.min(LONGEST_PAUSE_MS, Math.max(pause, asked))
  return { next: 'try-again', streak: failed, at: new Date(now.getTime() + Math.round(wait)) }
}

/** How an attempt went, in one word: the status, or why there was no answer. */
export function wordOf(attempt: Attempt): string {
  return 'status' in attempt ? String(attempt.status) : attempt.fault
}
