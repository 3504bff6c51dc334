import { inTransaction } from '../../storage/database.ts'
import { add, type OutboxKey } from '../../storage/outbox.ts'
import type { Deps } from '../deps.ts'

/**
 * Leaves a piece of work that no worker can do, so that an operator's program has a failure to look at, to send again
 * and to close. For sandboxes only. It fails as soon as a worker meets it.
 *
 * @see MZ-6.7
 */
export async function failOnPurpose(deps: Deps, regionCode: string): Promise<OutboxKey> {
  const body = { kind: 'failure-on-purpose' }
  const outboxId = await inTransaction(deps.pool, (tx) =>
    add(tx, regionCode, 'notification', body, deps.clock()),
  )
  return { regionCode, outboxId }
}
