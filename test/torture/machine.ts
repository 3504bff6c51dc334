import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '../../src/embedded/postgres.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { type Mood, type PayerSimulator, startPayerSimulator } from '../../src/payer/simulator.ts'

export const REGION = '441400'
const POLICY = `policies/${REGION}-meizhou.yaml`
const SECRET = 'the secret of a payer that misbehaves'

/** A program that stands up again whenever it ends. */
export interface Phoenix {
  readonly name: string
  readonly port: number
  /** Ends it as a machine does that loses power. */
  kill(): void
  /** Holds it still for a while, as a machine does that swaps or pauses. */
  freeze(ms: number): Promise<void>
}

/** Everything a hub needs on one machine, each part to be killed. */
export interface Machine {
  readonly databaseUrl: string
  readonly apis: readonly Phoenix[]
  readonly workers: readonly Phoenix[]
  readonly database: Phoenix
  readonly redis: Phoenix | undefined
  readonly payer: PayerSimulator
  /** Runs the programs of the hub, once the database has its tables. */
  start(): void
  end(): Promise<void>
}

export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })
}

/**
 * Makes the machine: PostgreSQL with its ordinary durability, Redis where it is installed, a payer.
 *
 * @param root the package whose hub runs: its own, or a copy that was broken on purpose
 */
export async function makeMachine(options: {
  readonly root: string
  readonly apis: number
  readonly workers: number
  readonly seed: number
  readonly mood: Mood
}): Promise<Machine> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-torture-'))
  await chmod(folder, 0o755)
  await mkdir(join(folder, 'policies'))
  // One region is enough, and every start is quicker for it.
  await copyFile(fileURLToPath(new URL(POLICY, PACKAGE_ROOT)), join(folder, POLICY))
  const database = await aDatabase(join(folder, 'database'))
  const redis = await aRedis(folder)
  const payer = await startPayerSimulator({
    secret: SECRET,
    seed: options.seed,
    mood: options.mood,
    now: () => new Date(),
  })
  const ports = await Promise.all(Array.from({ length: options.apis }, freePort))
  const programs: (Phoenix & { start(): void; end(): Promise<void> })[] = []
  const aProgram = async (role: 'api' | 'worker', port: number, name: string) => {
    const env = {
      PATH: process.env['PATH'],
      TZ: 'UTC',
      MODE: 'sandbox',
      ROLE: role,
      PORT: String(port),
      HOST: '127.0.0.1',
      // One hub at several addresses: the first is the one it is known by.
      PUBLIC_URL: `http://127.0.0.1:${ports[0]}`,
      DATABASE_URL: database.url,
      ...(redis === undefined ? {} : { REDIS_URL: `redis://127.0.0.1:${redis.port}` }),
      DATA_DIR: folder,
      POLICIES_DIR: join(folder, 'policies'),
      PAYER_URL: payer.url,
      PAYER_SECRET: SECRET,
      PAYER_TIMEOUT_MS: '400',
      SETTLEMENT_PATIENCE_SECONDS: '5',
      LOG_LEVEL: 'fatal',
      RATE_PER_CLIENT: '0',
      RATE_PER_ADDRESS: '0',
      TOKEN_RATE_PER_ADDRESS: '0',
    }
    const program = phoenix(name, port, () =>
      spawn(process.execPath, [join(options.root, 'dist/src/server.js')], {
        cwd: options.root,
        env,
        stdio: 'ignore',
      }),
    )
    programs.push(program)
    return program
  }
  const apis = await Promise.all(ports.map((port, at) => aProgram('api', port, `api ${at + 1}`)))
  const workers = await Promise.all(
    Array.from({ length: options.workers }, async (_, at) =>
      aProgram('worker', await freePort(), `worker ${at + 1}`),
    ),
  )
  return {
    databaseUrl: database.url,
    apis,
    workers,
    database,
    redis,
    payer,
    start: () => {
      for (const program of programs) program.start()
    },
    async end() {
      for (const program of programs) await program.end()
      await payer.close()
      await redis?.end()
      await database.end()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A child process that is started again whenever it ended, until it is to end for good. */
function phoenix(name: string, port: number, run: () => ChildProcess) {
  let child: ChildProcess | undefined
  let isWanted = true
  const start = () => {
    // It may have been ended for good while it was about to stand up.
    if (!isWanted) return
    child = run()
    child.once('exit', () => setTimeout(start, 50))
  }
  return {
    name,
    port,
    start,
    kill: () => void child?.kill('SIGKILL'),
    async freeze(ms: number) {
      const frozen = child
      frozen?.kill('SIGSTOP')
      await pause(ms)
      frozen?.kill('SIGCONT')
    },
    async end() {
      isWanted = false
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child!.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
  }
}

async function aDatabase(dataDir: string): Promise<Phoenix & { readonly url: string; end(): Promise<void> }> {
  const port = await freePort()
  let isWanted = true
  let isBack = Promise.resolve()
  const start = async (): Promise<Awaited<ReturnType<typeof startPostgres>>> =>
    await startPostgres({
      dataDir,
      port,
      settings: { max_connections: 200 },
      onLost: () => {
        if (isWanted) isBack = again()
      },
    })
  // What a killed server left behind may hold its memory a moment longer.
  const again = async (tries = 50): Promise<void> => {
    try {
      server = await start()
    } catch (error) {
      if (tries === 0) throw error
      await pause(200)
      await again(tries - 1)
    }
  }
  let server = await start()
  const signal = (name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT') => {
    const [pid] = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')
    process.kill(Number(pid), name)
  }
  return {
    name: 'database',
    port,
    url: server.url,
    kill: () => signal('SIGKILL'),
    async freeze(ms) {
      signal('SIGSTOP')
      await pause(ms)
      signal('SIGCONT')
    },
    async end() {
      await isBack
      isWanted = false
      await server.stop()
    },
  }
}

/** Redis forgets everything when it is killed: it keeps nothing on disk. */
async function aRedis(folder: string): Promise<(Phoenix & { end(): Promise<void> }) | undefined> {
  const port = await freePort()
  const args = [
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    folder,
    '--port',
    String(port),
  ]
  const isThere = await new Promise<boolean>((resolve) => {
    const asked = spawn('redis-server', ['--version'], { stdio: 'ignore' })
    asked.once('error', () => resolve(false)).once('exit', (code) => resolve(code === 0))
  })
  if (!isThere) return undefined
  const redis = phoenix('redis', port, () => spawn('redis-server', args, { stdio: 'ignore' }))
  redis.start()
  return redis
}
