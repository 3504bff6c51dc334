import { GOOD_DAY, type Mood, startPayerSimulator, WORST_DAY } from './payer/simulator.ts'

/*
 * A core system to try the hub against: PAYER_SECRET as the hub has it, PORT, SEED, and MOOD (`good`, `worst`, or a
 * JSON object with members of Mood).
 */
const { PAYER_SECRET: secret, PORT = '8090', SEED = '1', MOOD = 'good' } = process.env
if (secret === undefined || secret.length < 16) {
  process.stderr.write('PAYER_SECRET is missing: expected the shared secret of 16 characters or more.\n')
  process.exit(1)
}

function moodOf(text: string): Mood {
  if (text === 'good') return GOOD_DAY
  if (text === 'worst') return WORST_DAY
  return { ...GOOD_DAY, ...(JSON.parse(text) as Partial<Mood>) }
}

const simulator = await startPayerSimulator({
  secret,
  seed: Number(SEED),
  mood: moodOf(MOOD),
  port: Number(PORT),
  now: () => new Date(),
})
process.stdout.write(`payer simulator listens on ${simulator.url}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void simulator.close().then(() => process.exit(0)))
}
