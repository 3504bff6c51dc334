import type { Pool } from 'pg'
import { LONGEST_PAUSE_MS } from '../domain/callbacks/after-attempt.ts'
import type { Running } from '../queue/outbox-relay.ts'
import { claimDue } from '../storage/callbacks/claim.ts'
import { CLAIM_SECONDS, type DeliveryParts, deliverCallback } from '../usecases/callbacks/deliver.ts'
import type { Deps } from '../usecases/deps.ts'

export interface CourierOptions extends Omit<DeliveryParts, 'isStopping'> {
  readonly deps: Deps
  /** For looking what is due; what is sent takes connections of `deps.pool`. */
  readonly pool: Pool
  /** Callbacks that this process sends for at once. */
  readonly atOnce?: number
  readonly onError: (error: Error) => void
  /** Breaks off what is being sent. */
  readonly abort: () => void
}

/** How often it is looked whether a callback has something to send: an index probe for each. */
const LOOK_MS = 1_000
const AT_ONCE = 32

/**
 * Sends the events of callbacks, in this process and in others beside it: each callback is claimed by one at a time, so
 * its events stay in order, and one that is slow or away holds up nobody else.
 */
export function startCourier(options: CourierOptions): Running {
  const { deps, pool, onError, abort, atOnce = AT_ONCE } = options
  const parts: DeliveryParts = { ...options, isStopping: () => isStopped }
  const running = new Set<Promise<void>>()
  let isStopped = false
  let wake = () => {}

  async function look(): Promise<void> {
    const free = atOnce - running.size
    if (free <= 0) return
    const due = { limit: free, longestPauseMs: LONGEST_PAUSE_MS, claimSeconds: CLAIM_SECONDS }
    const claimed = await claimDue(pool, deps.clock(), due)
    for (const callback of claimed) {
      const turn: Promise<void> = deliverCallback(deps, parts, callback)
        .then((delivered) => {
          // There may be more than one turn takes.
          if (delivered > 0) wake()
        })
        .catch(onError)
        .finally(() => running.delete(turn))
      running.add(turn)
    }
  }

  async function loop(): Promise<void> {
    while (!isStopped) {
      await look().catch(onError)
      if (!isStopped) await pause()
    }
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LOOK_MS)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  const looping = loop()
  return {
    async stop() {
      isStopped = true
      abort()
      wake()
      await looping
      await Promise.allSettled(running)
    },
  }
}
