import { readFileSync } from 'node:fs'
import { BlockList, isIP } from 'node:net'
import { isAbsolute, resolve } from 'node:path'
import { readTables } from './national/tables.ts'
import { addressFaults } from './storage/database-address.ts'

/** One variable of the environment. */
export interface Setting<T> {
  readonly env: string
  /** What it does, in one sentence. */
  readonly purpose: string
  /** What a good value looks like; completes "expected …". */
  readonly expects: string
  /** Read as if it were given. */
  readonly fallback?: string
  /** What the table shows as the default when that is not the whole story. */
  readonly shownDefault?: string
  readonly productionNeedsIt?: boolean
  /** Its value is never shown. */
  readonly secret?: boolean
  /** @throws SettingFault for a value of which more can be said than what is expected, anything for another bad one */
  readonly read: (text: string | undefined) => T
}

/** Faults of a value, each the end of a sentence that begins with the name of the variable, and no secret. */
export class SettingFault extends Error {
  override readonly name = 'SettingFault'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(faults.join('; '))
    this.faults = faults
  }
}

const setting = <T>(entry: Setting<T>): Setting<T> => entry

function must(condition: boolean): asserts condition {
  if (!condition) throw new RangeError('bad value')
}

const oneOf =
  <const T extends readonly string[]>(...values: T) =>
  (text: string | undefined): T[number] => {
    must(text !== undefined && values.includes(text))
    return text
  }

const whole = (least: number, most: number) => (text: string | undefined) => {
  must(text !== undefined && /^\d{1,9}$/.test(text))
  const value = Number(text)
  must(value >= least && value <= most)
  return value
}

const optional =
  <T>(read: (text: string) => T) =>
  (text: string | undefined): T | undefined =>
    text === undefined ? undefined : read(text)

const address =
  (...protocols: string[]) =>
  (text: string): string => {
    must(protocols.includes(new URL(text).protocol))
    return text.replace(/\/+$/, '')
  }

const folder = (text: string | undefined): string => {
  must(text !== undefined)
  return isAbsolute(text) ? text : resolve(text)
}

const sharedSecret = (text: string): string => {
  must(text.length >= 16)
  return text
}

const secretKey = (text: string): Buffer => {
  const key = Buffer.from(text, 'base64')
  must(key.length === 32 && key.toString('base64') === text)
  return key
}

/** IP ranges separated by commas; empty when there are none. */
const networks = (text: string | undefined): BlockList => {
  const list = new BlockList()
  for (const range of text?.split(',') ?? []) {
    const [, network = '', bits = ''] = /^([0-9A-Fa-f.:]+)\/(\d{1,3})$/.exec(range.trim()) ?? []
    const family = isIP(network)
    must(family !== 0 && Number(bits) <= (family === 4 ? 32 : 128))
    list.addSubnet(network, Number(bits), family === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

const flag = (text: string | undefined): boolean => oneOf('true', 'false')(text) === 'true'

/** Every setting of the hub. The names are those of the configuration. */
export const SETTINGS = {
  mode: setting({
    env: 'MODE',
    purpose:
      'Sandbox with sample data and a settable clock, or production, which refuses both. A database keeps the mode that it was first used in.',
    expects: '`sandbox` or `production`',
    fallback: 'sandbox',
    shownDefault: '`sandbox`; none beside `DATABASE_URL`',
    read: oneOf('sandbox', 'production'),
  }),
  role: setting({
    env: 'ROLE',
    purpose: 'What this process does: answer requests, work the queues, or both.',
    expects: '`all`, `api` or `worker`',
    fallback: 'all',
    read: oneOf('all', 'api', 'worker'),
  }),
  host: setting({
    env: 'HOST',
    purpose: 'Address to listen on; `0.0.0.0` in a container.',
    expects: 'a host name or an IP address',
    fallback: '127.0.0.1',
    read: (text) => {
      must(text !== undefined && /^[A-Za-z0-9.:-]+$/.test(text))
      return text
    },
  }),
  port: setting({
    env: 'PORT',
    purpose: 'Port to listen on; 0 takes a free one.',
    expects: 'a whole number from 0 to 65535',
    fallback: '8080',
    read: whole(0, 65_535),
  }),
  publicUrl: setting({
    env: 'PUBLIC_URL',
    purpose: 'How the outside reaches the hub: issuer of tokens, patient links, problem types.',
    expects: 'an http or https URL without a path, https in production',
    productionNeedsIt: true,
    read: optional((text): string => {
      const url = new URL(address('http:', 'https:')(text))
      must(url.pathname === '/' && url.search === '' && url.username === '')
      return url.origin
    }) as (text: string | undefined) => string,
  }),
  databaseUrl: setting({
    env: 'DATABASE_URL',
    purpose: 'PostgreSQL; without it a sandbox starts its own in `DATA_DIR`.',
    expects: 'a postgres:// URL',
    productionNeedsIt: true,
    secret: true,
    read: optional((text) => {
      const url = address('postgres:', 'postgresql:')(text)
      const faults = addressFaults(url)
      if (faults.length > 0) throw new SettingFault(faults)
      return url
    }),
  }),
  databasePool: setting({
    env: 'DATABASE_POOL',
    purpose: 'Connections at most, per process.',
    expects: 'a whole number from 2 to 200',
    fallback: '10',
    read: whole(2, 200),
  }),
  redisUrl: setting({
    env: 'REDIS_URL',
    purpose:
      'Redis for the queue and for limits that hold over all processes; without it the queue runs on PostgreSQL and each process counts for itself.',
    expects: 'a redis:// or rediss:// URL',
    secret: true,
    read: optional(address('redis:', 'rediss:')),
  }),
  dataDir: setting({
    env: 'DATA_DIR',
    purpose: 'Folder of the embedded database and the sandbox.',
    expects: 'a folder',
    fallback: './data',
    read: folder,
  }),
  policiesDir: setting({
    env: 'POLICIES_DIR',
    purpose: 'Folder of the policy files, one per region.',
    expects: 'a folder',
    fallback: './policies',
    read: folder,
  }),
  trustDir: setting({
    env: 'TRUST_DIR',
    purpose:
      'Folder with `anchors`, `intermediates`, `crls`, `time-stamps` and `ocsp.json`; the sandbox makes its own.',
    expects: 'a folder',
    productionNeedsIt: true,
    read: optional(folder),
  }),
  acceptPendingRevocation: setting({
    env: 'ACCEPT_PENDING_REVOCATION',
    purpose: 'Take in a prescription while the revocation status of a certificate is not known yet.',
    expects: '`true` or `false`',
    fallback: 'false',
    read: flag,
  }),
  keyEncryptionKey: setting({
    env: 'KEY_ENCRYPTION_KEY',
    purpose: 'Encrypts the token signing keys at rest; the sandbox has a well-known one.',
    expects: '32 random bytes in base64',
    productionNeedsIt: true,
    secret: true,
    read: optional(secretKey) as (text: string | undefined) => Buffer,
  }),
  linkKey: setting({
    env: 'LINK_KEY',
    purpose: 'Makes patient links and pick-up codes; a new one ends all links.',
    expects: '32 random bytes in base64',
    productionNeedsIt: true,
    secret: true,
    read: optional(secretKey) as (text: string | undefined) => Buffer,
  }),
  linkAttempts: setting({
    env: 'LINK_ATTEMPTS',
    purpose: 'Wrong second factors over the whole life of a patient link before it locks.',
    expects: 'a whole number from 1 to 20',
    fallback: '5',
    read: whole(1, 20),
  }),
  sessionMinutes: setting({
    env: 'SESSION_MINUTES',
    purpose: "Life of a patient's session after the second factor.",
    expects: 'minutes from 1 to 240',
    fallback: '30',
    read: whole(1, 240),
  }),
  settlementPatienceSeconds: setting({
    env: 'SETTLEMENT_PATIENCE_SECONDS',
    purpose: 'How long a pharmacy waits for a settlement before it may hand over without it.',
    expects: 'seconds from 1 to 86400',
    fallback: '60',
    read: whole(1, 86_400),
  }),
  clockSkewSeconds: setting({
    env: 'CLOCK_SKEW_SECONDS',
    purpose:
      'How far a signing time, or the clock of a client that asks for a token, may be ahead or behind.',
    expects: 'seconds from 0 to 900',
    fallback: '120',
    read: whole(0, 900),
  }),
  sm2Id: setting({
    env: 'SM2_ID',
    purpose: 'Id under which signers with SM2 sign, besides the standard one of GM/T 0009.',
    expects: 'a text of 1 to 100 characters',
    fallback: '1234567812345678',
    read: (text) => {
      must(text !== undefined && text.length <= 100)
      return text
    },
  }),
  notifierUrl: setting({
    env: 'NOTIFIER_URL',
    purpose: 'Webhook that sends patient links and notices; without it they go to the log in the sandbox.',
    expects: 'an http or https URL, https in production',
    productionNeedsIt: true,
    read: optional(address('http:', 'https:')),
  }),
  notifierSecret: setting({
    env: 'NOTIFIER_SECRET',
    purpose: 'Signs what goes to the notifier (HMAC-SHA-256).',
    expects: 'a shared secret of 16 characters or more',
    secret: true,
    read: optional(sharedSecret),
  }),
  callbackNetworks: setting({
    env: 'CALLBACK_NETWORKS',
    purpose:
      'Private networks to which callbacks may go in production; none by default. A sandbox sends anywhere.',
    expects: 'IP ranges separated by commas, such as `10.8.0.0/16`',
    read: networks,
  }),
  signatureServerUrl: setting({
    env: 'SIGNATURE_SERVER_URL',
    purpose:
      'Signature server of the region (GM/T 0029 over HTTP): signs D002 and 7101 for the institutions.',
    expects: 'an http or https URL',
    read: optional(address('http:', 'https:')),
  }),
  signatureServerKeys: setting({
    env: 'SIGNATURE_SERVER_KEYS',
    purpose:
      'File that says which of its keys signs for whom: `{"H44140200001": {"keyIndex": 1, "keyValue": "access code"}}`.',
    expects: 'the path of a JSON file',
    read: optional(folder),
  }),
  signatureServerVerifies: setting({
    env: 'SIGNATURE_SERVER_VERIFIES',
    purpose: 'Have the signature server verify every signature beside the hub; its silence refuses.',
    expects: '`true` or `false`',
    fallback: 'false',
    read: flag,
  }),
  nationalTables: setting({
    env: 'NATIONAL_TABLES_FILE',
    purpose:
      'What the national interface leaves open, where the region knows better than `src/national/tables.ts`: codes, error numbers, times.',
    expects: 'the path of a JSON file with any of its members',
    read: optional((text) => {
      try {
        return readTables(readFileSync(text, 'utf8'))
      } catch (error) {
        throw new SettingFault([
          error instanceof RangeError ? error.message : 'can not be read, or is no JSON',
        ])
      }
    }),
  }),
  centreUrl: setting({
    env: 'CENTRE_URL',
    purpose:
      'Provincial or national centre to which prescriptions are uploaded, by the interface that hospitals call here.',
    expects: 'the http or https URL under which `uploadChk` stands',
    read: optional(address('http:', 'https:')),
  }),
  centreApplications: setting({
    env: 'CENTRE_APPLICATIONS',
    purpose: 'File of the applications with which hospitals are known there; see docs/operation.md.',
    expects: 'the path of a JSON file',
    read: optional(folder),
  }),
  payerUrl: setting({
    env: 'PAYER_URL',
    purpose: 'Core system that pays; without it the hub adjudicates and keeps the balances itself.',
    expects: 'an http or https URL, https in production',
    read: optional(address('http:', 'https:')),
  }),
  payerSecret: setting({
    env: 'PAYER_SECRET',
    purpose: 'Signs what goes to the payer (HMAC-SHA-256).',
    expects: 'a shared secret of 16 characters or more',
    secret: true,
    read: optional(sharedSecret),
  }),
  payerTimeoutMs: setting({
    env: 'PAYER_TIMEOUT_MS',
    purpose: 'How long to wait for the payer before trying again.',
    expects: 'milliseconds from 100 to 60000',
    fallback: '5000',
    read: whole(100, 60_000),
  }),
  payerAmountWinner: setting({
    env: 'PAYER_AMOUNT_WINNER',
    purpose:
      "Whose amounts hold when the payer's differ: `hub` declines and takes back, `payer` follows. Both flag.",
    expects: '`hub` or `payer`',
    fallback: 'hub',
    read: oneOf('hub', 'payer'),
  }),
  logLevel: setting({
    env: 'LOG_LEVEL',
    purpose: 'Least severe level that is logged.',
    expects: '`fatal`, `error`, `warn`, `info`, `debug` or `silent`',
    fallback: 'info',
    read: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'silent'),
  }),
  trustProxy: setting({
    env: 'TRUST_PROXY',
    purpose: 'Proxies whose X-Forwarded-* headers are believed; none by default.',
    expects: 'IP addresses or ranges separated by commas',
    read: optional((text) => {
      const proxies = text.split(',').map((part) => part.trim())
      must(
        proxies.every((part) => /^(loopback|linklocal|uniquelocal|[0-9A-Fa-f.:]+(\/\d{1,3})?)$/.test(part)),
      )
      return proxies
    }),
  }),
  ratePerClient: setting({
    env: 'RATE_PER_CLIENT',
    purpose: 'Requests a minute of one client; 0 is no limit.',
    expects: 'a whole number from 0 to 10000000',
    fallback: '6000',
    read: whole(0, 10_000_000),
  }),
  ratePerAddress: setting({
    env: 'RATE_PER_ADDRESS',
    purpose: 'Requests a minute of one IP address, whoever it is; 0 is no limit.',
    expects: 'a whole number from 0 to 10000000',
    fallback: '12000',
    read: whole(0, 10_000_000),
  }),
  tokenRatePerAddress: setting({
    env: 'TOKEN_RATE_PER_ADDRESS',
    purpose: 'Token requests a minute of one IP address; 0 is no limit.',
    expects: 'a whole number from 0 to 10000000',
    fallback: '120',
    read: whole(0, 10_000_000),
  }),
  bodySeconds: setting({
    env: 'BODY_SECONDS',
    purpose: 'How long the body of a request may take to come, save for uploads.',
    expects: 'seconds from 1 to 300',
    fallback: '30',
    read: whole(1, 300),
  }),
  uploadSeconds: setting({
    env: 'UPLOAD_SECONDS',
    purpose: 'The same for files, which take longer over a slow line.',
    expects: 'seconds from 1 to 3600',
    fallback: '120',
    read: whole(1, 3_600),
  }),
  connections: setting({
    env: 'CONNECTIONS',
    purpose: 'Connections open at once, per process; 0 is no limit.',
    expects: 'a whole number from 0 to 100000',
    fallback: '5000',
    read: whole(0, 100_000),
  }),
  connectionsPerAddress: setting({
    env: 'CONNECTIONS_PER_ADDRESS',
    purpose:
      'Connections open at once from one IP address, per process; not counted behind `TRUST_PROXY`, which caps them itself; 0 is no limit.',
    expects: 'a whole number from 0 to 100000',
    fallback: '500',
    read: whole(0, 100_000),
  }),
  streams: setting({
    env: 'STREAMS',
    purpose: 'Event streams open at once, per process.',
    expects: 'a whole number from 1 to 100000',
    fallback: '2000',
    read: whole(1, 100_000),
  }),
  streamsPerClient: setting({
    env: 'STREAMS_PER_CLIENT',
    purpose: 'Event streams of one client, per process.',
    expects: 'a whole number from 1 to 100000',
    fallback: '8',
    read: whole(1, 100_000),
  }),
  streamsPerInstitution: setting({
    env: 'STREAMS_PER_INSTITUTION',
    purpose: 'Event streams of all clients of one institution, per process.',
    expects: 'a whole number from 1 to 100000',
    fallback: '32',
    read: whole(1, 100_000),
  }),
  streamsPerAddress: setting({
    env: 'STREAMS_PER_ADDRESS',
    purpose: 'Event streams from one IP address, per process.',
    expects: 'a whole number from 1 to 100000',
    fallback: '200',
    read: whole(1, 100_000),
  }),
  accessTokenSeconds: setting({
    env: 'ACCESS_TOKEN_SECONDS',
    purpose: 'Life of an access token.',
    expects: 'seconds from 30 to 300',
    fallback: '300',
    read: whole(30, 300),
  }),
  acceptEndpointAudience: setting({
    env: 'ACCEPT_ENDPOINT_AUDIENCE',
    purpose: 'Take assertions whose audience is the token endpoint instead of the issuer; deprecated.',
    expects: '`true` or `false`',
    fallback: 'true',
    read: flag,
  }),
  metricsToken: setting({
    env: 'METRICS_TOKEN',
    purpose: 'Bearer token that `/metrics` demands; without it the page of a sandbox is open.',
    expects: 'a shared secret of 16 characters or more',
    productionNeedsIt: true,
    secret: true,
    read: optional(sharedSecret),
  }),
  drainSeconds: setting({
    env: 'DRAIN_SECONDS',
    purpose: 'How long readiness says no before the server stops listening.',
    expects: 'seconds from 0 to 300',
    fallback: '0',
    read: whole(0, 300),
  }),
}
