import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { readConfig } from '../../src/config.ts'
import { demoClock } from '../../src/demo/demo-clock.ts'
import { runJourney } from '../../src/demo/journey.ts'
import { runNationalJourney } from '../../src/demo/national-journey.ts'
import { printer } from '../../src/demo/printer.ts'
import { monthAfter } from '../../src/domain/clearing/month.ts'
import { type RunningHub, startHub } from '../../src/hub.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { loadPolicies } from '../../src/policy/load-policies.ts'
import { StartRefused } from '../../src/start-refused.ts'
import { createSandboxAuthority } from '../../src/trust/sandbox-authority.ts'
import { freshDatabase, ordinaryRole, type Scope } from '../support/database.ts'
import { RANDOM_KEYS } from '../support/random-keys.ts'

const POLICIES = new URL('policies/', PACKAGE_ROOT)

/** A folder with one region's policy, so that the sandbox is made quickly. */
function onePolicy(t: { testdir: () => string }): string {
  const folder = join(t.testdir(), 'policies')
  mkdirSync(folder)
  cpSync(new URL('441400-meizhou.yaml', POLICIES), join(folder, '441400-meizhou.yaml'))
  return folder
}

async function aHub(t: Scope, environment: Record<string, string>, log: string[] = []): Promise<RunningHub> {
  const config = readConfig({ MODE: 'sandbox', PORT: '0', LOG_LEVEL: 'info', ...environment })
  const hub = await startHub(config, {
    machineClock: () => new Date(),
    logStream: { write: (line) => log.push(line) },
  })
  t.teardown(() => hub.stop())
  return hub
}

const json = async (url: string, init?: RequestInit) => {
  const answer = await fetch(url, init)
  // biome-ignore lint/suspicious/noExplicitAny: as an outside program sees it
  return { status: answer.status, body: (await answer.json()) as any }
}

t.test('MZ-7.3 one whole journey over HTTP, from signature to payment, by outside clients', async (t) => {
  const { url } = await freshDatabase(t)
  // With settings of its own, as an operator's address has them: the queue works all the same.
  const databaseUrl = `${url}?sslmode=disable&options=${encodeURIComponent('-c random_page_cost=1.3')}`
  const policies = onePolicy(t)
  const log: string[] = []
  const hub = await aHub(t, { DATABASE_URL: databaseUrl, POLICIES_DIR: policies }, log)
  let printed = ''
  const print = printer((text) => {
    printed += text
  }, false)
  const clock = demoClock(hub.url)
  const journey = { hubUrl: hub.url, regionCode: '441400', policies: await loadPolicies(policies), print }
  const { patientLink: link, month } = await runJourney({ ...journey, isTerminal: false, clock })
  t.match(link, /\/p\/[\w-]{32}$/)
  t.equal(
    month,
    new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7),
    'the month of the settlement',
  )
  t.match(printed, / 0\.00 元 {2}全部账户合计/, 'the books add up')
  t.equal((await json(`${hub.url}/sandbox/clock`)).body.offsetSeconds, 0, 'the clock is where it was')
  t.match(printed, 'MZ-4.3b', 'the refused attempt names its rule')
  t.notMatch(printed, '\u001b', 'no colours for what is not a terminal')
  t.same((await json(`${hub.url}/health/ready`)).body.parts, {
    database: 'ok',
    migrations: 'ok',
    queue: 'ok',
  })
  const metrics = await (await fetch(`${hub.url}/metrics`)).text()
  t.match(metrics, 'hub_prescriptions{region="441400",state="dispensed"} 1')
  t.match(metrics, /hub_outbox_lag_seconds \d/)
  t.match(metrics, /hub_queue_lag_seconds\{queue="settlement"\} \d/)
  t.match(metrics, /hub_holds_overdue 0/)
  const sandbox = await json(`${hub.url}/sandbox?region=441400`)
  const { cast } = sandbox.body.regions[0]
  const text = log.join('')
  for (const person of [cast.person, cast.assisted]) {
    for (const secret of [person.name, person.idNumber, person.phone]) {
      if (secret !== undefined) t.notOk(text.includes(secret), 'the log names nobody')
    }
  }
  t.notOk(text.includes(link.slice(-32)), 'nor the link')
  t.equal((await json(`${hub.url}/sandbox?region=999999`)).status, 404)
  // A month is closed for good: the next journey on the same data counts in the month after.
  const again = await runJourney({ ...journey, isTerminal: false, clock })
  t.equal(again.month, monthAfter(month))
  t.equal((await json(`${hub.url}/sandbox/clock`)).body.offsetSeconds, 0)
  // The same hub, over the national interface.
  const no = await runNationalJourney({ hubUrl: hub.url, regionCode: '441400', print, clock })
  t.match(no, /^441400\d{16}$/)
  t.match(printed, 'D007：已使用', 'sold, after a reversal')
  const known = printed.split('待签名串、SM3、SM4、SM2 一致').length - 1
  t.equal(known, 3, 'every known answer is reproduced first')
})

t.test(
  'in every region a fund pays the medicine, the agency pays the pharmacy, the books add up',
  async (t) => {
    const { url: databaseUrl } = await freshDatabase(t)
    const hub = await aHub(t, { DATABASE_URL: databaseUrl, TOKEN_RATE_PER_ADDRESS: '0' })
    const policies = await loadPolicies(POLICIES)
    for (const [rule, regionCode] of [
      ['MZ-7.3', '441400'],
      ['CQ-4.6', '500000'],
      ['SX-12', '140000'],
      ['SC-P2', '510600'],
      ['FS-3.5a', '210400'],
    ] as const) {
      t.test(`${rule} ${regionCode}`, async (t) => {
        let printed = ''
        const print = printer((text) => {
          printed += text
        }, false)
        const clock = demoClock(hub.url)
        await runJourney({ hubUrl: hub.url, regionCode, policies, print, isTerminal: false, clock })
        t.match(printed, / [1-9]\d*\.\d\d 元 {2}(.*统筹基金支出|包干账户支出)/, 'a fund pays')
        // What a hospital takes out of its own capitation account is no money that a month pays.
        const amount = regionCode === '210400' ? '0\\.00' : '[1-9]\\d*\\.\\d\\d'
        t.match(printed, new RegExp(` 拨付 ${amount} 元，清算单状态：paid`))
        t.match(printed, / 0\.00 元 {2}全部账户合计/)
      })
    }
  },
)

t.test('the demonstration takes back only what it set the clock on', async (t) => {
  const { url: databaseUrl } = await freshDatabase(t)
  const hub = await aHub(t, { DATABASE_URL: databaseUrl, POLICIES_DIR: onePolicy(t), ROLE: 'api' })
  const clock = demoClock(hub.url)
  const offset = async () => (await json(`${hub.url}/sandbox/clock`)).body.offsetSeconds
  await clock.goTo(new Date(Date.now() + 3_600_000))
  t.equal(await offset(), 3_600)
  await clock.goTo(new Date(Date.now() + 1_800_000))
  t.equal(await offset(), 3_600, 'never back')
  const own = demoClock(hub.url)
  await own.goTo(new Date(Date.now() + 7_200_000))
  t.equal(await offset(), 7_200)
  await own.putBack()
  await own.putBack()
  t.equal(await offset(), 3_600, 'what another had set stays')
})

t.test(
  'the sandbox clock is shared by the processes of a hub, and can be set, moved and reset',
  async (t) => {
    const { url: databaseUrl } = await freshDatabase(t)
    const policies = onePolicy(t)
    const api = await aHub(t, { DATABASE_URL: databaseUrl, POLICIES_DIR: policies, ROLE: 'api' })
    const other = await aHub(t, { DATABASE_URL: databaseUrl, POLICIES_DIR: policies, ROLE: 'api' })
    const put = (body: unknown) =>
      json(`${api.url}/sandbox/clock`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    t.equal((await put({ advanceSeconds: 86_400 })).body.offsetSeconds, 86_400)
    for (let waited = 0; waited < 5_000; waited += 20) {
      if ((await json(`${other.url}/sandbox/clock`)).body.offsetSeconds === 86_400) break
      await sleep(20)
    }
    t.equal((await json(`${other.url}/sandbox/clock`)).body.offsetSeconds, 86_400)
    const set = await put({ now: '2027-01-01T00:00:00+08:00' })
    t.match(set.body.now, /^2026-12-31T16:00:0/)
    t.equal((await put({ reset: true })).body.offsetSeconds, 0)
    for (const bad of [
      {},
      { now: 'tomorrow' },
      { reset: false },
      { advanceSeconds: 1.5 },
      { reset: true, advanceSeconds: 1 },
    ]) {
      t.equal((await put(bad)).status, 400, JSON.stringify(bad))
    }
    t.equal((await json(`${api.url}/health/ready`)).body.status, 'ready', 'without a queue of its own')
  },
)

t.test('a worker answers for health and metrics only', async (t) => {
  const { url: databaseUrl } = await freshDatabase(t)
  const hub = await aHub(t, { DATABASE_URL: databaseUrl, POLICIES_DIR: onePolicy(t), ROLE: 'worker' })
  t.equal((await json(`${hub.url}/health/live`)).status, 200)
  t.equal((await json(`${hub.url}/sandbox`)).status, 404)
  t.equal((await json(`${hub.url}/oauth/token`, { method: 'POST' })).status, 404)
})

const PRODUCTION = {
  MODE: 'production',
  PUBLIC_URL: 'https://hub.example',
  KEY_ENCRYPTION_KEY: RANDOM_KEYS[0],
  LINK_KEY: RANDOM_KEYS[1],
  METRICS_TOKEN: 'a token of this hub',
  NOTIFIER_URL: 'https://sms.example/send',
  NOTIFIER_SECRET: 'a secret of the two of us',
}

t.test('production has no sandbox, and reads its trust from files', async (t) => {
  const { url: databaseUrl, pool } = await freshDatabase(t)
  const trust = join(t.testdir(), 'trust')
  mkdirSync(join(trust, 'anchors'), { recursive: true })
  const environment = {
    ...PRODUCTION,
    DATABASE_URL: await ordinaryRole(t, pool, databaseUrl),
    TRUST_DIR: trust,
  }
  const config = readConfig({ ...environment, PORT: '0', LOG_LEVEL: 'silent' })
  const options = { machineClock: () => new Date() }
  await t.rejects(startHub(config, options), { name: 'StartRefused', message: /TRUST_DIR .* anchors/ })
  const { root } = await createSandboxAuthority(new Date())
  writeFileSync(join(trust, 'anchors', 'root.pem'), root.certificatePem)
  const log: string[] = []
  const hub = await aHub(t, { ...environment, LOG_LEVEL: 'error' }, log)
  const { port } = hub.app.server.address() as { port: number }
  const at = `http://127.0.0.1:${port}`
  for (const path of ['/sandbox', '/sandbox/clock', '/sandbox/notifications']) {
    t.equal((await json(at + path)).status, 404, path)
  }
  const { rows } = await pool.query('select count(*)::integer as n from client')
  t.same(rows, [{ n: 0 }], 'nothing was seeded')
  const ready = await json(`${at}/health/ready`)
  t.match(ready, { status: 200, body: { status: 'ready' } })
  t.match(
    ready.body.notServed.find(({ region }: { region: string }) => region === '441400'),
    { region: '441400', policyVersion: '441400/2023-12', figures: Number },
    'regions that rest on samples are named as not served',
  )
  const home = await fetch(`${at}/`)
  t.equal(home.status, 200)
  t.notMatch(await home.text(), /\/docs|\/sandbox|\/design/, 'nobody is led to pages for developers')
  t.equal((await json(`${at}/docs`)).status, 404)
  t.equal(hub.deps.trust.generation, 1)
  const { root: another } = await createSandboxAuthority(new Date())
  writeFileSync(join(trust, 'anchors', 'another.pem'), another.certificatePem)
  await hub.reloadTrust()
  t.equal(hub.deps.trust.generation, 2, 'changed files are read')
  writeFileSync(join(trust, 'anchors', 'broken.pem'), 'not a certificate')
  await hub.reloadTrust()
  t.equal(hub.deps.trust.generation, 2, 'broken ones leave the old in force')
  t.match(log.join(''), /anchors\/broken\.pem/, 'and are named in the log')
  await hub.stop()
  await t.rejects(startHub(config, options), { name: 'StartRefused', message: /anchors\/broken\.pem/ })
  rmSync(join(trust, 'anchors', 'broken.pem'))
  const other = { ...environment, KEY_ENCRYPTION_KEY: RANDOM_KEYS[1], LINK_KEY: RANDOM_KEYS[0] }
  await t.rejects(startHub(readConfig({ ...other, PORT: '0', LOG_LEVEL: 'silent' }), options), {
    name: 'StartRefused',
    message: /KEY_ENCRYPTION_KEY does not open/,
  })
})

t.test('a start that cannot work closes what it had opened and says why', async (t) => {
  const { url: databaseUrl, pool } = await freshDatabase(t)
  const config = readConfig({
    MODE: 'sandbox',
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: databaseUrl,
    POLICIES_DIR: onePolicy(t),
  })
  await pool.query(`insert into migration (name, sha256) values ('9999_later.sql', 'x')`)
  const error = await startHub(config, { machineClock: () => new Date() }).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  t.ok(error instanceof StartRefused)
  t.match((error as Error).message, /newer than this program/)
  const others = async () => {
    const { rows } = await pool.query(
      `select count(*)::integer as n from pg_stat_activity
        where datname = current_database() and application_name like 'prescription-hub%'`,
    )
    return rows[0].n - pool.totalCount
  }
  for (let waited = 0; waited < 5_000 && (await others()) > 0; waited += 20) await sleep(20)
  t.equal(await others(), 0, 'no connection stays open')
})
