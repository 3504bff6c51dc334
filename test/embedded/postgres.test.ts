import { spawn } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import t from 'tap'
import { startPostgres } from '../../src/embedded/postgres.ts'
import { startOf } from '../../src/embedded/process-identity.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { StartRefused } from '../../src/start-refused.ts'

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}

/** A folder that another user of the machine may enter, for a run as root. */
function dataFolder(t: { testdir: () => string }): string {
  const folder = t.testdir()
  chmodSync(folder, 0o755)
  return join(folder, 'data')
}

const serverOf = (dataDir: string) =>
  Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])

t.test(
  'a second start reuses the folder; a stale lock is recovered, a living one and another version refused',
  async (t) => {
    const dataDir = dataFolder(t)
    const steps: string[] = []
    const first = await startPostgres({ dataDir, onProgress: (step) => steps.push(step) })
    await ask(first.url, 'create table kept (id int); insert into kept values (7)')
    await t.rejects(startPostgres({ dataDir }), StartRefused, 'in use')
    await first.stop()
    t.same(steps, ['creating', 'starting'])

    // As after a crash of the machine: the ids are those of other processes by now.
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${process.pid}\n${dataDir}/postgres\n`)
    writeFileSync(join(dataDir, 'hub.lock'), `${process.pid} 1\n`)
    const second = await startPostgres({ dataDir })
    t.same(await ask(second.url, 'select id from kept'), [{ id: 7 }])
    await second.stop()

    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '12\n')
    await t.rejects(startPostgres({ dataDir }), { name: 'StartRefused', message: /PostgreSQL 12 / })
  },
)

t.test(
  'no server stays behind when its hub is killed, and the next start gets everything that was committed',
  async (t) => {
    const dataDir = dataFolder(t)
    const program = `
    import { startPostgres } from ${JSON.stringify(new URL('dist/src/embedded/postgres.js', PACKAGE_ROOT).href)}
    const { url } = await startPostgres({ dataDir: ${JSON.stringify(dataDir)} })
    console.log(url)
    setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const url = await new Promise<string>((resolve) => {
      child.stdout.once('data', (text) => resolve(String(text).trim()))
    })
    await ask(url, 'create table kept (id int); insert into kept values (8)')
    const server = serverOf(dataDir)
    t.ok(startOf(server))
    child.kill('SIGKILL')
    for (let waited = 0; startOf(server) !== undefined && waited < 20_000; waited += 50) await sleep(50)
    t.equal(startOf(server), undefined)
    const next = await startPostgres({ dataDir })
    t.same(await ask(next.url, 'select id from kept'), [{ id: 8 }])
    await next.stop()
  },
)

t.test('whoever started it is told when it is lost, but not when it was asked to end', async (t) => {
  const dataDir = dataFolder(t)
  let lost = 0
  const server = await startPostgres({ dataDir, onLost: () => (lost += 1) })
  process.kill(serverOf(dataDir), 'SIGQUIT')
  for (let waited = 0; lost === 0 && waited < 20_000; waited += 50) await sleep(50)
  t.equal(lost, 1)
  await server.stop()
  const again = await startPostgres({ dataDir, onLost: () => (lost += 1) })
  await again.stop()
  t.equal(lost, 1)
})
