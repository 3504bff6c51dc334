import type { BaseLogger } from 'pino'
import type { Config } from '../config.ts'
import { BUILT_IN_PAYER, type PayerGateway } from '../domain/settlement/payer-gateway.ts'
import { callbackSender } from '../notifier/callback-sender.ts'
import { startCourier } from '../notifier/courier.ts'
import type { Notifier } from '../notifier/notification.ts'
import { sandboxNotifier } from '../notifier/sandbox-notifier.ts'
import { webhookNotifier } from '../notifier/webhook.ts'
import { httpPayer } from '../payer/http-payer.ts'
import { startRelay } from '../queue/outbox-relay.ts'
import { openQueues, type Queues } from '../queue/queues.ts'
import { startSweeps } from '../queue/sweeper.ts'
import { rotateSigningKeys } from '../usecases/access/signing-keys.ts'
import type { Deps } from '../usecases/deps.ts'
import { openCentre } from './centre.ts'
import type { Closers } from './closers.ts'
import type { Database } from './open-database.ts'
import { hubSweeps } from './sweeps.ts'
import { QUEUES, startWorkers } from './workers.ts'

/** Jobs of one queue at once in one process. */
const CONCURRENCY = 8

export interface Background {
  readonly queues: Queues
  /** Things changed by sweeps since the start, by name. */
  readonly swept: ReadonlyMap<string, number>
}

/**
 * Starts what goes on behind the requests: relay, workers and sweeps.
 *
 * @returns undefined in a process that only answers requests
 */
export async function backgroundWork(
  config: Config,
  deps: Deps,
  database: Database,
  options: { readonly machineClock: () => Date; readonly log: BaseLogger; readonly close: Closers },
): Promise<Background | undefined> {
  const { machineClock, log, close } = options
  await rotateSigningKeys(deps.pool, config.keyEncryptionKey, machineClock())
  if (config.role === 'api') return undefined
  const onError = (error: Error) => log.warn({ err: error }, 'queue trouble')
  const queues = await openQueues({
    backend:
      config.redisUrl === undefined
        ? { kind: 'postgres', databaseUrl: database.url, maxWorkers: QUEUES.length }
        : { kind: 'redis', redisUrl: config.redisUrl },
    names: QUEUES,
    onError,
  })
  close.add('queues', () => queues.close())
  const payer = payerOf(config, machineClock)
  const centre = await openCentre(config, machineClock)
  const named = centre === undefined ? {} : { centre }
  await startWorkers({
    deps,
    queues,
    payer,
    ...named,
    notifier: notifierOf(config, deps, machineClock, log),
    pool: database.background,
    concurrency: Math.min(CONCURRENCY, config.databasePool),
    onFault: (error, job, failure) =>
      log.warn(
        { err: error, outboxId: job.outboxId, region: job.regionCode, ...failure },
        'work failed, it is tried again',
      ),
  })
  const relay = startRelay({ pool: database.background, queues, now: deps.clock, onError })
  close.add('relay', () => relay.stop())
  const stopping = new AbortController()
  const allowedNetworks = config.callbackNetworks
  const send = callbackSender({ mode: config.mode, allowedNetworks, signal: stopping.signal })
  close.add('connections of callbacks', () => send.close())
  const courier = startCourier({
    deps,
    pool: database.background,
    keyEncryptionKey: config.keyEncryptionKey,
    send,
    machineClock,
    chance: Math.random,
    abort: () => stopping.abort(),
    onError: (error) => log.warn({ err: error }, 'callbacks not sent, they are tried again'),
  })
  close.add('callbacks', () => courier.stop())
  const swept = new Map<string, number>()
  const sweeps = startSweeps(
    hubSweeps({ deps, queues, payer, ...named, keyEncryptionKey: config.keyEncryptionKey, machineClock }),
    {
      pool: database.background,
      onSwept(name, changed, ms) {
        swept.set(name, (swept.get(name) ?? 0) + changed)
        log.info({ sweep: name, changed, ms: Math.round(ms) }, 'swept')
      },
      onError: (error, name) => log.warn({ err: error, sweep: name }, 'sweep failed, it comes round again'),
    },
  )
  close.add('sweeps', () => sweeps.stop())
  return { queues, swept }
}

function payerOf(config: Config, now: () => Date): PayerGateway {
  const { payerUrl: url, payerSecret: secret } = config
  if (url === undefined || secret === undefined) return BUILT_IN_PAYER
  return httpPayer({
    url,
    secret,
    timeoutMs: config.payerTimeoutMs,
    amountWinner: config.payerAmountWinner,
    now,
  })
}

function notifierOf(config: Config, deps: Deps, now: () => Date, log: BaseLogger): Notifier {
  const { notifierUrl: url, notifierSecret: secret } = config
  if (url !== undefined && secret !== undefined) return webhookNotifier({ url, secret, now })
  return sandboxNotifier(deps, (facts, message) => log.info(facts, message))
}
