import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { freshDatabase } from '../support/database.ts'

const ROOT = fileURLToPath(PACKAGE_ROOT)

/** What the last stage of the Dockerfile copies from the folder of the project, as [from, to] in it. */
function copiedByDockerfile(): [string, string][] {
  const last = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
    .split(/^FROM /m)
    .at(-1)!
  return [...last.matchAll(/^COPY (?!--from)(.+) (\S+)$/gm)].flatMap(([, from = '', to = '']) =>
    from.split(' ').map((name): [string, string] => [name, to === './' ? name : to]),
  )
}

/** A folder laid out as in the image: compiled code, production dependencies, data; no sources, no compiler. */
function anImage(t: Test): string {
  const folder = t.testdir({ dist: {}, node_modules: {} })
  for (const part of ['src', 'schemas'])
    cpSync(join(ROOT, 'dist', part), join(folder, 'dist', part), { recursive: true })
  for (const [from, to] of copiedByDockerfile())
    cpSync(join(ROOT, from), join(folder, to), { recursive: true })
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean; optional?: boolean }>
  }
  for (const [place, { dev, devOptional }] of Object.entries(packages)) {
    if (dev || devOptional || !/^node_modules\/(@[^/]+\/)?[^/]+$/.test(place)) continue
    mkdirSync(dirname(join(folder, place)), { recursive: true })
    symlinkSync(join(ROOT, place), join(folder, place))
  }
  return folder
}

/** Runs a command of package.json. @returns what it wrote, and its exit code */
async function npm(folder: string, environment: Record<string, string>, ...args: string[]) {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment }
  return await promisify(execFile)('npm', ['run', '-s', ...args], {
    cwd: folder,
    env,
    maxBuffer: 2 ** 24,
  }).then(
    ({ stdout, stderr }) => ({ code: 0, text: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      text: error.stdout + error.stderr,
    }),
  )
}

t.test('every command of an operator works in the image, where nothing can be compiled', async (t) => {
  const folder = anImage(t)
  const { url } = await freshDatabase(t)
  const database = { DATABASE_URL: url }
  t.match(await npm(folder, { ...database, MODE: 'production' }, 'migrate'), {
    code: 1,
    text: /superuser/,
  })
  t.match(await npm(folder, database, 'migrate'), { code: 0, text: /up to date/ })
  t.match(await npm(folder, database, 'restored'), { code: 0, text: /epoch 1/ })
  t.match(await npm(folder, database, 'client', '--', 'list'), { code: 0, text: /^id\tkind/ })
  t.match(await npm(folder, {}, 'openapi'), { code: 0, text: /"openapi": "3\.1/ })
  t.match(await npm(folder, {}, 'policy', '--', 'check'), { code: 0, text: /441400 梅州市/ })
  mkdirSync(join(folder, 'own'))
  cpSync(join(ROOT, 'policies/210400-fushun.yaml'), join(folder, 'own/210400-fushun.yaml'))
  const { text } = await npm(folder, { POLICIES_DIR: 'own' }, 'policy', '--', 'check')
  t.match(text, '210400')
  t.notMatch(text, '441400', 'the folder of POLICIES_DIR is read, and no other')
  t.match(await npm(folder, { POLICIES_DIR: 'none' }, 'policy', '--', 'check'), {
    code: 1,
    text: /POLICIES_DIR/,
  })
})

t.test('a folder in which nothing was built says so', async (t) => {
  const folder = t.testdir({})
  for (const name of ['package.json', 'run.mjs']) cpSync(join(ROOT, name), join(folder, name))
  for (const command of ['start', 'migrate', 'policy', 'client', 'restored', 'demo'])
    t.match(await npm(folder, {}, command), { code: 1, text: /npm run build/ }, command)
})

t.test('no command that an operator runs compiles anything', async (t) => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  for (const name of ['start', 'demo', 'migrate', 'restored', 'policy', 'client', 'openapi', 'docs'])
    t.match(scripts[name], /^(exec )?node run\.mjs [a-z-]+$/, name)
})
