import type { Caller } from '../../usecases/deps.ts'

/**
 * Marks an answer that was given before with `Idempotency-Replayed: true`.
 *
 * @returns the reply, to go on with
 */
export function marked<Reply extends { header(name: string, value: string): Reply }>(
  reply: Reply,
  answer: { readonly isReplay: boolean },
): Reply {
  return answer.isReplay ? reply.header('idempotency-replayed', 'true') : reply
}

/** The caller of a route that admits institutions only; the database keeps clients of theirs from lacking one. */
export function institutionOf(caller: Caller): Caller & { readonly institutionId: string } {
  const { institutionId } = caller
  if (institutionId === undefined) throw new Error(`client ${caller.id} has no institution`)
  return { ...caller, institutionId }
}

/** Entries of a page when the caller names no limit. */
const PAGE = 50

/** The page size that the caller asked for. @param limit as the schema `pageLimit` lets it through */
export function limitOf(limit: string | undefined): number {
  return limit === undefined ? PAGE : Number(limit)
}
