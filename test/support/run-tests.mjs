// run-tests.mjs [--unit] [FILES]: runs compiled test files, two processes at a time, as one TAP stream. As tap's own
// command does it, without what that preloads into each process (a compiler, mocks, source maps), which nothing here
// needs. Neighbours share a process, because half of a file's time was loading the hub; files that touch
// their process or start others have one of their own. --unit takes only the files that need nothing but Node: those
// whose imports, followed to the end, reach no database, no queue, no server and no other program.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, relative, resolve, sep } from 'node:path'
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

/** Files that share a process, at most so many. */
const MOST_TOGETHER = 8
/** What a file that needs its process for itself says somewhere. */
const ALONE =
  /\bprocess\.(env|getActive|on|once|emit|exit|kill|chdir|stdout|stderr)|from 'node:(child_process|cluster)'|playwright|setDefault/

function groupsOf(files) {
  const groups = []
  let open
  for (const file of files) {
    const folder = relative(root, file).split(sep)[0]
    if (ALONE.test(readFileSync(file, 'utf8'))) {
      groups.push([file])
      continue
    }
    if (open === undefined || open.folder !== folder || open.group.length === MOST_TOGETHER) {
      open = { folder, group: [] }
      groups.push(open.group)
    }
    open.group.push(file)
  }
  return groups
}

t.setTimeout(0)
t.jobs = 2
// V8's helper threads would only compete with the other test file and the servers.
const node = ['--single-threaded']
const together = fileURLToPath(new URL('together.mjs', import.meta.url))
for (const [index, group] of groupsOf(files).entries()) {
  const seconds = LONGEST_SECONDS * group.length
  const program = group.length === 1 ? [relative(process.cwd(), group[0])] : [together, String(index)]
  const env = { ...process.env, TAP_TIMEOUT: String(seconds), TEST_FILES: JSON.stringify(group) }
  const [first, ...others] = group.map((file) => relative(root, file))
  const name = [first, ...others.map((other) => basename(other))].join(' ')
  t.spawn(process.execPath, [...node, ...program], { timeout: seconds * 1000, env }, name)
}
