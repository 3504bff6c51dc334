import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { closers } from '../../src/runtime/closers.ts'
import { MIGRATIONS, openDatabase } from '../../src/runtime/open-database.ts'
import { freshDatabase, ordinaryRole } from '../support/database.ts'

/** Opens a database as a start does, and closes it again. */
async function opened(databaseUrl: string, mode?: 'sandbox' | 'production') {
  const close = closers()
  try {
    const { epoch, mode: kept } = await openDatabase(
      { databaseUrl, databasePool: 2, dataDir: '/none' },
      close,
      { onProgress: () => {}, onError: () => {}, now: new Date(), ...(mode === undefined ? {} : { mode }) },
    )
    return { epoch, mode: kept }
  } finally {
    await close.closeAll(() => {})
  }
}

async function aDatabase(t: Test) {
  const { pool, url } = await freshDatabase(t)
  return { pool, superuser: url, url: await ordinaryRole(t, pool, url) }
}

t.test('a database keeps the mode that it was first used in', async (t) => {
  for (const [mine, other] of [
    ['sandbox', 'production'],
    ['production', 'sandbox'],
  ] as const) {
    const { url } = await aDatabase(t)
    t.same(await opened(url), { epoch: 0, mode: undefined }, 'a tool leaves it open')
    t.same(await opened(url, mine), { epoch: 0, mode: mine })
    await t.rejects(opened(url, other), {
      name: 'StartRefused',
      message: new RegExp(`of mode ${mine}: correct MODE`),
    })
    t.same(await opened(url, mine), { epoch: 0, mode: mine }, 'the refusal changed nothing')
  }
})

t.test('production is refused to a superuser, a sandbox is not', async (t) => {
  const { superuser, url } = await aDatabase(t)
  await t.rejects(opened(superuser, 'production'), { name: 'StartRefused', message: /superuser/ })
  t.match(await opened(url, 'production'), { mode: 'production' })
})

t.test('whoever is refused a database has not brought it up to date before', async (t) => {
  const { pool, superuser, url } = await aDatabase(t)
  await opened(url, 'production')
  // A start copies the table of transitions in; one that is refused does not.
  await pool.query('delete from lifecycle_transition')
  await t.rejects(opened(url, 'sandbox'), { name: 'StartRefused', message: /of mode production/ })
  await t.rejects(opened(superuser, 'production'), { name: 'StartRefused', message: /superuser/ })
  t.equal((await pool.query('select * from lifecycle_transition')).rowCount, 0)
})

t.test('a database from before there was a mode is what its content says', async (t) => {
  const { pool } = await freshDatabase(t)
  const sql = readFileSync(new URL('0070_hub_database.sql', MIGRATIONS), 'utf8')
  const mode = async (content: string) => {
    const tx = await pool.connect()
    try {
      await tx.query('begin')
      await tx.query(
        'drop table hub_database; drop function feed_place_now cascade; drop function feed_place',
      )
      await tx.query(content)
      await tx.query(sql)
      return (await tx.query('select mode from hub_database')).rows[0].mode
    } finally {
      await tx.query('rollback')
      tx.release()
    }
  }
  t.equal(await mode('select 1'), null)
  t.equal(await mode(`insert into sandbox_keys (name, body) values ('authority', '{}')`), 'sandbox')
  t.equal(
    await mode(`insert into client (client_id, kind, name, jwks, scopes, sandbox, created_at)
                values ('ops', 'operator', '运维', '{"keys":[]}', '{}', false, now())`),
    'production',
  )
})
