// together.mjs NUMBER: runs the compiled test files that TEST_FILES lists, in one process, one after the other: what each
// would load, compile and warm up for itself is done once. The number keeps the folders of tests apart.
import { pathToFileURL } from 'node:url'
import t from 'tap'

const files = JSON.parse(process.env.TEST_FILES)
// While this is not over the others wait: tap would take an idle moment between two files for the end of all.
t.test(`${files.length} files are loaded`, async (t) => {
  for (const file of files) await import(pathToFileURL(file).href)
  t.pass()
})
