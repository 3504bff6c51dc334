/** What was opened and has to be closed, the last first. */
export interface Closers {
  add(close: () => Promise<unknown> | unknown): void
  /** Closes everything; one that fails does not keep the others open. */
  closeAll(onError: (error: Error) => void): Promise<void>
}

/** An empty list. */
export function closers(): Closers {
  const list: (() => Promise<unknown> | unknown)[] = []
  return {
    add: (close) => void list.push(close),
    async closeAll(onError) {
      for (let close = list.pop(); close !== undefined; close = list.pop()) {
        try {
          await close()
        } catch (error) {
          onError(error as Error)
        }
      }
    },
  }
}
