// run-tests.mjs [--unit] [FILES]: runs compiled test files, each in a process of its own, two at a time, as one TAP
// stream. As tap's own command does it, without what that preloads into each process (a compiler, mocks, source maps),
// which nothing here needs and which takes a third of the time. --unit takes only the files that need nothing but Node:
// those whose imports, followed to the end, reach no database, no queue, no server and no other program.
import { readdirSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import t from 'tap'

const OUTSIDE =
  /^(pg|ioredis|bullmq|fastify|playwright-core|node:(child_process|net|http|cluster|worker_threads))$/
const LONGEST_SECONDS = 300
const root = fileURLToPath(new URL('../../dist/test/', import.meta.url))

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
  const seen = new Set([pathToFileURL(file).href])
  for (const href of seen) {
    for (const name of importsOf(href)) {
      if (OUTSIDE.test(name)) return true
      if (name.startsWith('.') && name.endsWith('.js')) seen.add(new URL(name, href).href)
    }
  }
  return false
}

function everyFile() {
  return readdirSync(root, { recursive: true })
    .filter((name) => name.endsWith('.test.js'))
    .map((name) => resolve(root, name))
    .sort()
}

const args = process.argv.slice(2)
const isUnit = args.includes('--unit')
const named = args.filter((arg) => arg !== '--unit').map((name) => resolve(name))
const files = (named.length > 0 ? named : everyFile()).filter((file) => !isUnit || !reachesOutside(file))

t.setTimeout(0)
t.jobs = 2
// V8's helper threads would only compete with the other test file and the servers.
const node = ['--single-threaded']
for (const file of files) {
  const options = {
    timeout: LONGEST_SECONDS * 1000,
    env: { ...process.env, TAP_TIMEOUT: String(LONGEST_SECONDS) },
  }
  t.spawn(process.execPath, [...node, file], options, relative(process.cwd(), file))
}
