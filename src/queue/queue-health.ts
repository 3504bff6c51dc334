import type { Queues } from './queues.ts'

export interface QueueProbe {
  readonly backend: 'postgres' | 'redis'
  readonly isReady: boolean
}

/**
 * Whether the queue's server answers. While it doesn't, requests still succeed and entries wait in the outbox.
 *
 * @param timeoutMs milliseconds after which no answer counts as none
 */
export async function queueProbe(queues: Queues, timeoutMs = 1_000): Promise<QueueProbe> {
  const { kind } = queues.backend
  if (!queues.backend.ready()) return { backend: kind, isReady: false }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs)
  })
  const answer = queues.backend.ping().then(
    () => true,
    () => false,
  )
  const isReady = await Promise.race([answer, late])
  clearTimeout(timer)
  return { backend: kind, isReady }
}

export interface QueueFigures {
  readonly queue: string
  readonly waiting: number
  readonly active: number
  readonly delayed: number
  readonly failed: number
  /** Milliseconds that the oldest waiting job has been in the queue; 0 when none waits. */
  readonly oldestWaitingMs: number
}

/**
 * Counts jobs by state, one row a queue.
 *
 * @param now by the clock of the machine, because jobs are dated by it
 * @returns nothing while the queue's server is away
 */
export async function queueMetrics(queues: Queues, now: Date): Promise<QueueFigures[]> {
  if (!queues.backend.ready()) return []
  return await Promise.all(
    queues.names.map(async (name) => {
      const queue = queues.queue(name)
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed')
      // On PostgreSQL the newest always comes first, whatever order is asked for (BullMQ 6.7).
      const place = queues.backend.kind === 'postgres' ? Math.max(0, (counts['waiting'] ?? 0) - 1) : 0
      const [oldest] = await queue.getJobs(['waiting'], place, place, true)
      const since = oldest?.timestamp
      return {
        queue: name,
        waiting: counts['waiting'] ?? 0,
        active: counts['active'] ?? 0,
        delayed: counts['delayed'] ?? 0,
        failed: counts['failed'] ?? 0,
        oldestWaitingMs: since === undefined ? 0 : Math.max(0, now.getTime() - since),
      }
    }),
  )
}
