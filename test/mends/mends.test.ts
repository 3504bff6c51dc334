import { access } from 'node:fs/promises'
import t from 'tap'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { compiledPath, fileOf, without } from './compiled.ts'
import { MENDS } from './mends.ts'

t.test('every listed mend can be taken back, and has a test that is to notice', async (t) => {
  for (const mend of MENDS) {
    const compiled = await fileOf(compiledPath(mend.file))
    t.doesNotThrow(() => without(mend, compiled), mend.what)
    await t.resolves(access(new URL(mend.test, PACKAGE_ROOT)), mend.test)
  }
  t.equal(new Set(MENDS.map(({ what }) => what)).size, MENDS.length)
})
