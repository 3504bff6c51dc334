import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { StartRefused } from '../start-refused.ts'

/** The hub in a process of its own. */
export interface HubProcess {
  readonly url: string
  readonly logFile: string
  /** Resolves with the exit code when it ends. */
  readonly ended: Promise<number>
  stop(): Promise<number>
}

const START_MS = 300_000

/**
 * Starts the hub as anybody would, with its log in a file, and waits until it is ready.
 *
 * @param environment in place of what is set
 * @throws StartRefused when it ends before that; its own sentence has been shown
 */
export async function startHubProcess(
  dataDir: string,
  url: string,
  environment: Readonly<Record<string, string>>,
): Promise<HubProcess> {
  mkdirSync(dataDir, { recursive: true })
  const logFile = join(dataDir, 'hub.log')
  const log = openSync(logFile, 'a', 0o600)
  const child: ChildProcess = spawn(
    process.execPath,
    [fileURLToPath(new URL('../server.js', import.meta.url))],
    {
      env: { ...process.env, ...environment, DATA_DIR: dataDir },
      stdio: ['ignore', log, 'inherit'],
      // Ctrl-C reaches this process, which then ends the hub in order.
      detached: true,
    },
  )
  closeSync(log)
  const ended = new Promise<number>((resolve) => {
    child.once('error', () => resolve(1))
    child.once('exit', (code) => resolve(code ?? 1))
  })
  const hub: HubProcess = {
    url,
    logFile,
    ended,
    async stop() {
      child.kill('SIGTERM')
      return await ended
    },
  }
  // However this process ends, the hub does not stay behind.
  process.once('exit', () => child.kill('SIGTERM'))
  for (let waited = 0; waited < START_MS; waited += 100) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new StartRefused(`平台没有启动 · The hub did not start (${logFile}).`)
    }
    const isReady = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return hub
    await sleep(100)
  }
  await hub.stop()
  throw new StartRefused(`The hub was not ready within ${START_MS / 1000} s (${logFile}).`)
}
