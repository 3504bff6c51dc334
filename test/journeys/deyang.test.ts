import t from 'tap'
import { choosePharmacy } from '../../src/usecases/choose-pharmacy.ts'
import { admissionApp, CENTRE, OFFICE } from '../http/admissions/apply.ts'
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
