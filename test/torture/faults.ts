import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { Client } from 'pg'
import type { Random } from '../domain/settlement/random-years.ts'
import type { Machine } from './machine.ts'

/** What happens to a machine. A kill is one from which something has to stand up again. */
type Fault =
  | 'kill an API'
  | 'kill a worker'
  | 'kill the database'
  | 'kill Redis'
  | 'wipe Redis'
  | 'cut every connection'
  | 'freeze an API'
  | 'freeze a worker'
  | 'freeze the database'

const DRAWN: readonly Fault[] = [
  'kill an API',
  'kill an API',
  'kill an API',
  'kill a worker',
  'kill a worker',
  'kill a worker',
  'kill the database',
  'kill the database',
  'kill Redis',
  'wipe Redis',
  'cut every connection',
  'cut every connection',
  'freeze an API',
  'freeze a worker',
  'freeze the database',
]

/**
 * Makes one fault after the other.
 *
 * @returns makes the next; resolves when it has passed, not when everything has recovered
 */
export function faultsOf(machine: Machine, random: Random, counts: Map<string, number>): () => Promise<void> {
  const makes: Readonly<Record<Fault, () => Promise<void> | void>> = {
    'kill an API': () => random.one(machine.apis).kill(),
    'kill a worker': () => random.one(machine.workers).kill(),
    'kill the database': () => machine.database.kill(),
    'kill Redis': () => machine.redis?.kill(),
    'wipe Redis': async () => {
      if (machine.redis === undefined) return
      const redis = new Redis(machine.redis.port, '127.0.0.1', {
        retryStrategy: () => null,
        lazyConnect: true,
      })
      redis.on('error', () => {})
      await redis
        .connect()
        .then(() => redis.flushall())
        .catch(() => {})
      redis.disconnect()
    },
    'cut every connection': async () => {
      const admin = new Client({ connectionString: machine.databaseUrl })
      admin.on('error', () => {})
      const cut = `select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()`
      await admin
        .connect()
        .then(() => admin.query(cut))
        .catch(() => {})
      await admin.end().catch(() => {})
    },
    'freeze an API': () => random.one(machine.apis).freeze(random.below(2_000)),
    'freeze a worker': () => random.one(machine.workers).freeze(random.below(2_000)),
    'freeze the database': () => machine.database.freeze(random.below(2_000)),
  }
  return async () => {
    const fault = random.one(DRAWN)
    counts.set(fault, (counts.get(fault) ?? 0) + 1)
    try {
      await makes[fault]()
    } catch {
      // What is just standing up cannot be killed: it is another fault's turn.
      counts.set(`${fault}, in vain`, (counts.get(`${fault}, in vain`) ?? 0) + 1)
      await pause(100)
    }
  }
}
