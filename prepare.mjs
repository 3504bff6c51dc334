// After `npm ci`: builds, where there are sources and a compiler. An image installs its dependencies without them.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('./', import.meta.url)
const compiler = new URL('node_modules/typescript/bin/tsc', root)
if (existsSync(compiler) && existsSync(new URL('src', root))) {
  const { status } = spawnSync(process.execPath, [fileURLToPath(compiler)], {
    cwd: fileURLToPath(root),
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
}
