import t from 'tap'
import { addEntries } from '../../../src/storage/registers.ts'
import type { Got } from '../../support/hub-app.ts'
import { walker } from '../../support/journey.ts'
import { refusedBy } from '../../support/refusals.ts'
import { endToday, register } from '../../support/region.ts'
import { admissionApp, CENTRE, OFFICE, refusals } from './apply.ts'

async function chongqing(t: Parameters<typeof admissionApp>[0]) {
  const it = await admissionApp(t, { regions: ['500000'] })
  const { cast } = it.hub.world
  const hospital = it.hub.hospital()
  const person = cast.unqualifiedPerson
  const physician = { physicianId: cast.physician.practitionerId }
  const fields = {
    drugCodes: [cast.drug.drugCode],
    diagnoses: ['I63.900'],
    regimen: '丁苯酞软胶囊，按说明书',
  }
  const filing = { hospitalId: hospital.institutionId, physicianIds: [physician.physicianId] }
  const propose = (more = {}) =>
    it.open(hospital, 'drug-qualification', person.personId, { ...fields, ...more }, physician)
  /** Proposes and reviews; the number of an application that waits to be filed. */
  const reviewed = async () => {
    const { body } = await propose()
    const no: string = body.applicationNo
    await it.complete(hospital, no)
    await it.decide(hospital, no, { step: 'propose', ...physician })
    await it.decide(hospital, no, { step: 'review', ...OFFICE })
    return no
  }
  const file = (no: string, more = {}) =>
    it.decide(hospital, no, { step: 'file', ...OFFICE, fields: { ...filing, ...more } })
  return { ...it, cast, hospital, person, physician, fields, filing, propose, reviewed, file }
}

t.test(
  'CQ-4.1 a prescription is refused before the qualification and accepted once it is filed',
  async (t) => {
    const { hub, person, reviewed, file, cast, propose } = await chongqing(t)
    const walk = walker(hub)
    t.ok((await refusedBy(walk.submitted({ person }))).includes('CQ-4.1 qualification-live'))
    const filed = await file(await reviewed())
    t.match(filed.body, { status: 'approved', registered: [{ validFrom: '2026-11-22' }] })
    t.notOk(filed.body.registered[0].validTo, 'the document gives it no end')
    t.ok((await walk.submitted({ person })).no)
    const other =
      cast.associateChief.practitionerId === cast.physician.practitionerId ? cast.chief : cast.associateChief
    t.ok(
      (await refusedBy(walk.submitted({ person, physician: other }))).some((rule) =>
        rule.startsWith('CQ-4.4'),
      ),
      'CQ-4.4 only the physicians that were filed prescribe',
    )
    const second = await propose()
    t.same(refusals(second), ['CQ-4.3 none-held'], 'CQ-4.3 one hospital for one drug')
  },
)

t.test('CQ-4.4 one or two physicians of the specialty, of intermediate title or above', async (t) => {
  const { hub, cast, reviewed, file, physician, hospital } = await chongqing(t)
  const no = await reviewed()
  const { attending, chief, generalPractitioner, notFiledPhysician, sanctionedPhysician } = cast
  const with_ = (...who: { practitionerId: string }[]) =>
    file(no, { physicianIds: who.map(({ practitionerId }) => practitionerId) })
  t.same(refusals(await file(no, { physicianIds: [] })), ['malformed'])
  t.ok(
    refusals(await with_(cast.physician, attending, { practitionerId: 'D500101000099' })).includes(
      'CQ-4.4 physician-count',
    ),
  )
  for (const who of [chief, generalPractitioner, notFiledPhysician, sanctionedPhysician])
    t.same(refusals(await with_(who)), ['CQ-4.4 physicians-filed'], who.practitionerId)
  await addEntries(
    hub.deps.pool,
    '500000',
    [
      {
        register: 'practitioner',
        key: 'D500101000077',
        validFrom: '2020-01-01',
        data: { ...attending, practitionerId: 'D500101000077', title: 'resident' },
      },
      {
        register: 'filing',
        key: `D500101000077:${hospital.institutionId}:responsible-physician`,
        validFrom: '2020-01-01',
        data: {
          practitionerId: 'D500101000077',
          institutionId: hospital.institutionId!,
          role: 'responsible-physician',
          diseases: [],
        },
      },
    ],
    { author: 'test', reason: 'test', at: hub.now },
  )
  t.same(refusals(await with_({ practitionerId: 'D500101000077' })), ['CQ-4.4 physicians-filed'])
  const filed = await with_({ practitionerId: physician.physicianId }, attending)
  t.equal(filed.body.status, 'approved')
})

t.test('CQ-4.2 CQ-4.3 the hospitals must be designated, of the level, and able to test genes', async (t) => {
  const { hub, open, cast, person, fields, reviewed, file } = await chongqing(t)
  const asked = async (institutionId: string, physicianId: string) =>
    await open(hub.hospital(institutionId), 'drug-qualification', person.personId, fields, { physicianId })
  const gp = await asked(cast.primaryHospital.institutionId, cast.generalPractitioner.practitionerId)
  t.same(refusals(gp).sort(), ['CQ-4.2 place-designated', 'CQ-4.2 place-is'])
  const privately = await asked(
    cast.privateHospital.institutionId,
    cast.filedElsewherePhysician.practitionerId,
  )
  t.ok(refusals(privately).includes('CQ-4.2 place-designated'))
  const no = await reviewed()
  t.ok(
    refusals(await file(no, { hospitalId: cast.primaryHospital.institutionId })).includes(
      'CQ-4.3 place-designated',
    ),
  )
})

t.test('CQ-4.3 the hospital is changed for stock-out or a move, by the new hospital', async (t) => {
  const { hub, open, decide, cast, person, reviewed, file, fields, hospital } = await chongqing(t)
  await file(await reviewed())
  hub.now = new Date('2026-12-01T02:00:00.000Z')
  const to = cast.secondaryHospital.institutionId
  const mover = cast.attending.practitionerId
  const filingAt = (practitionerId: string, diseases: string[]) => ({
    register: 'filing' as const,
    key: `${practitionerId}:${to}:responsible-physician`,
    validFrom: '2020-01-01',
    data: { practitionerId, institutionId: to, role: 'responsible-physician' as const, diseases },
  })
  await addEntries(
    hub.deps.pool,
    '500000',
    [filingAt(mover, ['I63']), filingAt(cast.chief.practitionerId, ['C'])],
    { author: 'test', reason: 'test', at: hub.now },
  )
  const change = (reasonCode: string, caller = hub.hospital(to), more = {}) =>
    open(caller, 'hospital-change', person.personId, {
      drugCodes: fields.drugCodes,
      hospitalId: to,
      physicianIds: [mover],
      reasonCode,
      ...more,
    })
  const withdraw = ({ body: { applicationNo } }: Got) =>
    decide(hub.hospital(to), applicationNo, { step: 'change', decision: 'withdraw', ...OFFICE })
  const old = await change('moved', hospital)
  t.match(old.body, { code: 'admission-actor-refused', details: { fault: 'institution' } })
  const unreasoned = await change('nearer')
  t.same(refusals(unreasoned), ['CQ-4.3 reason-among'], 'another reason is stated in words')
  await withdraw(unreasoned)
  const stated = await change('nearer', hub.hospital(to), { statement: '由女儿照护' })
  t.match(stated, { status: 201, body: { findings: [] } }, 'the reasons of the document end with 等')
  await withdraw(stated)
  const another = await change('moved', hub.hospital(to), { physicianIds: [cast.chief.practitionerId] })
  t.same(refusals(another), ['CQ-4.4 physicians-filed'], 'of the matching specialty')
  await withdraw(another)
  const { body } = await change('stock-out')
  const suspended = { subject: 'institution', subjectId: to, kind: 'suspension', reason: '样例' } as const
  await register(hub, 'sanction', `suspension:${to}`, suspended)
  const early = await decide(hub.hospital(to), body.applicationNo, { step: 'change', ...OFFICE })
  t.same(refusals(early), ['CQ-5.3 place-not-sanctioned'], 'not to one that is suspended')
  await endToday(hub, 'sanction', `suspension:${to}`)
  const changed = await decide(hub.hospital(to), body.applicationNo, { step: 'change', ...OFFICE })
  t.match(changed.body, {
    status: 'approved',
    ended: [{ lastDay: '2026-11-30' }],
    registered: [{ validFrom: '2026-12-01' }],
  })
  t.ok((await refusedBy(walker(hub).submitted({ person }))).includes('CQ-4.3 qualification-matches'))
})

t.test(
  'CQ-4.2 a qualifying hospital is inspected by one and appointed by another officer, for the year',
  async (t) => {
    const { hub, open, decide, cast, agency, as } = await chongqing(t)
    const id = cast.tertiaryHospital.institutionId
    const already = await open(hub.hospital(id), 'assessing-appointment', id, {})
    t.same(refusals(already), ['CQ-4.2 not-yet-designated'])
    const fresh = cast.privateHospital.institutionId
    const { body } = await open(hub.hospital(fresh), 'assessing-appointment', fresh, {})
    const no = body.applicationNo
    await decide(hub.hospital(fresh), no, { step: 'apply', ...OFFICE })
    await decide(agency, no, { step: 'inspect', ...CENTRE, fields: { statement: '诊断能力齐备' } })
    hub.now = new Date('2026-12-24T02:00:00.000Z')
    const late = await as(agency, 'GET', '/admissions/applications?overdue=true')
    t.match(late.body.items, [{ applicationNo: no, dueOn: '2026-12-02', step: 'decide' }])
    const same = await decide(agency, no, { step: 'decide', ...CENTRE, fields: { agreementNo: 'A' } })
    t.match(same.body.details, { fault: 'same-person' })
    const done = await decide(agency, no, { step: 'decide', officerNo: 'JB-2', fields: { agreementNo: 'A' } })
    t.match(done.body.registered, [{ validFrom: '2026-12-24', validTo: '2026-12-31' }])
  },
)

t.test('CQ-4.2 the next year is asked for before this one ends: nobody is out on 1 January', async (t) => {
  const { hub, open, decide, cast, agency } = await chongqing(t)
  const id = cast.privateHospital.institutionId
  const own = hub.hospital(id)
  await addEntries(
    hub.deps.pool,
    '500000',
    [
      {
        register: 'designation',
        key: `${id}:assessing`,
        validFrom: '2026-02-01',
        validTo: '2026-12-31',
        data: { institutionId: id, kind: 'assessing', agreementNo: 'A-2026', basis: 'application' },
      },
    ],
    { author: 'test', reason: 'test', at: hub.now },
  )
  hub.now = new Date('2026-09-29T02:00:00.000Z')
  const early = await open(own, 'assessing-appointment', id, {})
  t.same(refusals(early), ['CQ-4.2 not-yet-designated'])
  await decide(own, early.body.applicationNo, { step: 'apply', decision: 'withdraw', ...OFFICE })
  hub.now = new Date('2026-11-22T02:00:00.000Z')
  const { body } = await open(own, 'assessing-appointment', id, {})
  const no: string = body.applicationNo
  await decide(own, no, { step: 'apply', ...OFFICE })
  await decide(agency, no, { step: 'inspect', ...CENTRE, fields: { statement: '诊断能力齐备' } })
  const done = await decide(agency, no, { step: 'decide', officerNo: 'JB-2', fields: { agreementNo: 'B' } })
  t.match(done.body.registered, [{ validFrom: '2027-01-01', validTo: '2027-12-31' }])
  const twice = await open(own, 'assessing-appointment', id, {})
  t.same(refusals(twice), ['CQ-4.2 not-yet-designated'], 'asked for once')
  const physicianId = cast.filedElsewherePhysician.practitionerId
  const fields = { drugCodes: [cast.drug.drugCode], diagnoses: ['I63.900'], regimen: '按说明书' }
  for (const day of ['2026-12-31', '2027-01-01']) {
    hub.now = new Date(`${day}T02:00:00.000Z`)
    const proposed = await open(own, 'drug-qualification', cast.unqualifiedPerson.personId, fields, {
      physicianId,
    })
    t.notOk(refusals(proposed).includes('CQ-4.2 place-designated'), day)
    await decide(own, proposed.body.applicationNo, { step: 'propose', decision: 'withdraw', physicianId })
  }
})
