import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartRefused } from '../start-refused.ts'
import { startOf } from './process-identity.ts'

/** A data folder that this process alone uses. */
export interface DataFolder {
  readonly path: string
  /** Lets others have it. */
  release(): void
}

/**
 * Takes a data folder for this process, making it when it is not there. A lock that a dead process left is taken over.
 *
 * @throws StartRefused when the folder cannot be written, or a living process uses it
 */
export function claimDataFolder(path: string): DataFolder {
  const lock = join(path, 'hub.lock')
  const mine = `${process.pid} ${startOf(process.pid)}\n`
  try {
    mkdirSync(path, { recursive: true, mode: 0o755 })
    // Linked into place, so that nobody ever reads half a lock.
    const draft = join(path, `hub.lock.${process.pid}`)
    writeFileSync(draft, mine)
    try {
      while (!claimed(draft, lock)) dropStale(lock, path)
    } finally {
      rmSync(draft, { force: true })
    }
  } catch (error) {
    if (error instanceof StartRefused) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new StartRefused(
      code === 'ENOSPC'
        ? `No space is left for the data folder ${path}: make room, or set DATA_DIR to another folder.`
        : `The data folder ${path} cannot be written (${code}): make it writable for this user, or set DATA_DIR to another folder.`,
      { cause: error },
    )
  }
  return {
    path,
    release() {
      if (existsSync(lock) && readFileSync(lock, 'utf8') === mine) rmSync(lock, { force: true })
    },
  }
}

function claimed(draft: string, lock: string): boolean {
  try {
    linkSync(draft, lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function dropStale(lock: string, path: string): void {
  let text: string
  try {
    text = readFileSync(lock, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const [pid, start] = text.trim().split(' ')
  if (pid !== undefined && Number(pid) > 0 && start !== undefined && startOf(Number(pid)) === start) {
    throw new StartRefused(
      `The data folder ${path} is in use by process ${pid}: stop that one, or set DATA_DIR to another folder.`,
    )
  }
  rmSync(lock, { force: true })
}
