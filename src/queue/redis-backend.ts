import { type JobsOptions, type Processor, Queue, Worker } from 'bullmq'
import { Redis, type RedisOptions } from 'ioredis'
import type { QueueBackend, QueuedWork, WorkerSettings } from './queues.ts'
import { workerOptions } from './worker-options.ts'

/** Milliseconds after which a server that doesn't answer counts as away. */
const ANSWER_MS = 5_000

/**
 * The connection that workers share, and the copies that they make of it to wait on. BullMQ doesn't end a copy whose
 * server is away when its worker closes, and one that is left tries to connect for as long as the process lives.
 */
class WorkingConnection extends Redis {
  private readonly copies = new Set<Redis>()

  override duplicate(override?: Partial<RedisOptions>): Redis {
    const copy = super.duplicate(override)
    this.copies.add(copy)
    copy.once('end', () => this.copies.delete(copy))
    return copy
  }

  /** Ends it and its copies at once. */
  disconnectAll(): void {
    for (const connection of [this, ...this.copies]) connection.disconnect()
  }
}

/**
 * Jobs on Redis, for load.
 *
 * Producers and workers have connections of their own, because they must behave differently while the server is
 * away: a producer fails at once, so that the outbox keeps the entry, and a worker waits.
 */
export function openRedisBackend(redisUrl: string, onError: (error: Error) => void): QueueBackend {
  const sending = new Redis(redisUrl, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: ANSWER_MS,
  })
  sending.on('error', onError)
  let working: WorkingConnection | undefined
  return {
    kind: 'redis',
    ready: () => sending.status === 'ready',
    async ping() {
      await sending.ping()
    },
    openQueue(name: string, defaults: JobsOptions) {
      const queue = new Queue<QueuedWork>(name, { connection: sending, defaultJobOptions: defaults })
      queue.on('error', onError)
      return queue
    },
    async openWorker(name: string, process: Processor<QueuedWork, void>, settings: WorkerSettings) {
      if (working === undefined) {
        working = new WorkingConnection(redisUrl, { maxRetriesPerRequest: null })
        working.on('error', onError)
      }
      const worker = new Worker<QueuedWork, void>(name, process, {
        connection: working,
        ...workerOptions(settings),
      })
      worker.on('error', onError)
      return worker
    },
    async close() {
      sending.disconnect()
      working?.disconnectAll()
    },
  }
}
