import { Client } from 'pg'
import t from 'tap'
import { inTransaction, leave, together } from '../../src/storage/database.ts'
import { freshDatabase } from '../support/database.ts'

/** One connection, so that what a transaction leaves behind would be seen by the next. */
async function aTable(t: Parameters<typeof freshDatabase>[0]) {
  const { pool } = await freshDatabase(t, 1)
  await pool.query('create table thing (id int primary key, what jsonb)')
  return {
    pool,
    ids: async () => (await pool.query('select id from thing order by id')).rows.map((r) => r.id),
  }
}
const INSERT = 'insert into thing (id, what) values ($1, $2)'

t.test('statements that were left travel with the commit, in the order of the code', async (t) => {
  const { pool, ids } = await aTable(t)
  const seen = await inTransaction(pool, async (tx) => {
    leave(tx, tx.query(INSERT, [1, {}]))
    leave(tx, tx.query(INSERT, [2, {}]))
    const { rowCount } = await tx.query('select from thing')
    leave(tx, tx.query('delete from thing where id = 1'))
    return rowCount
  })
  t.equal(seen, 2, 'what comes later sees what was left')
  t.same(await ids(), [2])
})

t.test('a statement that was left and fails takes the transaction with it', async (t) => {
  const { pool, ids } = await aTable(t)
  await t.rejects(
    inTransaction(pool, async (tx) => {
      leave(tx, tx.query(INSERT, [1, {}]))
      leave(tx, tx.query(INSERT, [1, {}]))
    }),
    { code: '23505' },
  )
  t.same(await ids(), [])
})

t.test('one that fails before it is sent, unknown to the database, does so too', async (t) => {
  const { pool, ids } = await aTable(t)
  const circle: { self?: unknown } = {}
  circle.self = circle
  await t.rejects(
    inTransaction(pool, async (tx) => {
      leave(tx, tx.query(INSERT, [1, {}]))
      leave(
        tx,
        (async () => {
          await tx.query(INSERT, [2, circle])
        })(),
      )
    }),
    TypeError,
  )
  t.same(await ids(), [])
})

t.test('work that swallows the error of a statement is not taken for committed', async (t) => {
  const { pool, ids } = await aTable(t)
  await t.rejects(
    inTransaction(pool, async (tx) => {
      await tx.query(INSERT, [1, {}])
      await tx.query(INSERT, [1, {}]).catch(() => {})
    }),
    { message: 'the transaction ended by ROLLBACK' },
  )
  t.same(await ids(), [])
})

t.test('of two that travel together both have ended when one is told to have failed', async (t) => {
  const { pool, ids } = await aTable(t)
  const ended: string[] = []
  await t.rejects(
    inTransaction(pool, async (tx) => {
      const slow = async () => {
        await tx.query('select pg_sleep(0.05)')
        await tx.query('select 1').then(
          () => ended.push('slow'),
          () => ended.push('slow'),
        )
      }
      const failing = async () => {
        await tx.query('select pg_sleep(0)')
        ended.push('failing')
        throw new Error('first')
      }
      await together(failing(), slow())
    }),
    { message: 'first' },
  )
  t.same(ended.sort(), ['failing', 'slow'])
  await t.rejects(together(Promise.resolve(1), Promise.reject(new Error('second'))), { message: 'second' })
  t.same(await together(Promise.resolve(1), Promise.resolve('a')), [1, 'a'])
  await inTransaction(pool, async (tx) => tx.query(INSERT, [7, {}]))
  t.same(await ids(), [7], 'the connection is as good as new')
})

t.test(
  'a connection that is lost while its user does something else fails that transaction alone',
  async (t) => {
    const { pool, ids } = await aTable(t)
    await t.rejects(
      inTransaction(pool, async (tx) => {
        await tx.query(INSERT, [1, {}])
        const lost = new Promise((resolve) => tx.once('end', resolve))
        const admin = new Client({ connectionString: pool.options.connectionString })
        await admin.connect()
        const { rows } = await admin.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'prescription-hub'",
        )
        t.equal(rows.length, 1)
        await admin.end()
        await lost
        await tx.query(INSERT, [2, {}])
      }),
      { message: /not queryable/ },
    )
    t.same(await ids(), [], 'the pool goes on over a new one')
  },
)
