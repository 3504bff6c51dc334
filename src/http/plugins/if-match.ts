import type { FastifyRequest } from 'fastify'
import { Problem } from '../../domain/problems.ts'

/** The header of a write that changes what somebody else may have changed. */
export const ifMatch = {
  type: 'string',
  maxLength: 40,
  description: 'The `ETag` of the record as you have read it (RFC 9110, 13.1.1)',
  examples: ['"3"'],
} as const

/** Headers of such a route. Not required in the schema: without it the answer is 428, which says more than 400. */
export const ifMatchHeaders = {
  type: 'object',
  properties: { 'if-match': ifMatch },
} as const

/** The entity tag of a revision. */
export function etagOf(revision: number): string {
  return `"${revision}"`
}

/**
 * The revision that the caller has seen.
 *
 * @throws Problem revision-named-not without the header; changed-meanwhile for a tag that no revision has
 * @see RFC 9110, 13.1.1; RFC 6585, 3
 */
export function seenRevision(request: Pick<FastifyRequest, 'headers'>): number {
  const tag = request.headers['if-match']
  if (tag === undefined || tag === '') throw new Problem('revision-named-not')
  const revision = /^"([1-9]\d{0,8})"$/.exec(tag)?.[1]
  if (revision === undefined) throw new Problem('changed-meanwhile')
  return Number(revision)
}
