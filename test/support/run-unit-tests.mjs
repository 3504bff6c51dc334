// Runs the tests that need nothing but Node: those whose imports, followed to the end, reach no database, no queue, no
// server and no other program. Found from the compiled files, so that no list has to be kept.
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const OUTSIDE =
  /^(pg|ioredis|bullmq|fastify|playwright-core|node:(child_process|net|http|cluster|worker_threads))$/
const root = new URL('../../dist/test/', import.meta.url)

const imports = new Map()
function importsOf(href) {
  let names = imports.get(href)
  if (names === undefined) {
    const text = readFileSync(new URL(href), 'utf8')
    names = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name]) => name)
    imports.set(href, names)
  }
  return names
}

function reachesOutside(file) {
  const seen = new Set([file.href])
  for (const href of seen) {
    for (const name of importsOf(href)) {
      if (OUTSIDE.test(name)) return true
      if (name.startsWith('.') && name.endsWith('.js')) seen.add(new URL(name, href).href)
    }
  }
  return false
}

const files = readdirSync(root, { recursive: true })
  .filter((name) => name.endsWith('.test.js'))
  .map((name) => new URL(name, root))
  .filter((file) => !reachesOutside(file))
  .map((file) => fileURLToPath(file))
  .sort()
const tap = fileURLToPath(new URL('../../node_modules/tap/dist/esm/run.mjs', import.meta.url))
const run = spawn(process.execPath, [tap, ...files], { stdio: 'inherit' })
run.on('exit', (code) => process.exit(code ?? 1))
