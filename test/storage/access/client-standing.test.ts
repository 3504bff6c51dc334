import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import t from 'tap'
import { ClientStanding } from '../../../src/storage/access/client-standing.ts'
import { disableClient } from '../../../src/storage/access/clients.ts'
import { aClient } from '../../support/app.ts'
import { freshDatabase } from '../../support/database.ts'

const LISTENERS = `from pg_stat_activity where datname = current_database() and query = 'listen "client"'`

/** The pool, counting the questions about clients. */
function counting(pool: Pool) {
  let asked = 0
  const query = pool.query.bind(pool) as (...given: unknown[]) => unknown
  pool.query = ((...given: unknown[]) => {
    if ((given[0] as { name?: string }).name === 'client-disabled') asked += 1
    return query(...given)
  }) as typeof pool.query
  return () => asked
}

async function listening(pool: Pool): Promise<void> {
  while ((await pool.query(`select 1 ${LISTENERS}`)).rowCount !== 1) await sleep(10)
}

t.test(
  'what is known of a client costs no question until it changes, and a change is heard at once',
  async (t) => {
    const { pool } = await freshDatabase(t)
    const asked = counting(pool)
    const standing = new ClientStanding(pool)
    t.teardown(() => standing.close())
    const [{ clientId }, other] = [await aClient(pool), await aClient(pool)]
    t.equal(await standing.isDisabled(clientId), false)
    await listening(pool)
    await sleep(20)
    await standing.isDisabled(clientId)
    const before = asked()
    for (let times = 0; times < 50; times += 1) t.equal(await standing.isDisabled(clientId), false)
    t.equal(asked(), before)
    await disableClient(pool, other.clientId, new Date())
    await disableClient(pool, clientId, new Date())
    await sleep(100)
    t.equal(await standing.isDisabled(clientId), true)
    t.equal(await standing.isDisabled(other.clientId), true)
  },
)

t.test('while the announcements cannot be heard, every question goes to the database', async (t) => {
  const { pool } = await freshDatabase(t)
  const asked = counting(pool)
  const standing = new ClientStanding(pool)
  t.teardown(() => standing.close())
  const { clientId } = await aClient(pool)
  await standing.isDisabled(clientId)
  await listening(pool)
  await sleep(20)
  await standing.isDisabled(clientId)
  await pool.query(`select pg_terminate_backend(pid) ${LISTENERS}`)
  await sleep(50)
  const before = asked()
  t.equal(await standing.isDisabled(clientId), false)
  await disableClient(pool, clientId, new Date())
  t.equal(await standing.isDisabled(clientId), true, 'known without any announcement')
  t.equal(asked(), before + 2)
  await listening(pool)
  t.equal(await standing.isDisabled(clientId), true)
})
