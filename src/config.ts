import { SETTINGS } from './settings.ts'

/** The environment, typed. Its members are those of the table of settings. */
export type Config = Readonly<{
  [Name in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[Name]['read']>
}>

/** Known to everybody, 32 bytes each, so that a sandbox needs no preparation; production refuses it. */
const SANDBOX_KEYS = {
  KEY_ENCRYPTION_KEY: Buffer.from('prescription-hub sandbox key 00!'),
  LINK_KEY: Buffer.from('prescription-hub sandbox link 0!'),
} as const

/** A broken environment: every fault at once, each with the name of its variable and what is expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`The configuration is not usable: ${faults.join('; ')}.`)
    this.faults = faults
  }
}

/**
 * Reads the configuration once, completely.
 *
 * @param environment usually `process.env`; an empty string counts as absent
 * @throws ConfigError that lists all faults, never the values of secrets
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = []
  const production = environment['MODE'] === 'production'
  const read: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries(SETTINGS)) {
    const given = environment[setting.env] || undefined
    if (given === undefined && production && setting.productionNeedsIt) {
      faults.push(`${setting.env} is missing and production needs it: expected ${setting.expects}`)
      continue
    }
    const text = given ?? setting.fallback
    try {
      read[name] = setting.read(text)
    } catch {
      const shown = setting.secret ? 'a value' : JSON.stringify(text)
      faults.push(`${setting.env} has ${shown}: expected ${setting.expects}`)
    }
  }
  for (const [url, secret] of [
    ['NOTIFIER_URL', 'NOTIFIER_SECRET'],
    ['PAYER_URL', 'PAYER_SECRET'],
  ] as const) {
    if (environment[url] && !environment[secret])
      faults.push(`${secret} is missing: ${url} is set, so expected a shared secret of 16 characters or more`)
  }
  if (production && environment['PUBLIC_URL']?.startsWith('http:'))
    faults.push('PUBLIC_URL is http: expected https in production')
  for (const [name, key] of Object.entries(SANDBOX_KEYS)) {
    if (production && environment[name] === key.toString('base64'))
      faults.push(`${name} is the key of the sandbox: expected 32 random bytes in base64`)
  }
  if (faults.length > 0) throw new ConfigError(faults)
  const config = read as { -readonly [Name in keyof Config]: Config[Name] }
  config.publicUrl ??= `http://${addressable(config.host)}:${config.port}`
  config.keyEncryptionKey ??= SANDBOX_KEYS.KEY_ENCRYPTION_KEY
  config.linkKey ??= SANDBOX_KEYS.LINK_KEY
  return Object.freeze(config)
}

/** What to call a host by; that of all addresses is none itself. */
function addressable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

/** The table of the settings, in Markdown, for the README. */
export function describeConfig(): string {
  const rows = Object.values(SETTINGS).map((setting) => {
    const fallback = setting.fallback === undefined ? '–' : `\`${setting.fallback}\``
    const need = setting.productionNeedsIt ? 'required in production' : fallback
    return `| \`${setting.env}\` | ${need} | ${setting.expects} | ${setting.purpose} |`
  })
  return ['| Variable | Default | Expected | Purpose |', '|---|---|---|---|', ...rows].join('\n')
}
