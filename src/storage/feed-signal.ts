import type { Pool } from 'pg'
import { Listener } from './listener.ts'

/**
 * Tells readers of the feed that there may be something new, over one connection a process (`LISTEN feed`).
 *
 * Only a hint: notifications are lost with the connection, and an entry may show a moment after its notification. Who
 * waits reads again after a while even if nothing was heard. The connection opens with the first subscriber.
 */
export class FeedSignal {
  readonly #wakes = new Map<string, Set<() => void>>()
  readonly #listener: Listener

  /** @param pool gives the address of the database; none of its connections is used */
  constructor(pool: Pick<Pool, 'options'>, onError: (error: Error) => void = () => {}) {
    this.#listener = new Listener(pool, {
      channel: 'feed',
      onPayload: (recipientId) => {
        for (const wake of this.#wakes.get(recipientId) ?? []) wake()
      },
      // Whatever came while nobody listened.
      onListening: () => {
        for (const wakes of this.#wakes.values()) for (const wake of wakes) wake()
      },
      onError,
      isWanted: () => this.#wakes.size > 0,
    })
  }

  /** @param wake called whenever the recipient may have news @returns ends the subscription */
  subscribe(recipientId: string, wake: () => void): () => void {
    const wakes = this.#wakes.get(recipientId) ?? new Set()
    this.#wakes.set(recipientId, wakes.add(wake))
    this.#listener.open()
    return () => {
      wakes.delete(wake)
      if (wakes.size === 0 && this.#wakes.get(recipientId) === wakes) this.#wakes.delete(recipientId)
    }
  }

  /** Ends the connection; subscribers hear nothing more. */
  async close(): Promise<void> {
    this.#wakes.clear()
    await this.#listener.close()
  }
}
