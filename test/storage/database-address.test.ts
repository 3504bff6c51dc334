import t from 'tap'
import { openPool } from '../../src/storage/database.ts'
import { connectionOf } from '../../src/storage/database-address.ts'
import { freshDatabase } from '../support/database.ts'

t.test('settings of the session join those of the address; the order says which hold', async (t) => {
  const options = (address: string, own: Parameters<typeof connectionOf>[1]) =>
    new URL(connectionOf(address, own).connectionString).searchParams.get('options')
  t.equal(options('postgres://db/hub', { before: '-c a=1' }), '-c a=1')
  t.equal(
    options('postgres://db/hub?options=-c%20b%3D2', { before: '-c a=1', after: '-c c=3' }),
    '-c a=1 -c b=2 -c c=3',
  )
  t.equal(connectionOf('postgres://db/hub').connectionString, 'postgres://db/hub')
})

t.test('sslmode means what it means to libpq, and a timeout is in seconds', async (t) => {
  const parts = (query: string) =>
    new URL(connectionOf(`postgres://db/hub?${query}`).connectionString).searchParams
  t.equal(parts('sslmode=require').get('uselibpqcompat'), 'true')
  t.equal(parts('sslmode=no-verify').get('uselibpqcompat'), null)
  t.equal(parts('').get('uselibpqcompat'), null)
  t.equal(connectionOf('postgres://db/hub?connect_timeout=3').connectionTimeoutMillis, 3_000)
})

t.test('an address may overrule the planner, and what it sets else holds too', async (t) => {
  const { url } = await freshDatabase(t)
  const show = async (address: string) => {
    const pool = openPool(address, 1)
    try {
      const { rows } = await pool.query(
        `select current_setting('random_page_cost') as cost, current_setting('lock_timeout') as patience`,
      )
      return rows[0]
    } finally {
      await pool.end()
    }
  }
  t.same(await show(url), { cost: '1.1', patience: '0' })
  t.same(await show(`${url}?options=${encodeURIComponent('-c lock_timeout=7s')}`), {
    cost: '1.1',
    patience: '7s',
  })
  t.match(await show(`${url}?options=${encodeURIComponent('-c random_page_cost=3')}`), { cost: '3' })
  t.match(await show(`${url}?sslmode=disable&lock_timeout=7000`), { patience: '7s' })
})
