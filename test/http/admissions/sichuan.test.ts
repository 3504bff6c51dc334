import t from 'tap'
import { walker } from '../../support/journey.ts'
import { refusedBy } from '../../support/refusals.ts'
import { admissionApp, CENTRE, OFFICE, refusals } from './apply.ts'

const MET = { 'disease-confirmed': 'met', 'hormone-sensitive': 'met', 'no-contraindication': 'met' } as const

async function deyang(t: Parameters<typeof admissionApp>[0]) {
  const it = await admissionApp(t, { regions: ['510600'] })
  const { cast } = it.hub.world
  const hospital = it.hub.hospital()
  const person = cast.unqualifiedPerson
  const physician = { physicianId: cast.physician.practitionerId }
  const fields = {
    drugCodes: [cast.drug.drugCode],
    diagnoses: ['C61.x00'],
    hospitalId: hospital.institutionId,
    physicianIds: [physician.physicianId],
    supplierId: cast.designatedPharmacy.institutionId,
    regimen: '按说明书',
  }
  const assess = async (more: object = {}) => {
    const { body } = await it.open(
      hospital,
      'five-points',
      person.personId,
      { ...fields, ...more },
      physician,
    )
    await it.complete(hospital, body.applicationNo)
    return body
  }
  return { ...it, cast, hospital, person, physician, fields, assess }
}

t.test(
  'SC-D2 SC-D4 a prescription is refused before the five points are fixed and accepted after',
  async (t) => {
    const { hub, decide, read, hospital, person, physician, agency, assess } = await deyang(t)
    const walk = walker(hub)
    t.ok((await refusedBy(walk.submitted({ person }))).includes('SC-D4 qualification-live'))
    const { applicationNo: no } = await assess()
    t.same(
      (await read(hospital, no)).body.waitsFor.criteria.map(({ code }: { code: string }) => code),
      Object.keys(MET),
    )
    const silent = await decide(hospital, no, { step: 'assess', ...physician })
    t.match(silent.body, { code: 'admission-incomplete', details: { criteria: Object.keys(MET) } })
    const { 'no-contraindication': _, ...two } = MET
    const partly = await decide(hospital, no, { step: 'assess', ...physician, fields: { criteria: two } })
    t.match(partly.body.details, { criteria: ['no-contraindication'] })
    const unmet = await decide(hospital, no, {
      step: 'assess',
      ...physician,
      fields: { criteria: { ...MET, 'hormone-sensitive': 'not-met' } },
    })
    t.same(refusals(unmet), ['SC-D2 criteria-met'])
    const done = await decide(hospital, no, { step: 'assess', ...physician, fields: { criteria: MET } })
    t.match(done.body, { step: 'review' })
    await decide(hospital, no, { step: 'review', ...OFFICE })
    const filed = await decide(agency, no, { step: 'file', ...CENTRE, fields: { documentNo: 'WD-1' } })
    t.match(filed.body, { status: 'approved', registered: [{ validTo: '2027-11-21' }] })
    t.ok((await walk.submitted({ person })).no)
  },
)

t.test('SC-D3 assessing, treating and supplying institutions are designated separately', async (t) => {
  const { hub, open, cast, person, physician, fields, assess, decide, hospital } = await deyang(t)
  const filedThere = { physicianId: cast.filedElsewherePhysician.practitionerId }
  const elsewhere = hub.hospital(cast.privateHospital.institutionId)
  const stranger = await open(elsewhere, 'five-points', person.personId, fields, filedThere)
  t.match(stranger.body.details, { fault: 'physician' }, 'SC-D2 not an assessor')
  const found = async (more: object) => {
    const body = await assess(more)
    const refused = await decide(hospital, body.applicationNo, {
      step: 'assess',
      ...physician,
      fields: { criteria: MET },
    })
    await decide(hospital, body.applicationNo, { step: 'assess', decision: 'withdraw', ...physician })
    return refusals(refused)
  }
  t.ok((await found({ hospitalId: cast.privateHospital.institutionId })).includes('SC-D3 place-designated'))
  t.same(await found({ supplierId: cast.undesignatedPharmacy.institutionId }), ['SC-D3 place-designated'])
  t.same(await found({ supplierId: cast.endedPharmacy.institutionId }), ['SC-D3 place-designated'])
  t.same(await found({ diagnoses: ['I63.900'] }), ['SC-D2 diagnosis-fits', 'SC-D2 physicians-filed'])
  t.same(await found({ physicianIds: [cast.notFiledPhysician.practitionerId] }), ['SC-D2 physicians-filed'])
})
