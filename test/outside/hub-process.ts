import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** A hub that runs as a program of its own, as an operator starts it. */
export interface HubProcess {
  readonly url: string
  readonly port: number
  isAlive(): boolean
  /** What it wrote to its output so far. */
  log(): string
  /** Resident memory of the process in MiB. */
  memory(): number
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

const ROOT = new URL('../../../', import.meta.url)
const SERVER = fileURLToPath(new URL('dist/src/server.js', ROOT))
const START_MS = 120_000
const STOP_MS = 30_000

/**
 * Starts the built program as a sandbox with a database of its own on a free port, and waits until it is ready. Its
 * environment is what is given here and nothing of the test's, whose loaders are none of its business.
 *
 * @param regions of which it has the policy; all when left out
 * @throws Error with the end of its log when it does not become ready
 */
export async function startHub(
  environment: Readonly<Record<string, string>> = {},
  regions?: readonly string[],
): Promise<HubProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-outside-'))
  const policies = regions === undefined ? {} : { POLICIES_DIR: policiesOf(regions, folder) }
  const logFile = join(folder, 'log')
  const output = openSync(logFile, 'w')
  const { PATH = '', HOME = folder } = process.env
  const child = spawn(process.execPath, [SERVER], {
    cwd: fileURLToPath(ROOT),
    env: {
      PATH,
      HOME,
      MODE: 'sandbox',
      PORT: '0',
      DATA_DIR: join(folder, 'data'),
      ...policies,
      ...environment,
    },
    stdio: ['ignore', output, output],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const isAlive = () => child.exitCode === null && child.signalCode === null
  const log = () => readFileSync(logFile, 'utf8')
  const stop = async () => {
    child.kill('SIGTERM')
    const late = setTimeout(kill, STOP_MS)
    await ended
    clearTimeout(late)
    process.removeListener('exit', kill)
    rmSync(folder, { recursive: true, force: true })
  }
  for (let waited = 0; ; waited += 100) {
    const url = /"at":"(http:\/\/127\.0\.0\.1:\d+)"/.exec(log())?.[1]
    if (url !== undefined) {
      const memory = () =>
        Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
      return { url, port: Number(new URL(url).port), isAlive, log, memory, stop }
    }
    if (!isAlive() || waited > START_MS) {
      const end = log().slice(-2_000)
      await stop()
      throw new Error(`the hub did not start: ${end}`)
    }
    await sleep(100)
  }
}

/** A folder with the policies of some regions. */
function policiesOf(regions: readonly string[], folder: string): string {
  const all = fileURLToPath(new URL('policies/', ROOT))
  const some = join(folder, 'policies')
  mkdirSync(some)
  for (const name of readdirSync(all)) {
    if (regions.some((region) => name.startsWith(region))) copyFileSync(join(all, name), join(some, name))
  }
  return some
}
