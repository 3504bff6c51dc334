import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { Config } from '../config.ts'
import { type EmbeddedOptions, startPostgres } from '../embedded/postgres.ts'
import { PACKAGE_ROOT } from '../package-root.ts'
import { StartRefused } from '../start-refused.ts'
import { inTransaction, openPool } from '../storage/database.ts'
import { type HubDatabase, recogniseDatabase, storedMode } from '../storage/hub-database.ts'
import { migrate } from '../storage/migrate.ts'
import type { Closers } from './closers.ts'

/** Where the migrations are. */
export const MIGRATIONS = new URL('migrations/', PACKAGE_ROOT)

/** How long to wait for a database that does not listen yet: containers start in any order. */
const PATIENCE_MS = 30_000
const WAITABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', '57P03'])

export interface Database extends HubDatabase {
  readonly url: string
  /** For requests and use cases: nobody holds one of its connections and waits for another. */
  readonly pool: Pool
  /** For what is held longer: relay, sweeps, records of workers. */
  readonly background: Pool
}

export interface DatabaseOptions extends Pick<EmbeddedOptions, 'onLost'> {
  readonly onProgress: (sentence: string) => void
  readonly onError: (error: Error) => void
  /** Absent in a tool that leaves the mode of the database as it is. */
  readonly mode?: Config['mode']
  /** By the clock of the machine. */
  readonly now: Date
}

const STEPS = {
  creating: '首次启动：创建内置数据库（约几秒） · First start: creating the embedded database (some seconds)',
  recovering: '等待上次的数据库退出 · Waiting for the database of the last run to end',
  starting: '启动内置数据库 · Starting the embedded database',
} as const

/**
 * Opens the database of the configuration, or the embedded one, and brings it up to date.
 *
 * @throws StartRefused with one sentence for what the starter can mend
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'databasePool' | 'dataDir'>,
  close: Closers,
  options: DatabaseOptions,
): Promise<Database> {
  const url = config.databaseUrl ?? (await embedded(config, close, options))
  const pool = openPool(url, config.databasePool, options.onError)
  close.add('connections', () => pool.end())
  const background = openPool(url, config.databasePool, options.onError)
  close.add('background connections', () => background.end())
  await answering(pool, url)
  // Before anything is changed: neither whoever may not serve this database nor one of another mode migrates it.
  if (options.mode === 'production') await refuseSuperuser(pool)
  if (options.mode !== undefined) refuseOtherMode(options.mode, await storedMode(pool))
  const client = await pool.connect()
  try {
    const applied = await migrate(client, MIGRATIONS).catch((error: Error) => {
      throw new StartRefused(error.message, { cause: error })
    })
    if (applied.length > 0) {
      options.onProgress(
        `数据库已更新：${applied.length} 个迁移 · Database brought up to date: ${applied.length} migrations`,
      )
    }
  } finally {
    client.release()
  }
  const { standing, database } = await inTransaction(pool, (tx) =>
    recogniseDatabase(tx, options.mode, options.now),
  )
  // Another process may have marked it meanwhile.
  if (options.mode !== undefined) refuseOtherMode(options.mode, database.mode)
  if (standing === 'restored') {
    options.onProgress(
      `数据库由备份恢复或已迁移，编号与游标进入第 ${database.epoch} 纪元 · The database was restored or moved: numbers and cursors go on in epoch ${database.epoch} (docs/operation.md)`,
    )
  }
  return { url, pool, background, ...database }
}

/** @throws StartRefused for a database that was first used in another mode */
function refuseOtherMode(mode: Config['mode'], stored: string | undefined): void {
  if (stored === undefined || stored === mode) return
  throw new StartRefused(
    `数据库属于 ${stored} 模式，请更正 MODE 或 DATABASE_URL · The database is one of mode ${stored}: correct MODE or DATABASE_URL. A database never changes its mode.`,
  )
}

/** In production the hub is no superuser: one could switch off the triggers that keep what must never change. */
async function refuseSuperuser(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ role: string; mighty: boolean }>(
    'select rolname as role, rolsuper as mighty from pg_roles where rolname = current_user',
  )
  if (rows[0]?.mighty !== true) return
  throw new StartRefused(
    `生产环境不得以超级用户 ${rows[0].role} 连接数据库 · The database role ${rows[0].role} is a superuser: give DATABASE_URL a role of its own that is none (docs/operation.md).`,
  )
}

async function embedded(
  config: Pick<Config, 'dataDir'>,
  close: Closers,
  options: DatabaseOptions,
): Promise<string> {
  const postgres = await startPostgres({
    dataDir: config.dataDir,
    onProgress: (step) => options.onProgress(STEPS[step]),
    ...(options.onLost === undefined ? {} : { onLost: options.onLost }),
  })
  close.add('embedded database', () => postgres.stop())
  return postgres.url
}

async function answering(pool: Pool, url: string): Promise<void> {
  const { host, pathname } = new URL(url)
  for (let waited = 0; ; waited += 500) {
    try {
      await pool.query('select 1')
      return
    } catch (error) {
      const { code = 'no answer', message } = error as NodeJS.ErrnoException
      if (!WAITABLE.has(code) || waited >= PATIENCE_MS) {
        throw new StartRefused(
          `数据库不可用 · The database ${pathname.slice(1)} at ${host} cannot be used (${code}: ${message}): check DATABASE_URL and that the server runs.`,
          { cause: error },
        )
      }
    }
    await sleep(500)
  }
}
