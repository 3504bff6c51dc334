import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Pool } from 'pg'
import { isScope, SCOPES, scopesOf } from '../schemas/access.ts'
import { readSettings } from './config.ts'
import { type ClientKind, disableClient, listClients } from './storage/access/clients.ts'
import { openPool } from './storage/database.ts'
import { registerClient } from './usecases/access/register-client.ts'
import { withdrawSigningKeys } from './usecases/access/signing-keys.ts'

const USAGE = `npm run client -- list
npm run client -- add ID --kind hospital|pharmacy|agency|operator --name NAME --keys JWKS.json
                      [--region 441400] [--institution H44140200001] [--scopes "prescription:read prescription:write"]
npm run client -- end ID
npm run client -- withdraw-signing-keys    (emergency: ends every access token at once)
DATABASE_URL names the database. JWKS.json holds public keys only: {"keys":[{"kty":"EC","crv":"P-256","kid":…}]}.
\`add\` with an ID that exists replaces its keys and scopes; an ended client stays ended. All scopes of the kind
without --scopes. Scopes: ${Object.keys(SCOPES).join(' ')}
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
    if (command !== 'end') throw new UsageError(`no such command: ${command}`)
    if (!(await disableClient(pool, id, now))) throw new UsageError(`there is no client ${id} to end`)
    return `${id} has ended: it gets no token, and those that it holds are refused\n`
  } finally {
    await pool.end()
  }
}

async function list(pool: Pool): Promise<string> {
  const clients = await listClients(pool)
  const lines = clients.map(({ clientId, kind, regionCode, institutionId, disabledAt, name }) =>
    [
      clientId,
      kind,
      regionCode ?? '-',
      institutionId ?? '-',
      disabledAt === null ? 'live' : 'ended',
      name,
    ].join('\t'),
  )
  return `${['id\tkind\tregion\tinstitution\tstanding\tname', ...lines].join('\n')}\n`
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

async function keysOf(file: string): Promise<{ readonly keys: readonly Record<string, unknown>[] }> {
  const read: unknown = JSON.parse(
    await readFile(file, 'utf8').catch(() => {
      throw new UsageError(`cannot read ${file}`)
    }),
  )
  const keys = (read as { keys?: unknown } | null)?.keys
  if (!Array.isArray(keys)) throw new UsageError(`${file} is no JWK set: expected {"keys": [...]}`)
  return { keys: keys as Record<string, unknown>[] }
}

try {
  process.stdout.write(await run(process.argv.slice(2), new Date()))
} catch (error) {
  // A message of the database or a parser says it best; there is nothing of a person in them here.
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
