import t from 'tap'
import type { Buyer } from '../../src/domain/prescription/buyer.ts'
import type { Drug } from '../../src/domain/registers.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import { submitPrescription } from '../../src/usecases/submit-prescription.ts'
import { admissionApp, CENTRE, OFFICE } from '../http/admissions/apply.ts'
import { wayOverHttp } from '../support/http-way.ts'
import { aWrite } from '../support/hub.ts'
import { walker } from '../support/journey.ts'
import { refusedBy } from '../support/refusals.ts'
import { endToday, findingsAt, register, settled, supplied, unpaidBy } from '../support/region.ts'

const it = await admissionApp(t, { regions: ['140000'] })
const { hub } = it
const { cast } = hub.world
const walk = walker(hub)
const pharmacy = hub.pharmacy()
const COLD = [{ code: 'J06.900', name: '急性上呼吸道感染' }]

/** Dispensed all the same, and the patient pays everything, by these duties. */
async function atOwnCost(t: Tap, bill: Awaited<ReturnType<typeof supplied>>, duty: string) {
  t.equal(bill.state, 'dispensed')
  t.same(unpaidBy(bill.bill), [`${duty} patient`])
  t.equal(bill.bill.totals['patient'], bill.bill.charge)
  t.ok(
    bill.bill.input.notCovered.some(({ ruleId }) => ruleId === duty),
    'the statement says why',
  )
}
type Tap = Pick<typeof t, 'equal' | 'same' | 'ok'>

t.test('SX-4.1 SX-4.2 SX-4.3 over HTTP from the application to the hand-over', async (t) => {
  const hospital = hub.hospital()
  const person = cast.unqualifiedPerson
  t.ok((await findingsAt(hub, { person })).includes('SX-4.3 reject'))
  const fields = {
    drugCodes: [cast.drug.drugCode],
    diagnoses: ['C61.x00'],
    physicianIds: [cast.physician.practitionerId],
  }
  const { body } = await it.open(hospital, 'handbook', person.personId, fields)
  const no: string = body.applicationNo
  await it.complete(hospital, no)
  await it.decide(hospital, no, { step: 'apply', ...OFFICE })
  const physicianId = cast.physician.practitionerId
  await it.decide(hospital, no, { step: 'appraise', physicianId, fields: { regimen: '按说明书' } })
  await it.decide(hospital, no, { step: 'review', ...OFFICE })
  const filed = await it.decide(it.agency, no, { step: 'file', ...CENTRE, fields: { documentNo: 'SC-1' } })
  t.equal(filed.body.status, 'approved')
  const way = await wayOverHttp(it, { person })
  t.same([way.pushed.status, way.chosen, way.taken.status, way.reviewed.status], [201, 303, 200, 200])
  t.match(way.statement.body, { status: 'settled' })
  t.match(way.handed, { status: 200, body: { state: 'dispensed' } })
})

t.test('SX-2 the three large-amount drugs follow the ordinary rules, without a handbook', async (t) => {
  const lanthanum = hub.world.entries.find(
    ({ register: name, key }) => name === 'drug' && key === 'XV03AET932A022010199999',
  )!.data as Drug
  const person = cast.unqualifiedPerson
  t.notOk((await findingsAt(hub, { person, drugs: [lanthanum] })).some((one) => one.startsWith('SX-4.3')))
  t.ok((await findingsAt(hub, { person: cast.resident })).includes('SX-2 reject'), 'employees only')
  t.ok((await findingsAt(hub, { person: cast.suspendedPerson })).includes('SX-2 reject'))
})

t.test('SX-3 SX-6 a fixed hospital and physician, and only the hospital of the year', async (t) => {
  t.same(await findingsAt(hub), [])
  const elsewhere = { hospital: cast.privateHospital, physician: cast.filedElsewherePhysician }
  t.ok((await findingsAt(hub, elsewhere)).includes('SX-3 reject'))
  for (const physician of [cast.notFiledPhysician, cast.unpublishedPhysician, cast.sanctionedPhysician]) {
    t.ok((await findingsAt(hub, { physician })).includes('SX-3 reject'), physician.name)
  }
  t.ok((await findingsAt(hub, { hospital: cast.secondaryHospital })).includes('SX-6 reject'))
})

t.test('SX-4.3 SX-14 after a year the benefit ends, and inpatients need it too', async (t) => {
  t.ok((await findingsAt(hub, { person: cast.lapsedPerson })).includes('SX-4.3 reject'))
  const inpatient = { person: cast.lapsedPerson, document: { setting: 'inpatient' } } as const
  t.ok((await findingsAt(hub, inpatient)).includes('SX-14 reject'))
})

t.test('SX-5 an approved charity supplies free, and the fund is not billed', async (t) => {
  const { bill, state } = await supplied(hub, { person: cast.charityPerson })
  t.equal(state, 'dispensed')
  t.equal(bill.totals['charity'], bill.charge)
  t.match(bill.totals, { patient: 0, 'basic-fund': 0, 'large-amount': 0 })
})

t.test('SX-7 a re-assessment that failed: dispensed at the cost of the patient', async (t) => {
  const person = cast.progressedPerson
  t.same(await findingsAt(hub, { person }), ['SX-7 not-covered'])
  await atOwnCost(t, await supplied(hub, { person }), 'SX-7')
})

t.test('SX-8.1 thirty days of use are accepted and thirty-one are not', async (t) => {
  t.same(await findingsAt(hub, { days: 30 }), [])
  t.same(await findingsAt(hub, { days: 31 }), ['SX-8.1 reject'])
  t.same(await findingsAt(hub, { days: 15, quantity: 30, dose: '1' }), [], 'thirty days by the quantity')
  t.same(await findingsAt(hub, { days: 15, quantity: 31, dose: '1' }), ['SX-8.1 reject'])
})

t.test('SX-8.2 without the stamp of the insurance office nothing is accepted', async (t) => {
  const hospital = hub.hospital()
  const submit = () => submitPrescription(hub.deps, hospital, aWrite(hospital), hub.envelope({}, []))
  t.same(await refusedBy(submit()), ['SX-8.2 signed-by'])
})

t.test('SX-11 the centre sees the use from the hand-over on, and none before it', async (t) => {
  const { no, content } = await walk.settled({ person: cast.employee })
  const at = `/agency/prescriptions/${no}`
  t.equal((await it.as(it.agency, 'GET', at)).body.status.state, 'settled')
  await handOver(hub.deps, pharmacy, aWrite(pharmacy), no, walk.handOverOf(content))
  t.equal((await it.as(it.agency, 'GET', at)).body.status.state, 'dispensed')
  t.equal((await it.as(hub.hospital(), 'GET', at)).status, 403, 'refused to anybody else')
})

t.test('SX-9 no second negotiated drug for one indication', async (t) => {
  await walk.submitted({ drugs: [cast.confidentialDrug] })
  t.ok((await findingsAt(hub, { drugs: [cast.sameIndicationDrug] })).includes('SX-9 reject'))
})

t.test('SX-10.1 SX-10.3 the buyer proves who he is, and cold drugs leave cold and with advice', async (t) => {
  const { no, content } = await walk.settled({
    person: cast.specialDiseasePerson,
    drugs: [cast.coldChainDrug],
  })
  const give = (more: object) =>
    handOver(hub.deps, pharmacy, aWrite(pharmacy), no, { ...walk.handOverOf(content), ...more })
  const agent = { relation: 'agent', identityChecked: true, papers: ['insurance-card'] }
  t.same(await refusedBy(give({ buyer: agent })), ['SX-10.1 buyer-identified'], 'neither card nor handbook')
  for (const delivery of [
    { way: 'counter', feeFen: 0, adviceGiven: true },
    { way: 'counter', feeFen: 0, coldChain: 'ice-pack' },
  ]) {
    t.same(await refusedBy(give({ delivery })), ['SX-10.3 cold-chain-kept'])
  }
  const papers = ['insurance-card', 'handbook', 'identity-card', 'agent-identity-card']
  const { body } = await give({ buyer: { ...agent, papers } })
  t.equal(body.state, 'dispensed')
})

t.test(
  'SX-17.6 SX-17.1 a product off the list, or before its first day, is paid by the patient',
  async (t) => {
    const drug = cast.unlistedDrug
    const choice = { drugs: [drug], person: cast.employee }
    t.same(await findingsAt(hub, choice), ['SX-17.6 not-covered'])
    await atOwnCost(t, await supplied(hub, choice), 'SX-17.6')
    const listing = { listId: 'negotiated', drugCode: drug.drugCode }
    await register(hub, 'drug-list', `negotiated:${drug.drugCode}`, listing, '2027-01-01')
    const again = { ...choice, person: cast.progressedPerson }
    t.same(await findingsAt(hub, again), ['SX-17.1 not-covered'])
    await atOwnCost(t, await supplied(hub, again), 'SX-17.1')
  },
)

t.test('SX-17.3 outside the restricted scope the patient pays', async (t) => {
  const outside = { diagnoses: COLD, person: cast.specialDiseasePerson }
  t.same(await findingsAt(hub, outside), ['SX-17.3 not-covered'])
  await atOwnCost(t, await supplied(hub, outside), 'SX-17.3')
})

t.test(
  'SX-17.4 the patient pays the part above the payment standard, the fund its share of the rest',
  async (t) => {
    const { no, content } = await walk.reviewed({ person: cast.employee, quantity: 60 })
    const [line] = walk.lines(content)
    const above = 100
    const bill = await settled(hub, no, [{ ...line!, unitPriceFen: line!.unitPriceFen + above }])
    const excess = bill!.entries.filter(({ layer }) => layer === 'above-standard')
    t.match(excess, [{ ruleId: 'SX-17.4', payer: 'patient', amount: above * 60 }])
    t.ok(bill!.totals['basic-fund']! > 0)
  },
)

t.test('SX-17.5 what exceeds the course that the restriction allows is paid by the patient', async (t) => {
  const drug = cast.publicPriceDrug
  const person = cast.specialDiseasePerson
  const { personId } = person
  await register(hub, 'qualification', `drug:${personId}:9`, {
    personId,
    kind: 'drug',
    drugCodes: [drug.drugCode],
    diagnoses: drug.restrictedIcd ?? [],
    hospitalId: cast.hospital.institutionId,
    physicianIds: [cast.physician.practitionerId],
    regimen: '按说明书',
    documentNo: 'SC-9',
  })
  t.same(await findingsAt(hub, { person, drugs: [drug], days: drug.maxDays! }), [])
  const beyond = { person, drugs: [drug], days: drug.maxDays! + 1 }
  t.same(await findingsAt(hub, beyond), ['SX-17.5 not-covered'])
  const { bill, state } = await supplied(hub, beyond)
  t.equal(state, 'dispensed')
  t.same(unpaidBy(bill), ['SX-17.5 patient'])
})

t.test('SX-17.2 a physician who is on file no more by the settlement: the patient pays', async (t) => {
  const { practitionerId } = cast.physician
  const key = `${practitionerId}:${cast.hospital.institutionId}:responsible-physician`
  await atOwnCost(
    t,
    await supplied(hub, { person: cast.employee }, () => endToday(hub, 'filing', key)),
    'SX-17.2',
  )
})

t.test(
  'SX-2 over HTTP: lanthanum without stamp, handbook or admission; another drug needs all',
  async (t) => {
    const fresh = await admissionApp(t, { regions: ['140000'] })
    const { cast } = fresh.hub.world
    const walk = walker(fresh.hub)
    const lanthanum = fresh.hub.world.entries.find(
      ({ register: name, key }) => name === 'drug' && key === 'XV03AET932A022010199999',
    )!.data as Drug
    const buyer: Buyer = {
      relation: 'patient',
      identityChecked: true,
      papers: ['identity-card', 'insurance-card'],
    }
    const way = await wayOverHttp(
      fresh,
      { person: cast.employee, drugs: [lanthanum] },
      { signers: [], buyer },
    )
    t.match(way.statement.body, { status: 'settled' })
    t.match(way.handed, { status: 200, body: { state: 'dispensed' } })
    const { no, content } = await walk.held()
    const at = `/pharmacy/prescriptions/${no}`
    const { practitionerId: pharmacistId } = cast.pharmacist
    const post = (url: string, body: object) =>
      fresh.as(fresh.hub.pharmacy(), 'POST', `${at}${url}`, { body })
    t.equal((await post('/review', { pharmacistId, decision: 'approve', buyer })).status, 200)
    t.match(await post('/settlement', { lines: walk.lines(content) }), {
      status: 422,
      body: { findings: [{ ruleId: 'SX-10.1', rule: 'buyer-identified' }] },
    })
  },
)
