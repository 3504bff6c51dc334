import { readdir, readFile } from 'node:fs/promises'
import t from 'tap'
import { PROBLEMS } from '../../src/domain/problems.ts'
import { SIGNATURE_PROBLEMS } from '../../src/domain/signature-problems.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'

const folder = new URL('test/trust/', PACKAGE_ROOT)

t.test(
  'every signature code is shown by a test here, and is in the catalogue that callers see',
  async (t) => {
    const files = (await readdir(folder)).filter((name) => name.endsWith('.test.ts'))
    const texts = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')))
    const shown = texts.join('\n')
    for (const code of Object.keys(SIGNATURE_PROBLEMS)) {
      t.ok(shown.includes(`'${code}'`), code)
      t.ok(code in PROBLEMS, code)
    }
  },
)
