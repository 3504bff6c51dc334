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
    while (!parts.signal.aborted) {
      if (page.entries.length > 0) yield page.entries.map(eventText).join('')
      if (page.entries.length < parts.pageSize) {
        const patience = LOOK_AGAIN_MS[looks] ?? parts.heartbeatMs
        if (await news.within(patience)) looks = 0
        else if (looks < LOOK_AGAIN_MS.length) looks += 1
        else yield ': still here\n\n'
      }
      if (parts.signal.aborted) return
      page = await parts.read(page.next)
    }
  } finally {
    unsubscribe()
  }
}

function eventText({ cursor, type, ...entry }: FeedEntry): string {
  return `id: ${cursor}\nevent: ${type}\ndata: ${JSON.stringify({ ...entry, type })}\n\n`
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
