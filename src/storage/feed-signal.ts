import { Client, type Pool } from 'pg'

/** Milliseconds before a lost connection is opened again: doubled at each try, up to the second. */
const RETRY_MS = [500, 30_000] as const

/**
 * Tells readers of the feed that there may be something new, over one connection a process (`LISTEN feed`).
 *
 * Only a hint: notifications are lost with the connection, and an entry may show a moment after its notification. Who
 * waits reads again after a while even if nothing was heard. The connection opens with the first subscriber.
 */
export class FeedSignal {
  readonly #pool: Pick<Pool, 'options'>
  readonly #onError: (error: Error) => void
  readonly #wakes = new Map<string, Set<() => void>>()
  #client: Client | undefined
  #timer: NodeJS.Timeout | undefined
  #retryMs: number = RETRY_MS[0]
  #isClosed = false

  /** @param pool gives the address of the database; none of its connections is used */
  constructor(pool: Pick<Pool, 'options'>, onError: (error: Error) => void = () => {}) {
    this.#pool = pool
    this.#onError = onError
  }

  /** @param wake called whenever the recipient may have news @returns ends the subscription */
  subscribe(recipientId: string, wake: () => void): () => void {
    const wakes = this.#wakes.get(recipientId) ?? new Set()
    this.#wakes.set(recipientId, wakes.add(wake))
    this.#open()
    return () => {
      wakes.delete(wake)
      if (wakes.size === 0 && this.#wakes.get(recipientId) === wakes) this.#wakes.delete(recipientId)
    }
  }

  /** Ends the connection; subscribers hear nothing more. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#wakes.clear()
    const client = this.#client
    this.#client = undefined
    await client?.end().catch(() => {})
  }

  #open(): void {
    if (this.#isClosed || this.#client !== undefined || this.#timer !== undefined) return
    const client = new Client({ ...this.#pool.options, keepAlive: true })
    this.#client = client
    client.on('notification', ({ payload }) => {
      for (const wake of this.#wakes.get(payload ?? '') ?? []) wake()
    })
    client.on('error', (error) => this.#lost(client, error))
    client.on('end', () => this.#lost(client, undefined))
    client
      .connect()
      .then(() => client.query('listen feed'))
      .then(() => {
        this.#retryMs = RETRY_MS[0]
        // Whatever came while nobody listened.
        for (const wakes of this.#wakes.values()) for (const wake of wakes) wake()
      })
      .catch((error: Error) => this.#lost(client, error))
  }

  #lost(client: Client, error: Error | undefined): void {
    if (this.#client !== client) return
    this.#client = undefined
    if (error !== undefined) this.#onError(error)
    client.end().catch(() => {})
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#wakes.size > 0) this.#open()
    }, this.#retryMs)
    this.#timer.unref()
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MS[1])
  }
}
