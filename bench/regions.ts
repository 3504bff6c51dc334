import type { RegisterEntry } from '../src/domain/registers.ts'
import { samplePrescription } from '../src/embedded/sandbox/sample-prescription.ts'
import { addEntries } from '../src/storage/registers.ts'
import { signEnvelope } from '../src/trust/sign-envelope.ts'
import { submitPrescription } from '../src/usecases/submit-prescription.ts'
import { aWrite, type TestHub, testHub } from '../test/support/hub.ts'

/*
 * What five regions in one hub cost against one: the same number of intakes, all in one region or spread over five,
 * in alternating pairs. Facts of an intake are one round trip in both.
 * Usage: npm run bench:regions [-- 5 300]   (pairs, intakes of each half)
 */

const PAIRS = Number(process.argv[2] ?? '5')
const INTAKES = Number(process.argv[3] ?? '300')
/** Enough that nobody comes twice. */
const PERSONS = (PAIRS + 1) * INTAKES * 2 + 1
const REGIONS = ['441400', '500000', '140000', '510600', '210400']

const ends: (() => unknown)[] = []
const scope = { teardown: (end: () => unknown) => void ends.push(end) }
const one = await testHub(scope, { regions: REGIONS.slice(0, 1), max: 8 })
const five = await testHub(scope, { regions: REGIONS, max: 8 })

let numbers = 0

/** Persons like the region's ordinary patient, admissions included, so that nobody's history refuses the next intake. */
async function settle(hub: TestHub, regionCode: string, count: number): Promise<void> {
  const { world } = hub.state.regions.get(regionCode)!
  const { personId } = world.cast.person
  const own = world.entries.filter(
    ({ register, data }) =>
      (register === 'person' || register === 'qualification') &&
      'personId' in data &&
      data.personId === personId,
  )
  const entries = Array.from({ length: count }, (_, i) =>
    own.map(
      (entry) =>
        ({
          ...entry,
          key: `${entry.key}-${i}`,
          data: { ...entry.data, personId: `${personId}-${i}` },
        }) as RegisterEntry,
    ),
  ).flat()
  await addEntries(hub.deps.pool, regionCode, entries, { author: 'bench', reason: 'bench', at: hub.now })
}

/** A signed push of one region of a hub. */
function push(hub: TestHub, regionCode: string) {
  const { world, keys } = hub.state.regions.get(regionCode)!
  const { hospital, physician } = world.cast
  numbers += 1
  const person = { ...world.cast.person, personId: `${world.cast.person.personId}-${numbers % PERSONS}` }
  const issuedAt = new Date(hub.now.getTime() - 60_000)
  const document = Buffer.from(
    JSON.stringify(samplePrescription(world, { person, issuedAt, hospitalPrescriptionNo: `R-${numbers}` })),
  )
  const signers = keys.signers
    .filter(
      (who) =>
        who.standing === 'good' &&
        who.institutionId === hospital.institutionId &&
        (who.purpose !== 'physician' || who.practitionerId === physician.practitionerId),
    )
    .map((who) => ({
      certificate: who.certificatePem,
      key: who.keyPem,
      chain: [hub.state.authority.intermediate.certificatePem],
    }))
  const caller = {
    kind: 'hospital' as const,
    id: `sandbox-hospital-${hospital.institutionId}`,
    regionCode,
    institutionId: hospital.institutionId,
  }
  return { caller, envelope: { document, signature: signEnvelope(document, signers, issuedAt) } }
}

/** Intakes per second, eight in flight; signing is done before the clock starts. */
async function speed(hub: TestHub, regions: readonly string[]): Promise<number> {
  const work = Array.from({ length: INTAKES }, (_, i) => push(hub, regions[i % regions.length]!))
  const begin = performance.now()
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let it = work.pop(); it !== undefined; it = work.pop()) {
        await submitPrescription(hub.deps, it.caller, aWrite(it.caller), it.envelope)
      }
    }),
  )
  return (INTAKES * 1000) / (performance.now() - begin)
}

await settle(one, REGIONS[0]!, PERSONS)
for (const region of REGIONS) await settle(five, region, PERSONS)
for (const hub of [one, five]) await hub.deps.pool.query('analyze')
await speed(one, REGIONS.slice(0, 1))
await speed(five, REGIONS)
const ratios: number[] = []
for (let pair = 0; pair < PAIRS; pair += 1) {
  const alone = await speed(one, REGIONS.slice(0, 1))
  const spread = await speed(five, REGIONS)
  ratios.push(spread / alone)
  process.stdout.write(`${JSON.stringify({ pair, one: Math.round(alone), five: Math.round(spread) })}\n`)
}
const median = [...ratios].sort((a, b) => a - b)[Math.floor(ratios.length / 2)]!
process.stdout.write(
  `${JSON.stringify({ figure: 'intakes of five regions : of one', value: Number(median.toFixed(3)), unit: 'ratio' })}\n`,
)
for (const end of ends) await end()
process.exit(0)
