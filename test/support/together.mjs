// together.mjs NUMBER: runs the compiled test files that TEST_FILES lists, in one process, one after the other: what each
// would load, compile and warm up for itself is done once. The number keeps the folders of tests apart.
import { pathToFileURL } from 'node:url'

for (const file of JSON.parse(process.env.TEST_FILES)) await import(pathToFileURL(file).href)
