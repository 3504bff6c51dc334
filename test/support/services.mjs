// Starts PostgreSQL and Redis on free ports, runs the command given after it, stops them.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// The hub's own starter, compiled: it works for root too, wherever the clone lies.
const starter = new URL('../../dist/src/embedded/postgres.js', import.meta.url)
if (!existsSync(starter)) {
  const root = new URL('../../', import.meta.url)
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc'], { cwd: root, stdio: 'inherit' })
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })

const folder = await mkdtemp(join(tmpdir(), 'hub-test-'))
await chmod(folder, 0o755) // as root, PostgreSQL runs under another user and must get in
const env = { ...process.env }
const stop = []

if (env.TEST_DATABASE_URL === undefined) {
  const { startPostgres } = await import(starter.href)
  const postgres = await startPostgres({
    dataDir: join(folder, 'data'),
    // Test data may be lost in a crash; what counts is speed.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 400 },
  })
  stop.push(() => postgres.stop())
  env.TEST_DATABASE_URL = postgres.url
}

if (env.TEST_REDIS_URL === undefined) {
  const port = await freePort()
  const redis = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
    { stdio: 'ignore' },
  )
  const started = await new Promise((resolve) => {
    redis.once('error', () => resolve(false))
    redis.once('spawn', () => resolve(true))
  })
  if (started) {
    stop.push(() => redis.kill())
    env.TEST_REDIS_URL = `redis://127.0.0.1:${port}`
  }
}

const [command, ...args] = process.argv.slice(2)
const child = spawn(command, args, { stdio: 'inherit', env })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
const code = await new Promise((resolve) => child.once('exit', (exit) => resolve(exit ?? 1)))
for (const end of stop.reverse()) await end()
await rm(folder, { recursive: true, force: true })
process.exit(code)
