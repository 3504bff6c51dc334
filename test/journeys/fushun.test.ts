import t from 'tap'
import { choosePharmacy } from '../../src/usecases/choose-pharmacy.ts'
import type { Caller } from '../../src/usecases/deps.ts'
import { admissionApp, OFFICE } from '../http/admissions/apply.ts'
import { chooseOnPage, wayOverHttp } from '../support/http-way.ts'
import { aWrite } from '../support/hub.ts'
import { PATIENT, walker } from '../support/journey.ts'
import { refusedBy } from '../support/refusals.ts'
import { endToday, findingsAt, register, settled, supplied, unpaidBy } from '../support/region.ts'

const it = await admissionApp(t, { regions: ['210400'] })
const { hub } = it
const { cast } = hub.world
const walk = walker(hub)
const sanctioned = (
  subjectId: string,
  subject: 'person' | 'institution',
  kind: 'watch-list' | 'removed' | 'benefit-excluded',
) => register(hub, 'sanction', `${kind}:${subjectId}`, { subject, subjectId, kind, reason: '样例' })

t.test('FS-4.2a more than the days stated use up is accepted with a warning', async (t) => {
  const person = hub.world.cast.person
  t.same(await findingsAt(hub, { person, days: 5, quantity: 5, dose: '1' }), [])
  t.same(await findingsAt(hub, { person, days: 5, quantity: 6, dose: '1' }), ['FS-4.2a warn'])
})

t.test('FS-2.1 FS-3.3 FS-3.6 over HTTP from the approval form to the hand-over', async (t) => {
  const hospital = hub.hospital()
  const physician = { physicianId: cast.physician.practitionerId }
  const person = cast.unqualifiedPerson
  const opened = await it.open(
    hospital,
    'two-disease',
    person.personId,
    { diagnoses: ['I10.x00'] },
    physician,
  )
  const { applicationNo } = opened.body
  await it.complete(hospital, applicationNo)
  await it.decide(hospital, applicationNo, { step: 'appraise', ...physician })
  const issued = await it.decide(hospital, applicationNo, {
    step: 'issue',
    ...OFFICE,
    fields: { documentNo: 'SP-1' },
  })
  t.equal(issued.body.status, 'approved')
  const choice = await it.open(hospital, 'institution-choice', person.personId, {})
  await it.decide(hospital, choice.body.applicationNo, { step: 'choose', ...OFFICE })
  const way = await wayOverHttp(it, { person })
  t.same([way.pushed.status, way.chosen, way.taken.status, way.reviewed.status], [201, 303, 200, 200])
  t.match(way.statement.body, { status: 'settled', split: { restsOnSample: true } })
  t.match(way.handed, { status: 200, body: { state: 'dispensed' } })
})

t.test('FS-2.1 only residents with the disease, the form and the benefits', async (t) => {
  t.same(await findingsAt(hub), [])
  t.ok((await findingsAt(hub, { person: cast.employee })).includes('FS-2.1 reject'))
  t.ok((await findingsAt(hub, { person: cast.suspendedPerson })).includes('FS-2.1 reject'))
  t.ok((await findingsAt(hub, { person: cast.lapsedPerson })).includes('FS-2.1 reject'))
  t.ok(
    (await findingsAt(hub, { diagnoses: [{ code: 'J06.900', name: '急性上呼吸道感染' }] })).includes(
      'FS-2.1 reject',
    ),
  )
})

t.test('FS-2.2 drugs of the list only, and a warning where a preferred equivalent exists', async (t) => {
  t.ok((await findingsAt(hub, { drugs: [cast.unlistedDrug] })).includes('FS-2.2 reject'))
  t.same(await findingsAt(hub, { drugs: [cast.lessPreferredDrug] }), ['FS-2.2 warn'])
})

t.test('FS-2.3 FS-3.6 level two or below, and only the institution of the year', async (t) => {
  t.ok((await findingsAt(hub, { hospital: cast.tertiaryHospital })).includes('FS-2.3 reject'))
  const there = { hospital: cast.primaryHospital, physician: cast.generalPractitioner }
  t.same(await findingsAt(hub, there), ['FS-3.6 reject'])
})

t.test('FS-2.3 the patient cannot choose a pharmacy without the designation', async (t) => {
  const patient = PATIENT(hub)
  const { no } = await walk.submitted({ person: cast.extremePoverty })
  const choose = (pharmacyId: string) => choosePharmacy(hub.deps, patient, aWrite(patient), no, pharmacyId)
  t.ok(
    (await refusedBy(choose(cast.undesignatedPharmacy.institutionId))).includes(
      'FS-2.3 designated-institution',
    ),
  )
  t.ok((await refusedBy(choose(cast.endedPharmacy.institutionId))).includes('FS-2.3 designated-institution'))
  t.equal(await walk.stateOf(no), 'open', 'and nothing has changed')
})

t.test(
  'FS-2.3 FS-3.6 over HTTP only the institution that is chosen supplies, no retail pharmacy',
  async (t) => {
    const { secondPharmacy, primaryHospital, hospital } = cast
    await register(hub, 'designation', `${secondPharmacy.institutionId}:two-disease`, {
      institutionId: secondPharmacy.institutionId,
      kind: 'two-disease',
      agreementNo: '样例',
      basis: 'application',
    })
    const { document, signature, content } = hub.envelope({ person: cast.resident })
    const pushed = await it.as(hub.hospital(), 'POST', '/hospital/prescriptions', {
      body: { document: document.toString('base64'), signature: signature.toString('base64') },
    })
    const no: string = pushed.body.prescriptionNo
    const taken = async (by: Caller) =>
      (await it.as(by, 'POST', '/pharmacy/takes', { body: { prescriptionNo: no } })).body.code
    const chosen = async ({ institutionId }: { institutionId: string }) => {
      const ending = content.patient.idNumber.slice(-6)
      t.equal(await chooseOnPage(it, pushed.body.patientLink, ending, institutionId), 303)
      return await walk.stateOf(no)
    }
    t.equal(await chosen(secondPharmacy), 'open', 'no retail pharmacy, though it was designated')
    t.equal(await chosen(primaryHospital), 'open', 'no other institution of level two or below')
    t.equal(await taken(hub.pharmacy(secondPharmacy.institutionId)), 'prescription-unknown')
    t.equal(await taken(hub.hospital(primaryHospital.institutionId)), 'prescription-unknown')
    t.equal(await chosen(hospital), 'chosen', 'the one of the year')
  },
)

t.test('FS-3.4 no overlap across hospitals, and no price above the purchase price', async (t) => {
  const person = cast.lowIncome
  const { no, content } = await walk.reviewed({ person })
  t.same(await findingsAt(hub, { person }), ['FS-3.4 reject'])
  const [line] = walk.lines(content)
  const dear = [{ ...line!, unitPriceFen: line!.unitPriceFen + 1 }]
  t.same(await refusedBy(settled(hub, no, dear)), ['FS-3.4 price-at-most-standard'])
  t.ok(await settled(hub, no, [line!]), 'at the purchase price it is settled')
})

t.test('FS-4.2a FS-4.2b who faked or cheated is refused, and who is watched is marked', async (t) => {
  t.ok((await findingsAt(hub, { physician: cast.sanctionedPhysician })).includes('FS-4.2a reject'))
  t.same(await findingsAt(hub, { person: cast.excludedPerson }), ['FS-4.2b reject'])
  const person = cast.specialDiseasePerson
  await sanctioned(person.personId, 'person', 'watch-list')
  t.same(await findingsAt(hub, { person }), ['FS-4.2b warn'])
})

t.test('FS-4.2b an exclusion after the prescription: dispensed at the cost of the patient', async (t) => {
  const person = cast.assisted
  const { bill, state } = await supplied(hub, { person }, () =>
    sanctioned(person.personId, 'person', 'benefit-excluded'),
  )
  t.equal(state, 'dispensed')
  t.same(unpaidBy(bill), ['FS-4.2b patient'])
  t.equal(bill.totals['patient'], bill.charge)
})

t.test('FS-3.6 an institution that was taken off the list supplies no more', async (t) => {
  const { no, content } = await walk.reviewed({ person: cast.charityPerson })
  await endToday(hub, 'designation', `${cast.designatedPharmacy.institutionId}:two-disease`)
  t.ok((await refusedBy(settled(hub, no, walk.lines(content)))).includes('FS-2.3 designated-institution'))
})

t.test(
  'FS-4.2b excluded after the review: dispensed at own cost, and the statement says by which duty',
  async (t) => {
    const own = await admissionApp(t, { regions: ['210400'] })
    const person = own.hub.world.cast.resident
    const before = async () => {
      const body = {
        kind: 'benefit-excluded',
        subject: 'person',
        subjectId: person.personId,
        reason: '伪造病情',
      }
      const imposed = await own.as(own.agency, 'POST', '/admissions/sanctions', {
        body: { ...body, officerNo: 'JB-01' },
      })
      t.equal(imposed.status, 201)
    }
    const way = await wayOverHttp(own, { person }, { before })
    const { split } = way.statement.body
    t.same([split.patientFen, split.fundFen], [split.chargeFen, 0])
    t.match(
      split.entries.filter(({ layer }: { layer: string }) => layer === 'not-covered'),
      [{ ruleId: 'FS-4.2b', payer: 'patient', amountFen: split.chargeFen }],
    )
    t.match(way.handed, { status: 200, body: { state: 'dispensed' } })
  },
)
