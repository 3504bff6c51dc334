import type { FastifyRateLimitStoreCtor } from '@fastify/rate-limit'

/** Counters that all processes of a hub have in common. */
export interface SharedCounts {
  /**
   * Counts one more.
   *
   * @param windowMs milliseconds after the first of a window, after which it is counted anew
   * @returns undefined while the counters cannot be reached
   */
  count(key: string, windowMs: number): Promise<Counted | undefined>
}

/** So many in the window, which ends after `ttl` milliseconds. */
export interface Counted {
  readonly current: number
  readonly ttl: number
}

/** Keys that are remembered while the shared counters are away; the oldest go first. */
const REMEMBERED = 20_000

/** Counts in this process alone. */
class OwnCounts {
  readonly #windows = new Map<string, { current: number; endsAt: number }>()

  count(key: string, windowMs: number, now: number): Counted {
    const found = this.#windows.get(key)
    const window = found === undefined || found.endsAt <= now ? { current: 0, endsAt: now + windowMs } : found
    window.current += 1
    if (found !== window) {
      this.#windows.delete(key)
      this.#windows.set(key, window)
      const oldest = this.#windows.keys().next().value
      if (this.#windows.size > REMEMBERED && oldest !== undefined) this.#windows.delete(oldest)
    }
    return { current: window.current, ttl: window.endsAt - now }
  }
}

/**
 * Where limits are counted when processes share them. While the shared counters are away each process counts for
 * itself: a limit is then as many times as high as there are processes, but never gone, and nothing waits.
 */
export function sharedStore(shared: SharedCounts): FastifyRateLimitStoreCtor {
  const own = new OwnCounts()
  class Store {
    readonly #name: string

    constructor(_options: unknown, name = 'client') {
      this.#name = name
    }

    incr(key: string, done: (error: Error | null, counted?: Counted) => void, windowMs: number): void {
      const full = `${this.#name}/${key}`
      shared
        .count(full, windowMs)
        .then((counted) => done(null, counted ?? own.count(full, windowMs, performance.now())), done)
    }

    /** A limit of its own, for a route or for addresses. */
    child(options: object): Store {
      const { method, url } = (options as { routeInfo?: { method?: unknown; url?: string } }).routeInfo ?? {}
      return new Store(options, url === undefined ? 'address' : `${String(method)} ${url}`)
    }
  }
  return Store
}
