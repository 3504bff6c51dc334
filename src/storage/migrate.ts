import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { PoolClient } from 'pg'
import { copyTransitions } from './lifecycle-table.ts'

/** Any number, the same in every process: one migration at a time per database. */
const LOCK = 7_270_011

/**
 * Applies the migrations that the database doesn't have yet, each in its own transaction.
 *
 * Afterwards the transition table is copied in, so that the trigger and the program agree.
 * Files are `NNNN_subject.sql`, forward only. The SHA-256 of each applied file is kept.
 *
 * @param folder ends with a slash
 * @returns the names of the files applied now
 * @throws Error when an applied file was edited or has vanished, or when a statement fails; the failed file leaves no trace
 */
export async function migrate(client: PoolClient, folder: URL): Promise<string[]> {
  const applied: string[] = []
  await client.query('select pg_advisory_lock($1)', [LOCK])
  try {
    await client.query(`
      create table if not exists migration (
        name       text primary key,
        sha256     text not null,
        applied_at timestamptz not null default now()
      )`)
    const { rows } = await client.query<{ name: string; sha256: string }>(
      'select name, sha256 from migration',
    )
    const known = new Map(rows.map((row) => [row.name, row.sha256]))
    const names = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort()
    for (const name of known.keys()) {
      if (!names.includes(name))
        throw new Error(`The database is newer than this program: it has migration ${name}.`)
    }
    for (const name of names) {
      const sql = await readFile(new URL(name, folder), 'utf8')
      const sha256 = createHash('sha256').update(sql).digest('hex')
      const before = known.get(name)
      if (before === sha256) continue
      if (before !== undefined)
        throw new Error(`Migration ${name} was edited after it was applied; add a new file instead.`)
      await client.query('begin')
      try {
        await client.query(sql)
        await client.query('insert into migration (name, sha256) values ($1, $2)', [name, sha256])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error })
      }
      applied.push(name)
    }
    await copyTransitions(client)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK])
  }
  return applied
}
