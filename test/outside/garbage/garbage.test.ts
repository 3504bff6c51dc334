import t from 'tap'
import { startHub } from '../hub-process.ts'
import { hangUp } from '../wire.ts'
import { openWorld } from '../world.ts'
import { campaign } from './campaign.ts'
import { FIXTURES, sendFixture } from './fixtures.ts'
import { validRequests } from './material.ts'

/*
 * Each valid request broken in some way, thousands of times from one seed: whatever comes, the hub answers as it is
 * described, without a fault of its own, keeps what it took as it was sent, and lives. `npm run garbage` goes on.
 */

const SEED = 20_261_129
const COUNT = 3_000
/** More than a hub needs for anything that fits into its limits. */
const MOST_MEMORY = 900

const hub = await startHub({ RATE_PER_CLIENT: '0', RATE_PER_ADDRESS: '0', TOKEN_RATE_PER_ADDRESS: '0' })
t.teardown(async () => {
  hangUp()
  await hub.stop()
})
const world = await openWorld(hub.url)
const recorded = await validRequests(world)

t.test('what was found once is answered as it should be', async (t) => {
  for (const fixture of FIXTURES) {
    const { status } = await sendFixture(world, recorded, fixture)
    t.ok(fixture.statuses.includes(status), `${fixture.about}: ${status}`)
  }
  t.same(world.faults, [], 'and as it is described')
})

t.test('no garbage is taken, kept as something else, or answered with a fault', async (t) => {
  const found = await campaign(world, hub, recorded, { seed: SEED, count: COUNT })
  t.comment(JSON.stringify({ statuses: found.statuses, kinds: found.kinds, memory: found.memory }))
  t.same(found.faults, [], 'no rule was broken')
  t.ok(hub.isAlive(), 'the process lives')
  t.ok(found.memory < MOST_MEMORY, `${Math.round(found.memory)} MiB were held`)
  t.ok((found.statuses['400'] ?? 0) > COUNT / 10, 'much of it was refused as malformed')
  t.ok(
    (found.statuses['200'] ?? 0) + (found.statuses['201'] ?? 0) > COUNT / 100,
    'some of it was right after all',
  )
})
