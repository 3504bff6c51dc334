import t from 'tap'
import {
  type Attempt,
  afterAttempt,
  LONGEST_PAUSE_MS,
  type Streak,
} from '../../../src/domain/callbacks/after-attempt.ts'

const NOW = new Date('2026-11-22T02:00:00.000Z')
const HOUR = 3_600_000
const later = (ms: number) => new Date(NOW.getTime() + ms)
const after = (streak: Streak | undefined, attempt: Attempt, now = NOW, chance = 0.5) =>
  afterAttempt(streak, attempt, now, chance)

t.test('any 2xx is a delivery, whatever failed before', async (t) => {
  for (const status of [200, 201, 204, 299]) {
    t.same(after(undefined, { status }), { next: 'go-on' })
    t.same(after({ attempts: 30, since: later(-100 * HOUR) }, { status }), { next: 'go-on' })
  }
})

t.test('everything else is tried again after a pause', async (t) => {
  for (const attempt of [
    { status: 199 },
    { status: 301 },
    { status: 400 },
    { status: 503 },
    { fault: 'timeout' },
  ]) {
    t.same(after(undefined, attempt), {
      next: 'try-again',
      streak: { attempts: 1, since: NOW },
      at: later(5_000),
    })
  }
})

t.test('pauses grow from five seconds to eight hours and no further', async (t) => {
  let streak: Streak | undefined
  const pauses: number[] = []
  for (let tries = 0; tries < 14; tries += 1) {
    const then = after(streak, { status: 503 })
    if (then.next !== 'try-again') throw new Error('it ended')
    pauses.push((then.at.getTime() - NOW.getTime()) / 1000)
    streak = then.streak
  }
  t.same(pauses, [5, 15, 60, 180, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800, 28_800, 28_800])
  t.equal(LONGEST_PAUSE_MS, 28_800_000)
})

t.test('pauses differ by a fifth at most', async (t) => {
  t.match(after(undefined, { status: 503 }, NOW, 0), { at: later(4_500) })
  t.match(after(undefined, { status: 503 }, NOW, 1), { at: later(5_500) })
})

t.test('a subscriber may ask for a longer pause, not for a shorter or an endless one', async (t) => {
  const asked = (retryAfterSeconds: number) => after(undefined, { status: 429, retryAfterSeconds })
  t.match(asked(90), { at: later(90_000) })
  t.match(asked(1), { at: later(5_000) })
  t.match(asked(999_999), { at: later(LONGEST_PAUSE_MS) })
})

t.test('410 ends it at once', async (t) => {
  t.match(after(undefined, { status: 410 }), { next: 'switch-off', why: 'gone', streak: { attempts: 1 } })
})

t.test('three days of failures end it, if it was tried often enough in them', async (t) => {
  const since = later(-72 * HOUR)
  const failed = (attempts: number, from: Date) => after({ attempts, since: from }, { fault: 'unreachable' })
  t.match(failed(11, since), { next: 'switch-off', why: 'failed-long', streak: { attempts: 12, since } })
  t.equal(failed(11, later(-72 * HOUR + 1)).next, 'try-again', 'a millisecond less is not three days')
  t.equal(failed(10, since).next, 'try-again', 'a clock that jumped is no failure')
})

t.test('a streak that began later than now, by a clock that was set back, begins now', async (t) => {
  const then = after({ attempts: 20, since: later(HOUR) }, { status: 503 })
  t.match(then, { next: 'try-again', streak: { attempts: 21, since: NOW } })
})
