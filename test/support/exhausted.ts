import { inTransaction } from '../../src/storage/database.ts'
import { deferExhausted } from '../../src/usecases/defer-settlement.ts'
import type { Deps } from '../../src/usecases/deps.ts'
import type { SettlementJob } from '../../src/usecases/settle-prescription.ts'

/** What the worker does about a settlement whose job has used up its tries. */
export async function exhausted(deps: Deps, job: SettlementJob): Promise<void> {
  await inTransaction(deps.pool, async (tx) => await deferExhausted(deps, tx, job))
}
