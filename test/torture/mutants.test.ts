import t from 'tap'
import { compiledPath, fileOf, without } from '../mends/compiled.ts'
import { MUTANTS } from './mutants.ts'

t.test('every way to break the hub on purpose can be taken', async (t) => {
  for (const mutant of MUTANTS) {
    const compiled = await fileOf(compiledPath(mutant.file))
    t.doesNotThrow(() => without({ ...mutant, test: '' }, compiled), mutant.what)
  }
})
