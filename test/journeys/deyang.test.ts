import t from 'tap'
import type { PrescriptionChoice } from '../../src/embedded/sandbox/sample-prescription.ts'
import { report, of as stockOf } from '../../src/storage/stock.ts'
import { choosePharmacy } from '../../src/usecases/choose-pharmacy.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { admissionApp, CENTRE, OFFICE, refusals } from '../http/admissions/apply.ts'
import { wayOverHttp } from '../support/http-way.ts'
import { aWrite } from '../support/hub.ts'
import { PATIENT, walker } from '../support/journey.ts'
import { refusedBy } from '../support/refusals.ts'
import { findingsAt, register, settled, supplied } from '../support/region.ts'

const it = await admissionApp(t, { regions: ['510600'] })
const { hub } = it
const { cast } = hub.world
const walk = walker(hub)
const MET = { 'disease-confirmed': 'met', 'hormone-sensitive': 'met', 'no-contraindication': 'met' }

t.test('SC-D2 SC-D4 over HTTP from the assessment to the hand-over', async (t) => {
  const hospital = hub.hospital()
  const physician = { physicianId: cast.physician.practitionerId }
  const person = cast.unqualifiedPerson
  t.ok((await findingsAt(hub, { person })).includes('SC-D4 reject'))
  const opened = await it.open(
    hospital,
    'five-points',
    person.personId,
    {
      drugCodes: [cast.drug.drugCode],
      diagnoses: ['C61.x00'],
      hospitalId: hospital.institutionId,
      physicianIds: [physician.physicianId],
      supplierId: cast.designatedPharmacy.institutionId,
      regimen: '按说明书',
    },
    physician,
  )
  const { applicationNo } = opened.body
  await it.complete(hospital, applicationNo)
  await it.decide(hospital, applicationNo, { step: 'assess', ...physician, fields: { criteria: MET } })
  await it.decide(hospital, applicationNo, { step: 'review', ...OFFICE })
  const filed = await it.decide(it.agency, applicationNo, {
    step: 'file',
    ...CENTRE,
    fields: { documentNo: 'WD-1' },
  })
  t.equal(filed.body.status, 'approved')
  const way = await wayOverHttp(it, { person })
  t.same([way.pushed.status, way.chosen, way.taken.status, way.reviewed.status], [201, 303, 200, 200])
  t.match(way.statement.body, { status: 'settled' })
  t.match(way.handed, { status: 200, body: { state: 'dispensed' } })
})

t.test('SC-D3 treating and supplying institutions are designated', async (t) => {
  t.same(await findingsAt(hub), [])
  const elsewhere = { hospital: cast.privateHospital, physician: cast.filedElsewherePhysician }
  t.ok((await findingsAt(hub, elsewhere)).includes('SC-D3 reject'))
  const patient = PATIENT(hub)
  const { no } = await walk.submitted()
  const found = await refusedBy(
    choosePharmacy(hub.deps, patient, aWrite(patient), no, cast.undesignatedPharmacy.institutionId),
  )
  t.ok(found.includes('SC-D3 designated-institution'), found.join())
})

t.test(
  'SC-D4 each of the five points is fixed: assessment, hospital, physician, supplier, patient',
  async (t) => {
    t.ok(
      (await findingsAt(hub, { person: cast.lapsedPerson })).includes('SC-D4 reject'),
      'the assessment ran out',
    )
    t.ok(
      (await findingsAt(hub, { hospital: cast.secondaryHospital })).includes('SC-D4 reject'),
      'another hospital',
    )
    t.ok(
      (await findingsAt(hub, { physician: cast.associateChief })).includes('SC-D4 reject'),
      'another physician',
    )
    const patient = PATIENT(hub)
    const { no } = await walk.submitted({ person: cast.resident })
    const other = cast.secondPharmacy.institutionId
    t.same(await refusedBy(choosePharmacy(hub.deps, patient, aWrite(patient), no, other)), [
      'SC-D4 qualification-matches',
    ])
    const swapped = { ...cast.person, name: cast.resident.name }
    t.ok((await findingsAt(hub, { person: swapped })).includes('SC-D4 reject'), 'not the registered patient')
  },
)

t.test('SC-P2 SC-D4 a supplier that is out of stock never blocks the patient, over HTTP', async (t) => {
  const patient = PATIENT(hub)
  const fixed = hub.pharmacy()
  const other = hub.pharmacy(cast.secondPharmacy.institutionId)
  const chooses = (no: string) => choosePharmacy(hub.deps, patient, aWrite(patient), no, other.institutionId)
  const { no, content } = await walk.held({ person: cast.charityPerson })
  const back = { reasonCode: 'patient-left' }
  t.equal((await it.as(fixed, 'POST', `/pharmacy/prescriptions/${no}/release`, { body: back })).status, 200)
  t.same(await refusedBy(chooses(no)), ['SC-D4 qualification-matches'], 'it has stock')
  await walk.take(no)
  const short = { reasonCode: 'out-of-stock' }
  t.equal((await it.as(fixed, 'POST', `/pharmacy/prescriptions/${no}/release`, { body: short })).status, 200)
  t.equal((await chooses(no)).status, 200)
  const at = `/pharmacy/prescriptions/${no}`
  const post = (url: string, body: object) => it.as(other, 'POST', url, { body })
  t.equal((await post('/pharmacy/takes', { prescriptionNo: no })).status, 200)
  const { practitionerId: pharmacistId } = cast.secondPharmacist
  const buyer = { relation: 'patient', identityChecked: true, papers: ['identity-card', 'insurance-card'] }
  t.equal((await post(`${at}/review`, { pharmacistId, decision: 'approve', buyer })).status, 200)
  const { body } = await post(`${at}/settlement`, { lines: walk.lines(content) })
  await settlePrescription(hub.deps, { regionCode: '510600', settlementId: body.settlementId })
  const handed = await post(`${at}/hand-over`, { ...walk.handOverOf(content), pharmacistId })
  t.match(handed, { status: 200, body: { state: 'dispensed' } })
})

t.test('SC-P2 SC-D4 what the supplier reported is seen before anybody goes there', async (t) => {
  const patient = PATIENT(hub)
  const { institutionId: pharmacyId } = hub.pharmacy()
  const { drugCode } = cast.drug
  const { no, content } = await walk.submitted({ person: cast.lowIncome })
  const other = cast.secondPharmacy.institutionId
  const chooses = () => choosePharmacy(hub.deps, patient, aWrite(patient), no, other)
  const left = Number(content.lines[0]!.quantity)
  const reports = (quantity: number) =>
    report(
      hub.deps.pool,
      '510600',
      [{ pharmacyId, drugCode, quantity: `${quantity}`, unitPriceFen: 1 }],
      hub.now,
    )
  const [before] = (await stockOf(hub.deps.pool, '510600', [drugCode])).filter(
    (row) => row.pharmacyId === pharmacyId,
  )
  await reports(left)
  t.same(await refusedBy(chooses()), ['SC-D4 qualification-matches'], 'just enough')
  await reports(left - 1)
  t.equal((await chooses()).status, 200, 'not enough for what is left')
  await report(hub.deps.pool, '510600', [before!], hub.now)
})

t.test('SC-D4 supplier, physician and hospital can be changed within the year, over HTTP', async (t) => {
  const hospital = hub.hospital()
  const person = cast.specialDiseasePerson
  const drugCodes = [cast.drug.drugCode]
  const patient = PATIENT(hub)
  const change = async (workflow: string, fields: object, caller = hospital) => {
    const asked = { drugCodes, reasonCode: 'moved', ...fields }
    const { body } = await it.open(caller, workflow, person.personId, asked)
    const changed = await it.decide(caller, body.applicationNo, { step: 'change', ...OFFICE })
    if (changed.status !== 200)
      await it.decide(caller, body.applicationNo, { step: 'change', decision: 'withdraw', ...OFFICE })
    return changed
  }
  const second = hub.hospital(cast.secondaryHospital.institutionId)
  const supplierId = cast.secondPharmacy.institutionId
  t.same(refusals(await change('supplier-change', { supplierId }, second)), ['SC-D4 treated-here'])
  t.same(refusals(await change('supplier-change', { supplierId: cast.undesignatedPharmacy.institutionId })), [
    'SC-D3 place-designated',
  ])
  t.match(await change('supplier-change', { supplierId }), { body: { status: 'approved' } })
  const { no } = await walk.submitted({ person })
  t.same(await refusedBy(walk.choose(no)), ['SC-D4 qualification-matches'], 'the old one no more')
  t.equal((await choosePharmacy(hub.deps, patient, aWrite(patient), no, supplierId)).status, 200)

  const { practitionerId } = cast.associateChief
  const at = { person, physician: cast.associateChief }
  const rejected = async (choice: PrescriptionChoice) =>
    (await findingsAt(hub, choice)).filter((found) => found.endsWith('reject'))
  t.ok((await findingsAt(hub, at)).includes('SC-D4 reject'), 'not the physician that is fixed')
  const unfiled = { physicianIds: [cast.notFiledPhysician.practitionerId] }
  t.same(refusals(await change('physician-change', unfiled)), ['SC-D2 physicians-filed'])
  t.match(await change('physician-change', { physicianIds: [practitionerId] }), {
    body: { status: 'approved' },
  })
  t.same(await rejected(at), [])
  t.ok((await findingsAt(hub, { person })).includes('SC-D4 reject'), 'the former one no more')

  const { institutionId: hospitalId } = cast.secondaryHospital
  const filing = { practitionerId, institutionId: hospitalId, role: 'responsible-physician' as const }
  await register(hub, 'filing', `${practitionerId}:${hospitalId}:responsible-physician`, {
    ...filing,
    diseases: ['C61'],
  })
  const away = { hospitalId, physicianIds: [practitionerId] }
  const old = await it.open(hospital, 'hospital-change', person.personId, {
    drugCodes,
    reasonCode: 'moved',
    ...away,
  })
  t.match(old.body.details, { fault: 'institution' }, 'the new hospital takes the patient over')
  t.match(await change('hospital-change', away, second), { body: { status: 'approved' } })
  t.same(await rejected({ ...at, hospital: cast.secondaryHospital }), [])
  t.ok((await findingsAt(hub, at)).includes('SC-D4 reject'))
})

t.test('SC-D4b conditions and standards are never widened', async (t) => {
  const outside = { diagnoses: [{ code: 'J06.900', name: '急性上呼吸道感染' }] }
  t.ok((await findingsAt(hub, outside)).includes('SC-D4b reject'))
  const { bill } = await supplied(hub, { person: cast.assisted })
  t.ok(bill.totals['basic-fund']! > 0)
  const { no, content } = await walk.reviewed({ person: cast.lowIncome })
  const [line] = walk.lines(content)
  const above = 500
  const dear = await settled(hub, no, [{ ...line!, unitPriceFen: line!.unitPriceFen + above }])
  const excess = dear!.entries.filter(({ layer }) => layer === 'above-standard')
  t.match(excess, [{ ruleId: 'SC-D4b', payer: 'patient', amount: above * Number(line!.quantity) }])
})

t.test('SC-P2 SC-D5 an institution removed from the list, or suspended, prescribes no more', async (t) => {
  t.ok((await findingsAt(hub, { hospital: cast.suspendedHospital })).includes('SC-P2 reject'))
  t.ok((await findingsAt(hub, { physician: cast.sanctionedPhysician })).includes('SC-D5 reject'))
  const { no } = await walk.submitted({ person: cast.extremePoverty })
  const subjectId = cast.designatedPharmacy.institutionId
  await register(hub, 'sanction', `removed:${subjectId}`, {
    subject: 'institution',
    subjectId,
    kind: 'removed',
    reason: '样例',
  })
  t.same(await refusedBy(walk.choose(no)), ['SC-P2 not-sanctioned'], 'effective at once')
})

t.test('SC-N1 a drug that the list of the day does not have is refused', async (t) => {
  t.ok((await findingsAt(hub, { drugs: [cast.unlistedDrug] })).includes('SC-N1 reject'))
})
