/** Parameters of an address that are understood, as libpq names them. */
const KNOWN: ReadonlySet<string> = new Set([
  'application_name',
  'connect_timeout',
  'host',
  'idle_in_transaction_session_timeout',
  'lock_timeout',
  'options',
  'port',
  'sslcert',
  'sslkey',
  'sslmode',
  'sslrootcert',
  'statement_timeout',
  'uselibpqcompat',
])

/** Those of libpq without the two that fall back to a connection in clear, and the driver's own name for the first. */
const SSL_MODES: readonly string[] = ['disable', 'no-verify', 'require', 'verify-ca', 'verify-full']

/** What is wrong with the parameters of an address, each as the end of a sentence; the address itself is not shown. */
export function addressFaults(address: string): string[] {
  const { searchParams } = new URL(address)
  const unknown = [...new Set(searchParams.keys())].filter((name) => !KNOWN.has(name))
  const mode = searchParams.get('sslmode')
  const seconds = searchParams.get('connect_timeout')
  return [
    ...unknown.map((name) => `has the parameter ${name}: expected only ${[...KNOWN].join(', ')}`),
    ...(mode === null || SSL_MODES.includes(mode)
      ? []
      : [`has the sslmode ${mode}: expected ${SSL_MODES.join(', ')}`]),
    ...(mode === 'verify-ca' && !searchParams.has('sslrootcert')
      ? ['has the sslmode verify-ca: expected sslrootcert beside it, the file of the authority']
      : []),
    ...(seconds === null || /^\d{1,4}$/.test(seconds)
      ? []
      : ['has a connect_timeout: expected whole seconds']),
  ]
}

/** What the driver is given. */
export interface Connection {
  readonly connectionString: string
  readonly connectionTimeoutMillis?: number
}

/**
 * An address with settings of the session added to those that it brings itself. The driver takes `options` of an address in place of
 * its caller's, so the two have to be one text; of two that name the same setting the later one holds.
 *
 * `sslmode` means what it means to libpq: `require` encrypts and verifies nobody, `verify-full` also verifies the server.
 *
 * @param before settings that the address may overrule, as `-c name=value`
 * @param after settings that it may not
 */
export function connectionOf(address: string, { before = '', after = '' } = {}): Connection {
  const url = new URL(address)
  const { searchParams } = url
  const options = [before, searchParams.get('options') ?? '', after].filter(Boolean).join(' ')
  if (options !== '') searchParams.set('options', options)
  const mode = searchParams.get('sslmode')
  if (mode !== null && mode !== 'no-verify' && !searchParams.has('uselibpqcompat'))
    searchParams.set('uselibpqcompat', 'true')
  const seconds = searchParams.get('connect_timeout')
  return {
    connectionString: url.href,
    ...(seconds === null ? {} : { connectionTimeoutMillis: Number(seconds) * 1000 }),
  }
}
