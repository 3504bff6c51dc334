import { parseArgs } from 'node:util'
import { play, told } from './play.ts'
import { stepsOf } from './steps.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    steps: { type: 'string', default: '400' },
    every: { type: 'string', default: '20' },
    tries: { type: 'string', default: '120' },
  },
})
const seed = Number(values.seed)
const began = Date.now()
const steps = stepsOf(seed, Number(values.steps))
const { done, find } = await play(steps, Number(values.every))
for (const [what, times] of [...done].sort()) process.stdout.write(`${String(times).padStart(6)} ${what}\n`)
const seconds = Math.round((Date.now() - began) / 1_000)
process.stdout.write(
  `seed ${seed}, ${steps.length} steps, ${seconds} s: ${find === undefined ? 'all holds' : 'a find'}\n`,
)
if (find !== undefined) {
  process.stdout.write(`after step ${find.after}: ${find.message}\n`)
  process.stdout.write(`${await told(steps, find, Number(values.tries))}\n`)
  process.exitCode = 1
}
