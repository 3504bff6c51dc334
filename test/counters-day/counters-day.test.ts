import t from 'tap'
import { FINDS } from './finds.ts'
import { play } from './play.ts'
import { stepsOf } from './steps.ts'

/** Days that are played here; `npm run counters-day -- --seed S --steps N` plays others, and shortens what it finds. */
const SEEDS = [20_261_129, 2]
const STEPS = 260
const SEEN = ['hand-over', 'return', 'reverse', 'release', 'cancel', 'pay-back', 'close']

t.test(
  'MZ-6.5 MZ-6.7 MZ-7.3 whatever happens at the counter, in any order',
  { timeout: 280_000 },
  async (t) => {
    const seen = new Set<string>()
    for (const seed of SEEDS) {
      const { done, find } = await play(stepsOf(seed, STEPS), 40)
      t.equal(find, undefined, `money and goods stay together (seed ${seed})`)
      for (const kind of done.keys()) seen.add(kind)
    }
    t.same(
      SEEN.filter((kind) => !seen.has(kind)),
      [],
      'the days had something of everything',
    )
  },
)

for (const { what, steps } of FINDS) {
  t.test(`MZ-6.5 ${what}`, async (t) => {
    t.equal((await play(steps, 1)).find, undefined)
  })
}
