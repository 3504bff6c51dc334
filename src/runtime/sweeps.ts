import type { Pool } from 'pg'
import { addDays, dayOf } from '../domain/primitives/civil-day.ts'
import type { PayerGateway } from '../domain/settlement/payer-gateway.ts'
import type { Queues } from '../queue/queues.ts'
import type { Sweep } from '../queue/sweeper.ts'
import { outboxSweeps } from '../queue/upkeep.ts'
import { sweepJti } from '../storage/access/assertions.ts'
import { forget } from '../storage/idempotency.ts'
import { sweepSessions } from '../storage/patient-access.ts'
import { rotateSigningKeys } from '../usecases/access/signing-keys.ts'
import type { Deps } from '../usecases/deps.ts'
import { reconcilePayer } from '../usecases/payer/reconcile-payer.ts'
import { sweepExpired, sweepHolds } from '../usecases/sweep.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE
/** Longer than any caller goes on sending the same write again. */
const KEEP_ANSWERS_DAYS = 7

export interface SweepParts {
  readonly deps: Deps
  readonly queues: Queues
  readonly payer: PayerGateway
  readonly keyEncryptionKey: Buffer
  /** Tokens and assertions live by the clock of the machine. */
  readonly machineClock: () => Date
}

/** Everything that comes round by the clock. One process at a time does each. */
export function hubSweeps(parts: SweepParts): Sweep[] {
  const { deps, queues, payer, machineClock } = parts
  const { pool, clock } = deps
  return [
    { name: 'holds', everyMs: 5 * SECOND, run: () => sweepHolds(deps) },
    { name: 'expiry', everyMs: 10 * SECOND, run: () => sweepExpired(deps) },
    { name: 'sessions', everyMs: 10 * MINUTE, run: () => sweepSessions(pool, clock()) },
    { name: 'answers', everyMs: 60 * MINUTE, run: () => forgetAnswers(pool, clock()) },
    { name: 'assertions', everyMs: 10 * MINUTE, run: () => sweepJti(pool, machineClock()) },
    {
      name: 'signing-keys',
      everyMs: 60 * MINUTE,
      run: async () =>
        (await rotateSigningKeys(pool, parts.keyEncryptionKey, machineClock())) === undefined ? 0 : 1,
    },
    ...outboxSweeps({ pool, queues, now: clock }),
    ...(payer.kind === 'built-in'
      ? []
      : [
          {
            name: 'payer-reconciliation',
            everyMs: 60 * MINUTE,
            async run() {
              const yesterday = addDays(dayOf(clock()), -1)
              let differences = 0
              for (const { region } of deps.policies.regions()) {
                differences += await reconcilePayer(deps, payer, region, yesterday)
              }
              return differences
            },
          },
        ]),
  ]
}

async function forgetAnswers(pool: Pool, now: Date): Promise<number> {
  return await forget(pool, new Date(now.getTime() - KEEP_ANSWERS_DAYS * DAY))
}
