import type { Pool } from 'pg'
import type { GaugeSource } from '../http/plugins/request-metrics.ts'
import { queueMetrics } from '../queue/queue-health.ts'
import type { Queues } from '../queue/queues.ts'
import { lag, type OutboxLag } from '../storage/outbox.ts'
import { countEnded, countLiving, countOverdueHolds, type StateCount } from '../storage/state-counts.ts'
import type { RevocationList } from '../trust/revocation-list.ts'

/** How long a count of everything that ended is good enough. */
const ENDED_MS = 5 * 60_000

export interface GaugeParts {
  readonly pool: Pool
  readonly clock: () => Date
  readonly machineClock: () => Date
  /** Absent in a process that only answers requests on PostgreSQL queues it has not opened. */
  readonly queues?: Queues
  /** The revocation lists in force. */
  readonly lists: () => readonly RevocationList[]
  /** What sweeps have done since this process started, by name. */
  readonly swept: ReadonlyMap<string, number>
}

/** The hub's own numbers, beside those of requests and of the process. */
export function hubGauges(parts: GaugeParts): GaugeSource[] {
  const { pool, clock, machineClock, queues, swept } = parts
  const ended = kept(ENDED_MS, machineClock, () => countEnded(pool))
  const outbox = kept(500, machineClock, () => lag(pool, clock()))
  const figures =
    queues === undefined ? undefined : kept(500, machineClock, () => queueMetrics(queues, machineClock()))
  const ofOutbox = (name: string, help: string, pick: (figures: OutboxLag) => number): GaugeSource => ({
    name,
    help,
    read: async () => [{ value: pick(await outbox()) }],
  })
  return [
    {
      name: 'hub_prescriptions',
      help: 'Prescriptions by region and state; ended ones are counted every five minutes',
      labels: ['region', 'state'],
      read: async () => [...(await countLiving(pool)), ...(await ended())].map(byState),
    },
    {
      name: 'hub_holds_overdue',
      help: 'Holds whose time is over and that nobody has ended yet',
      read: async () => [{ value: await countOverdueHolds(pool, clock()) }],
    },
    {
      name: 'hub_swept_total',
      help: 'Things changed by sweeps of this process since it started; `holds` are holds that ran out',
      labels: ['sweep'],
      read: async () => [...swept].map(([sweep, value]) => ({ labels: { sweep }, value })),
    },
    {
      name: 'hub_crl_age_seconds',
      help: "Age of the oldest revocation list in use, by the first 16 digits of the SHA-256 of its issuer's name",
      labels: ['issuer'],
      read: async () =>
        ofLists(parts.lists(), (list) => (machineClock().getTime() - list.thisUpdate) / 1000, Math.max),
    },
    {
      name: 'hub_crl_expires_seconds',
      help: 'Seconds until the first revocation list in use ends; negative when it has, and signatures under it wait',
      labels: ['issuer'],
      read: async () =>
        ofLists(
          parts.lists(),
          (list) => ((list.nextUpdate ?? 0) - machineClock().getTime()) / 1000,
          Math.min,
        ),
    },
    ofOutbox('hub_outbox_unsent', 'Outgoing work that no queue has yet', (it) => it.unsent),
    ofOutbox('hub_outbox_lag_seconds', 'Age of the oldest of it', (it) => it.oldestUnsentMs / 1000),
    ofOutbox('hub_outbox_unacknowledged', 'Work sent and not yet done', (it) => it.unacknowledged),
    ofOutbox(
      'hub_outbox_unacknowledged_seconds',
      'Time since the oldest of it was sent',
      (it) => it.oldestUnacknowledgedMs / 1000,
    ),
    ...(figures === undefined
      ? []
      : [
          {
            name: 'hub_queue_jobs',
            help: 'Jobs by queue and state',
            labels: ['queue', 'state'],
            read: async () =>
              (await figures()).flatMap(({ queue, waiting, active, delayed, failed }) =>
                Object.entries({ waiting, active, delayed, failed }).map(([state, value]) => ({
                  labels: { queue, state },
                  value,
                })),
              ),
          },
          {
            name: 'hub_queue_lag_seconds',
            help: 'Time that the oldest waiting job has waited',
            labels: ['queue'],
            read: async () =>
              (await figures()).map(({ queue, oldestWaitingMs }) => ({
                labels: { queue },
                value: oldestWaitingMs / 1000,
              })),
          },
        ]),
  ]
}

/** One value for each issuer, over the newest list of each of its scopes: older ones are of no account. */
function ofLists(
  lists: readonly RevocationList[],
  measure: (list: RevocationList) => number,
  worst: (...values: number[]) => number,
) {
  const newest = new Map<string, RevocationList>()
  for (const list of lists) {
    const key = JSON.stringify([list.issuer, list.scope ?? null, list.baseNumber !== undefined])
    const other = newest.get(key)
    if (other === undefined || other.thisUpdate < list.thisUpdate) newest.set(key, list)
  }
  const issuers = new Map<string, number>()
  for (const list of newest.values()) {
    const value = measure(list)
    issuers.set(list.issuer, worst(value, issuers.get(list.issuer) ?? value))
  }
  return [...issuers].map(([issuer, value]) => ({ labels: { issuer: issuer.slice(0, 16) }, value }))
}

function byState({ regionCode, state, count }: StateCount) {
  return { labels: { region: regionCode, state }, value: count }
}

/** Asks again only after `ms`; those who ask meanwhile share the answer. A failure is not kept. */
function kept<T>(ms: number, clock: () => Date, read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined
  let since = 0
  return () => {
    const now = clock().getTime()
    if (answer === undefined || now - since >= ms) {
      since = now
      answer = read()
      answer.catch(() => {
        answer = undefined
      })
    }
    return answer
  }
}
