import type { Pool } from 'pg'
import { Listener } from '../listener.ts'
import { findStanding, type Standing } from './clients.ts'

/** A connection that died without a sign is believed no longer than this, in milliseconds. */
const BELIEVED_MS = 5_000

/**
 * Which clients may still call and by which revision, known to the process without asking for each request.
 *
 * A change is announced by the database in the transaction that makes it (`LISTEN client`), so what is remembered
 * holds until the announcement comes, a moment after the commit. While nobody listens, nothing is remembered.
 */
export class ClientStanding {
  readonly #pool: Pool
  readonly #listener: Listener
  readonly #known = new Map<string, { readonly standing: Standing | undefined; readonly readAt: number }>()
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

  /**
   * True while a client has not ended and is what it was at a revision.
   *
   * @param revision as its token says. One that is newer than what is known was granted a moment ago by another
   *   process, before the announcement came here: then the database is asked.
   */
  async holds(clientId: string, revision: number): Promise<boolean> {
    const known = this.#remembered(clientId)
    const isStale = known === undefined || (known.standing?.revision ?? 0) < revision
    const standing = isStale ? await this.#read(clientId) : known.standing
    return standing !== undefined && !standing.isDisabled && standing.revision === revision
  }

  #remembered(clientId: string): { readonly standing: Standing | undefined } | undefined {
    if (!this.#listener.isListening) {
      this.#listener.open()
      return undefined
    }
    const known = this.#known.get(clientId)
    return known !== undefined && performance.now() - known.readAt < BELIEVED_MS ? known : undefined
  }

  async #read(clientId: string): Promise<Standing | undefined> {
    const readAt = performance.now()
    const changes = this.#changes
    const standing = await findStanding(this.#pool, clientId)
    if (this.#listener.isListening && changes === this.#changes)
      this.#known.set(clientId, { standing, readAt })
    return standing
  }

  async close(): Promise<void> {
    await this.#listener.close()
  }
}
