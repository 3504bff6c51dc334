import { readdir } from 'node:fs/promises'
import type { Queryable } from './database.ts'

/** @throws when the database does not answer */
export async function pingDatabase(db: Queryable): Promise<void> {
  await db.query('select 1')
}

/**
 * Compares the migrations of the program with those of the database.
 *
 * @param folder ends with a slash
 * @returns names that the database lacks; empty when it is up to date
 */
export async function missingMigrations(db: Queryable, folder: URL): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort()
  const { rows } = await db.query<{ name: string }>('select name from migration')
  const applied = new Set(rows.map((row) => row.name))
  return names.filter((name) => !applied.has(name))
}
