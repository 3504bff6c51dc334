import t from 'tap'
import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import { choosePharmacy } from '../../src/usecases/choose-pharmacy.ts'
import { admissionApp, OFFICE } from '../http/admissions/apply.ts'
import { wayOverHttp } from '../support/http-way.ts'
import { aWrite } from '../support/hub.ts'
import { PATIENT, walker } from '../support/journey.ts'
import { refusedBy } from '../support/refusals.ts'
import { endToday, findingsAt, register, settled, supplied, unpaidBy } from '../support/region.ts'

const it = await admissionApp(t, { regions: ['500000'] })
const { hub } = it
const { cast } = hub.world
const walk = walker(hub)
const COLD = [{ code: 'J06.900', name: '急性上呼吸道感染' }]

t.test('CQ-4.1 over HTTP from the proposal of the department to the hand-over', async (t) => {
  const hospital = hub.hospital()
  const person = cast.unqualifiedPerson
  const physician = { physicianId: cast.physician.practitionerId }
  t.ok((await findingsAt(hub, { person })).includes('CQ-4.1 reject'))
  const fields = { drugCodes: [cast.drug.drugCode], diagnoses: ['I63.900'], regimen: '按说明书' }
  const { body } = await it.open(hospital, 'drug-qualification', person.personId, fields, physician)
  const no: string = body.applicationNo
  await it.complete(hospital, no)
  await it.decide(hospital, no, { step: 'propose', ...physician })
  await it.decide(hospital, no, { step: 'review', ...OFFICE })
  const filing = { hospitalId: hospital.institutionId, physicianIds: [physician.physicianId] }
  const filed = await it.decide(hospital, no, { step: 'file', ...OFFICE, fields: filing })
  t.equal(filed.body.status, 'approved')
  const way = await wayOverHttp(it, { person })
  t.same([way.pushed.status, way.chosen, way.taken.status, way.reviewed.status], [201, 303, 200, 200])
  t.match(way.statement.body, { status: 'settled' })
  t.match(way.handed, { status: 200, body: { state: 'dispensed' } })
})

t.test('CQ-2.1 insured here, benefits not suspended, within the restricted diseases', async (t) => {
  t.same(await findingsAt(hub), [])
  t.ok((await findingsAt(hub, { person: cast.suspendedPerson })).includes('CQ-2.1 reject'))
  t.ok((await findingsAt(hub, { person: cast.outsider })).includes('CQ-2.1 reject'))
  t.ok((await findingsAt(hub, { diagnoses: COLD })).includes('CQ-2.1 reject'))
})

t.test(
  'CQ-4.7a who is insured in a networked region is treated here, anybody else elsewhere is not',
  async (t) => {
    const from = async (insuredRegion: string, place: number) => {
      const personId = `${cast.person.personId.slice(0, -2)}9${place}`
      const person = { ...cast.person, personId, insuredRegion }
      await register(hub, 'person', personId, person, '2020-01-01')
      return (await findingsAt(hub, { person })).includes('CQ-2.1 reject')
    }
    t.equal(await from('510600', 1), false)
    t.equal(await from('441400', 2), true, 'refused: not networked, so claimed at home (CQ-4.7b)')
  },
)

t.test('CQ-2.2 CQ-2.6 on one of the two lists, and only as long as the agreement runs', async (t) => {
  t.ok((await findingsAt(hub, { drugs: [cast.unlistedDrug] })).includes('CQ-2.2 reject'))
  t.ok((await findingsAt(hub, { drugs: [cast.endedAgreementDrug] })).includes('CQ-2.6 reject'))
})

t.test('CQ-2.3 inpatients buy outside only what the security list has', async (t) => {
  const inpatient = (drug: typeof cast.drug) =>
    findingsAt(hub, { drugs: [drug], physician: cast.chief, document: { setting: 'inpatient' } })
  t.ok((await inpatient(cast.confidentialDrug)).includes('CQ-2.3 reject'))
  t.notOk((await inpatient(cast.drug)).includes('CQ-2.3 reject'))
})

t.test('CQ-2.3 inpatients buy outside only in a special case, which the hospital states', async (t) => {
  const stated = (outsidePurchase: PrescriptionDocument['outsidePurchase']) =>
    findingsAt(hub, {
      physician: cast.chief,
      document: { setting: 'inpatient', ...(outsidePurchase && { outsidePurchase }) },
    })
  t.notOk((await stated({ reasonCode: 'out-of-stock' })).includes('CQ-2.3 reject'))
  t.ok((await stated({ reasonCode: 'other' })).includes('CQ-2.3 reject'))
  const statement = '院内药房冷库检修'
  t.notOk((await stated({ reasonCode: 'other', statement })).includes('CQ-2.3 reject'))
  const { outsidePurchase: _, ...content } = hub.envelope({
    physician: cast.chief,
    document: { setting: 'inpatient' },
  }).content
  const silent = await it.as(hub.hospital(), 'POST', '/hospital/prescriptions/pre-check', {
    body: { document: Buffer.from(JSON.stringify(content)).toString('base64') },
    key: null,
  })
  t.match(
    silent.body.findings.filter(({ rule }: { rule: string }) => rule === 'outside-purchase-stated'),
    [{ ruleId: 'CQ-2.3', effect: 'reject', path: '/outsidePurchase' }],
  )
})

t.test('CQ-4.3 a designated hospital, and only the one that was filed', async (t) => {
  const primary = { hospital: cast.primaryHospital, physician: cast.generalPractitioner }
  t.ok((await findingsAt(hub, primary)).includes('CQ-4.3 reject'), 'not designated for these drugs')
  t.ok((await findingsAt(hub, { hospital: cast.secondaryHospital })).includes('CQ-4.3 reject'))
})

t.test('CQ-4.2 CQ-4.3 the hospital that treats may be of the first level, over HTTP', async (t) => {
  const { primaryHospital: hospital, generalPractitioner: physician, lapsedPerson: person } = cast
  const at = { hospital, physician, person }
  const { institutionId } = hospital
  const designated = `${institutionId}:special-drug`
  await register(hub, 'designation', designated, {
    institutionId,
    kind: 'special-drug',
    agreementNo: 'CQ-1',
    basis: 'application',
  })
  await register(hub, 'qualification', `drug:${person.personId}:primary`, {
    personId: person.personId,
    kind: 'drug',
    drugCodes: [cast.drug.drugCode],
    hospitalId: institutionId,
    physicianIds: [physician.practitionerId],
    regimen: '按说明书',
  })
  const way = await wayOverHttp(it, at)
  t.equal(way.pushed.status, 201)
  t.match(way.handed, { status: 200, body: { state: 'dispensed' } })
  await endToday(hub, 'designation', designated)
  t.ok((await findingsAt(hub, at)).includes('CQ-4.3 reject'))
})

t.test(
  'CQ-2.3 special-disease drugs follow the special-disease policy: qualified, and none of the three fixings',
  async (t) => {
    const drugs = [cast.confidentialDrug]
    const at = { drugs, hospital: cast.secondaryHospital, physician: cast.notFiledPhysician }
    const person = cast.specialDiseasePerson
    t.same(await findingsAt(hub, { ...at, person }), [], 'no filing, no title, no fixed hospital')
    t.same(await findingsAt(hub, { ...at, person: cast.employee }), ['CQ-2.3 reject'])
    const { document, signature } = hub.envelope({ drugs, person: cast.employee })
    const pushed = await it.as(hub.hospital(), 'POST', '/hospital/prescriptions', {
      body: { document: document.toString('base64'), signature: signature.toString('base64') },
    })
    t.match(pushed, { status: 422, body: { code: 'rules-failed' } })
    t.match(
      pushed.body.findings.filter(({ effect }: { effect: string }) => effect === 'reject'),
      [{ ruleId: 'CQ-2.3', rule: 'special-disease-qualified', path: '/lines/0/drugCode' }],
    )
    const { personId } = cast.employee
    const key = `special-disease:${personId}`
    const filed = { personId, kind: 'special-disease', diagnoses: ['C61'] }
    await register(hub, 'qualification', key, filed)
    t.same(await findingsAt(hub, { ...at, person: cast.employee }), [], 'filed for the disease')
    await endToday(hub, 'qualification', key)
    const insists = { ...at, person: cast.employee, document: { selfPay: true } }
    t.same(await findingsAt(hub, insists), ['CQ-2.3 not-covered'])
  },
)

t.test(
  'CQ-2.3 a special-disease qualification that ended before the settlement covers no more',
  async (t) => {
    const { personId } = cast.resident
    const key = `special-disease:${personId}`
    await register(hub, 'qualification', key, { personId, kind: 'special-disease' })
    const choice = { drugs: [cast.confidentialDrug], person: cast.resident, physician: cast.chief }
    const { bill } = await supplied(hub, choice, () => endToday(hub, 'qualification', key))
    t.same(unpaidBy(bill), ['CQ-2.3 patient'])
    t.equal(bill.totals['patient'], bill.charge)
  },
)

t.test(
  'CQ-4.4 another physician: refused, or dispensed at the cost of the patient who insists',
  async (t) => {
    const other = { physician: cast.notFiledPhysician, person: cast.resident }
    t.same(await findingsAt(hub, other), ['CQ-4.4 reject'])
    const insists = { ...other, document: { selfPay: true } }
    t.same(await findingsAt(hub, insists), ['CQ-4.4 not-covered'])
    const { bill, state } = await supplied(hub, insists)
    t.equal(state, 'dispensed')
    t.same(unpaidBy(bill), ['CQ-4.4 patient'])
    t.equal(bill.totals['patient'], bill.charge)
  },
)

t.test('CQ-3 CQ-4.5 a qualifying pharmacy, which checks the qualification before it settles', async (t) => {
  const patient = PATIENT(hub)
  const person = cast.specialDiseasePerson
  const { no } = await walk.submitted({ person })
  const choose = (pharmacyId: string) =>
    refusedBy(choosePharmacy(hub.deps, patient, aWrite(patient), no, pharmacyId))
  t.ok((await choose(cast.undesignatedPharmacy.institutionId)).includes('CQ-3 designated-institution'))
  t.ok((await choose(cast.endedPharmacy.institutionId)).includes('CQ-3 designated-institution'))
  await walk.choose(no)
  await walk.take(no)
  await endToday(hub, 'qualification', `drug:${person.personId}:1`)
  t.same(await refusedBy(walk.review(no)), ['CQ-4.5 qualification-live'])
})

t.test('CQ-5.1 not a fen above the negotiated payment standard', async (t) => {
  const { no, content } = await walk.reviewed({ person: cast.assisted })
  const [line] = walk.lines(content)
  const dear = [{ ...line!, unitPriceFen: line!.unitPriceFen + 1 }]
  t.same(await refusedBy(settled(hub, no, dear)), ['CQ-5.1 price-at-most-standard'])
  t.ok(await settled(hub, no, [line!]))
})

t.test('CQ-5.3 suspended hospitals and sanctioned physicians prescribe no more', async (t) => {
  t.ok((await findingsAt(hub, { hospital: cast.suspendedHospital })).includes('CQ-5.3 reject'))
  t.ok((await findingsAt(hub, { physician: cast.sanctionedPhysician })).includes('CQ-5.3 reject'))
})
