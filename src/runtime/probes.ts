import type { Pool } from 'pg'
import type { Probe } from '../http/public/health.ts'
import { queueProbe } from '../queue/queue-health.ts'
import type { Queues } from '../queue/queues.ts'
import { missingMigrations, pingDatabase } from '../storage/readiness.ts'
import { MIGRATIONS } from './open-database.ts'

/** What readiness asks. The queue is not required: without it work waits in the outbox. */
export function hubProbes(pool: Pool, queues: Queues | undefined): Probe[] {
  return [
    { name: 'database', isRequired: true, check: () => pingDatabase(pool) },
    {
      name: 'migrations',
      isRequired: true,
      async check() {
        const missing = await missingMigrations(pool, MIGRATIONS)
        if (missing.length > 0) throw new Error(`${missing.length} migrations are missing`)
      },
    },
    ...(queues === undefined
      ? []
      : [
          {
            name: 'queue',
            isRequired: false,
            async check() {
              if (!(await queueProbe(queues)).isReady) throw new Error('the queue does not answer')
            },
          },
        ]),
  ]
}
