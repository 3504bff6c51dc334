import { Problem } from '../../domain/problems.ts'

/** Streams that one client may have open in a process: one for each of its counters, and some that died unnoticed. */
const PER_CLIENT = 8
/** Streams of a process. Each costs a socket and some kilobytes. */
const IN_ALL = 2_000
/** How often the end of the process is looked for. */
const LOOK_MS = 500

/** The event streams that are open in this process, and their common end. */
export class OpenStreams {
  readonly #isDraining: () => boolean
  readonly #byClient = new Map<string, Set<AbortController>>()
  #count = 0
  #timer: NodeJS.Timeout | undefined

  constructor(isDraining: () => boolean) {
    this.#isDraining = isDraining
  }

  /**
   * Registers a stream.
   *
   * @returns `signal` ends the stream; `close` must be called when it has ended
   * @throws Problem too-many-requests when the client has as many as it may, or the process has
   */
  open(clientId: string): { readonly signal: AbortSignal; close(): void; end(): void } {
    const own = this.#byClient.get(clientId) ?? new Set()
    if (own.size >= PER_CLIENT || this.#count >= IN_ALL) throw new Problem('too-many-requests')
    const controller = new AbortController()
    this.#byClient.set(clientId, own.add(controller))
    this.#count += 1
    this.#timer ??= setInterval(() => {
      if (this.#isDraining()) this.endAll()
    }, LOOK_MS).unref()
    return {
      signal: controller.signal,
      end: () => controller.abort(),
      close: () => {
        controller.abort()
        if (!own.delete(controller)) return
        this.#count -= 1
        if (own.size === 0 && this.#byClient.get(clientId) === own) this.#byClient.delete(clientId)
        if (this.#count === 0) this.#stopLooking()
      },
    }
  }

  /** Ends every stream; its client comes back to another process and goes on where it stood. */
  endAll(): void {
    for (const own of this.#byClient.values()) for (const controller of own) controller.abort()
    this.#stopLooking()
  }

  #stopLooking(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
