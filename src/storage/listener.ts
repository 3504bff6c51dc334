import { Client, type Pool } from 'pg'

/** Milliseconds before a lost connection is opened again: doubled at each try, up to the second. */
const RETRY_MS = [500, 30_000] as const

/** What a listener tells. */
export interface Hearing {
  readonly channel: string
  /** A notification came. */
  readonly onPayload: (payload: string) => void
  /** It listens from now on; whatever was said before, since it last listened, was missed. */
  readonly onListening: () => void
  readonly onError?: (error: Error) => void
  /** Whether a lost connection is worth opening again; yes when absent. */
  readonly isWanted?: () => boolean
}

/**
 * Hears what the database says on one channel (`LISTEN`), over a connection of its own that comes back after it was lost.
 *
 * Notifications are lost with the connection: who needs every change reads again when `onListening` is called.
 */
export class Listener {
  readonly #pool: Pick<Pool, 'options'>
  readonly #hearing: Hearing
  #client: Client | undefined
  #isListening = false
  #timer: NodeJS.Timeout | undefined
  #retryMs: number = RETRY_MS[0]
  #isClosed = false

  /** @param pool gives the address of the database; none of its connections is used */
  constructor(pool: Pick<Pool, 'options'>, hearing: Hearing) {
    this.#pool = pool
    this.#hearing = hearing
  }

  /** True while nothing that is said can be missed, except by a connection that died without a sign. */
  get isListening(): boolean {
    return this.#isListening
  }

  /** Opens the connection unless it is open, about to be, or closed for good. */
  open(): void {
    if (this.#isClosed || this.#client !== undefined || this.#timer !== undefined) return
    const { channel, onPayload, onListening } = this.#hearing
    const client = new Client({ ...this.#pool.options, keepAlive: true })
    this.#client = client
    client.on('notification', ({ payload }) => onPayload(payload ?? ''))
    client.on('error', (error) => this.#lost(client, error))
    client.on('end', () => this.#lost(client, undefined))
    client
      .connect()
      .then(() => client.query(`listen ${client.escapeIdentifier(channel)}`))
      .then(() => {
        if (this.#client !== client) return
        this.#retryMs = RETRY_MS[0]
        this.#isListening = true
        onListening()
      })
      .catch((error: Error) => this.#lost(client, error))
  }

  /** Ends the connection; nothing is heard any more. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#isListening = false
    clearTimeout(this.#timer)
    const client = this.#client
    this.#client = undefined
    await client?.end().catch(() => {})
  }

  #lost(client: Client, error: Error | undefined): void {
    if (this.#client !== client) return
    this.#client = undefined
    this.#isListening = false
    if (error !== undefined) this.#hearing.onError?.(error)
    client.end().catch(() => {})
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#hearing.isWanted?.() ?? true) this.open()
    }, this.#retryMs)
    this.#timer.unref()
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MS[1])
  }
}
