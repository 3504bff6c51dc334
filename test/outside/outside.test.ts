import { writeFileSync } from 'node:fs'
import t from 'tap'
import { examplesOf } from './examples-of.ts'
import { startHub } from './hub-process.ts'
import { admissionRefused, conduct } from './journeys/admissions.ts'
import { callbacks } from './journeys/callbacks.ts'
import { capitation, clearsTheMonth, endOf, supplyForTheMonth } from './journeys/clearing.ts'
import { eventStream } from './journeys/events.ts'
import { hospitalOfTheCentre, pharmacyOfTheCentre } from './journeys/national.ts'
import { onPaper, refusedElsewhere } from './journeys/paper.ts'
import { yearFromElsewhere } from './journeys/person-year.ts'
import { openToAll, operatorTidiesUp } from './journeys/public.ts'
import { agencyRegisters, registersAsTables } from './journeys/registers.ts'
import { boughtElsewhere, payerAway } from './journeys/reimbursement.ts'
import { stockAndBooks } from './journeys/stock.ts'
import { hospitalPushes, patientOpensTheLink, pharmacySupplies, takenBack } from './journeys/supply.ts'
import { awayFromMidnight, dayOf, placeOf } from './place.ts'
import { headAlone, inEveryTransport, isRepeatable, succeeded, withOneThingWrong } from './sweep.ts'
import { hangUp } from './wire.ts'
import { openWorld, type World } from './world.ts'

/*
 * Every operation of the API description, over a real socket, by programs that know the description and the sandbox.
 * Each answer is held against the description: its status, its headers, its media type and its body.
 */

// Nothing listens on that port: the hub's payer is away.
const AWAY = {
  PAYER_URL: 'http://127.0.0.1:9',
  PAYER_SECRET: 'a secret of ours two',
  SETTLEMENT_PATIENCE_SECONDS: '1',
}
const [hub, away] = await Promise.all([startHub(), startHub(AWAY, ['441400'])])
t.teardown(async () => {
  hangUp()
  await Promise.all([hub.stop(), away.stop()])
})
const world = await openWorld(hub.url)
const withoutPayer = await openWorld(away.url, world)
await awayFromMidnight(world)
await awayFromMidnight(withoutPayer)
const meizhou = placeOf(world, '441400')
const [shanxi, fushun, deyang] = ['140000', '210400', '510600'].map((code) => placeOf(world, code)) as [
  typeof meizhou,
  typeof meizhou,
  typeof meizhou,
]

/** What has gone over the wire in every way already. */
const carried = new Set<string>()

/** Sends what a journey wrote again in every way, while its keys are remembered. */
async function carryAgain(at: World): Promise<string[]> {
  const different: string[] = []
  for (const one of succeeded(at).filter(isRepeatable)) {
    if (carried.has(one.operation.id)) continue
    carried.add(one.operation.id)
    different.push(...(await inEveryTransport(at, one)))
  }
  return different
}

/** One journey as a test: it gets where it goes, and nothing on the way is other than described. */
function journey(name: string, walk: () => Promise<void>, at: World = world): void {
  t.test(name, async (t) => {
    const before = at.faults.length
    await walk()
    t.same(await carryAgain(at), [], 'a body has the same effect however it comes')
    t.same(at.faults.slice(before), [], 'every answer is as it is described')
  })
}

journey('anybody reads what is public', () => openToAll(world))
journey('MZ-6.1 a hospital pushes, sends again, renews and cancels', () => hospitalPushes(meizhou))
journey('MZ-6.3 a patient opens the link and chooses', () => patientOpensTheLink(meizhou))
journey('MZ-6.4 a pharmacy takes, settles, hands over and takes back', () => pharmacySupplies(meizhou))
journey('MZ-6.7 settlements and goods are taken back by whoever may', () => takenBack(meizhou))
journey('a hospital of the national interface checks, has signed, uploads, asks and withdraws', () =>
  hospitalOfTheCentre(meizhou),
)
journey('a pharmacy of the national interface sells to whoever comes with a card, and takes it back', () =>
  pharmacyOfTheCentre(meizhou),
)
journey('MZ-7.5 a prescription on paper', () => onPaper(meizhou))
journey('a prescription from elsewhere is refused', () => refusedElsewhere(meizhou))
journey('a pharmacy follows the stream of events', () => eventStream(meizhou))
journey('a hospital has its events sent', () => callbacks(meizhou))
journey('the agency keeps the registers', () => agencyRegisters(meizhou))
journey('a register goes out as a table and comes in again', () => registersAsTables(meizhou))
journey('MZ-9.4a a pharmacy reports its stock and its books, ten megabytes at once', () =>
  stockAndBooks(meizhou),
)
journey('MZ-7.2 what was used up of a year elsewhere is stated, corrected and read', () =>
  yearFromElsewhere(meizhou),
)
journey('SX-4.2 an admission is refused and the patient reads why', () => admissionRefused(shanxi))
journey('SC-P2 sanctions, complaints and the record of them', () => conduct(deyang))
journey('SX-16 what was bought elsewhere is claimed', () => boughtElsewhere(shanxi))
journey(
  'MZ-6.7 a settlement that cannot be had is reimbursed by hand',
  () => payerAway(placeOf(withoutPayer, '441400')),
  withoutPayer,
)
journey('an operator tidies up', () => operatorTidiesUp(meizhou))
journey('MZ-7.3 a month is cleared', async () => {
  const month = dayOf(await world.now()).slice(0, 7)
  // Where the fund deducts what the hospital collected for a stay (MZ-7.4), so that the hospital has lines too.
  await supplyForTheMonth(meizhou, 'ZY-1')
  await endOf(meizhou, month)
  await clearsTheMonth(meizhou, month)
})
journey('FS-3.5a a year of capitation is settled', () => capitation(fushun))

// `npm run examples`: what was really asked and answered becomes the examples of the description.
const examples = process.env['KEEP_EXAMPLES']
if (examples !== undefined) {
  t.test('the examples of the description are kept', async () => {
    const kept = examplesOf([...world.recorded, ...withoutPayer.recorded])
    writeFileSync(examples, `${JSON.stringify(kept, null, 1)}\n`)
  })
}

t.test('every operation refuses what is wrong with any request, and answers HEAD as GET', async (t) => {
  const before = world.faults.length
  const missed: string[] = []
  for (const one of succeeded(world)) {
    missed.push(...(await withOneThingWrong(world, one)), ...(await headAlone(world, one)))
  }
  t.same(missed, [], 'nothing wrong is let through')
  t.same(world.faults.slice(before), [], 'every refusal is as it is described')
})

t.test('every operation was reached, and refused', async (t) => {
  t.comment(world.coverage.table().join('\n'))
  t.same(world.coverage.missing(), [], 'no operation is left out')
})
