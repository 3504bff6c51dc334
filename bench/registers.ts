import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { importRegister, registerCorrections } from '../src/usecases/registers/import-register.ts'
import { testHub } from '../test/support/hub.ts'

/*
 * A table of 100,000 insured persons with 37 faults: told by line, the good lines taken, the list of corrections mended
 * and taken in one step, and the whole table sent again.
 * Usage: npm run bench:registers [-- 100000 37]   (persons, faults)
 */

const PERSONS = Number(process.argv[2] ?? '100000')
const FAULTS = Number(process.argv[3] ?? '37')
const EVERY = Math.floor(PERSONS / FAULTS)
const HEADER =
  'personId,name,idNumber,phone,birthDate,sex,scheme,standing,assistance,insuredRegion,countyCode'

const ends: (() => unknown)[] = []
const hub = await testHub({ teardown: (end) => void ends.push(end) })
const agency = hub.agency()
const line = (number: number, day: string) =>
  `B${String(number).padStart(9, '0')},参保人${number},44140219600101${number},07532222222,${day},male,resident,active,none,441400,441402`
const isFaulty = (number: number) => number % EVERY === 0 && number / EVERY < FAULTS
const table = (mended: boolean) =>
  [
    HEADER,
    ...Array.from({ length: PERSONS }, (_, number) =>
      line(number, !mended && isFaulty(number) ? '31/01/1960' : '1960-01-01'),
    ),
  ].join('\r\n')
const HOW = { format: 'csv', charset: 'utf-8', reason: 'bench', dryRun: false } as const
const bytes = (content: string) => Readable.from([Buffer.from(content)])
const take = (content: string, goodLines: boolean) =>
  importRegister(hub.deps, agency, 'person', bytes(content), { ...HOW, goodLines })

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const at = performance.now()
  const done = await work()
  console.log(`${what}: ${((performance.now() - at) / 1000).toFixed(1)} s`)
  return done
}

const faulty = table(false)
const refusal = await timed('all or nothing, told by line', () => take(faulty, false).catch((error) => error))
console.log(JSON.stringify(refusal.details), refusal.fields.length, 'lines told')
const taken = await timed('good lines taken', () => take(faulty, true))
console.log(`added ${taken.added}, left out ${taken.leftOut?.faults}`)
const list = await timed('list of corrections', async () =>
  text(await registerCorrections(hub.deps, agency, 'person', bytes(faulty), HOW)),
)
const mended = await timed('mended list taken', () =>
  take(list.replaceAll('31/01/1960', '1960-01-01'), false),
)
console.log(`added ${mended.added}`)
const again = await timed('the whole table again', () => take(table(true), false))
console.log(`unchanged ${again.unchanged} of ${again.lines}`)
for (const end of ends.reverse()) await end()
