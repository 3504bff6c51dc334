import t from 'tap'
import { ConfigError, describeConfig, readConfig, readSettings } from '../src/config.ts'
import { SETTINGS } from '../src/settings.ts'
import { RANDOM_KEYS } from './support/random-keys.ts'

const production = {
  MODE: 'production',
  PUBLIC_URL: 'https://hub.example',
  DATABASE_URL: 'postgres://hub@db.example/hub',
  KEY_ENCRYPTION_KEY: RANDOM_KEYS[0],
  LINK_KEY: RANDOM_KEYS[1],
  METRICS_TOKEN: 'a-token-of-16-and-more',
  TRUST_DIR: '/etc/hub/trust',
  NOTIFIER_URL: 'https://notifier.example/send',
  NOTIFIER_SECRET: 'a-secret-of-16-chars',
}

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

t.test('an empty environment is a sandbox on the embedded default', async (t) => {
  const config = readConfig({})
  t.match(config, {
    mode: 'sandbox',
    role: 'all',
    host: '127.0.0.1',
    port: 8080,
    publicUrl: 'http://127.0.0.1:8080',
    databaseUrl: undefined,
    redisUrl: undefined,
    acceptPendingRevocation: false,
  })
  t.equal(config.keyEncryptionKey.length, 32)
  t.equal(config.linkKey.length, 32)
  t.ok(Object.isFrozen(config))
  t.same(readConfig({ PORT: '', DATABASE_URL: '' }).port, 8080, 'empty counts as absent')
})

t.test('production stops without what it needs, naming all of it', async (t) => {
  t.same(faultsOf(production), [])
  const faults = faultsOf({ MODE: 'production' })
  for (const name of [
    'PUBLIC_URL',
    'DATABASE_URL',
    'KEY_ENCRYPTION_KEY',
    'LINK_KEY',
    'METRICS_TOKEN',
    'TRUST_DIR',
    'NOTIFIER_URL',
  ])
    t.ok(
      faults.some((fault) => fault.startsWith(`${name} is missing`)),
      name,
    )
})

t.test('a given database demands that the mode is stated; a tool that needs no mode does not', async (t) => {
  const DATABASE_URL = 'postgres://hub@db.example/hub'
  t.match(faultsOf({ DATABASE_URL }), [/^MODE is missing: DATABASE_URL is given/])
  t.same(faultsOf({ DATABASE_URL, MODE: 'sandbox' }), [])
  t.same(readSettings({ DATABASE_URL, MODE: 'production', PORT: 'x' }, ['databaseUrl']), {
    databaseUrl: DATABASE_URL,
  })
  t.throws(() => readSettings({ DATABASE_URL: 'mysql://x' }, ['databaseUrl']), { name: 'ConfigError' })
})

t.test(
  'an address of a database has only parameters that are understood, each named otherwise',
  async (t) => {
    const at = (query: string) =>
      faultsOf({ DATABASE_URL: `postgres://hub:hush@db/hub?${query}`, MODE: 'sandbox' })
    t.same(at('sslmode=require&options=-c%20statement_timeout%3D5s&connect_timeout=3'), [])
    t.match(at('max=400&target_session_attrs=any'), [
      /^DATABASE_URL has the parameter max: expected only /,
      /^DATABASE_URL has the parameter target_session_attrs: /,
    ])
    t.match(at('sslmode=prefer'), [/^DATABASE_URL has the sslmode prefer: expected disable, /])
    t.match(at('sslmode=verify-ca'), [/sslrootcert/])
    t.match(at('connect_timeout=soon'), [/connect_timeout/])
    t.notMatch(at('max=1').join(), 'hush')
  },
)

t.test(
  'production refuses keys that are no secret, known, repeated, counted, typed or used twice',
  async (t) => {
    const key = (bytes: Iterable<number>) => Buffer.from([...bytes]).toString('base64')
    for (const guessable of [
      key(new Array(32).fill(0)),
      key(new Array(32).fill(255)),
      key(Array.from({ length: 32 }, (_, at) => at)),
      key(Array.from({ length: 32 }, (_, at) => (at * 7) % 256)),
      key(Array.from({ length: 32 }, (_, at) => [1, 200, 37, 90][at % 4]!)),
      Buffer.from('correct horse battery staple 001').toString('base64'),
    ]) {
      t.match(faultsOf({ ...production, KEY_ENCRYPTION_KEY: guessable }), [
        /^KEY_ENCRYPTION_KEY is not random/,
      ])
      t.match(faultsOf({ ...production, LINK_KEY: guessable }), [/^LINK_KEY is not random/])
    }
    t.match(faultsOf({ ...production, LINK_KEY: production.KEY_ENCRYPTION_KEY }), [/ are the same: /])
    const { linkKey } = readConfig({})
    t.match(
      faultsOf({ ...production, KEY_ENCRYPTION_KEY: linkKey.toString('base64') }),
      [/^KEY_ENCRYPTION_KEY is a key of the sandbox/],
      'the other key of the sandbox is as well known',
    )
  },
)

t.test('production sends nothing in clear', async (t) => {
  t.match(faultsOf({ ...production, NOTIFIER_URL: 'http://sms.example' }), [/^NOTIFIER_URL is http/])
  const payer = { PAYER_URL: 'http://payer.example', PAYER_SECRET: 'a-secret-of-16-chars' }
  t.match(faultsOf({ ...production, ...payer }), [/^PAYER_URL is http/])
  t.same(faultsOf(payer), [], 'a sandbox may')
})

t.test('production refuses the keys of the sandbox and a plain address', async (t) => {
  const { keyEncryptionKey, linkKey } = readConfig({})
  t.match(faultsOf({ ...production, KEY_ENCRYPTION_KEY: keyEncryptionKey.toString('base64') }), [/^KEY_ENC/])
  t.match(faultsOf({ ...production, LINK_KEY: linkKey.toString('base64') }), [/^LINK_KEY/])
  t.match(faultsOf({ ...production, PUBLIC_URL: 'http://hub.example' }), [/^PUBLIC_URL/])
})

t.test('a bad value is named with what is expected; a secret is not shown', async (t) => {
  const bad: Record<string, string> = {
    MODE: 'test',
    ROLE: 'both',
    HOST: 'a b',
    PORT: '65536',
    PUBLIC_URL: 'https://hub.example/path',
    DATABASE_URL: 'mysql://user:hush@db/x',
    DATABASE_POOL: '1',
    REDIS_URL: 'http://hush',
    ACCEPT_PENDING_REVOCATION: 'yes',
    KEY_ENCRYPTION_KEY: 'hush',
    LINK_KEY: Buffer.alloc(31).toString('base64'),
    LOG_LEVEL: 'loud',
    TRUST_PROXY: 'everyone',
    RATE_PER_CLIENT: '-1',
    ACCESS_TOKEN_SECONDS: '601',
    METRICS_TOKEN: 'hush',
    PAYER_TIMEOUT_MS: '1e3',
  }
  for (const [name, value] of Object.entries(bad)) {
    const faults = faultsOf({ MODE: 'sandbox', [name]: value })
    t.equal(faults.length, 1, name)
    t.match(faults[0], new RegExp(`^${name} has .*: expected `))
    t.notMatch(faults[0], 'hush')
  }
  t.equal(faultsOf(bad).length, Object.keys(bad).length, 'all faults at once')
  t.match(faultsOf({ PAYER_URL: 'https://payer.example' }), [/^PAYER_SECRET is missing/])
})

t.test('boundaries of numbers are inside', async (t) => {
  for (const [name, value] of [
    ['PORT', '0'],
    ['PORT', '65535'],
    ['ACCESS_TOKEN_SECONDS', '300'],
    ['DATABASE_POOL', '2'],
  ] as const)
    t.same(faultsOf({ [name]: value }), [], `${name}=${value}`)
})

t.test('the table has a row for every setting', async (t) => {
  const table = describeConfig()
  for (const { env } of Object.values(SETTINGS)) t.match(table, `| \`${env}\` |`)
  t.equal(table.split('\n').length, Object.keys(SETTINGS).length + 2)
})

t.test('the public URL follows the host, unless it is given', async (t) => {
  for (const [HOST, url] of [
    ['127.0.0.1', 'http://127.0.0.1:8080'],
    ['0.0.0.0', 'http://localhost:8080'],
    ['::', 'http://localhost:8080'],
    ['::1', 'http://[::1]:8080'],
  ] as const) {
    t.equal(readConfig({ HOST }).publicUrl, url)
  }
  t.equal(readConfig({ HOST: '0.0.0.0', PUBLIC_URL: 'https://hub.example' }).publicUrl, 'https://hub.example')
})
