/** Bytes that may wait for a reader that stands still. */
const MAX_WAITING = 16 * 1024 * 1024

/** Where log lines of a process go. */
export interface LineOutput {
  write(line: string): void
}

/**
 * Standard output as the destination of the log, and the news that nobody reads it any more.
 *
 * Node writes at once what the pipe takes and keeps the rest, so neither a reader that stands still nor one that has
 * gone can hold the process or its end; a destination that flushes when the process ends tries that for ever once the
 * pipe is broken. Lines for a reader that stands still are dropped when too many wait.
 *
 * @param onBroken told once, when the reader of standard output or of standard error has gone (EPIPE and the like)
 */
export function processOutput(onBroken: (error: Error) => void): LineOutput {
  let isBroken = false
  const lost = (error: Error) => {
    if (isBroken) return
    isBroken = true
    onBroken(error)
  }
  // They stay for the life of the process: without them a second write to the broken pipe would be an uncaught error.
  process.stdout.on('error', lost)
  process.stderr.on('error', lost)
  return {
    write(line) {
      if (!isBroken && process.stdout.writableLength < MAX_WAITING) process.stdout.write(line)
    },
  }
}
