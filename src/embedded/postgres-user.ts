import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { StartRefused } from '../start-refused.ts'

/** As whom PostgreSQL runs, and how it is started so. */
export interface PostgresUser {
  /** Undefined: as whoever runs the hub. */
  readonly ids: { readonly uid: number; readonly gid: number } | undefined
  /** Put before a command line. */
  readonly prefix: readonly string[]
}

/**
 * Decides as whom PostgreSQL runs. It refuses to run as root, so then another user of the machine is taken: the owner
 * of an existing database, else `postgres`, else `nobody`. Where that user cannot enter the folders (a clone under
 * /root), it is given the one capability to do so.
 *
 * @param cluster folder of the database, existing or not
 * @param folders what the user must be able to enter
 * @throws StartRefused when nobody fits
 */
export function choosePostgresUser(cluster: string, folders: readonly string[]): PostgresUser {
  if (process.getuid?.() !== 0) return { ids: undefined, prefix: [] }
  const users = readUsers()
  const owner = existsSync(cluster) ? statSync(cluster).uid : 0
  const ids =
    owner !== 0
      ? { uid: owner, gid: statSync(cluster).gid }
      : (users.get('postgres') ?? users.get('nobody') ?? undefined)
  if (ids === undefined) {
    throw new StartRefused(
      'PostgreSQL does not run as root and this machine has no user `postgres` or `nobody`: start the hub as an ordinary user, or set DATABASE_URL.',
    )
  }
  if (folders.every((folder) => canEnter(folder, ids.uid, ids.gid))) return { ids, prefix: [] }
  const setpriv = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'setpriv'))
    .find((file) => existsSync(file))
  if (setpriv !== undefined) {
    const prefix = [
      setpriv,
      `--reuid=${ids.uid}`,
      `--regid=${ids.gid}`,
      '--clear-groups',
      // Else the capability does not count when the server asks beforehand whether it may.
      '--securebits=+no_setuid_fixup',
      '--inh-caps=-all,+dac_override',
      '--ambient-caps=-all,+dac_override',
      '--bounding-set=-all,+dac_override',
    ]
    try {
      execFileSync(prefix[0]!, [...prefix.slice(1), 'true'], { stdio: 'ignore' })
      return { ids: undefined, prefix }
    } catch {
      // Not allowed on this machine.
    }
  }
  throw new StartRefused(
    `PostgreSQL does not run as root, and the other user cannot enter ${folders.join(' or ')}: use folders that everybody may enter, start the hub as an ordinary user, or set DATABASE_URL.`,
  )
}

function readUsers(): Map<string, { uid: number; gid: number }> {
  const lines = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : []
  return new Map(
    lines.map((line) => {
      const [name = '', , uid, gid] = line.split(':')
      return [name, { uid: Number(uid), gid: Number(gid) }]
    }),
  )
}

/** True when a user may go into the folder and all above it. */
function canEnter(folder: string, uid: number, gid: number): boolean {
  const { mode, uid: owner, gid: group } = statSync(folder)
  const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
  if ((mode & bit) === 0) return false
  const parent = dirname(folder)
  return parent === folder || canEnter(parent, uid, gid)
}

/** @throws StartRefused when an ordinary user does not own what another one made */
export function requireOwnership(cluster: string): void {
  if (process.getuid?.() === 0 || !existsSync(cluster)) return
  try {
    accessSync(cluster, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new StartRefused(
      `The database in ${cluster} belongs to another user of this machine: start the hub as that user, or set DATA_DIR to another folder.`,
      { cause: error },
    )
  }
}
