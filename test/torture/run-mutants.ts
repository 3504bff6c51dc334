import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { compiledPath, fileOf, without } from '../mends/compiled.ts'
import { MUTANTS } from './mutants.ts'
import { torture } from './torture.ts'

/*
 * npm run torture:mutants -- --seed 1 --operations 1500 --kills 6: a torture of each hub that was broken on purpose. One
 * that nothing is found in ends the command with 1.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    operations: { type: 'string', default: '1500' },
    kills: { type: 'string', default: '6' },
    // Only those whose description has this text.
    only: { type: 'string', default: '' },
  },
})
const seed = Number(values.seed)
const copy = await mkdtemp(join(tmpdir(), 'hub-mutants-'))
try {
  await cp(new URL('dist', PACKAGE_ROOT), join(copy, 'dist'), { recursive: true })
  for (const name of [
    'package.json',
    'node_modules',
    'migrations',
    'policies',
    'sandbox',
    'schemas',
    'assets',
    'docs',
  ])
    await symlink(fileURLToPath(new URL(name, PACKAGE_ROOT)), join(copy, name))
  process.stdout.write(
    `Seed ${seed}\n\n| Broken on purpose | Where | Seconds | First found |\n|---|---|---|---|\n`,
  )
  for (const mutant of MUTANTS.filter(({ what }) => what.includes(values.only))) {
    const compiled = await fileOf(compiledPath(mutant.file))
    const path = join(copy, compiledPath(mutant.file))
    await writeFile(path, without({ ...mutant, test: '' }, compiled))
    const limits = { operations: Number(values.operations), faults: Number(values.kills), seed, root: copy }
    const began = Date.now()
    const { details } = await torture({ ...limits, stopsAtFirst: true }).catch(({ message }: Error) => ({
      details: [{ what: `it could not go on: ${message.slice(0, 80)}` }],
    }))
    const seconds = Math.round((Date.now() - began) / 1_000)
    await writeFile(path, compiled)
    const [first] = details
    process.stdout.write(
      `| ${mutant.what} | \`${mutant.file}\` | ${seconds} | ${first === undefined ? 'NOTHING' : first.what} |\n`,
    )
    if (first === undefined) process.exitCode = 1
  }
} finally {
  await rm(copy, { recursive: true, force: true })
}
