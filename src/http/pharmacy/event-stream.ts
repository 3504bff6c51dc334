import type { FeedEntry } from '../../usecases/feed.ts'

/** A page of the feed. */
export interface FeedPage {
  readonly entries: readonly FeedEntry[]
  readonly next: string
}

/** What a stream is made from. */
export interface StreamParts {
  /** Read before the stream began, so that a bad cursor is refused and not streamed. */
  readonly first: FeedPage
  /** The page after a cursor; shorter than `pageSize` means there is nothing more for now. */
  readonly read: (after: string) => Promise<FeedPage>
  readonly pageSize: number
  /** Ends the stream. */
  readonly signal: AbortSignal
  /** Has `wake` called whenever there may be news. @returns stops that */
  readonly subscribe: (wake: () => void) => () => void
  /** The longest silence. */
  readonly heartbeatMs: number
}

/** How long a client should wait before it comes back. */
const RETRY_MS = 2_000
/** An entry shows only when every older transaction has ended, which can be a moment after it was announced. */
const LOOK_AGAIN_MS = [200, 1_000, 4_000]

/**
 * The text of an event stream (server-sent events): each entry once, in order, with its cursor as `id`.
 *
 * Reads a page only when the one before was taken, so a slow client costs no memory.
 */
export async function* eventStream(parts: StreamParts): AsyncGenerator<string, void, undefined> {
  const news = new Alarm(parts.signal)
  const unsubscribe = parts.subscribe(() => news.ring())
  try {
    yield `retry: ${RETRY_MS}\n\n`
    let page = parts.first
    let looks = 0
    let spokenAt = performance.now()
    while (!parts.signal.aborted) {
      if (page.entries.length > 0) {
        yield page.entries.map(eventText).join('')
        spokenAt = performance.now()
      }
      if (page.entries.length < parts.pageSize) {
        // However often it is woken for nothing, it is never silent for longer than a heartbeat.
        const quietFor = parts.heartbeatMs - (performance.now() - spokenAt)
        const patience = Math.max(0, Math.min(LOOK_AGAIN_MS[looks] ?? parts.heartbeatMs, quietFor))
        if (await news.within(patience)) looks = 0
        else looks = Math.min(looks + 1, LOOK_AGAIN_MS.length)
        if (performance.now() - spokenAt >= parts.heartbeatMs) {
          yield ': still here\n\n'
          spokenAt = performance.now()
        }
      }
      if (parts.signal.aborted) return
      page = await parts.read(page.next)
    }
  } finally {
    unsubscribe()
  }
}

/** `data` is the whole entry, so that a client that keeps nothing else has its cursor too. */
function eventText(entry: FeedEntry): string {
  return `id: ${entry.cursor}\nevent: ${entry.type}\ndata: ${JSON.stringify(entry)}\n\n`
}

/** Something to wait for, which may also happen while nobody waits. */
class Alarm {
  #rang = false
  #heard: (() => void) | undefined

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.ring(), { once: true })
  }

  ring(): void {
    this.#rang = true
    this.#heard?.()
  }

  /** @returns false when the time ran out first */
  async within(ms: number): Promise<boolean> {
    if (!this.#rang) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        this.#heard = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      this.#heard = undefined
    }
    const rang = this.#rang
    this.#rang = false
    return rang
  }
}
