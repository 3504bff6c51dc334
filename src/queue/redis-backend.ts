import { type JobsOptions, type Processor, Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import type { QueueBackend, QueuedWork, WorkerSettings } from './queues.ts'
import { workerOptions } from './worker-options.ts'

/** Milliseconds after which a server that doesn't answer counts as away. */
const ANSWER_MS = 5_000

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
  let working: Redis | undefined
  return {
    kind: 'redis',
    ready: () => sending.status === 'ready',
    async ping() {
      await sending.ping()
    },
    openQueue(name: string, defaults: JobsOptions) {
      return new Queue<QueuedWork>(name, { connection: sending, defaultJobOptions: defaults })
    },
    async openWorker(name: string, process: Processor<QueuedWork, void>, settings: WorkerSettings) {
      if (working === undefined) {
        working = new Redis(redisUrl, { maxRetriesPerRequest: null })
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
      working?.disconnect()
    },
  }
}
