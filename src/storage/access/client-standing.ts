import type { Pool } from 'pg'
import { Listener } from '../listener.ts'
import { isClientDisabled } from './clients.ts'

/** A connection that died without a sign is believed no longer than this, in milliseconds. */
const BELIEVED_MS = 5_000

/**
 * Which clients may still call, known to the process without asking for each request.
 *
 * A change is announced by the database in the transaction that makes it (`LISTEN client`), so what is remembered
 * holds until the announcement comes, a moment after the commit. While nobody listens, nothing is remembered.
 */
export class ClientStanding {
  readonly #pool: Pool
  readonly #listener: Listener
  readonly #known = new Map<string, { readonly isDisabled: boolean; readonly readAt: number }>()
  /** Counts whatever could make an answer stale that is still on its way from the database. */
  #changes = 0

  constructor(pool: Pool, onError: (error: Error) => void = () => {}) {
    this.#pool = pool
    this.#listener = new Listener(pool, {
      channel: 'client',
      onPayload: (clientId) => {
        this.#changes += 1
        this.#known.delete(clientId)
      },
      onListening: () => {
        this.#changes += 1
        this.#known.clear()
      },
      onError,
    })
  }

  /** True from the moment after the client was disabled. */
  async isDisabled(clientId: string): Promise<boolean> {
    const askedAt = performance.now()
    if (this.#listener.isListening) {
      const known = this.#known.get(clientId)
      if (known !== undefined && askedAt - known.readAt < BELIEVED_MS) return known.isDisabled
    } else this.#listener.open()
    const changes = this.#changes
    const isDisabled = await isClientDisabled(this.#pool, clientId)
    if (this.#listener.isListening && changes === this.#changes)
      this.#known.set(clientId, { isDisabled, readAt: askedAt })
    return isDisabled
  }

  async close(): Promise<void> {
    await this.#listener.close()
  }
}
