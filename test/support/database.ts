import { randomUUID } from 'node:crypto'
import { Client, type Pool } from 'pg'
import { openPool } from '../../src/storage/database.ts'
import { migrate } from '../../src/storage/migrate.ts'

const MIGRATIONS = new URL('../../migrations/', import.meta.url)

/** What a test hands over: anything with tap's `teardown`. */
export interface Scope {
  teardown: (fn: () => Promise<unknown> | unknown) => void
}

/**
 * A migrated database of its own for one test, dropped when the test ends.
 *
 * @param max connections of the pool
 */
export async function freshDatabase(t: Scope, max = 8): Promise<{ pool: Pool; url: string }> {
  const server = process.env['TEST_DATABASE_URL']
  if (server === undefined) throw new Error('TEST_DATABASE_URL is not set: run the tests with `npm test`')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const admin = new Client({ connectionString: server })
  await admin.connect()
  await admin.query(`create database ${name}`)
  const url = server.replace(/\/[^/]*$/, `/${name}`)
  const pool = openPool(url, max)
  const client = await pool.connect()
  try {
    await migrate(client, MIGRATIONS)
  } finally {
    client.release()
  }
  t.teardown(async () => {
    await pool.end()
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  })
  return { pool, url }
}
