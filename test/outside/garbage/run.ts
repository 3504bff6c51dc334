import { parseArgs } from 'node:util'
import { startHub } from '../hub-process.ts'
import { hangUp } from '../wire.ts'
import { openWorld } from '../world.ts'
import { campaign } from './campaign.ts'
import { validRequests } from './material.ts'

// `npm run garbage -- --seed 7 --count 100000`: the same as the test, for as long as there is time.
const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '20000' } },
})
const hub = await startHub({ RATE_PER_CLIENT: '0', RATE_PER_ADDRESS: '0', TOKEN_RATE_PER_ADDRESS: '0' })
try {
  const world = await openWorld(hub.url)
  const found = await campaign(world, hub, await validRequests(world), {
    seed: Number(values.seed),
    count: Number(values.count),
  })
  process.stdout.write(`${JSON.stringify(found, null, 2)}\n`)
  if (found.faults.length > 0) process.exitCode = 1
} finally {
  hangUp()
  await hub.stop()
}
