import t from 'tap'
import { checkBuyer } from '../../src/usecases/check-buyer.ts'
import { choosePharmacy } from '../../src/usecases/choose-pharmacy.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { reviewPrescription } from '../../src/usecases/review-prescription.ts'
import { admissionApp } from '../http/admissions/apply.ts'
import { wayOverHttp } from '../support/http-way.ts'
import { aWrite } from '../support/hub.ts'
import { PATIENT, THE_PATIENT, walker } from '../support/journey.ts'
import { refusedBy } from '../support/refusals.ts'
import { endToday, findingsAt, register, settled } from '../support/region.ts'

const it = await admissionApp(t, { regions: ['441400'] })
const { hub } = it
const { cast } = hub.world
const walk = walker(hub)
const patient = PATIENT(hub)
const pharmacy = hub.pharmacy()
const choose = (no: string, pharmacyId: string) =>
  choosePharmacy(hub.deps, patient, aWrite(patient), no, pharmacyId)

t.test('MZ-6.1 MZ-6.4 MZ-6.5 over HTTP from the confirmed prescription to the hand-over', async (t) => {
  const way = await wayOverHttp(it, { person: cast.unqualifiedPerson })
  t.same([way.pushed.status, way.chosen, way.taken.status, way.reviewed.status], [201, 303, 200, 200])
  t.match(way.statement.body, { status: 'settled', findings: [] })
  t.match(way.handed, { status: 200, body: { state: 'dispensed' } })
})

t.test('MZ-2 off the list, or a special drug, is refused', async (t) => {
  t.same(await findingsAt(hub), [])
  t.ok((await findingsAt(hub, { drugs: [cast.unlistedDrug] })).includes('MZ-2 reject'))
  for (const drug of [cast.excludedDrug, cast.psychotropicDrug]) {
    t.ok((await findingsAt(hub, { drugs: [drug] })).includes('MZ-2 reject'), drug.genericName)
  }
})

t.test('MZ-4.1 only dual-channel hospitals that are not suspended prescribe', async (t) => {
  const there = { hospital: cast.privateHospital, physician: cast.filedElsewherePhysician }
  t.same(await findingsAt(hub, there), ['MZ-4.1 reject'])
  t.ok((await findingsAt(hub, { hospital: cast.suspendedHospital })).includes('MZ-4.1 reject'))
})

t.test('MZ-4.3b associate chief or above, filed, published, of the matching disease', async (t) => {
  for (const physician of [
    cast.attending,
    cast.notFiledPhysician,
    cast.unpublishedPhysician,
    cast.filedElsewherePhysician,
  ]) {
    t.ok((await findingsAt(hub, { physician })).includes('MZ-4.3b reject'), physician.name)
  }
  t.ok((await findingsAt(hub, { physician: cast.expiredLicencePhysician })).includes('MZ-4.3b reject'))
  t.ok((await findingsAt(hub, { physician: cast.sanctionedPhysician })).includes('MZ-8 reject'))
})

t.test('MZ-4.3b a lower title prescribes by an exception that the agency approved, over HTTP', async (t) => {
  const { practitionerId } = cast.attending
  const { institutionId } = hub.hospital()
  const filed = (titleException: object) =>
    it.as(it.agency, 'POST', '/agency/registers/filing', {
      body: {
        validFrom: '2026-11-22',
        data: {
          practitionerId,
          institutionId,
          role: 'responsible-physician',
          diseases: ['I63'],
          publishedOn: '2026-11-22',
          titleException,
        },
        reason: '原则上要求的例外',
      },
    })
  t.ok((await findingsAt(hub, { physician: cast.attending })).includes('MZ-4.3b reject'))
  await endToday(hub, 'filing', `${practitionerId}:${institutionId}:responsible-physician`)
  t.equal((await filed({ reason: '县域内无副主任医师' })).status, 400, 'an exception names who approved it')
  const approved = { approvedBy: 'JB-01', approvedOn: '2026-11-22', reason: '县域内无副主任医师' }
  t.equal((await filed(approved)).status, 201)
  t.same(await findingsAt(hub, { physician: cast.attending }), [])
})

t.test('MZ-6.1 MZ-6.2 restricted scope confirmed, and no ordinary drug beside', async (t) => {
  t.ok((await findingsAt(hub, { person: cast.suspendedPerson })).includes('MZ-6.1 reject'))
  t.ok((await findingsAt(hub, { person: cast.outsider })).includes('MZ-6.1 reject'))
  const { content } = hub.envelope()
  const lines = content.lines.map((line) => ({ ...line, restrictedScopeConfirmed: false }))
  t.same(await findingsAt(hub, { document: { lines } }), ['MZ-6.1 reject'])
  t.ok((await findingsAt(hub, { drugs: [cast.drug, cast.unlistedDrug] })).includes('MZ-6.2 reject'))
})

t.test('MZ-4.2 MZ-5 only pharmacies with a live agreement, lost at once', async (t) => {
  const { no } = await walk.submitted({ person: cast.resident })
  for (const { institutionId } of [cast.undesignatedPharmacy, cast.endedPharmacy]) {
    t.ok((await refusedBy(choose(no, institutionId))).includes('MZ-5 designated-institution'))
  }
  await choose(no, cast.secondPharmacy.institutionId)
  await endToday(hub, 'designation', `${cast.secondPharmacy.institutionId}:dual-channel`)
  const second = hub.pharmacy(cast.secondPharmacy.institutionId)
  t.ok((await refusedBy(walk.take(no, second))).includes('MZ-5 designated-institution'))
})

t.test('MZ-6.4 the choice may change until a pharmacy has taken the prescription', async (t) => {
  const { no } = await walk.submitted({ person: cast.assisted })
  await choose(no, cast.noStockPharmacy.institutionId)
  await choose(no, pharmacy.institutionId)
  await walk.take(no)
  t.same(await refusedBy(choose(no, cast.noStockPharmacy.institutionId)), ['held-by-another'])
})

t.test('MZ-6.5 review, statement, signature, supply: nothing out of order', async (t) => {
  const { no, content } = await walk.held({ person: cast.lowIncome })
  const give = (more: object = {}) =>
    handOver(hub.deps, pharmacy, aWrite(pharmacy), no, { ...walk.handOverOf(content), ...more })
  t.same(await refusedBy(settled(hub, no, walk.lines(content))), ['wrong-state'], 'before the review')
  const pharmacistId = cast.pharmacist.practitionerId
  await reviewPrescription(hub.deps, pharmacy, aWrite(pharmacy), no, { pharmacistId, decision: 'approve' })
  t.same(await refusedBy(give()), ['wrong-state'], 'before the settlement')
  const ask = () =>
    requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), no, { lines: walk.lines(content) })
  t.same(await refusedBy(ask()), ['MZ-6.5 buyer-identified'], 'before anybody was checked')
  await checkBuyer(hub.deps, pharmacy, aWrite(pharmacy), no, { pharmacistId, buyer: THE_PATIENT })
  t.ok(await settled(hub, no, walk.lines(content)))
  const { statementSignatureRef: _, ...unsigned } = walk.handOverOf(content)
  t.same(await refusedBy(handOver(hub.deps, pharmacy, aWrite(pharmacy), no, unsigned)), [
    'MZ-6.5 statement-signed',
  ])
  t.same(
    await refusedBy(give({ papersIssued: ['receipt', 'fee-list'] })),
    ['MZ-6.5 papers-issued'],
    'receipt, fee list and seal before the medicine',
  )
  const stranger = { relation: 'patient' as const, identityChecked: false }
  t.ok((await refusedBy(give({ buyer: stranger }))).includes('MZ-6.5 buyer-identified'))
  const untraced = content.lines.map(({ lineNo }) => ({
    lineNo,
    batchNo: 'B1',
    expiresOn: '2028-01-01',
    traceCodes: [],
  }))
  t.ok((await refusedBy(give({ lines: untraced }))).includes('MZ-4.3a traceable-supply'))
  t.equal((await give()).body.state, 'dispensed')
})

t.test('MZ-9.4b special storage: delivered to the hospital, free of charge', async (t) => {
  const { practitionerId } = cast.physician
  const { institutionId } = cast.hospital
  await register(hub, 'filing', `${practitionerId}:${institutionId}:diabetes`, {
    practitionerId,
    institutionId,
    role: 'responsible-physician',
    diseases: ['E11'],
    publishedOn: '2026-01-01',
  })
  const { no, content } = await walk.settled({ person: cast.charityPerson, drugs: [cast.coldChainDrug] })
  const give = (way: 'counter' | 'home' | 'hospital', feeFen: number) =>
    handOver(hub.deps, pharmacy, aWrite(pharmacy), no, {
      ...walk.handOverOf(content),
      buyer: { ...THE_PATIENT, receiptSignatureRef: 'QS-1' },
      delivery: { way, feeFen, coldChain: 'cold-delivery', adviceGiven: true },
    })
  for (const [way, fee] of [
    ['counter', 0],
    ['home', 0],
    ['hospital', 1],
  ] as const) {
    t.same(await refusedBy(give(way, fee)), ['MZ-9.4b special-storage-delivered'], `${way} ${fee}`)
  }
  t.equal((await give('hospital', 0)).body.state, 'dispensed')
})

t.test('MZ-6.3 valid to the last millisecond of the third day', async (t) => {
  const { no, receipt } = await walk.submitted({ person: cast.extremePoverty })
  const end = Date.parse(receipt.expiresAt)
  t.equal(receipt.expiresAt, '2026-11-24T16:00:00.000Z')
  const { no: other } = await walk.submitted({ person: cast.specialDiseasePerson })
  hub.now = new Date(end - 1)
  await choose(no, pharmacy.institutionId)
  hub.now = new Date(end)
  t.same(await refusedBy(choose(other, pharmacy.institutionId)), ['prescription-expired'])
})

t.test('MZ-8 more than the days stated use up is accepted with a warning', async (t) => {
  t.same(await findingsAt(hub, { days: 5, quantity: 5, dose: '1' }), [])
  t.same(await findingsAt(hub, { days: 5, quantity: 6, dose: '1' }), ['MZ-8 warn'])
})

t.test('MZ-2 a drug that leaves the list can be prescribed no more', async (t) => {
  hub.now = new Date(hub.now.getTime() + 3_600_000)
  await endToday(hub, 'drug-list', `dual-channel:${cast.publicPriceDrug.drugCode}`)
  t.ok((await findingsAt(hub, { drugs: [cast.publicPriceDrug] })).includes('MZ-2 reject'))
  const data = { listId: 'dual-channel', drugCode: cast.publicPriceDrug.drugCode }
  await register(hub, 'drug-list', `dual-channel:${cast.publicPriceDrug.drugCode}`, data, '2027-01-01')
  t.ok((await findingsAt(hub)).includes('MZ-2 reject'), 'and a listing counts from its first day')
})
