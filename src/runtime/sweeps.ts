import type { Pool } from 'pg'
import type { PayerGateway, RemotePayer } from '../domain/settlement/payer-gateway.ts'
import type { Queues } from '../queue/queues.ts'
import type { Sweep } from '../queue/sweeper.ts'
import { outboxSweeps } from '../queue/upkeep.ts'
import { sweepJti } from '../storage/access/assertions.ts'
import { forgetBefore } from '../storage/callbacks/delivery.ts'
import { inTransaction } from '../storage/database.ts'
import { beginDay } from '../storage/hub-database.ts'
import { forget } from '../storage/idempotency.ts'
import { sweepSessions } from '../storage/patient-access.ts'
import { rotateSigningKeys } from '../usecases/access/signing-keys.ts'
import type { Deps } from '../usecases/deps.ts'
import type { Centre } from '../usecases/national/centre.ts'
import { leaveUpward, reconcileUpward } from '../usecases/national/upward.ts'
import { reconcileDaysDue } from '../usecases/payer/reconcile-payer.ts'
import { sweepExpired, sweepHolds, sweepUncollected } from '../usecases/sweep.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE
/** Longer than any caller goes on sending the same write again. */
const KEEP_ANSWERS_DAYS = 7
/** As long as a subscriber may ask for a message again, one by one. */
const KEEP_DELIVERIES_DAYS = 30

export interface SweepParts {
  readonly deps: Deps
  readonly queues: Queues
  readonly payer: PayerGateway
  /** The centre above, where there is one. */
  readonly centre?: Centre
  readonly keyEncryptionKey: Buffer
  /** Tokens and assertions live by the clock of the machine. */
  readonly machineClock: () => Date
}

/** Everything that comes round by the clock. One process at a time does each. */
export function hubSweeps(parts: SweepParts): Sweep[] {
  const { deps, queues, payer, centre, machineClock } = parts
  const { pool, clock } = deps
  return [
    { name: 'holds', everyMs: 5 * SECOND, run: () => sweepHolds(deps) },
    { name: 'expiry', everyMs: 10 * SECOND, run: () => sweepExpired(deps) },
    {
      name: 'serial-numbers',
      everyMs: 10 * SECOND,
      run: () => inTransaction(pool, (tx) => beginDay(tx, clock())),
    },
    { name: 'uncollected', everyMs: 10 * SECOND, run: () => sweepUncollected(deps) },
    { name: 'sessions', everyMs: 10 * MINUTE, run: () => sweepSessions(pool, clock()) },
    { name: 'callback-deliveries', everyMs: 60 * MINUTE, run: () => forgetDeliveries(pool, clock()) },
    { name: 'answers', everyMs: 60 * MINUTE, run: () => forgetAnswers(pool, clock()) },
    { name: 'assertions', everyMs: 10 * MINUTE, run: () => sweepJti(pool, machineClock()) },
    {
      name: 'signing-keys',
      everyMs: 60 * MINUTE,
      run: async () =>
        (await rotateSigningKeys(pool, parts.keyEncryptionKey, machineClock())) === undefined ? 0 : 1,
    },
    ...outboxSweeps({ pool, queues, now: clock }),
    ...(centre === undefined
      ? []
      : [
          { name: 'national-upward', everyMs: 5 * SECOND, run: () => leaveUpward(deps, centre) },
          {
            name: 'national-reconciliation',
            everyMs: 10 * MINUTE,
            run: () => reconcileUpward(deps, centre),
          },
        ]),
    ...(payer.kind === 'built-in'
      ? []
      : [
          {
            name: 'payer-reconciliation',
            everyMs: 60 * MINUTE,
            run: () => reconcileRegions(deps, payer),
          },
        ]),
  ]
}

/** Every region, whether or not the payer answered about another one. @throws what the last region that failed threw */
async function reconcileRegions(deps: Deps, payer: RemotePayer): Promise<number> {
  let differences = 0
  let failure: unknown
  for (const { region } of deps.policies.regions()) {
    try {
      differences += await reconcileDaysDue(deps, payer, region)
    } catch (error) {
      failure = error
    }
  }
  if (failure !== undefined) throw failure
  return differences
}

async function forgetDeliveries(pool: Pool, now: Date): Promise<number> {
  return await forgetBefore(pool, new Date(now.getTime() - KEEP_DELIVERIES_DAYS * DAY))
}

async function forgetAnswers(pool: Pool, now: Date): Promise<number> {
  return await forget(pool, new Date(now.getTime() - KEEP_ANSWERS_DAYS * DAY))
}
