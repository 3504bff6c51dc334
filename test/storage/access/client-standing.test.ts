import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import t from 'tap'
import { ClientStanding } from '../../../src/storage/access/client-standing.ts'
import { addClient, disableClient, findClient } from '../../../src/storage/access/clients.ts'
import { aClient } from '../../support/app.ts'
import { freshDatabase } from '../../support/database.ts'

const LISTENERS = `from pg_stat_activity where datname = current_database() and query = 'listen "client"'`

/** The pool, counting the questions about clients. */
function counting(pool: Pool) {
  let asked = 0
  const query = pool.query.bind(pool) as (...given: unknown[]) => unknown
  pool.query = ((...given: unknown[]) => {
    if ((given[0] as { name?: string }).name === 'client-standing') asked += 1
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
    t.equal(await standing.holds(clientId, 1), true)
    await listening(pool)
    await sleep(20)
    await standing.holds(clientId, 1)
    const before = asked()
    for (let times = 0; times < 50; times += 1) t.equal(await standing.holds(clientId, 1), true)
    t.equal(asked(), before)
    await disableClient(pool, other.clientId, new Date())
    await disableClient(pool, clientId, new Date())
    await sleep(100)
    t.equal(await standing.holds(clientId, 1), false)
    t.equal(await standing.holds(other.clientId, 1), false)
  },
)

t.test('while the announcements cannot be heard, every question goes to the database', async (t) => {
  const { pool } = await freshDatabase(t)
  const asked = counting(pool)
  const standing = new ClientStanding(pool)
  t.teardown(() => standing.close())
  const { clientId } = await aClient(pool)
  await standing.holds(clientId, 1)
  await listening(pool)
  await sleep(20)
  await standing.holds(clientId, 1)
  await pool.query(`select pg_terminate_backend(pid) ${LISTENERS}`)
  await sleep(50)
  const before = asked()
  t.equal(await standing.holds(clientId, 1), true)
  await disableClient(pool, clientId, new Date())
  t.equal(await standing.holds(clientId, 1), false, 'known without any announcement')
  t.equal(asked(), before + 2)
  await listening(pool)
  t.equal(await standing.holds(clientId, 1), false)
})

t.test('fewer scopes and other keys count as another revision, a new name does not', async (t) => {
  const { pool } = await freshDatabase(t)
  const standing = new ClientStanding(pool)
  t.teardown(() => standing.close())
  const { clientId } = await aClient(pool)
  t.equal(await standing.holds(clientId, 1), true)
  await listening(pool)
  await sleep(20)
  t.equal(await standing.holds(clientId, 1), true)
  const change = async (patch: object) =>
    await addClient(pool, { ...(await findClient(pool, clientId))!, ...patch }, new Date())

  await change({ name: 'Renamed' })
  await sleep(100)
  t.equal(await standing.holds(clientId, 1), true)
  await change({ scopes: ['dispense:read'] })
  t.equal(await standing.holds(clientId, 2), true, 'a newer token is believed before the change is heard of')
  await sleep(100)
  t.equal(await standing.holds(clientId, 1), false)
  await change({ jwks: { keys: [] } })
  await sleep(100)
  t.equal(await standing.holds(clientId, 2), false)
  t.equal(await standing.holds(clientId, 3), true)
  t.equal(await standing.holds('nobody', 0), false)
})
