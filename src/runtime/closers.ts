/** What was opened and has to be closed, the last first. */
export interface Closers {
  /** @param name for the log, when closing takes long or fails */
  add(name: string, close: () => Promise<unknown> | unknown): void
  /** Closes everything; a part that fails does not keep the others open. */
  closeAll(report: (part: string, ms: number, error?: Error) => void): Promise<void>
}

/** An empty list. */
export function closers(): Closers {
  const list: { name: string; close: () => Promise<unknown> | unknown }[] = []
  return {
    add: (name, close) => void list.push({ name, close }),
    async closeAll(report) {
      for (let part = list.pop(); part !== undefined; part = list.pop()) {
        const start = performance.now()
        const ms = () => Math.round(performance.now() - start)
        try {
          await part.close()
          report(part.name, ms())
        } catch (error) {
          report(part.name, ms(), error as Error)
        }
      }
    },
  }
}
