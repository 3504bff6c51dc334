import { type ChildProcess, spawn } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { client } from '../../bench/load.ts'
import { benchWorld } from '../../bench/world.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { loadPolicies } from '../../src/policy/load-policies.ts'
import { policyBook } from '../../src/policy/policy-book.ts'
import { freshDatabase } from '../support/database.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { outsiders, type Send, type Traveller } from '../support/outside.ts'

const ROOT = fileURLToPath(PACKAGE_ROOT)
const REGION = '441400'
const JOURNEYS = 50
/** Of each process; then the journeys end in peace, so that a slow machine isn't kept starting processes for ever. */
const KILLS = 5
const SEED = Number(process.env['KILL_SEED'] ?? 20261122)

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

/** A process of the hub that is started again whenever it was killed. */
function phoenix(role: 'api' | 'worker', env: NodeJS.ProcessEnv) {
  let child: ChildProcess | undefined
  let wanted = true
  let kills = 0
  const start = () => {
    child = spawn(process.execPath, [join(ROOT, 'dist/src/server.js')], {
      cwd: ROOT,
      env: { ...env, ROLE: role },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child.once('exit', () => {
      if (wanted) start()
    })
  }
  start()
  return {
    kill() {
      kills += 1
      child?.kill('SIGKILL')
    },
    async end() {
      wanted = false
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child!.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
    get kills() {
      return kills
    },
  }
}

t.test(
  `API and worker killed at random points of ${JOURNEYS} journeys: nothing lost, nothing twice (seed ${SEED})`,
  { timeout: 290_000 },
  async (t) => {
    const { pool, url } = await freshDatabase(t, 8)
    const policies = policyBook((await loadPolicies(new URL('policies/', PACKAGE_ROOT))).versions(REGION))
    const world = await benchWorld(pool, policies, REGION, JOURNEYS)
    const folder = await mkdtemp(join(tmpdir(), 'hub-kill-'))
    // One region is enough, and every start is quicker for it.
    await mkdir(join(folder, 'policies'))
    await copyFile(join(ROOT, 'policies/441400-meizhou.yaml'), join(folder, 'policies/441400-meizhou.yaml'))
    const [apiPort, workerPort] = [await freePort(), await freePort()]
    const base = `http://127.0.0.1:${apiPort}`
    const env = {
      ...process.env,
      MODE: 'sandbox',
      DATABASE_URL: url,
      DATA_DIR: folder,
      POLICIES_DIR: join(folder, 'policies'),
      HOST: '127.0.0.1',
      PUBLIC_URL: base,
      LOG_LEVEL: 'fatal',
      RATE_PER_CLIENT: '0',
      RATE_PER_ADDRESS: '0',
      TOKEN_RATE_PER_ADDRESS: '0',
      NODE_OPTIONS: '',
    }
    const api = phoenix('api', { ...env, PORT: String(apiPort) })
    const worker = phoenix('worker', { ...env, PORT: String(workerPort) })
    t.teardown(async () => {
      await api.end()
      await worker.end()
      await rm(folder, { recursive: true, force: true })
    })

    const once = client(base, 64)
    let lost = 0
    let last = ''
    /** What every careful client does: the same request again, with the same key, until there is an answer. */
    const send: Send = async (method, path, headers, body) => {
      for (let attempt = 0; ; attempt += 1) {
        try {
          const reply = await once(method, path, headers, body)
          if (reply.status < 500) return reply
          last = `${reply.status} ${JSON.stringify(reply.body)}`
        } catch {
          lost += 1
        }
        if (attempt > 4000) throw new Error(`${method} ${path} was never answered: ${last}`)
        await pause(50)
      }
    }
    await send('GET', '/health/live', {})
    const outside = await outsiders(send, base, world.region)

    let state = SEED
    const random = (below: number) => {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      return (state >>> 0) % below
    }
    let killing = true
    const isReady = async (port: number) => {
      const ask = client(`http://127.0.0.1:${port}`, 1)
      return (await ask('GET', '/health/live', {}).catch(() => undefined))?.status === 200
    }
    // A process is killed some time after it came up: killed while it starts, it would never do any work to lose.
    const killer = async (victim: ReturnType<typeof phoenix>, port: number) => {
      while (killing && victim.kills < KILLS) {
        await pause(50)
        if (!(await isReady(port))) continue
        await pause(random(1500))
        if (killing) victim.kill()
        await pause(100)
      }
    }

    const done: Traveller[] = []
    let begun = 0
    const killers = [killer(api, apiPort), killer(worker, workerPort)]
    try {
      await Promise.all(
        Array.from({ length: 8 }, async () => {
          while (begun < JOURNEYS) {
            begun += 1
            const it = await outside.submit(world.push())
            await outside.choose(it)
            await outside.take(it)
            await outside.review(it)
            await outside.settle(it)
            while (!['settled', 'deferred'].includes(await outside.stateOf(it))) await pause(50)
            await outside.handOver(it)
            done.push(it)
          }
        }),
      )
    } finally {
      killing = false
      await Promise.all(killers)
    }

    t.equal(done.length, JOURNEYS)
    t.ok(
      api.kills + worker.kills >= 4,
      `${api.kills} kills of the API, ${worker.kills} of the worker, ${lost} answers lost`,
    )
    t.same(await brokenInvariants(pool), [])
    const { rows } = await pool.query(
      `select state, count(*)::int as n, min(revision)::int as least, max(revision)::int as most
         from prescription_state group by state`,
    )
    t.same(rows, [{ state: 'dispensed', n: JOURNEYS, least: 7, most: 7 }], 'each went its way once')
    const money = await pool.query(
      `select count(*)::int as n from settlement where status in ('settled', 'deferred')`,
    )
    t.equal(money.rows[0].n, JOURNEYS, 'and was paid once')
    t.comment(`${api.kills} kills of the API, ${worker.kills} of the worker, ${lost} answers lost`)
  },
)
