import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { Client, type Pool } from 'pg'
import { TRANSITIONS } from '../../src/domain/lifecycle/transitions.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { openPool } from '../../src/storage/database.ts'
import { migrate } from '../../src/storage/migrate.ts'

const MIGRATIONS = new URL('migrations/', PACKAGE_ROOT)

/** Named after its content, so that a server that outlives the run never hands out an old one. */
const TEMPLATE = `hub_template_${createHash('sha256')
  .update(
    readdirSync(MIGRATIONS)
      .sort()
      .map((name) => readFileSync(new URL(name, MIGRATIONS), 'utf8'))
      .join('\0'),
  )
  .update(JSON.stringify(TRANSITIONS))
  .digest('hex')
  .slice(0, 16)}`
/** Any number: one process makes the template, the others wait. */
const LOCK = 7_270_013

/** Makes the migrated template database, once per server. */
async function makeTemplate(admin: Client, server: string): Promise<void> {
  await admin.query('select pg_advisory_lock($1)', [LOCK])
  try {
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [TEMPLATE])
    if (rowCount === 1) return
    await admin.query(`drop database if exists ${TEMPLATE}_making with (force)`)
    await admin.query(`create database ${TEMPLATE}_making`)
    const pool = openPool(server.replace(/\/[^/]*$/, `/${TEMPLATE}_making`), 1)
    const client = await pool.connect()
    try {
      await migrate(client, MIGRATIONS)
    } finally {
      client.release()
      await pool.end()
    }
    await admin.query(`alter database ${TEMPLATE}_making rename to ${TEMPLATE}`)
  } finally {
    await admin.query('select pg_advisory_unlock($1)', [LOCK])
  }
}

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
  await makeTemplate(admin, server)
  await admin.query(`create database ${name} template ${TEMPLATE}`)
  const url = server.replace(/\/[^/]*$/, `/${name}`)
  const pool = openPool(url, max)
  t.teardown(async () => {
    await pool.end()
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  })
  return { pool, url }
}

/**
 * A role for a test's database that may do what a hub does and is no superuser.
 *
 * @returns the address of the database for that role
 */
export async function ordinaryRole(t: Scope, pool: Pool, url: string): Promise<string> {
  const role = `role_${randomUUID().replaceAll('-', '')}`
  const database = new URL(url).pathname.slice(1)
  await pool.query(`
    create role ${role} login password '${role}';
    grant create, connect on database ${database} to ${role};
    grant all on schema public to ${role};
    grant all on all tables in schema public to ${role};
    grant all on all sequences in schema public to ${role};
    grant all on all functions in schema public to ${role}`)
  // Torn down before the database: what the role owns goes first.
  t.teardown(async () => {
    const admin = new Client({ connectionString: url })
    await admin.connect()
    await admin.query(`drop owned by ${role} cascade; drop role ${role}`)
    await admin.end()
  })
  const address = new URL(url)
  address.username = role
  address.password = role
  return address.href
}
