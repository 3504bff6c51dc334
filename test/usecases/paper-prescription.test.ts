import t from 'tap'
import { Problem } from '../../src/domain/problems.ts'
import type { PaperEntry } from '../../src/usecases/enter-paper-prescription.ts'
import { enterPaperPrescription } from '../../src/usecases/enter-paper-prescription.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import { confirmPaper, type PaperDecision } from '../../src/usecases/hospital/confirm-paper.ts'
import { readPaperPrescriptions, readPaperScan } from '../../src/usecases/read-paper-prescriptions.ts'
import { releasePrescription } from '../../src/usecases/release-prescription.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { submitPrescription } from '../../src/usecases/submit-prescription.ts'
import { aWrite, type TestHub, testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'
import { A_SCAN, entered, paperOf, sha256Of } from '../support/paper.ts'

const problem = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof Problem ? error : undefined
}
const codeOf = async (work: Promise<unknown>) => (await problem(work))?.code

async function settle(hub: TestHub, it: Awaited<ReturnType<typeof entered>>) {
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  await walk.review(it.no)
  const { body } = await requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), it.no, {
    lines: walk.lines(it.content),
  })
  await settlePrescription(hub.deps, { regionCode: hub.world.regionCode, settlementId: body.settlementId })
}

const answer = (hub: TestHub, no: string, decision: PaperDecision, hospital = hub.hospital()) =>
  confirmPaper(
    hub.deps,
    { ...hospital, institutionId: hospital.institutionId! },
    aWrite(hospital),
    no,
    decision,
  )
const OBJECT = { decision: 'object', reasonCode: 'not-issued-here' } as const
const rowsOf = async (hub: TestHub) =>
  (await hub.deps.pool.query('select count(*)::int as n from prescription')).rows[0].n
const listOf = async (hub: TestHub, state?: 'unconfirmed' | 'confirmed' | 'objected') =>
  (
    await readPaperPrescriptions(hub.deps, hub.agency(), {
      limit: 50,
      ...(state === undefined ? {} : { state }),
    })
  ).items

t.test('MZ-7.5 a paper prescription is entered, held, settled, dispensed and confirmed', async (t) => {
  const hub = await testHub(t)
  const pharmacy = hub.pharmacy()
  const { entry, content } = paperOf(hub)
  const request = aWrite(pharmacy)
  const first = await enterPaperPrescription(hub.deps, pharmacy, request, entry)
  t.match(first, { status: 201, isReplay: false, body: { state: 'held', origin: 'paper' } })
  t.same(first.body.prescription, content)
  t.same(
    (await enterPaperPrescription(hub.deps, pharmacy, request, entry)).body,
    JSON.parse(JSON.stringify(first.body)),
    'sent again, it gives the same answer',
  )
  t.equal(await rowsOf(hub), 1)
  const no = first.body.prescriptionNo
  const { rows } = await hub.deps.pool.query(
    'select document, signature, verdict, signed_at from prescription',
  )
  t.ok(rows[0].document.equals(entry.document), 'stored as received')
  t.equal(rows[0].signature.length, 0)
  t.same(JSON.parse(rows[0].verdict), { status: 'paper', signers: [], evidence: [] })
  t.equal(rows[0].signed_at, null)
  const decisions = await hub.deps.pool.query('select step, facts, refused from decision order by step')
  t.same(
    decisions.rows.map(({ step, refused, facts }) => [step, refused, JSON.parse(facts).prescription.origin]),
    [
      ['choice', false, 'paper'],
      ['intake', false, 'paper'],
      ['taking', false, 'paper'],
    ],
  )
  await settle(hub, { no, taken: first.body, entry, content })
  await handOver(hub.deps, pharmacy, aWrite(pharmacy), no, walker(hub).handOverOf(content))
  t.equal(await walker(hub).stateOf(no), 'dispensed')
  t.match(await listOf(hub, 'unconfirmed'), [{ prescriptionNo: no, settled: true, scanKeptBy: 'pharmacy' }])
  const confirmed = await answer(hub, no, { decision: 'confirm' })
  t.same(confirmed.body, { prescriptionNo: no, decision: 'confirm', state: 'dispensed' })
  t.equal(await codeOf(answer(hub, no, OBJECT)), 'paper-answered-already')
  t.match(await listOf(hub, 'confirmed'), [{ prescriptionNo: no, state: 'confirmed' }])
  t.same(await listOf(hub, 'unconfirmed'), [])
  const events = await hub.deps.pool.query(
    'select type, actor_kind, data from prescription_event where prescription_no = $1 order by revision',
    [no],
  )
  t.same(
    events.rows.map(({ type, actor_kind }) => `${type} ${actor_kind}`),
    [
      'submitted pharmacy',
      'pharmacy-chosen patient',
      'taken pharmacy',
      'review-approved pharmacy',
      'settlement-requested pharmacy',
      'settled system',
      'handed-over pharmacy',
      'paper-confirmed hospital',
    ],
  )
  t.match(JSON.parse(events.rows[0].data), { origin: 'paper', scanSha256: sha256Of(A_SCAN) })
})

t.test('MZ-7.5 a region whose policy does not speak of paper refuses it and stores nothing', async (t) => {
  for (const region of ['500000', '140000']) {
    const hub = await testHub(t, { regions: [region] })
    const pharmacy = hub.pharmacy()
    const { entry } = paperOf(hub)
    t.equal(
      await codeOf(enterPaperPrescription(hub.deps, pharmacy, aWrite(pharmacy), entry)),
      'paper-not-allowed',
    )
    t.equal(await rowsOf(hub), 0)
  }
})

t.test('MZ-7.5 the rules of intake, choice and taking refuse on paper as they do otherwise', async (t) => {
  const hub = await testHub(t)
  const pharmacy = hub.pharmacy()
  const { cast } = hub.world
  const enter = (choice: object, by = pharmacy, more: Partial<PaperEntry> = {}) =>
    problem(enterPaperPrescription(hub.deps, by, aWrite(by), paperOf(hub, choice, more).entry))
  const refused = await enter({ physician: cast.attending })
  t.equal(refused?.code, 'rules-failed')
  const rules = refused?.findings?.map(({ rule }) => rule)
  t.ok(rules?.includes('physician-title'))
  t.notOk(rules?.includes('signed-by'), 'no rule about signatures')
  const undesignated = hub.pharmacy(cast.undesignatedPharmacy.institutionId)
  t.match((await enter({}, undesignated))?.findings?.[0], { rule: 'designated-institution' })
  t.equal(await rowsOf(hub), 0, 'a refusal at choice takes the intake back')
  t.equal((await enter({}, { ...pharmacy, regionCode: '500000' }))?.code, 'document-of-another')
  const early = new Date(hub.now.getTime() - 60_001).toISOString()
  t.equal((await enter({}, pharmacy, { presentedAt: early }))?.code, 'malformed')
  const late = new Date(hub.now.getTime() + 1).toISOString()
  t.equal((await enter({}, pharmacy, { presentedAt: late }))?.code, 'malformed')
  t.equal(await enter({}, pharmacy, { presentedAt: hub.now.toISOString() }), undefined)
})

t.test('MZ-7.5 MZ-6.3 paper may come late, until its validity ends', async (t) => {
  const hub = await testHub(t)
  const pharmacy = hub.pharmacy()
  const issuedAt = hub.now
  // Issued on 22 November: valid until the end of the 24th.
  const end = new Date('2026-11-24T16:00:00.000Z')
  const enter = () =>
    enterPaperPrescription(
      hub.deps,
      pharmacy,
      aWrite(pharmacy),
      paperOf(hub, { issuedAt }, { presentedAt: issuedAt.toISOString() }).entry,
    )
  hub.now = new Date(end.getTime() - 1)
  t.equal((await enter()).body.state, 'held')
  hub.now = end
  const presented = (at: Date) =>
    enterPaperPrescription(
      hub.deps,
      pharmacy,
      aWrite(pharmacy),
      paperOf(hub, { issuedAt, person: hub.world.cast.resident }, { presentedAt: at.toISOString() }).entry,
    )
  t.equal(await codeOf(presented(end)), 'rules-failed', 'presented after its validity')
})

t.test('MZ-7.5 MZ-6.3 what was supplied in time is entered and settled late, for so many days', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const issuedAt = hub.now
  const enter = (person = hub.world.cast.person) => {
    const presentedAt = new Date('2026-11-24T15:59:59.000Z').toISOString()
    const { entry } = paperOf(hub, { issuedAt, person }, { presentedAt })
    return enterPaperPrescription(hub.deps, pharmacy, aWrite(pharmacy), entry)
  }
  // Presented on 24 November, the last day; thirty days with that one end with 23 December.
  hub.now = new Date('2026-12-23T15:59:00.000Z')
  const { body } = await enter()
  t.match(
    body,
    { state: 'held', expiresAt: '2026-12-25T16:00:00.000Z' },
    'three days to settle, as from an issue',
  )
  await walk.review(body.prescriptionNo)
  t.equal(await walk.stateOf(body.prescriptionNo), 'reviewed')
  hub.now = new Date('2026-12-23T16:00:00.000Z')
  const late = await problem(enter(hub.world.cast.resident))
  t.match(late, { code: 'paper-entered-late', details: { presentedOn: '2026-11-24', days: 30 } })
})

t.test('MZ-7.5 one hospital number is one prescription, on paper or signed, also at once', async (t) => {
  const hub = await testHub(t)
  const pharmacy = hub.pharmacy()
  const other = hub.pharmacy(hub.world.cast.secondPharmacy.institutionId)
  const hospital = hub.hospital()
  const signed = hub.envelope()
  const { entry } = paperOf(hub)
  const paper = { ...entry, document: signed.document }
  const enter = (by = pharmacy) => enterPaperPrescription(hub.deps, by, aWrite(by), paper)
  const both = await Promise.all([enter(), enter(other)].map(codeOf))
  t.same(both.sort(), ['paper-entered-already', undefined])
  t.equal(await codeOf(enter()), 'paper-entered-already')
  const push = submitPrescription(hub.deps, hospital, aWrite(hospital), signed)
  t.equal(await codeOf(push), 'prescription-number-reused', 'not even by the same bytes')
  const { content } = await walker(hub).submitted()
  const again = { ...entry, document: Buffer.from(JSON.stringify(content)) }
  const late = enterPaperPrescription(hub.deps, pharmacy, aWrite(pharmacy), again)
  t.equal(await codeOf(late), 'paper-entered-already')
  t.equal(await rowsOf(hub), 2)
})

t.test('MZ-7.5 what the hospital objects to before the review is not approved any more', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const held = await entered(hub)
  t.match((await answer(hub, held.no, OBJECT)).body, { effect: 'cancel-pending', state: 'held' })
  t.equal(await codeOf(walk.review(held.no)), 'cancel-pending')
  t.equal(await walk.stateOf(held.no), 'held')
})

t.test('MZ-7.5 an objection before settlement is a cancel, pending while a pharmacy holds', async (t) => {
  const hub = await testHub(t)
  const pharmacy = hub.pharmacy()
  const walk = walker(hub)
  const held = await entered(hub)
  await walk.review(held.no)
  t.match((await answer(hub, held.no, OBJECT)).body, { effect: 'cancel-pending', state: 'reviewed' })
  const request = requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), held.no, {
    lines: walk.lines(held.content),
  })
  t.equal(await codeOf(request), 'cancel-pending')
  const release = await releasePrescription(hub.deps, pharmacy, aWrite(pharmacy), held.no, 'patient-left')
  t.equal(release.body.state, 'cancelled')
  const free = await entered(hub)
  await releasePrescription(hub.deps, pharmacy, aWrite(pharmacy), free.no, 'patient-left')
  t.match((await answer(hub, free.no, OBJECT)).body, { effect: 'cancelled', state: 'cancelled' })
  t.match(await listOf(hub, 'objected'), [
    { effect: 'cancel-pending', prescriptionState: 'cancelled', settled: false },
    { effect: 'cancelled', prescriptionState: 'cancelled', objectionCode: 'not-issued-here' },
  ])
})

t.test('MZ-7.5 an objection after settlement is recorded for the agency and moves nothing', async (t) => {
  const hub = await testHub(t)
  const it = await entered(hub)
  await settle(hub, it)
  t.match((await answer(hub, it.no, OBJECT)).body, { effect: 'recorded', state: 'settled' })
  t.equal(await walker(hub).stateOf(it.no), 'settled')
  t.match(await listOf(hub, 'objected'), [{ prescriptionNo: it.no, effect: 'recorded', settled: true }])
  const elsewhere = { ...hub.agency(), regionCode: '500000' }
  t.same((await readPaperPrescriptions(hub.deps, elsewhere, { limit: 50 })).items, [])
})

t.test('MZ-7.5 only the hospital named answers, and only for what came on paper', async (t) => {
  const hub = await testHub(t)
  const it = await entered(hub)
  const stranger = hub.hospital(hub.world.cast.privateHospital.institutionId)
  for (const hospital of [stranger, { ...hub.hospital(), regionCode: '500000' }])
    t.equal(await codeOf(answer(hub, it.no, OBJECT, hospital)), 'prescription-unknown')
  const signed = await walker(hub).submitted()
  t.equal(await codeOf(answer(hub, signed.no, OBJECT)), 'prescription-unknown')
  t.equal(await walker(hub).stateOf(it.no), 'held')
})

t.test('MZ-7.5 a scan is stored when it is what it says, and read by hospital and agency', async (t) => {
  const hub = await testHub(t)
  const pharmacy = hub.pharmacy()
  const enter = (scan: PaperEntry['scan']) =>
    enterPaperPrescription(hub.deps, pharmacy, aWrite(pharmacy), paperOf(hub, {}, { scan }).entry)
  const mediaType = 'application/pdf'
  const sha256 = sha256Of(A_SCAN)
  t.equal(await codeOf(enter({ mediaType: 'image/png', sha256, content: A_SCAN })), 'paper-not-accepted')
  t.equal(
    await codeOf(enter({ mediaType, sha256: sha256Of(Buffer.from('x')), content: A_SCAN })),
    'paper-scan-differs',
  )
  const most = Buffer.alloc(5 * 1024 * 1024)
  A_SCAN.copy(most)
  const more = Buffer.concat([most, Buffer.alloc(1)])
  t.equal(await codeOf(enter({ mediaType, sha256: sha256Of(more), content: more })), 'too-large')
  t.equal((await enter({ mediaType, sha256: sha256Of(most), content: most })).status, 201)
  const { body } = await enter({ mediaType, sha256, content: A_SCAN })
  for (const caller of [hub.hospital(), hub.agency()]) {
    const scan = await readPaperScan(hub.deps, caller, body.prescriptionNo)
    t.ok(scan.content.equals(A_SCAN))
  }
  const kept = await entered(hub)
  t.equal(await codeOf(readPaperScan(hub.deps, hub.agency(), kept.no)), 'not-yours')
  const stranger = hub.hospital(hub.world.cast.privateHospital.institutionId)
  t.equal(await codeOf(readPaperScan(hub.deps, stranger, body.prescriptionNo)), 'prescription-unknown')
})
