import t from 'tap'
import { Problem } from '../../src/domain/problems.ts'
import { cancelPrescription } from '../../src/usecases/cancel-prescription.ts'
import { choosePharmacy } from '../../src/usecases/choose-pharmacy.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { pickupCode } from '../../src/usecases/secrets.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { submitPrescription } from '../../src/usecases/submit-prescription.ts'
import { sweepExpired, sweepHolds } from '../../src/usecases/sweep.ts'
import { takePrescription } from '../../src/usecases/take-prescription.ts'
import { aWrite, testHub } from '../support/hub.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { PATIENT, walker } from '../support/journey.ts'

/** The code of the refusal, or `ok`. */
async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'ok'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

t.test(
  'MZ-6.4 of 200 simultaneous takes by two pharmacies one wins and the other learns who holds it',
  async (t) => {
    const hub = await testHub(t, { max: 16 })
    const walk = walker(hub)
    const { no } = await walk.chosen()
    const rivals = [hub.pharmacy(), hub.pharmacy(hub.world.cast.secondPharmacy.institutionId)]
    const code = { pickupCode: pickupCode(hub.deps.linkKey, no, 2) }
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, at) => rivals[at % 2]!).map((pharmacy) =>
        outcome(takePrescription(hub.deps, pharmacy, aWrite(pharmacy), code)),
      ),
    )
    const [winner, loser] = [0, 1]
      .map((parity) => answers.filter((_, at) => at % 2 === parity))
      .sort((one) => (one[0] === 'ok' ? -1 : 1))
    t.same(new Set(winner), new Set(['ok']), 'the holder is told its own hold each time')
    t.same(new Set(loser), new Set(['held-by-another']))
    const { rows } = await hub.deps.pool.query('select count(*)::int as n from dispense')
    t.equal(rows[0].n, 1, 'and the losers left nothing')
    t.same(await brokenInvariants(hub.deps.pool), [])
  },
)

t.test('two hundred deliveries of the same take have one effect and one answer', async (t) => {
  const hub = await testHub(t, { max: 16 })
  const walk = walker(hub)
  const { no } = await walk.chosen()
  const pharmacy = hub.pharmacy()
  const request = aWrite(pharmacy)
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => takePrescription(hub.deps, pharmacy, request, { prescriptionNo: no })),
  )
  t.equal(new Set(answers.map(({ body }) => body.dispenseId)).size, 1)
  t.equal(answers.filter(({ isReplay }) => !isReplay).length, 1)
})

t.test('of fifty simultaneous pushes of one prescription one is stored and all get its number', async (t) => {
  const hub = await testHub(t, { max: 16 })
  const hospital = hub.hospital()
  const envelope = hub.envelope()
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => submitPrescription(hub.deps, hospital, aWrite(hospital), envelope)),
  )
  t.equal(new Set(answers.map(({ body }) => body.prescriptionNo)).size, 1)
  t.equal(new Set(answers.map(({ body }) => body.patientLink)).size, 1, 'the same link too')
  const { rows } = await hub.deps.pool.query('select count(*)::int as n from prescription')
  t.equal(rows[0].n, 1)
})

t.test(
  'FS-3.4 of ten simultaneous prescriptions of one drug for one person one is stored: each is judged beside the others',
  async (t) => {
    const hub = await testHub(t, { regions: ['210400'], max: 16 })
    const hospital = hub.hospital()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        outcome(submitPrescription(hub.deps, hospital, aWrite(hospital), hub.envelope())),
      ),
    )
    t.same(answers.filter((answer) => answer === 'ok').length, 1)
    t.same(answers.filter((answer) => answer === 'rules-failed').length, 9)
  },
)

t.test('of prescriptions pushed at the same moment a bad one fails alone', async (t) => {
  const hub = await testHub(t, { max: 16 })
  const hospital = hub.hospital()
  const first = hub.envelope()
  const another = hub.sign({ ...first.content, circulation: 'other' })
  const envelopes = [first, another, ...Array.from({ length: 14 }, () => hub.envelope())]
  const answers = await Promise.all(
    envelopes.map((envelope) => outcome(submitPrescription(hub.deps, hospital, aWrite(hospital), envelope))),
  )
  t.same(answers.slice(0, 2).sort(), ['ok', 'prescription-number-reused'])
  t.ok(answers.slice(2).every((answer) => answer === 'ok'))
  const { rows } = await hub.deps.pool.query('select count(*)::int as n from prescription')
  t.equal(rows[0].n, 15)
})

t.test('a cancel against a take ends cancelled, or held with the cancel pending', async (t) => {
  const hub = await testHub(t, { max: 16 })
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const hospital = hub.hospital()
  for (let round = 0; round < 20; round += 1) {
    const { no } = await walk.chosen()
    const [take, cancel] = await Promise.all([
      outcome(takePrescription(hub.deps, pharmacy, aWrite(pharmacy), { prescriptionNo: no })),
      outcome(cancelPrescription(hub.deps, hospital, aWrite(hospital), no, 'wrong-drug')),
    ])
    t.equal(cancel, 'ok', 'the cancel is never lost')
    const { rows } = await hub.deps.pool.query(
      'select state, cancel_pending_at is not null as pending from prescription_state where prescription_no = $1',
      [no],
    )
    if (take === 'ok') t.same(rows, [{ state: 'held', pending: true }])
    else t.same(rows, [{ state: 'cancelled', pending: false }])
  }
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('of ten settlement requests at once one is accepted, and of ten workers one posts', async (t) => {
  const hub = await testHub(t, { max: 16 })
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const { no, content } = await walk.reviewed()
  const requests = await Promise.all(
    Array.from({ length: 10 }, () =>
      outcome(requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), no, { lines: walk.lines(content) })),
    ),
  )
  t.equal(requests.filter((answer) => answer === 'ok').length, 1)
  const { rows } = await hub.deps.pool.query(
    `select settlement_id from settlement where status = 'requested'`,
  )
  t.equal(rows.length, 1)
  const job = { regionCode: hub.world.regionCode, settlementId: rows[0].settlement_id }
  await Promise.all(Array.from({ length: 10 }, () => settlePrescription(hub.deps, job)))
  const posted = await hub.deps.pool.query('select count(*)::int as n from posting')
  t.equal(posted.rows[0].n, 1)
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('MZ-6.3 expiry against hand-over: settled in time is handed over, never expired', async (t) => {
  const hub = await testHub(t, { max: 16 })
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const first = await walk.submitted()
  const expiresAt = new Date(first.receipt.expiresAt)
  hub.now = new Date(expiresAt.getTime() - 60_000)
  const issuedAt = new Date(first.content.issuedAt)
  for (let round = 0; round < 5; round += 1) {
    hub.now = new Date('2026-11-22T02:00:00.000Z')
    const it = await walk.chosen({ issuedAt })
    hub.now = new Date(expiresAt.getTime() - 1)
    await walk.take(it.no)
    await walk.review(it.no)
    const { body } = await requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), it.no, {
      lines: walk.lines(it.content),
    })
    hub.now = expiresAt
    await Promise.all([
      settlePrescription(hub.deps, { regionCode: hub.world.regionCode, settlementId: body.settlementId }),
      sweepExpired(hub.deps),
      sweepHolds(hub.deps),
    ])
    t.equal(await walk.stateOf(it.no), 'settled', 'a settlement under way is finished, not lost')
    const [handed] = await Promise.all([
      outcome(handOver(hub.deps, pharmacy, aWrite(pharmacy), it.no, walk.handOverOf(it.content))),
      sweepExpired(hub.deps),
    ])
    t.equal(handed, 'ok')
    t.equal(await walk.stateOf(it.no), 'dispensed')
  }
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test(
  'MZ-6.4 fifty changes of mind against fifty takes: the taker is the pharmacy chosen last',
  async (t) => {
    const hub = await testHub(t, { max: 16 })
    const walk = walker(hub)
    const patient = PATIENT(hub)
    const one = hub.pharmacy()
    const two = hub.pharmacy(hub.world.cast.secondPharmacy.institutionId)
    const { no } = await walk.chosen()
    await Promise.all(
      Array.from({ length: 50 }, (_, i) => [
        outcome(
          choosePharmacy(
            hub.deps,
            patient,
            aWrite(patient),
            no,
            i % 2 === 0 ? two.institutionId : one.institutionId,
          ),
        ),
        outcome(
          takePrescription(hub.deps, i % 3 === 0 ? two : one, aWrite(one, undefined), { prescriptionNo: no }),
        ),
      ]).flat(),
    )
    const { rows } = await hub.deps.pool.query(
      `select s.pharmacy_id, d.pharmacy_id as holder, s.state from prescription_state s
       left join dispense d on d.dispense_id = s.dispense_id where s.prescription_no = $1`,
      [no],
    )
    if (rows[0].state === 'held') t.equal(rows[0].pharmacy_id, rows[0].holder)
    t.same(await brokenInvariants(hub.deps.pool), [])
  },
)
