import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { PACKAGE_ROOT } from '../src/package-root.ts'

const root = fileURLToPath(PACKAGE_ROOT)

/**
 * Which rooms a room may import from, besides itself. `types:` allows types only. The programs and assemblers directly
 * under src may import anything, and nothing imports them, except the few files that are named.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  schemas: ['types:src/domain'],
  'src/domain': ['schemas'],
  'src/policy': ['src/domain', 'schemas'],
  'src/trust': ['src/domain', 'schemas'],
  'src/national': ['src/domain', 'schemas', 'src/trust/sm2.ts', 'src/trust/key-pair.ts'],
  'src/storage': ['src/domain', 'schemas'],
  'src/tables': ['src/domain', 'schemas'],
  'src/usecases': [
    'src/tables',
    'src/national',
    'src/domain',
    'src/policy',
    'src/trust',
    'src/storage',
    'src/papers',
    'schemas',
    'src/package-root.ts',
  ],
  'src/papers': ['src/domain', 'schemas', 'src/package-root.ts'],
  'src/queue': ['src/domain', 'src/storage', 'src/usecases'],
  'src/notifier': ['src/domain', 'src/storage', 'src/usecases', 'src/queue'],
  'src/payer': ['src/domain', 'schemas'],
  'src/centre': ['src/national', 'types:src/usecases'],
  'src/signature-server': ['src/domain', 'src/trust', 'types:src/usecases'],
  'src/http': [
    'src/domain',
    'src/national',
    'src/usecases',
    'schemas',
    'src/storage',
    'src/tables/text-of.ts',
    'src/package-root.ts',
  ],
  // Runs in browsers: nothing of the hub, and no package.
  'src/browser': [],
  'src/embedded': [
    'src/domain',
    'src/national',
    'src/policy',
    'src/trust',
    'src/storage',
    'src/usecases',
    'schemas',
    'src/package-root.ts',
    'src/start-refused.ts',
  ],
  'packages/client/src': [],
  'src/demo': [
    'packages/client/src',
    'src/domain',
    'src/policy',
    'src/trust',
    'src/embedded',
    'src/papers/labels.ts',
    'schemas',
    'src/start-refused.ts',
  ],
}

/** Packages that a room may name. A room that isn't listed may name none. */
const MAY_USE: Record<string, RegExp> = {
  schemas: /^json-schema-to-ts$/,
  'src/policy': /^(ajv|ajv-formats|yaml|node:.+)(\/.*)?$/,
  'src/trust': /^(node-forge|node:.+)$/,
  'src/national': /^node:crypto$/,
  'src/storage': /^(pg|node:.+)$/,
  'src/usecases': /^(pg|uuid|jose|ajv|ajv-formats|json-schema-to-ts|node:.+)(\/.*)?$/,
  'src/papers': /^(pdfkit|fontkit|yazl|csv-stringify\/sync|node:.+)$/,
  'src/tables': /^(csv-parse|node:.+)$/,
  'src/queue': /^(bullmq|ioredis|pg)$/,
  'src/notifier': /^(pg|node:.+)$/,
  'src/payer': /^node:.+$/,
  'src/signature-server': /^node:.+$/,
  'src/centre': /^node:.+$/,
  'src/http':
    /^(fastify|fastify-plugin|@fastify\/.+|ajv|ajv-formats|prom-client|qrcode|json-schema-to-ts|node:.+)$/,
  'src/embedded': /^(pg|csv-parse\/sync|node:.+)$/,
  'packages/client/src': /^node:.+$/,
  'src/demo': /^(qrcode|node:.+)$/,
}

interface Import {
  readonly file: string
  readonly target: string
  readonly isType: boolean
}

/** Reads import and re-export statements, over several lines too. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm)].map(
    ([, type, target = '']) => ({ file, target, isType: type !== undefined }),
  )
}

function filesOf(room: string): string[] {
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(room, name))
}

/** The path from the root, for an import of our own. */
function pathOf({ file, target }: Import): string | undefined {
  return target.startsWith('.') ? relative(root, join(root, dirname(file), target)) : undefined
}

function isAllowed(path: string, isType: boolean, room: string): boolean {
  return [room, ...(MAY_IMPORT[room] ?? [])].some((entry) => {
    const allowed = entry.replace(/^types:/, '')
    if (entry !== allowed && !isType) return false
    return path === allowed || path.startsWith(`${allowed}/`)
  })
}

for (const room of Object.keys(MAY_IMPORT)) {
  t.test(`${room} imports only what it may`, async (t) => {
    const imports = filesOf(room).flatMap(importsOf)
    t.ok(imports.length > 0, 'the room has imports to look at')
    const wrong = imports.filter((each) => {
      const path = pathOf(each)
      return path === undefined ? !MAY_USE[room]?.test(each.target) : !isAllowed(path, each.isType, room)
    })
    t.same(
      wrong.map(({ file, target }) => `${file} -> ${target}`),
      [],
    )
  })
}

t.test('the tests from outside know nothing of the inside', async (t) => {
  const imports = filesOf('test/outside').flatMap(importsOf)
  t.ok(imports.length > 0, 'the room has imports to look at')
  const wrong = imports.filter((each) => {
    const path = pathOf(each)
    return path === undefined
      ? !/^(tap|ajv|ajv-formats|node:.+)(\/.*)?$/.test(each.target)
      : !path.startsWith('test/outside/')
  })
  t.same(
    wrong.map(({ file, target }) => `${file} -> ${target}`),
    [],
  )
})

t.test('the client of the national interface shares no code with the hub', async (t) => {
  const room = 'src/demo/national-client'
  const imports = filesOf(room).flatMap(importsOf)
  t.ok(imports.length > 0, 'the room has imports to look at')
  const wrong = imports.filter((each) => {
    const path = pathOf(each)
    return path === undefined ? !each.target.startsWith('node:') : !path.startsWith(`${room}/`)
  })
  t.same(
    wrong.map(({ file, target }) => `${file} -> ${target}`),
    [],
  )
})

const sources = filesOf('src')

t.test('every room is known', async (t) => {
  const rooms = readdirSync(join(root, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `src/${name}`)
  t.same(
    rooms.filter((room) => MAY_IMPORT[room] === undefined && room !== 'src/runtime'),
    [],
  )
})

t.test('nothing but the assemblers imports the HTTP room or the demonstration', async (t) => {
  const wrong = sources
    .filter((file) => /^src\/\w+\//.test(file) && !/^src\/(http|demo|runtime)\//.test(file))
    .flatMap(importsOf)
    .filter((each) => /^src\/(http|demo|runtime)\//.test(pathOf(each) ?? ''))
  t.same(wrong, [])
})

t.test('every import of our own names a file that exists', async (t) => {
  const wrong = sources.flatMap(importsOf).filter((each) => {
    const path = pathOf(each)
    return path !== undefined && !existsSync(join(root, path))
  })
  t.same(wrong, [])
})

t.test('the domain neither looks at a clock nor waits', async (t) => {
  const wrong = filesOf('src/domain').filter((file) =>
    /new Date\(\)|Date\.now\(\)|\bawait\b|process\./.test(readFileSync(join(root, file), 'utf8')),
  )
  t.same(wrong, [])
})

t.test('only where a process starts is the clock of the machine read', async (t) => {
  // A log line is dated by the machine; the relay's pause is a duration, not a date.
  const known = ['src/http/plugins/request-log.ts', 'src/queue/outbox-relay.ts', 'src/runtime/run-process.ts']
  const wrong = sources
    .filter((file) => /^src\/\w+\//.test(file) && !file.startsWith('src/demo/') && !known.includes(file))
    .filter((file) => /new Date\(\)|Date\.now\(\)/.test(readFileSync(join(root, file), 'utf8')))
  t.same(wrong, [])
})

t.test('no import at run time hides from this test', async (t) => {
  const wrong = sources.filter((file) => /\bimport\((?!['"]\.)/.test(readFileSync(join(root, file), 'utf8')))
  t.same(wrong, [])
})

t.test('key pairs are made in one place, whose keys cannot lock their own process', async (t) => {
  const wrong = [...sources, ...filesOf('test')].filter(
    (file) =>
      file !== 'src/trust/key-pair.ts' && /generateKeyPair/.test(readFileSync(join(root, file), 'utf8')),
  )
  t.same(wrong, ['test/architecture.test.ts'])
})

t.test('every file that the maps name is there', async (t) => {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
  const named = [
    ...text.matchAll(/`((?:src|schemas|test|policies|docs)\/[\w./-]*\w|(?:src|test)\/[\w/-]+\/)`/g),
  ].map((match) => match[1]!)
  t.ok(named.length > 60)
  t.same(
    named.filter((file) => !existsSync(join(root, file))),
    [],
  )
})
