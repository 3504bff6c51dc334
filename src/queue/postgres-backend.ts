import {
  createPostgresBackend,
  type JobsOptions,
  type PgPool,
  type Processor,
  runMigrations,
  withBackend,
} from 'bullmq'
import { Client, Pool } from 'pg'
import { connectionOf } from '../storage/database-address.ts'
import type { QueueBackend, QueuedWork, WorkerSettings } from './queues.ts'
import { workerOptions } from './worker-options.ts'

const onPostgres = withBackend(createPostgresBackend)

/** BullMQ's own namespace. A pool handed to it can't name another. */
const SCHEMA = 'bullmq'

/**
 * Jobs on PostgreSQL: nothing else to install, for some hundred jobs a second.
 *
 * @param maxWorkers each holds one connection for its LISTEN; a pool without room for that would hang
 * @param queues how many queues are opened on it
 * @throws Error when the server is away or too old
 */
export async function openPostgresBackend(
  databaseUrl: string,
  maxWorkers: number,
  queues: number,
  onError: (error: Error) => void,
): Promise<QueueBackend> {
  const client = new Client(connectionOf(databaseUrl))
  client.on('error', onError)
  await client.connect()
  try {
    await runMigrations(client, SCHEMA)
  } finally {
    await client.end()
  }

  const pool = new Pool({
    // The carrier finds its tables by the search path alone, so nothing in the address may name another.
    connectionTimeoutMillis: 5_000,
    ...connectionOf(databaseUrl, { after: `-c search_path=${SCHEMA}` }),
    application_name: 'prescription-hub-queue',
    max: maxWorkers + 4,
    keepAlive: true,
    statement_timeout: 10_000,
  })
  // Every queue and worker adds a listener of its own.
  pool.setMaxListeners(2 * (maxWorkers + queues) + 10)
  pool.on('error', onError)

  const connection = pool as PgPool
  let working = 0
  return {
    kind: 'postgres',
    ready: () => true,
    async ping() {
      await pool.query('select 1')
    },
    openQueue(name: string, defaults: JobsOptions) {
      const queue = new onPostgres.Queue<QueuedWork>(name, { connection, defaultJobOptions: defaults })
      queue.on('error', onError)
      return queue
    },
    async openWorker(name: string, process: Processor<QueuedWork, void>, settings: WorkerSettings) {
      if (working >= maxWorkers) throw new Error(`at most ${maxWorkers} workers: raise maxWorkers`)
      working += 1
      const worker = new onPostgres.Worker<QueuedWork, void>(name, process, {
        connection,
        ...workerOptions(settings),
      })
      worker.on('error', onError)
      worker.on('closed', () => {
        working -= 1
      })
      // A worker whose first connection fails never works: better to know at the start.
      await worker.waitUntilReady()
      return worker
    },
    async close() {
      await pool.end()
    },
  }
}
