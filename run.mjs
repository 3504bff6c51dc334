// Runs a program of the hub as it was built: `node run.mjs server`. Nothing is compiled here, so any number of processes
// can be started from one folder.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [, , name, ...args] = process.argv
const program = new URL(`dist/src/${name}.js`, import.meta.url)
if (!existsSync(program)) {
  process.stderr.write(
    `尚未编译，请先运行 npm run build · Nothing was built here (${fileURLToPath(program)}): run \`npm run build\` first.\n`,
  )
  process.exit(1)
}
process.argv = [process.argv[0], fileURLToPath(program), ...args]
await import(program.href)
