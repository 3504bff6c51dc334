import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { StartRefused } from '../start-refused.ts'

/** The hub in a process of its own. */
export interface HubProcess {
  readonly logFile: string
  /** Resolves with the exit code when it ends. */
  readonly ended: Promise<number>
  /** Resolves when it answers. @throws StartRefused when it ends before that; its own sentence has been shown */
  ready(): Promise<void>
  /** Ends it in order. @returns its exit code */
  stop(): Promise<number>
}

const START_MS = 300_000

/**
 * Starts the hub as anybody would, with its log in a file.
 *
 * @param environment in place of what is set
 */
export function startHubProcess(
  dataDir: string,
  url: string,
  environment: Readonly<Record<string, string>>,
): HubProcess {
  const logFile = join(dataDir, 'hub.log')
  const log = openLog(logFile)
  const program = fileURLToPath(new URL('../server.js', import.meta.url))
  const child: ChildProcess = spawn(process.execPath, [program], {
    env: { ...process.env, ...environment, DATA_DIR: dataDir },
    stdio: ['ignore', log, 'inherit'],
    // Ctrl-C reaches this process, which then ends the hub in order.
    detached: true,
  })
  closeSync(log)
  const ended = new Promise<number>((resolve) => {
    child.once('error', () => resolve(1))
    child.once('exit', (code) => resolve(code ?? 1))
  })
  let isStopping = false
  async function stop(): Promise<number> {
    if (!isStopping) child.kill('SIGTERM')
    isStopping = true
    return await ended
  }
  // However this process ends, the hub does not stay behind.
  process.once('exit', () => void stop())
  return {
    logFile,
    ended,
    stop,
    async ready() {
      for (let waited = 0; waited < START_MS; waited += 100) {
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new StartRefused(`平台没有启动 · The hub did not start (${logFile}).`)
        }
        const isReady = await fetch(`${url}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        )
        if (isReady) return
        await sleep(100)
      }
      await stop()
      throw new StartRefused(`The hub was not ready within ${START_MS / 1000} s (${logFile}).`)
    },
  }
}

/** @throws StartRefused when the folder cannot be written */
function openLog(file: string): number {
  try {
    mkdirSync(dirname(file), { recursive: true })
    return openSync(file, 'a', 0o600)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StartRefused(
      `The log ${file} cannot be written (${code}): make the folder writable, or set DATA_DIR to another one.`,
      { cause: error },
    )
  }
}
