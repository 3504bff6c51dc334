import type { JobsOptions, Processor, Queue, Worker } from 'bullmq'
import type { OutboxBody, OutboxEntry, OutboxKey } from '../storage/outbox.ts'
import { openPostgresBackend } from './postgres-backend.ts'
import { openRedisBackend } from './redis-backend.ts'

/** What a job carries: the key of its outbox entry, and ids. */
export interface QueuedWork extends OutboxKey {
  readonly body: OutboxBody
}

/** How a worker takes jobs; the same on both backends. */
export interface WorkerSettings {
  readonly concurrency: number
  /** Milliseconds after which a job whose worker fell silent is given to another. */
  readonly lockMs: number
  /** Milliseconds between two looks for such jobs. */
  readonly stalledCheckMs: number
}

/** What is asked of a queue, whichever server carries it. */
export type JobQueue = Pick<
  Queue<QueuedWork>,
  | 'add'
  | 'addBulk'
  | 'remove'
  | 'getJob'
  | 'getJobs'
  | 'getJobCounts'
  | 'getJobCountByTypes'
  | 'getJobState'
  | 'close'
>

/** What is asked of a worker. */
export type JobWorker = Pick<Worker<QueuedWork, void>, 'close'>

/** One of the two servers that can carry jobs. Everything else in this room is the same for both. */
export interface QueueBackend {
  readonly kind: 'postgres' | 'redis'
  /** False while the server is away: then nothing should be sent. */
  ready(): boolean
  /** Asks the server for an answer. @throws Error when none comes */
  ping(): Promise<void>
  openQueue(name: string, defaults: JobsOptions): JobQueue
  /** Resolves when the worker runs, or, while the server is away, will run by itself. */
  openWorker(name: string, process: Processor<QueuedWork, void>, settings: WorkerSettings): Promise<JobWorker>
  close(): Promise<void>
}

export interface QueueConfig {
  /** Which server carries the jobs. `maxWorkers` bounds the connections: each worker listens on one of its own. */
  readonly backend:
    | { readonly kind: 'postgres'; readonly databaseUrl: string; readonly maxWorkers?: number }
    | { readonly kind: 'redis'; readonly redisUrl: string }
  /** The queues that exist. An outbox entry for another name waits until a later version knows it. */
  readonly names: readonly string[]
  /** Told apart from other hubs on the same server. Letters, digits and hyphens. */
  readonly prefix?: string
  /** Tries of one job before it is left to an operator. */
  readonly attempts?: number
  /** Milliseconds before the second try; each later wait is twice as long, at most half of it random. */
  readonly backoffMs?: number
  /** Seconds for which finished jobs stay, so that a second delivery is recognised. Longer than any redelivery takes. */
  readonly keepDoneSeconds?: number
  /** Told of lost connections and the like. The room goes on by itself. */
  readonly onError?: (error: Error) => void
}

/** The open queues, and what it takes to close them. */
export interface Queues {
  readonly names: readonly string[]
  readonly attempts: number
  readonly backend: QueueBackend
  readonly onError: (error: Error) => void
  /** The name under which the server knows a queue. */
  fullName(name: string): string
  /** @throws Error when the queue wasn't named in the configuration */
  queue(name: string): JobQueue
  /** Closed before the queues and their connections. */
  readonly workers: Set<Closable>
  /**
   * Ends everything: workers finish what they are doing, then queues, then connections.
   *
   * @param graceMs waited at most for each of the steps; work cut off is given out again later
   */
  close(graceMs?: number): Promise<void>
}

export interface Closable {
  /** @param force don't wait for running jobs; they are given out again once their lock has run out */
  close(force?: boolean): Promise<void>
}

/** The id of an entry's job: sending it again adds no second job. */
export function jobIdOf(key: OutboxKey): string {
  return `outbox-${key.outboxId}`
}

/** The state of an entry's job; `unknown` when the queue has none. */
export async function jobStateOf(queues: Queues, entry: OutboxEntry): Promise<string> {
  return await queues.queue(entry.queue).getJobState(jobIdOf(entry))
}

/** Waits for `work`, but no longer than `ms`; a failure counts as an end. */
export async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work.catch(() => {}), late])
  clearTimeout(timer)
}

/**
 * Opens the queues on PostgreSQL or on Redis.
 *
 * With Redis away it resolves all the same: entries wait in the outbox until the server appears.
 *
 * @throws Error when PostgreSQL is away, or the prefix can't be part of a queue's name
 */
export async function openQueues(config: QueueConfig): Promise<Queues> {
  const prefix = config.prefix ?? 'hub'
  if (!/^[A-Za-z0-9-]+$/.test(prefix)) throw new Error(`queue prefix has other characters: ${prefix}`)
  const onError = config.onError ?? (() => {})
  const attempts = config.attempts ?? 12
  const fullName = (name: string) => `${prefix}-${name}`
  const backend =
    config.backend.kind === 'redis'
      ? openRedisBackend(config.backend.redisUrl, onError)
      : await openPostgresBackend(
          config.backend.databaseUrl,
          config.backend.maxWorkers ?? 8,
          config.names.length,
          onError,
        )
  const defaults: JobsOptions = {
    attempts,
    backoff: { type: 'exponential', delay: config.backoffMs ?? 1_000, jitter: 0.5 },
    // By age, not by count: counting deadlocks on PostgreSQL when many jobs end at once.
    removeOnComplete: { age: config.keepDoneSeconds ?? 7 * 86_400 },
    removeOnFail: false,
    // A stack holds the message of an error, and a message may name a person.
    stackTraceLimit: 0,
  }
  const open = new Map(config.names.map((name) => [name, backend.openQueue(fullName(name), defaults)]))
  const workers = new Set<Closable>()
  return {
    names: config.names,
    attempts,
    backend,
    onError,
    fullName,
    workers,
    queue(name) {
      const queue = open.get(name)
      if (queue === undefined) throw new Error(`no such queue: ${name}`)
      return queue
    },
    async close(graceMs = 10_000) {
      await within(graceMs, Promise.all([...workers].map((worker) => worker.close())))
      await within(graceMs, Promise.all([...open.values()].map((queue) => queue.close())))
      await within(graceMs, backend.close())
    },
  }
}
