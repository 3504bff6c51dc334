import { Problem } from '../domain/problems.ts'
import { inTransaction, leave, type Transaction } from '../storage/database.ts'
import * as idempotency from '../storage/idempotency.ts'
import type { Deps } from './deps.ts'

/** A write as the caller sent it. */
export interface WriteRequest {
  /** Keys are the caller's own: two callers may use the same one. */
  readonly callerId: string
  readonly key: string
  /** SHA-256 over what the caller asked: the same key with another digest is refused. */
  readonly digest: Buffer
}

/** An answer, and whether it is the one given before. */
export interface Answer<Body> {
  readonly status: number
  readonly body: Body
  readonly isReplay: boolean
}

/**
 * Runs a write in one transaction and stores its answer with it, so that sending it again gives the same answer
 * and has no second effect. Of two at once, the second waits for the first. A refusal is rolled back whole and
 * not kept: it changed nothing, so it may be judged anew.
 *
 * @throws Problem idempotency-key-reused when the key came with another request before
 * @throws whatever `work` throws
 */
export async function write<Body>(
  deps: Pick<Deps, 'pool' | 'clock'>,
  request: WriteRequest,
  work: (tx: Transaction, now: Date) => Promise<{ status: number; body: Body }>,
): Promise<Answer<Body>> {
  return await inTransaction(deps.pool, async (tx) => {
    const now = deps.clock()
    const earlier = await idempotency.claim(tx, request.callerId, request.key, request.digest, now)
    if (earlier !== undefined) return replay<Body>(earlier, request)
    const { status, body } = await work(tx, now)
    leave(tx, idempotency.answer(tx, request.callerId, request.key, status, JSON.stringify(body)))
    return { status, body, isReplay: false }
  })
}

/**
 * The stored answer, given again.
 *
 * @throws Problem idempotency-key-reused when it belongs to another request
 */
export function replay<Body>(earlier: idempotency.StoredAnswer, request: WriteRequest): Answer<Body> {
  if (!earlier.digest.equals(request.digest)) throw new Problem('idempotency-key-reused')
  return { status: earlier.status, body: JSON.parse(earlier.body) as Body, isReplay: true }
}
