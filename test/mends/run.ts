import { spawn } from 'node:child_process'
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { randomFrom } from '../domain/settlement/random-years.ts'
import { compiledPath, fileOf, without } from './compiled.ts'
import { MENDS, type Mend } from './mends.ts'

/** What a compiled test reads besides `dist/`: as it is now, whatever happens to the package meanwhile. */
const COPIED = ['dist', 'package.json', 'migrations', 'policies', 'sandbox', 'schemas', 'docs']
const LINKED = ['node_modules', 'assets']
/** Longer than any test file takes. */
const PATIENCE_MS = 300_000

/** How a test file ended, and what it found first. */
interface Ended {
  readonly isGreen: boolean
  readonly first: string
}

/** Draws mends by a seed. */
function drawn(seed: number, count: number): Mend[] {
  const random = randomFrom(seed)
  const left = [...MENDS]
  return Array.from(
    { length: Math.min(count, left.length) },
    () => left.splice(random.below(left.length), 1)[0]!,
  )
}

/** Runs a compiled test file of the copy. Green only when it ran to its end without a failure. */
async function run(copy: string, test: string): Promise<Ended> {
  const child = spawn(process.execPath, ['--enable-source-maps', compiledPath(test)], {
    cwd: copy,
    env: { ...process.env, TAP_TIMEOUT: String(PATIENCE_MS / 1_000) },
    timeout: PATIENCE_MS,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const first = /^ {4,}not ok \d+ - (.*)$/m.exec(said)?.[1] ?? `ended with ${code}`
  return { isGreen: code === 0, first }
}

/** A name of an assertion for a cell of a table. */
function briefly(name: string): string {
  const plain = name.replace(/ # time=.*$/, '').replaceAll('|', '\\|')
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain
}

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '7' }, count: { type: 'string', default: '10' } },
})
const copy = await mkdtemp(join(tmpdir(), 'hub-mends-'))
try {
  for (const name of COPIED) await cp(new URL(name, PACKAGE_ROOT), join(copy, name), { recursive: true })
  for (const name of LINKED) await symlink(fileURLToPath(new URL(name, PACKAGE_ROOT)), join(copy, name))
  const green = new Map<string, boolean>()
  process.stdout.write(
    `Seed ${values.seed}\n\n| Taken back | Where | Test | With it | Without it, first |\n|---|---|---|---|---|\n`,
  )
  for (const mend of drawn(Number(values.seed), Number(values.count))) {
    const { what, file, test } = mend
    if (!green.has(test)) green.set(test, (await run(copy, test)).isGreen)
    const compiled = await fileOf(compiledPath(file))
    await writeFile(join(copy, compiledPath(file)), without(mend, compiled))
    const { isGreen, first } = await run(copy, test)
    await writeFile(join(copy, compiledPath(file)), compiled)
    const told = isGreen ? 'GREEN' : `red: ${briefly(first)}`
    process.stdout.write(
      `| ${what} | \`${file}\` | \`${test}\` | ${green.get(test) ? 'green' : 'RED'} | ${told} |\n`,
    )
    if (isGreen || green.get(test) !== true) process.exitCode = 1
  }
} finally {
  await rm(copy, { recursive: true, force: true })
}
