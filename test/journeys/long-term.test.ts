import { buffer } from 'node:stream/consumers'
import t from 'tap'
import type { PrescriptionChoice } from '../../src/embedded/sandbox/sample-prescription.ts'
import { cancelPrescription } from '../../src/usecases/cancel-prescription.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import type { Patient } from '../../src/usecases/patient/find-patient.ts'
import { patientPaper } from '../../src/usecases/patient/patient-papers.ts'
import { viewPrescription } from '../../src/usecases/patient/view-prescription.ts'
import { listOwnSettlements } from '../../src/usecases/pharmacy/statement.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { sweepExpired } from '../../src/usecases/sweep.ts'
import { aWrite, type TestHub, testHub } from '../support/hub.ts'
import { PATIENT, walker } from '../support/journey.ts'
import { refusedBy } from '../support/refusals.ts'
import { endToday, findingsAt, register } from '../support/region.ts'

const DAY = 86_400_000
/** Three windows later the year, its qualifications and its agreements have not ended. */
const JUNE = new Date('2026-06-01T02:00:00.000Z')
/** One unit a day for ninety days. */
const LONG_TERM: PrescriptionChoice = { days: 90, quantity: 90, document: { longTerm: true } }

async function balanceOf(hub: TestHub, no: string) {
  const { rows } = await hub.deps.pool.query(
    `select dispensed::float8 as dispensed, cancelled::float8 as cancelled, remaining::float8 as remaining
       from prescription_line where prescription_no = $1`,
    [no],
  )
  return rows[0]
}

/** Chooses, takes, reviews, and asks for the settlement of some units. */
async function ask(hub: TestHub, no: string, quantity: string) {
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  await walk.choose(no)
  await walk.take(no)
  await walk.review(no)
  return await requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), no, { lines: lineOf(hub, quantity) })
}

function lineOf(hub: TestHub, quantity: string) {
  const { stock, cast } = hub.world
  const price = stock.find(
    (each) =>
      each.pharmacyId === cast.designatedPharmacy.institutionId && each.drugCode === cast.drug.drugCode,
  )
  return [{ lineNo: 1, quantity, unitPriceFen: price!.unitPriceFen }]
}

async function window(hub: TestHub, no: string, quantity: string) {
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const { body } = await ask(hub, no, quantity)
  await settlePrescription(hub.deps, {
    regionCode: hub.world.regionCode,
    settlementId: body.settlementId,
  })
  return (
    await handOver(hub.deps, pharmacy, aWrite(pharmacy), no, walk.handOverOf({ lines: [{ lineNo: 1 }] }))
  ).body
}

for (const [region, duty] of [
  ['210400', 'FS-3.4'],
  ['510600', 'SC-N3'],
] as const) {
  t.test(`${duty} a long-term prescription is supplied in three windows`, async (t) => {
    const hub = await testHub(t, { regions: [region], now: JUNE })
    const issued = hub.now.getTime()
    const at = (days: number) => {
      hub.now = new Date(issued + days * DAY)
    }
    const walk = walker(hub)
    const { no, receipt } = await walk.submitted(LONG_TERM)
    t.equal(
      receipt.expiresAt,
      '2026-08-29T16:00:00.000Z',
      'valid for ninety days, the day of issue being the first',
    )

    await t.test(`${duty} more than one window at once is refused`, async (t) => {
      t.same(await refusedBy(ask(hub, no, '31')), [`${duty} supply-window`])
      t.equal(await walk.stateOf(no), 'reviewed', 'the pharmacy may ask for less')
      const pharmacy = hub.pharmacy()
      const { body } = await requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), no, {
        lines: lineOf(hub, '30'),
      })
      await settlePrescription(hub.deps, { regionCode: region, settlementId: body.settlementId })
      const given = walk.handOverOf({ lines: [{ lineNo: 1 }] })
      const { body: first } = await handOver(hub.deps, pharmacy, aWrite(pharmacy), no, given)
      t.equal(first.state, 'open')
      t.match(await balanceOf(hub, no), { dispensed: 30, cancelled: 0, remaining: 60 })
    })

    await t.test(`${duty} a second supply comes at most a week early`, async (t) => {
      at(22)
      t.same(await refusedBy(ask(hub, no, '30')), [`${duty} supply-window`])
      at(23)
      t.equal((await window(hub, no, '30')).state, 'open')
      t.match(await balanceOf(hub, no), { dispensed: 60, cancelled: 0, remaining: 30 })
    })

    await t.test(`${duty} the last window ends the prescription`, async (t) => {
      at(53)
      t.equal((await window(hub, no, '30')).state, 'dispensed')
      t.match(await balanceOf(hub, no), { dispensed: 90, cancelled: 0, remaining: 0 })
      const { rows } = await hub.deps.pool.query(
        `select count(*)::int as settled, (select coalesce(sum(amount_fen), 0)::int from posting_line) as total
           from settlement where prescription_no = $1 and status = 'settled'`,
        [no],
      )
      t.same(rows, [{ settled: 3, total: 0 }], 'each window was settled and the ledger balances')
    })

    await t.test(`${duty} patient and pharmacy get the papers of each supply`, async (t) => {
      const patient = { link: { regionCode: region, prescriptionNo: no }, caller: PATIENT(hub) } as Patient
      const view = await viewPrescription(hub.deps, patient)
      const all = ['settlement', 'fee-list', 'receipt']
      t.same(
        view.papers.map(({ papers, settledAt }) => [papers, settledAt.getTime() - issued]),
        [53, 23, 0].map((days) => [all, days * DAY]),
      )
      const own = await listOwnSettlements(hub.deps, hub.pharmacy(), no)
      t.same(
        own.map(({ settlementId }) => settlementId),
        view.papers.map(({ settlementId }) => settlementId),
      )
      await t.rejects(listOwnSettlements(hub.deps, hub.pharmacy('P00000000000'), no), {
        code: 'prescription-unknown',
      })
      for (const { settlementId } of own) {
        const file = await buffer(await patientPaper(hub.deps, patient, 'receipt', settlementId))
        t.equal(file.subarray(0, 5).toString('latin1'), '%PDF-')
      }
    })
  })

  t.test(`${duty} what remains is cancelled with the prescription, or ends with its validity`, async (t) => {
    const hub = await testHub(t, { regions: [region], now: JUNE })
    const walk = walker(hub)
    const { no } = await walk.submitted(LONG_TERM)
    await window(hub, no, '30')
    const hospital = hub.hospital()
    const { body } = await cancelPrescription(hub.deps, hospital, aWrite(hospital), no, 'therapy-changed')
    t.equal(body.cancel, 'done')
    t.match(await balanceOf(hub, no), { dispensed: 30, cancelled: 60, remaining: 0 })
    t.match(await refusedBy(ask(hub, no, '30')), ['wrong-state'])

    const person = hub.world.cast[region === '210400' ? 'specialDiseasePerson' : 'resident']
    const { no: other } = await walk.submitted({ ...LONG_TERM, person })
    await window(hub, other, '30')
    hub.now = new Date('2026-08-29T15:59:59.999Z')
    t.equal(await sweepExpired(hub.deps), 0, 'the last millisecond is valid')
    hub.now = new Date('2026-08-29T16:00:00.000Z')
    t.equal(await sweepExpired(hub.deps), 1)
    t.equal(await walk.stateOf(other), 'expired')
    t.match(await balanceOf(hub, other), { dispensed: 30, cancelled: 0, remaining: 60 })
    t.match(await refusedBy(ask(hub, other, '30')), ['prescription-expired'])
  })
}

t.test('FS-3.4 a window that was supplied counts after the rest was cancelled, and no longer', async (t) => {
  const hub = await testHub(t, { regions: ['210400'], now: JUNE })
  const { no } = await walker(hub).submitted(LONG_TERM)
  hub.now = new Date('2026-06-11T02:00:00.000Z')
  await window(hub, no, '30')
  const hospital = hub.hospital()
  await cancelPrescription(hub.deps, hospital, aWrite(hospital), no, 'therapy-changed')
  t.same(await findingsAt(hub), ['FS-3.4 reject'], 'thirty days are at home')
  hub.now = new Date('2026-07-10T02:00:00.000Z')
  t.same(await findingsAt(hub), ['FS-3.4 reject'], 'the last of the thirty days from the hand-over')
  hub.now = new Date('2026-07-11T02:00:00.000Z')
  t.same(await findingsAt(hub), [], 'the sixty days that were never supplied do not count')
})

t.test('FS-3.4 a cancel that waited for a settlement ends what remains at the hand-over', async (t) => {
  const hub = await testHub(t, { regions: ['210400'], now: JUNE })
  const walk = walker(hub)
  const { no } = await walk.submitted(LONG_TERM)
  const { body } = await ask(hub, no, '30')
  const hospital = hub.hospital()
  const asked = await cancelPrescription(hub.deps, hospital, aWrite(hospital), no, 'therapy-changed')
  t.equal(asked.body.cancel, 'pending')
  await settlePrescription(hub.deps, { regionCode: '210400', settlementId: body.settlementId })
  const pharmacy = hub.pharmacy()
  const given = walk.handOverOf({ lines: [{ lineNo: 1 }] })
  const handed = (await handOver(hub.deps, pharmacy, aWrite(pharmacy), no, given)).body
  t.match(handed, { state: 'cancelled', lines: [{ dispensed: '30', cancelled: '60', remaining: '0' }] })
  t.equal(await walk.stateOf(no), 'cancelled')
  t.match(await balanceOf(hub, no), { dispensed: 30, cancelled: 60, remaining: 0 })
})

t.test(
  'FS-3.6 a long-term prescription ends with its year where another institution is chosen',
  async (t) => {
    const hub = await testHub(t, { regions: ['210400'], now: new Date('2026-12-10T02:00:00.000Z') })
    const { cast } = hub.world
    const { personId } = cast.person
    const { no } = await walker(hub).submitted(LONG_TERM)
    t.equal((await window(hub, no, '30')).state, 'open')
    const choose = (hospitalId: string) =>
      register(hub, 'qualification', `choice:${hospitalId}`, {
        personId,
        kind: 'hospital-choice',
        hospitalId,
      })
    hub.now = new Date('2027-01-06T02:00:00.000Z')
    await register(hub, 'qualification', 'form:2027', { personId, kind: 'two-disease' })
    await choose(cast.primaryHospital.institutionId)
    t.same(await refusedBy(ask(hub, no, '30')), ['FS-3.6 qualification-matches'])
    await endToday(hub, 'qualification', `choice:${cast.primaryHospital.institutionId}`)
    await choose(cast.secondaryHospital.institutionId)
    t.ok((await ask(hub, no, '30')).body.settlementId, 'the same institution goes on')
  },
)

t.test('FS-3.4 MZ-6.3 what expired unsupplied is no duplicate, swept or not', async (t) => {
  const hub = await testHub(t, { regions: ['210400'], now: JUNE })
  await walker(hub).submitted()
  hub.now = new Date('2026-06-03T15:59:59.999Z')
  t.same(await findingsAt(hub), ['FS-3.4 reject'])
  hub.now = new Date('2026-06-03T16:00:00.000Z')
  t.same(await findingsAt(hub), [])
})

for (const [region, duty] of [
  ['441400', 'MZ-6.3'],
  ['500000', 'CQ-4.5'],
  ['140000', 'SX-8.1'],
] as const) {
  t.test(`${duty} where the policy allows no long-term prescription, none is accepted`, async (t) => {
    const hub = await testHub(t, { regions: [region] })
    const found = await refusedBy(walker(hub).submitted({ document: { longTerm: true } }))
    t.ok(found.includes(`${duty} long-term-allowed`), found.join())
  })
}
