import { createHash, createPublicKey, type JsonWebKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Pool } from 'pg'
import { isScope, SCOPES, scopesOf } from '../schemas/access.ts'
import { readSettings } from './config.ts'
import { dayOf } from './domain/primitives/civil-day.ts'
import type { Institution } from './domain/registers.ts'
import { loadPolicies } from './policy/load-policies.ts'
import { type ClientKind, disableClient, findClient, listClients } from './storage/access/clients.ts'
import { openPool } from './storage/database.ts'
import { listEntries } from './storage/registers.ts'
import { registerApplication } from './usecases/access/national-application.ts'
import { registerClient } from './usecases/access/register-client.ts'
import { withdrawSigningKeys } from './usecases/access/signing-keys.ts'

const USAGE = `npm run client -- list
npm run client -- add ID --kind hospital|pharmacy|agency|operator --name NAME --keys FILE
                      [--region 441400] [--institution H44140200001] [--scopes "prescription:read prescription:write"]
                      [--unlisted]
npm run client -- national ID --public-key BASE64   (lets ID speak the national interface: prints its appId and appSecret, once)
npm run client -- end ID
npm run client -- withdraw-signing-keys    (emergency: ends every access token at once)
DATABASE_URL names the database, POLICIES_DIR the policies. FILE holds public keys only: a JWK set
{"keys":[{"kty":"EC","crv":"P-256","kid":…}]}, or PEM blocks, whose key ids are their RFC 7638 thumbprints (shown by list).
The region must have a policy, the institution must stand in its register; --unlisted registers it before it does.
\`add\` with an ID that exists replaces its keys and scopes; an ended client stays ended. All scopes of the kind
without --scopes. BASE64 is the SM2 public key of the application, 04 with x and y; KEY_ENCRYPTION_KEY seals its secret.
Scopes: ${Object.keys(SCOPES).join(' ')}
`

const KINDS: readonly ClientKind[] = ['hospital', 'pharmacy', 'agency', 'operator']

/** A command that cannot be carried out; its message is for the operator. */
class UsageError extends Error {
  override readonly name = 'UsageError'
}

/**
 * The operator's tool for the systems that may call the hub.
 *
 * @param args without the program's name
 * @returns what to print
 * @throws UsageError, RangeError for a client that can't be registered
 */
async function run(args: readonly string[], now: Date): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      kind: { type: 'string' },
      name: { type: 'string' },
      keys: { type: 'string' },
      region: { type: 'string' },
      institution: { type: 'string' },
      scopes: { type: 'string' },
      'public-key': { type: 'string' },
      unlisted: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const [command, id, ...more] = positionals
  if (values.help || command === undefined) return USAGE
  if (more.length > 0) throw new UsageError(`one id at a time, not also ${more.join(' ')}`)
  const { databaseUrl } = readSettings(process.env, ['databaseUrl'])
  if (databaseUrl === undefined) throw new UsageError('DATABASE_URL is missing: the database of the hub')
  const pool = openPool(databaseUrl, 1)
  try {
    if (command === 'list') return await list(pool)
    if (command === 'withdraw-signing-keys') {
      const count = await withdrawSigningKeys(pool)
      return `${count} signing keys withdrawn: every access token is refused from now on, clients get new ones\n`
    }
    if (id === undefined) throw new UsageError(`${command} needs the id of a client`)
    if (command === 'add') return await add(pool, id, values, now)
    if (command === 'national') return await national(pool, id, values['public-key'], now)
    if (command !== 'end') throw new UsageError(`no such command: ${command}`)
    if (!(await disableClient(pool, id, now))) throw new UsageError(`there is no client ${id} to end`)
    return `${id} has ended: it gets no token, and those that it holds are refused\n`
  } finally {
    await pool.end()
  }
}

async function list(pool: Pool): Promise<string> {
  const clients = await listClients(pool)
  const lines = clients.map(
    ({ clientId, kind, regionCode, institutionId, disabledAt, name, keyIds, scopes }) =>
      [
        clientId,
        kind,
        regionCode ?? '-',
        institutionId ?? '-',
        disabledAt === null ? 'live' : 'ended',
        name,
        keyIds.join(' '),
        scopes.join(' '),
      ].join('\t'),
  )
  return `${['id\tkind\tregion\tinstitution\tstanding\tname\tkeys\tscopes', ...lines].join('\n')}\n`
}

async function add(
  pool: Pool,
  clientId: string,
  given: { readonly [option: string]: string | boolean | undefined },
  now: Date,
): Promise<string> {
  const text = (option: string): string => {
    const value = given[option]
    if (typeof value !== 'string') throw new UsageError(`add needs --${option}`)
    return value
  }
  const kind = KINDS.find((it) => it === text('kind'))
  if (kind === undefined) throw new UsageError(`--kind is one of ${KINDS.join(', ')}`)
  const scopes =
    typeof given['scopes'] === 'string' ? given['scopes'].split(/\s+/).filter(Boolean) : scopesOf(kind)
  const unknown = scopes.filter((scope) => !isScope(scope))
  if (unknown.length > 0) throw new UsageError(`no such scope: ${unknown.join(' ')}`)
  const hasInstitution = kind === 'hospital' || kind === 'pharmacy'
  if (kind !== 'operator') await requireRegion(text('region'))
  if (hasInstitution && given['unlisted'] !== true)
    await requireInstitution(pool, text('region'), text('institution'), kind, now)
  await registerClient(
    pool,
    {
      clientId,
      kind,
      name: text('name'),
      regionCode: kind === 'operator' ? null : text('region'),
      institutionId: hasInstitution ? text('institution') : null,
      jwks: await keysOf(text('keys')),
      scopes: scopes.filter(isScope),
      sandbox: false,
    },
    now,
  )
  return `${clientId} may call from now on\n`
}

/** Registers an application of the national interface for a client that may call. */
async function national(
  pool: Pool,
  clientId: string,
  publicKey: string | undefined,
  now: Date,
): Promise<string> {
  if (publicKey === undefined) throw new UsageError('national needs --public-key')
  const { keyEncryptionKey } = readSettings(process.env, ['keyEncryptionKey'])
  if (keyEncryptionKey === undefined)
    throw new UsageError('KEY_ENCRYPTION_KEY is missing: the one of the hub, which seals the secret')
  const client = await findClient(pool, clientId)
  if (client === undefined || client.disabledAt !== null)
    throw new UsageError(`there is no live client ${clientId}: add it first`)
  const { appId, appSecret, platformPublicKey } = await registerApplication(
    pool,
    keyEncryptionKey,
    clientId,
    publicKey,
    now,
  )
  return `appId\t${appId}\nappSecret\t${appSecret}\nplatformPublicKey\t${platformPublicKey}\n`
}

/** @throws UsageError for a region without a policy: nothing could ever be done there */
async function requireRegion(region: string): Promise<void> {
  const { policiesDir } = readSettings(process.env, ['policiesDir'])
  const known = (await loadPolicies(policiesDir)).regions()
  if (known.some((each) => each.region === region)) return
  const listed = known.map((each) => `${each.region} ${each.name.zh}`).join(', ')
  throw new UsageError(`没有该统筹区的政策 · there is no policy of region ${region}; there are ${listed}`)
}

/** @throws UsageError when the register has no such institution today, or one of another kind */
async function requireInstitution(
  pool: Pool,
  region: string,
  institutionId: string,
  kind: 'hospital' | 'pharmacy',
  now: Date,
): Promise<void> {
  const today = dayOf(now)
  const entries = await listEntries(pool, region, 'institution', { key: institutionId, limit: 20 })
  const live = entries.find(
    ({ validFrom, validTo }) => validFrom <= today && (validTo === undefined || today <= validTo),
  )
  if (live === undefined)
    throw new UsageError(
      `名录中没有该机构 · the register of ${region} has no institution ${institutionId} today: correct it, let the agency register it first, or add --unlisted`,
    )
  const found = (live.data as Institution).kind
  if ((found === 'pharmacy') !== (kind === 'pharmacy'))
    throw new UsageError(`机构类型不符 · ${institutionId} is a ${found}, not a ${kind}`)
}

/** The public keys of a file: a JWK set, or PEM blocks of keys or certificates. */
async function keysOf(file: string): Promise<{ readonly keys: readonly Record<string, unknown>[] }> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`cannot read ${file}`)
  })
  if (text.includes('-----BEGIN')) return { keys: pemKeys(text, file) }
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    throw new UsageError(`${file} 既非 JWK 集也非 PEM · is neither a JWK set nor PEM`)
  }
  const keys = (read as { keys?: unknown } | null)?.keys
  if (!Array.isArray(keys)) throw new UsageError(`${file} is no JWK set: expected {"keys": [...]}`)
  return { keys: keys as Record<string, unknown>[] }
}

function pemKeys(text: string, file: string): Record<string, unknown>[] {
  const blocks = text.match(/-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g) ?? []
  return blocks.map((block) => {
    if (block.includes('PRIVATE KEY'))
      throw new UsageError(`只登记公钥 · only public keys are registered: ${file} has a private one`)
    try {
      const jwk = createPublicKey(block).export({ format: 'jwk' })
      return { ...jwk, kid: thumbprintOf(jwk) }
    } catch {
      throw new UsageError(`${file} 中有无法读取的 PEM 公钥 · has a PEM block that is no public key`)
    }
  })
}

/** RFC 7638: the members that make the key, in the order of their names. */
function thumbprintOf({ crv, kty, x, y, e, n }: JsonWebKey): string {
  const members = kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y }
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url')
}

try {
  process.stdout.write(await run(process.argv.slice(2), new Date()))
} catch (error) {
  // A message of the database or a parser says it best; there is nothing of a person in them here.
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
