import { type ChildProcess, spawn } from 'node:child_process'
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { freshDatabase } from '../support/database.ts'

const ROOT = fileURLToPath(PACKAGE_ROOT)

interface End {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** Runs a module text as a process of its own. */
function aProcess(text: string, environment: NodeJS.ProcessEnv = {}) {
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', text], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<End>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
  return { child, ended }
}

/** A hub as a process, ready; `also` runs in it afterwards. */
async function aHubProcess(t: Test, also: string) {
  const { url } = await freshDatabase(t)
  const folder = t.testdir()
  await mkdir(join(folder, 'policies'))
  await copyFile(join(ROOT, 'policies/441400-meizhou.yaml'), join(folder, 'policies/441400-meizhou.yaml'))
  const { child, ended } = aProcess(
    `import { runProcess } from './dist/src/runtime/run-process.js'
     const hub = await runProcess()
     ${also}`,
    {
      MODE: 'sandbox',
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: url,
      DATA_DIR: folder,
      POLICIES_DIR: join(folder, 'policies'),
      LOG_LEVEL: 'info',
      DRAIN_SECONDS: '0',
    },
  )
  t.teardown(() => child.kill('SIGKILL'))
  child.stderr!.resume()
  let said = ''
  await new Promise<void>((resolve) => {
    child.stdout!.on('data', (piece: Buffer) => {
      said += piece.toString()
      if (said.includes('the hub is ready')) resolve()
    })
    void ended.then(() => resolve())
  })
  t.match(said, 'the hub is ready')
  return { child, ended }
}

t.test('a hub whose output nobody reads any more ends in order', async (t) => {
  const { child, ended } = await aHubProcess(t, `setInterval(() => hub.log.info('a line'), 20)`)
  child.stdout!.destroy()
  t.same(await ended, { code: 1, signal: null })
})

t.test('a fatal error ends it also when its output is a broken pipe', async (t) => {
  const { child, ended } = await aHubProcess(
    t,
    `process.once('SIGUSR2', () => { for (let n = 0; n < 50; n += 1) hub.log.info('a line'); throw new Error('fatal') })`,
  )
  child.stdout!.destroy()
  child.stderr!.destroy()
  child.kill('SIGUSR2')
  t.same(await ended, { code: 1, signal: null })
})
