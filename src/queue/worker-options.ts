import type { WorkerSettings } from './queues.ts'

/** BullMQ's names for our settings of a worker. */
export function workerOptions(settings: WorkerSettings) {
  return {
    concurrency: settings.concurrency,
    lockDuration: settings.lockMs,
    stalledInterval: settings.stalledCheckMs,
    // How often a job may lose its worker is decided in worker.ts, where the loss of the entry can be recorded.
    maxStalledCount: 1_000_000,
    runRetryDelay: 1_000,
  }
}
