import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { StartRefused } from '../start-refused.ts'
import { claimDataFolder } from './data-folder.ts'
import { findBinaries, type PostgresBinaries } from './postgres-binaries.ts'
import { choosePostgresUser, type PostgresUser, requireOwnership } from './postgres-user.ts'
import { commandOf, startOf } from './process-identity.ts'

/** A PostgreSQL of the hub's own. */
export interface EmbeddedPostgres {
  readonly url: string
  /** Ends it in order: connections are cut, everything is on disk. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Made when it is not there. */
  readonly dataDir: string
  /** Where it listens; a free port when absent. */
  readonly port?: number
  /** Settings of the server in place of the hub's own. */
  readonly settings?: Readonly<Record<string, string | number>>
  /** Told before the steps that take long. */
  readonly onProgress?: (step: 'creating' | 'recovering' | 'starting') => void
  /** Told when the server ends without having been asked to. */
  readonly onLost?: () => void
}

const DATABASE = 'prescription_hub'
const USER = 'hub'
/** After a crash the server replays its log before it answers. */
const START_MS = 180_000
const STOP_MS = 60_000
const LOG_BYTES = 8 * 1024 * 1024

/**
 * Runs the server as a child whose life hangs on this process: its standard input is a pipe from here, and when that
 * closes, for whatever reason, killed included, the server is told to end. In a process group of its own, so that
 * Ctrl-C at a terminal reaches the hub alone, which drains first.
 */
const KEEPER = `
exec 3<&0
"$@" </dev/null 3<&- & server=$!
( while read -r _ <&3; do :; done; kill -INT "$server" 2>/dev/null ) & watch=$!
exec 3<&-
wait "$server"; code=$?
kill "$watch" 2>/dev/null
exit "$code"`

/**
 * Starts PostgreSQL in a data folder, creating the database the first time.
 *
 * @throws StartRefused with one sentence, when the folder, its lock or its version does not allow it
 */
export async function startPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataDir, onProgress = () => {} } = options
  const binaries = findBinaries()
  const folder = claimDataFolder(dataDir)
  try {
    const cluster = join(dataDir, 'postgres')
    requireOwnership(cluster)
    requireVersion(cluster, binaries, dataDir)
    const user = choosePostgresUser(cluster, [dataDir, dirname(binaries.postgres)])
    await endOrphan(cluster, () => onProgress('recovering'))
    if (!existsSync(cluster)) {
      onProgress('creating')
      await create(cluster, dataDir, binaries, user)
    }
    onProgress('starting')
    const password = readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim()
    const port = options.port ?? (await freePort())
    const log = join(dataDir, 'postgres.log')
    const child = run(cluster, log, { port, ...options.settings }, binaries, user)
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    const urlOf = (database: string) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`
    await answering(child, urlOf('postgres'), log)
    let stopping = false
    void ended.then(() => {
      folder.release()
      if (!stopping) options.onLost?.()
    })
    return {
      url: urlOf(DATABASE),
      async stop() {
        stopping = true
        child.stdin?.end()
        const late = new AbortController()
        await Promise.race([ended, sleep(STOP_MS, undefined, { signal: late.signal }).catch(() => {})])
        late.abort()
        folder.release()
      },
    }
  } catch (error) {
    folder.release()
    throw error
  }
}

function requireVersion(cluster: string, binaries: PostgresBinaries, dataDir: string): void {
  if (!existsSync(cluster)) return
  const file = join(cluster, 'PG_VERSION')
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'unknown'
  if (found === binaries.major) return
  throw new StartRefused(
    `The data folder ${dataDir} was made by PostgreSQL ${found} and this hub brings ${binaries.major}: set DATA_DIR to another folder, or move the data with pg_dump of the old version.`,
  )
}

/** The server of a hub that was killed may still be on its way out; a lock whose process is gone is dropped. */
async function endOrphan(cluster: string, onWait: () => void): Promise<void> {
  const lock = join(cluster, 'postmaster.pid')
  if (!existsSync(lock)) return
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
  const isServer = () => startOf(pid) !== undefined && commandOf(pid).includes(cluster)
  if (!(pid > 1) || !isServer()) {
    rmSync(lock, { force: true }) // another process may have the id by now, and PostgreSQL would believe the lock
    return
  }
  onWait()
  process.kill(pid, 'SIGINT')
  for (let waited = 0; isServer(); waited += 50) {
    if (waited > STOP_MS) {
      throw new StartRefused(
        `The database in ${cluster} is still held by process ${pid}: stop it, or set DATA_DIR to another folder.`,
      )
    }
    await sleep(50)
  }
}

async function create(
  cluster: string,
  dataDir: string,
  binaries: PostgresBinaries,
  user: PostgresUser,
): Promise<void> {
  // Made under another name, so that a half-made one is never taken for whole.
  const draft = `${cluster}.new`
  const secret = join(dataDir, 'postgres-password')
  const forInitdb = join(dataDir, 'postgres-password.new')
  rmSync(draft, { recursive: true, force: true })
  rmSync(forInitdb, { force: true })
  const password = randomBytes(24).toString('hex')
  writeFileSync(secret, `${password}\n`, { mode: 0o600 })
  writeFileSync(forInitdb, `${password}\n`, { mode: 0o600 })
  const owner = ownerOf(user)
  mkdirSync(draft, { mode: 0o700 })
  if (owner !== undefined) for (const path of [draft, forInitdb]) chownSync(path, owner.uid, owner.gid)
  const [command = '', ...args] = [
    ...user.prefix,
    binaries.initdb,
    `--pgdata=${draft}`,
    `--username=${USER}`,
    `--pwfile=${forInitdb}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
  ]
  const child = spawn(command, args, { ...user.ids, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said += chunk
  })
  const code = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', resolve)
  })
  rmSync(forInitdb, { force: true })
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true })
    throw new StartRefused(
      `The database in ${dataDir} could not be created: ${said.trim().split('\n').at(-1) || code}`,
    )
  }
  renameSync(draft, cluster)
}

function ownerOf(user: PostgresUser): { uid: number; gid: number } | undefined {
  if (user.ids !== undefined) return user.ids
  const id = (name: string) => Number(user.prefix.find((it) => it.startsWith(`--${name}=`))?.split('=')[1])
  return user.prefix.length === 0 ? undefined : { uid: id('reuid'), gid: id('regid') }
}

function run(
  cluster: string,
  log: string,
  given: Readonly<Record<string, string | number>>,
  binaries: PostgresBinaries,
  user: PostgresUser,
): ChildProcess {
  if (existsSync(log) && statSync(log).size > LOG_BYTES) rmSync(log)
  const output = openSync(log, 'a', 0o600)
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    // What a statement carried may name a person, so statements and details stay out of the log.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    timezone: 'UTC',
    ...given,
  }
  const [command = '', ...args] = [
    ...user.prefix,
    'sh',
    '-c',
    KEEPER,
    'keeper',
    binaries.postgres,
    '-D',
    cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const child = spawn(command, args, {
    ...user.ids,
    cwd: '/',
    detached: true,
    stdio: ['pipe', output, output],
  })
  child.on('error', () => {}) // seen as an early end
  child.stdin?.on('error', () => {})
  closeSync(output)
  return child
}

/** Waits until the server answers, and makes the hub's database in it. */
async function answering(child: ChildProcess, url: string, log: string): Promise<void> {
  for (let waited = 0; ; waited += 50) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
      if (rowCount === 0) await client.query(`create database ${DATABASE}`)
      await client.end()
      return
    } catch (error) {
      await client.end().catch(() => {})
      const ended = child.exitCode !== null || child.signalCode !== null || child.pid === undefined
      if (ended || waited > START_MS) {
        child.stdin?.end()
        const last = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').at(-1) : undefined
        throw new StartRefused(
          `The embedded PostgreSQL did not start: ${last ?? 'it said nothing'} (see ${log}).`,
          {
            cause: error,
          },
        )
      }
    }
    await sleep(50)
  }
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })
}
