import { parseArgs } from 'node:util'
import { readConfig } from './config.ts'
import { PROBLEMS, Problem } from './domain/problems.ts'
import { LOGIN_PATTERN } from './domain/staff/password.ts'
import { STAFF_ROLES, type StaffRole } from './domain/staff/roles.ts'
import { loadPolicies } from './policy/load-policies.ts'
import { openPool } from './storage/database.ts'
import { RegisterCache } from './storage/register-cache.ts'
import { AT_THE_MACHINE, invite } from './usecases/staff/invite.ts'

const USAGE = `npm run staff -- invite --role officer-city|officer-centre|supervisor|operator --login NAME --name NAME [--region 441400]
Prints a link that works once, for seven days: with it the person sets a password and pairs an authenticator. These
people invite all others in the browser, at /staff/people. The environment is the hub's own: DATABASE_URL, PUBLIC_URL,
KEY_ENCRYPTION_KEY, MODE.
`

/**
 * The operator's tool for the first people of an agency.
 *
 * @param args without the program's name
 * @returns what to print
 * @throws RangeError for a wrong call; Problem when the invitation is refused
 */
async function run(args: readonly string[], now: Date): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      role: { type: 'string' },
      login: { type: 'string' },
      name: { type: 'string' },
      region: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help || positionals.join(' ') !== 'invite') return USAGE
  const { role = '', login = '', name = '', region } = values
  if (!(role in STAFF_ROLES)) throw new RangeError(`--role is one of ${Object.keys(STAFF_ROLES).join(', ')}`)
  if (!new RegExp(LOGIN_PATTERN).test(login))
    throw new RangeError('--login is 3 to 40 letters, digits, dots or hyphens')
  if (name === '') throw new RangeError('--name is missing: how colleagues call the person')
  const config = readConfig(process.env)
  if (config.databaseUrl === undefined)
    throw new RangeError('DATABASE_URL is missing: the database of the hub')
  const pool = openPool(config.databaseUrl, 1)
  try {
    const deps = {
      pool,
      mode: config.mode,
      registers: new RegisterCache(),
      policies: await loadPolicies(config.policiesDir),
      machineClock: () => now,
      keyEncryptionKey: config.keyEncryptionKey,
      publicUrl: config.publicUrl,
    }
    const invited = { role: role as StaffRole, regionCode: role === 'operator' ? '' : region, login, name }
    return `${await invite(deps, AT_THE_MACHINE, invited)}\n`
  } finally {
    await pool.end()
  }
}

try {
  process.stdout.write(await run(process.argv.slice(2), new Date()))
} catch (error) {
  const problem = error instanceof Problem ? PROBLEMS[error.code] : undefined
  process.stderr.write(
    `${problem === undefined ? (error as Error).message : `${problem.title.en}. ${problem.remedy.en}`}\n`,
  )
  process.exitCode = 1
}
