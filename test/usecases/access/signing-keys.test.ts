import { randomBytes } from 'node:crypto'
import t from 'tap'
import { findSigningKeys } from '../../../src/storage/access/signing-keys.ts'
import {
  ROTATION_DAYS,
  rotateSigningKeys,
  signingKeys,
  withdrawSigningKeys,
} from '../../../src/usecases/access/signing-keys.ts'
import { freshDatabase } from '../../support/database.ts'

const start = new Date('2026-11-20T00:00:00Z')
const later = (ms: number) => new Date(start.getTime() + ms)
const ROTATION_MS = ROTATION_DAYS * 86_400_000
const kek = randomBytes(32)

t.test('a key signs for thirty days, verifies until its last token has ended, then is gone', async (t) => {
  const { pool } = await freshDatabase(t)
  const first = await rotateSigningKeys(pool, kek, start)
  t.type(first, 'string')
  t.equal(await rotateSigningKeys(pool, kek, later(ROTATION_MS - 1)), undefined)
  const second = await rotateSigningKeys(pool, kek, later(ROTATION_MS))
  t.type(second, 'string')
  const kids = async (at: Date) => (await findSigningKeys(pool, at)).map((key) => key.kid)
  t.same(await kids(later(ROTATION_MS)), [second, first])
  t.same(await kids(later(ROTATION_MS + 359_999)), [second, first])
  t.same(await kids(later(ROTATION_MS + 360_000)), [second])
  await rotateSigningKeys(pool, kek, later(ROTATION_MS + 360_000))
  t.equal((await pool.query('select 1 from signing_key')).rowCount, 1)
})

t.test('of ten processes that rotate at once, one makes a key', async (t) => {
  const { pool } = await freshDatabase(t, 10)
  const made = await Promise.all(Array.from({ length: 10 }, () => rotateSigningKeys(pool, kek, start)))
  t.equal(made.filter((kid) => kid !== undefined).length, 1)
})

t.test('a process learns a key that another one made', async (t) => {
  const { pool } = await freshDatabase(t)
  const one = signingKeys(pool, kek)
  const two = signingKeys(pool, kek)
  const first = await one.current(start)
  t.equal((await two.current(start)).kid, first.kid)
  const next = await one.current(later(ROTATION_MS))
  t.not(next.kid, first.kid)
  t.equal((await two.find(next.kid, later(ROTATION_MS)))?.kid, next.kid)
  t.equal(await two.find('nobody', later(ROTATION_MS)), undefined)
  t.equal((await two.list(later(ROTATION_MS))).length, 2)
})

t.test(
  'a withdrawn key is unknown to every process within half a second, and another one signs',
  async (t) => {
    const { pool } = await freshDatabase(t)
    const one = signingKeys(pool, kek)
    const two = signingKeys(pool, kek)
    const { kid } = await one.current(start)
    t.ok(await two.find(kid, start))
    t.equal(await withdrawSigningKeys(pool), 1)
    for (const keys of [one, two]) t.equal(await keys.find(kid, later(500)), undefined)
    t.not((await one.current(later(500))).kid, kid)
  },
)

t.test('the private key is not readable in the database', async (t) => {
  const { pool } = await freshDatabase(t)
  const key = await signingKeys(pool, kek).current(start)
  const [stored] = await findSigningKeys(pool, start)
  const der = Buffer.from(key.privatePem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  t.notOk(stored!.privateSealed.includes(der.subarray(-32)))
  t.notMatch(JSON.stringify(stored!.publicJwk), '"d":')
})

t.test('keys sealed by another key, or altered, are never used', async (t) => {
  const { pool } = await freshDatabase(t)
  const mine = await signingKeys(pool, kek).current(start)
  const stranger = signingKeys(pool, randomBytes(32))
  t.equal(await stranger.find(mine.kid, start), undefined)
  t.not((await stranger.current(start)).kid, mine.kid)

  const moved = signingKeys(pool, kek)
  await pool.query(`update signing_key set kid = 'moved' where kid = $1`, [mine.kid])
  t.equal(await moved.find('moved', start), undefined, 'the id belongs to the key')
})
