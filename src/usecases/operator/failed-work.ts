import type { CodeOf } from '../../domain/codes.ts'
import { Problem } from '../../domain/problems.ts'
import { type FailedJob, listFailed, resolveFailed, retryFailed } from '../../storage/failed-job.ts'
import { lag, type OutboxKey, type OutboxLag } from '../../storage/outbox.ts'
import type { Caller, Deps } from '../deps.ts'
import { type RowView, rowView } from '../row-view.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'

/** Work that waits for an operator, or that one has closed. */
export type FailedWork = RowView<FailedJob>

export interface FailureClosed extends OutboxKey {
  readonly resolution: 'retried' | CodeOf<'failure-resolutions'>
}

/** Which failures to list. */
export interface FailureQuery {
  readonly regionCode?: string
  readonly queue?: string
  readonly withResolved: boolean
  /** The `next` of the page before. */
  readonly after?: string
  readonly limit: number
}

/**
 * A page of failed work, newest first. An operator with a region sees that one only.
 *
 * @see MZ-6.7
 */
export async function readFailedWork(
  deps: Deps,
  operator: Caller,
  query: FailureQuery,
): Promise<{ items: readonly FailedWork[]; next?: string }> {
  const regionCode = operator.regionCode === '' ? query.regionCode : operator.regionCode
  const rows = await listFailed(deps.pool, {
    withResolved: query.withResolved,
    limit: query.limit,
    ...(regionCode === undefined ? {} : { regionCode }),
    ...(query.queue === undefined ? {} : { queue: query.queue }),
    ...(query.after === undefined ? {} : { beforeFailureId: query.after }),
  })
  const last = rows.length === query.limit ? rows.at(-1) : undefined
  return {
    items: rows.map(rowView),
    ...(last === undefined ? {} : { next: last.failureId }),
  }
}

/**
 * Sends failed work again.
 *
 * @throws Problem not-yours when no open failure of that entry concerns the operator
 * @see MZ-6.7
 */
export async function retryWork(
  deps: Deps,
  operator: Caller,
  request: WriteRequest,
  key: OutboxKey,
): Promise<Answer<FailureClosed>> {
  requireRegion(operator, key)
  return await write<FailureClosed>(deps, request, async (tx, now) => {
    if (!(await retryFailed(tx, key, operator.id, now))) throw new Problem('not-yours')
    return { status: 200, body: { ...key, resolution: 'retried' } }
  })
}

/**
 * Closes failed work without trying again.
 *
 * @throws Problem not-yours when no open failure of that entry concerns the operator
 * @see MZ-6.7
 */
export async function resolveWork(
  deps: Deps,
  operator: Caller,
  request: WriteRequest,
  key: OutboxKey,
  resolution: CodeOf<'failure-resolutions'>,
): Promise<Answer<FailureClosed>> {
  requireRegion(operator, key)
  return await write<FailureClosed>(deps, request, async (tx, now) => {
    if (!(await resolveFailed(tx, key, resolution, operator.id, now))) throw new Problem('not-yours')
    return { status: 200, body: { ...key, resolution } }
  })
}

/** How far relay and workers are behind; of the whole hub, numbers only. */
export async function readOutboxLag(deps: Deps): Promise<OutboxLag> {
  return await lag(deps.pool, deps.clock())
}

function requireRegion(operator: Caller, key: OutboxKey): void {
  if (operator.regionCode !== '' && operator.regionCode !== key.regionCode) throw new Problem('not-yours')
}
