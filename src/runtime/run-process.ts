import { ConfigError, readConfig } from '../config.ts'
import { type RunningHub, startHub } from '../hub.ts'
import { PolicyError } from '../policy/policy-fault.ts'
import { StartRefused } from '../start-refused.ts'
import { processOutput } from './process-output.ts'

/** A stop that takes longer than this is cut short. */
const STOP_MS = 60_000
/** npm passes a Ctrl-C on that its child has had already, so one order can come twice. */
const SAME_SIGNAL_MS = 1_000

/** Says a sentence to whoever started the process, apart from the log. */
export function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}

/** True for an end that is explained by its sentence; of anything else the whole is shown. */
function isExplained(error: unknown): error is Error {
  return error instanceof StartRefused || error instanceof ConfigError || error instanceof PolicyError
}

/** Ends the process after an error at the start. */
export function refuseToStart(error: unknown): never {
  if (isExplained(error)) tell(error.message)
  else console.error(error)
  process.exit(1)
}

/**
 * Runs a hub for as long as the process lives: reads the environment, starts, and ends it gracefully at SIGTERM or
 * SIGINT, or when nobody reads its output any more; a second signal ends at once. An error that nobody caught ends the
 * process at once with a line in the log, whether or not anybody takes the line.
 *
 * @param role in place of the one in the environment
 */
export async function runProcess(role?: 'worker'): Promise<RunningHub> {
  let hub: RunningHub | undefined
  let endingSince: number | undefined
  let isDying = false
  function die(error: unknown): void {
    if (isDying) return
    isDying = true
    try {
      if (hub === undefined) console.error(error)
      else hub.log.fatal({ err: error }, 'the process ends')
    } finally {
      process.exit(1)
    }
  }
  async function end(cause: NodeJS.Signals | 'output-lost'): Promise<void> {
    if (endingSince !== undefined) {
      if (cause !== 'output-lost' && performance.now() - endingSince > SAME_SIGNAL_MS) process.exit(1)
      return
    }
    endingSince = performance.now()
    hub?.log.info({ signal: cause }, 'told to end')
    setTimeout(() => die(new Error('the end took too long')), STOP_MS).unref()
    await hub?.stop()
    process.exit(cause === 'output-lost' ? 1 : 0)
  }
  const output = processOutput(() => void end('output-lost').catch(die))
  process.on('uncaughtException', die)
  process.on('unhandledRejection', die)
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  try {
    const config = readConfig({ ...process.env, ...(role === undefined ? {} : { ROLE: role }) })
    hub = await startHub(config, {
      machineClock: () => new Date(),
      onProgress: tell,
      logStream: output,
      onFatal: (error) => {
        if (endingSince === undefined) die(error)
      },
    })
  } catch (error) {
    refuseToStart(error)
  }
  process.on('SIGHUP', () => void hub?.reloadTrust())
  return hub
}
