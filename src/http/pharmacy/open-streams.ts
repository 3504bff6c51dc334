import { Problem } from '../../domain/problems.ts'

/** How often the end of the process is looked for. */
const LOOK_MS = 500

/** Streams that may be open at once in a process. Each costs a socket and some kilobytes. */
export interface StreamCaps {
  /** One for each counter of a shop, and some that died unnoticed. */
  readonly perClient: number
  readonly perInstitution: number
  /** An address may be a chain's, with many shops behind it. */
  readonly perAddress: number
  readonly inAll: number
}

/** Whose stream it is. */
export interface StreamOwner {
  readonly clientId: string
  readonly institutionId: string
  readonly address: string
}

/** An open stream. */
export interface OpenStream {
  /** Ends the stream. */
  readonly signal: AbortSignal
  end(): void
  /** Must be called when it has ended. */
  close(): void
}

/** The event streams that are open in this process, and their common end. */
export class OpenStreams {
  readonly #caps: StreamCaps
  readonly #isDraining: () => boolean
  readonly #open = new Set<AbortController>()
  /** How many of the open ones each client, institution and address has. */
  readonly #counts = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined

  constructor(caps: StreamCaps, isDraining: () => boolean) {
    this.#caps = caps
    this.#isDraining = isDraining
  }

  /**
   * Registers a stream.
   *
   * @throws Problem too-many-requests when its client, institution or address, or the process, has as many as it may
   */
  open({ clientId, institutionId, address }: StreamOwner): OpenStream {
    const { perClient, perInstitution, perAddress, inAll } = this.#caps
    const keys = [
      [`client/${clientId}`, perClient],
      [`institution/${institutionId}`, perInstitution],
      [`address/${address}`, perAddress],
    ] as const
    const isFull = keys.some(([key, cap]) => this.#countOf(key) >= cap)
    if (isFull || this.#open.size >= inAll) throw new Problem('too-many-requests')
    const controller = new AbortController()
    this.#open.add(controller)
    for (const [key] of keys) this.#counts.set(key, this.#countOf(key) + 1)
    this.#timer ??= setInterval(() => {
      if (this.#isDraining()) this.endAll()
    }, LOOK_MS).unref()
    return {
      signal: controller.signal,
      end: () => controller.abort(),
      close: () => {
        controller.abort()
        if (!this.#open.delete(controller)) return
        for (const [key] of keys) this.#forgetOne(key)
        if (this.#open.size === 0) this.#stopLooking()
      },
    }
  }

  /** Ends every stream; its client comes back to another process and goes on where it stood. */
  endAll(): void {
    for (const controller of this.#open) controller.abort()
    this.#stopLooking()
  }

  #countOf(key: string): number {
    return this.#counts.get(key) ?? 0
  }

  #forgetOne(key: string): void {
    const left = this.#countOf(key) - 1
    if (left === 0) this.#counts.delete(key)
    else this.#counts.set(key, left)
  }

  #stopLooking(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
