import { createHash } from 'node:crypto'
import t from 'tap'
import { CHAIN_START, chainedBytes } from '../../src/domain/lifecycle/event.ts'
import { Problem } from '../../src/domain/problems.ts'
import { listEvents } from '../../src/storage/prescription/read.ts'
import { cancelPrescription } from '../../src/usecases/cancel-prescription.ts'
import { deferSettlement } from '../../src/usecases/defer-settlement.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import { releasePrescription } from '../../src/usecases/release-prescription.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { returnGoods, returnSupplied } from '../../src/usecases/return-goods.ts'
import { reverseSettlement } from '../../src/usecases/reverse-settlement.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { sweepExpired, sweepHolds, sweepUncollected } from '../../src/usecases/sweep.ts'
import { uncataloguedEvents } from '../support/event-catalogue.ts'
import { exhausted } from '../support/exhausted.ts'
import { aWrite, testHub } from '../support/hub.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { walker } from '../support/journey.ts'

/** A small generator of our own, so that a failure can be run again. @see Marsaglia, Xorshift RNGs, 2003 */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

const SEED = Number(process.env['WALK_SEED'] ?? 20261122)
const STEPS = Number(process.env['WALK_STEPS'] ?? 900)

t.test(`whatever anybody asks in whatever order, the invariants hold (seed ${SEED})`, async (t) => {
  const hub = await testHub(t, { max: 16 })
  const walk = walker(hub)
  const random = randomFrom(SEED)
  const { deps, world } = hub
  const { cast } = world
  const people = [cast.person, cast.employee, cast.resident, cast.assisted, cast.specialDiseasePerson]
  const all: Awaited<ReturnType<typeof walk.submitted>>[] = []
  for (let i = 0; i < 12; i += 1) all.push(await walk.submitted({ person: people[i % people.length]! }))
  const pharmacies = [hub.pharmacy(), hub.pharmacy(cast.secondPharmacy.institutionId)]
  const hospital = hub.hospital()
  const given = new Map<string, ReturnType<typeof walk.handOverOf>>()

  const commands: ((no: string, content: (typeof all)[number]['content']) => Promise<unknown>)[] = [
    (no) => walk.choose(no, pharmacies[random(2)]!.institutionId),
    (no) => walk.take(no, pharmacies[random(2)]!),
    (no) => walk.review(no, pharmacies[0], cast.pharmacist.practitionerId),
    (no) => walk.review(no, pharmacies[1], cast.secondPharmacist.practitionerId),
    (no, content) => {
      const by = pharmacies[random(2)]!
      return requestSettlement(deps, by, aWrite(by), no, { lines: walk.lines(content) })
    },
    async (no) => {
      const { rows } = await deps.pool.query(
        'select settlement_id from settlement where prescription_no = $1 order by requested_at desc limit 1',
        [no],
      )
      const job = { regionCode: world.regionCode, settlementId: rows[0]?.settlement_id }
      if (job.settlementId === undefined) return
      await (random(6) === 0 ? exhausted(deps, job) : settlePrescription(deps, job))
    },
    (no) => deferSettlement(deps, hub.agency(), aWrite(hub.agency()), no, 'walk'),
    (no, content) => {
      const by = pharmacies[random(2)]!
      const handed = given.get(no) ?? walk.handOverOf(content)
      given.set(no, handed)
      return handOver(deps, by, aWrite(by), no, handed)
    },
    (no) => reverseSettlement(deps, pharmacies[random(2)]!, aWrite(pharmacies[0]!), no, 'walk'),
    (no) => returnGoods(deps, pharmacies[random(2)]!, aWrite(pharmacies[0]!), no, 'walk'),
    (no) => releasePrescription(deps, pharmacies[random(2)]!, aWrite(pharmacies[0]!), no, 'walk'),
    (no) =>
      random(8) === 0 ? cancelPrescription(deps, hospital, aWrite(hospital), no, 'walk') : Promise.resolve(),
    () => sweepHolds(deps),
    () => sweepExpired(deps),
    () => sweepUncollected(deps),
    async (no) => {
      const { rows } = await deps.pool.query<{ dispense_id: string }>(
        'select dispense_id from dispense where prescription_no = $1 and handed_over_at is not null',
        [no],
      )
      if (rows.length === 0) return
      const by = random(3) === 0 ? hub.agency() : pharmacies[random(2)]!
      await returnSupplied(deps, by, aWrite(by), {
        dispenseId: rows[random(rows.length)]!.dispense_id,
        reasonCode: random(2) === 0 ? 'recall' : 'dispensing-error',
        patientPaid: random(2) === 0,
        ...(random(3) === 0 ? {} : { lines: [{ lineNo: 1, quantity: String(1 + random(6)) }] }),
      })
    },
  ]
  // Steps that lead on come up more often, or nothing would ever get far.
  const weighted = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5, 6, 7, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15]
  const refusals = new Map<string, number>()
  for (let step = 0; step < STEPS; step += 8) {
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const { no, content } = all[random(all.length)]!
        try {
          await commands[weighted[random(weighted.length)]!]!(no, content)
        } catch (error) {
          if (!(error instanceof Problem)) throw error
          refusals.set(error.code, (refusals.get(error.code) ?? 0) + 1)
        }
      }),
    )
    hub.now = new Date(hub.now.getTime() + random(90_000))
    if (random(40) === 0) hub.now = new Date(hub.now.getTime() + 1_900_000)
  }
  t.same(await brokenInvariants(deps.pool), [])
  // What nobody collects any more is taken back, and nothing stays settled for ever.
  hub.now = new Date(hub.now.getTime() + 10 * 24 * 3_600_000)
  for (const sweep of [sweepHolds, sweepUncollected, sweepExpired]) await sweep(deps)
  const { rows: left } = await deps.pool.query(
    `select state from prescription_state where state in ('open', 'chosen', 'held', 'reviewed', 'settled', 'deferred')`,
  )
  t.same(left, [])
  t.same(await brokenInvariants(deps.pool), [])
  t.notOk(refusals.has('internal-error'))
  const { rows } = await deps.pool.query<{ type: string }>('select distinct type from prescription_event')
  t.ok(rows.length >= 9, `the walk got around: ${rows.map((row) => row.type).join(', ')}`)
  t.same(await uncataloguedEvents(deps.pool), [], 'the catalogue of events says what is written')
  for (const { no } of all) {
    let previous: Uint8Array = CHAIN_START
    for (const event of await listEvents(deps.pool, world.regionCode, no)) {
      const bytes = chainedBytes(previous, {
        ...event,
        regionCode: world.regionCode,
        data: JSON.parse(event.data),
      })
      const hash = createHash('sha256').update(bytes).digest()
      if (!hash.equals(event.hash)) t.fail(`the chain of ${no} breaks at revision ${event.revision}`)
      previous = event.hash
    }
  }
})
