import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import t from 'tap'
import { openRedisCounts } from '../../src/queue/shared-counts.ts'

const redisUrl = process.env['TEST_REDIS_URL']
const needsRedis = { skip: redisUrl === undefined ? 'no Redis' : false }

t.test('a count begins a window, which ends', needsRedis, async (t) => {
  const prefix = `test-${randomUUID()}`
  const counts = openRedisCounts(redisUrl!, () => {}, prefix)
  const redis = new Redis(redisUrl!)
  t.teardown(() => {
    counts.close()
    redis.disconnect()
  })
  while ((await counts.count('ready', 1)) === undefined) await sleep(10)
  const all = await Promise.all(Array.from({ length: 20 }, () => counts.count('a', 60_000)))
  t.same(
    all.map((counted) => counted?.current).sort((a = 0, b = 0) => a - b),
    Array.from({ length: 20 }, (_, place) => place + 1),
  )
  t.ok(all.every((counted) => counted !== undefined && counted.ttl > 59_000 && counted.ttl <= 60_000))
  t.equal((await counts.count('b', 60_000))?.current, 1)
  t.equal((await counts.count('short', 30))?.current, 1)
  await sleep(60)
  t.equal((await counts.count('short', 30))?.current, 1, 'counted anew')
  await redis.set(`${prefix}-rate:endless`, '7')
  t.match(await counts.count('endless', 60_000), { current: 8, ttl: 60_000 }, 'nobody is shut out for ever')
})

t.test('a server that is away is no answer, at once', async (t) => {
  const counts = openRedisCounts('redis://127.0.0.1:1', () => {})
  t.teardown(() => counts.close())
  t.equal(await counts.count('a', 1_000), undefined)
})
