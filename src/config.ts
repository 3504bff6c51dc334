import { productionFaults } from './production-faults.ts'
import { SETTINGS, type Setting, SettingFault } from './settings.ts'

/** The environment, typed. Its members are those of the table of settings. */
export type Config = Readonly<{
  [Name in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[Name]['read']>
}>

type Environment = Readonly<Record<string, string | undefined>>

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
    super(`配置不可用，请按下列各项更正 · The configuration is not usable: ${faults.join('; ')}.`)
    this.faults = faults
  }
}

/**
 * Reads the configuration once, completely.
 *
 * @param environment usually `process.env`; an empty string counts as absent
 * @throws ConfigError that lists all faults, never the values of secrets
 */
export function readConfig(environment: Environment): Config {
  const isProduction = environment['MODE'] === 'production'
  const { read, faults } = readMembers(environment, Object.entries(SETTINGS), isProduction)
  if (environment['DATABASE_URL'] && !environment['MODE'])
    faults.push('MODE is missing: DATABASE_URL is given, so expected `sandbox` or `production`')
  for (const [url, secret] of [
    ['NOTIFIER_URL', 'NOTIFIER_SECRET'],
    ['PAYER_URL', 'PAYER_SECRET'],
  ] as const) {
    if (environment[url] && !environment[secret])
      faults.push(`${secret} is missing: ${url} is set, so expected a shared secret of 16 characters or more`)
  }
  if (environment['SIGNATURE_SERVER_VERIFIES'] === 'true' && !environment['SIGNATURE_SERVER_URL'])
    faults.push(
      'SIGNATURE_SERVER_URL is missing: SIGNATURE_SERVER_VERIFIES is true, so expected an http or https URL',
    )
  if (environment['CENTRE_URL'] && !environment['CENTRE_APPLICATIONS'])
    faults.push('CENTRE_APPLICATIONS is missing: CENTRE_URL is set, so expected the path of a JSON file')
  if (isProduction) faults.push(...productionFaults(environment, SANDBOX_KEYS))
  if (faults.length > 0) throw new ConfigError(faults)
  const config = read as { -readonly [Name in keyof Config]: Config[Name] }
  config.publicUrl ??= `http://${addressable(config.host)}:${config.port}`
  config.keyEncryptionKey ??= SANDBOX_KEYS.KEY_ENCRYPTION_KEY
  config.linkKey ??= SANDBOX_KEYS.LINK_KEY
  return Object.freeze(config)
}

/**
 * Reads some settings for a tool that needs no more of the configuration, whatever the mode.
 *
 * @throws ConfigError for the settings named, and for no others
 */
export function readSettings<Name extends keyof Config>(
  environment: Environment,
  names: readonly Name[],
): Pick<Config, Name> {
  const wanted = names.map((name): [string, Setting<unknown>] => [name, SETTINGS[name]])
  const { read, faults } = readMembers(environment, wanted, false)
  if (faults.length > 0) throw new ConfigError(faults)
  return Object.freeze(read) as Pick<Config, Name>
}

function readMembers(
  environment: Environment,
  settings: readonly (readonly [string, Setting<unknown>])[],
  isProduction: boolean,
): { read: Record<string, unknown>; faults: string[] } {
  const faults: string[] = []
  const read: Record<string, unknown> = {}
  for (const [name, setting] of settings) {
    const given = environment[setting.env] || undefined
    if (given === undefined && isProduction && setting.productionNeedsIt) {
      faults.push(`${setting.env} is missing and production needs it: expected ${setting.expects}`)
      continue
    }
    const text = given ?? setting.fallback
    try {
      read[name] = setting.read(text)
    } catch (error) {
      if (error instanceof SettingFault)
        faults.push(...error.faults.map((fault) => `${setting.env} ${fault}`))
      else {
        const shown = setting.secret ? 'a value' : JSON.stringify(text)
        faults.push(`${setting.env} has ${shown}: expected ${setting.expects}`)
      }
    }
  }
  return { read, faults }
}

/** What to call a host by; that of all addresses is none itself. */
function addressable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

/** The table of the settings, in Markdown, for the README. */
export function describeConfig(): string {
  const rows = Object.values(SETTINGS).map((setting: Setting<unknown>) => {
    const fallback = setting.fallback === undefined ? '–' : `\`${setting.fallback}\``
    const need = setting.productionNeedsIt ? 'required in production' : (setting.shownDefault ?? fallback)
    return `| \`${setting.env}\` | ${need} | ${setting.expects} | ${setting.purpose} |`
  })
  return ['| Variable | Default | Expected | Purpose |', '|---|---|---|---|', ...rows].join('\n')
}
