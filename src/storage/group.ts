/** How much is done together. */
export interface GroupOptions {
  /** Items of one call at most; a power of two. */
  readonly largest: number
  /** Calls under way at a time; what arrives meanwhile is done by the next. */
  readonly inFlight: number
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/**
 * Does together what many callers ask for at the same moment (group commit): one round trip and one commit for all.
 *
 * Nobody waits for a group to fill: whatever has arrived goes as soon as a call may be made, so that one caller alone
 * is served as if there were no groups. Groups have sizes of powers of two, so that few statements have to be prepared.
 * A group that fails is done again one by one, so that nobody suffers for his neighbour; `run` must therefore have no
 * effect when it throws, or meet the same item again with an error that its caller understands.
 *
 * @param run does the items and gives the result of each in their order
 * @returns a function that does one item in the next group; it throws what `run` throws for this item alone
 */
export function grouped<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  options: GroupOptions,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = []
  let running = 0
  let isDue = false

  async function serve(group: readonly Waiting<Item, Result>[]): Promise<void> {
    let results: readonly Result[]
    try {
      results = await run(group.map(({ item }) => item))
    } catch (error) {
      if (group.length === 1) group[0]!.reject(error)
      else await Promise.all(group.map((one) => serve([one])))
      return
    }
    group.forEach((one, index) => {
      one.resolve(results[index]!)
    })
  }

  function next(): void {
    while (running < options.inFlight && waiting.length > 0) {
      const count = 2 ** Math.floor(Math.log2(Math.min(waiting.length, options.largest)))
      running += 1
      void serve(waiting.splice(0, count)).finally(() => {
        running -= 1
        next()
      })
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (isDue) return
      isDue = true
      // What arrives in the same turn of the event loop belongs together.
      setImmediate(() => {
        isDue = false
        next()
      })
    })
}
