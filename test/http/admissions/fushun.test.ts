import t from 'tap'
import type { Drug } from '../../../src/domain/registers.ts'
import { walker } from '../../support/journey.ts'
import { refusedBy } from '../../support/refusals.ts'
import { findingsAt } from '../../support/region.ts'
import { admissionApp, CENTRE, OFFICE, refusals } from './apply.ts'

async function fushun(t: Parameters<typeof admissionApp>[0]) {
  const it = await admissionApp(t, { regions: ['210400'] })
  const { cast } = it.hub.world
  const hospital = it.hub.hospital()
  const person = cast.unqualifiedPerson
  const physician = { physicianId: cast.physician.practitionerId }
  const appraise = async (who = person.personId, diagnoses = ['I10.x00']) => {
    const opened = await it.open(hospital, 'two-disease', who, { diagnoses }, physician)
    if (opened.status !== 201) return opened
    await it.complete(hospital, opened.body.applicationNo)
    return await it.decide(hospital, opened.body.applicationNo, { step: 'appraise', ...physician })
  }
  const approve = async () => {
    const { body } = await appraise()
    return await it.decide(hospital, body.applicationNo, {
      step: 'issue',
      ...OFFICE,
      fields: { documentNo: 'SP-1' },
    })
  }
  const choose = async (caller = hospital, who = person.personId) => {
    const opened = await it.open(caller, 'institution-choice', who, {})
    return opened.status === 201
      ? await it.decide(caller, opened.body.applicationNo, { step: 'choose', ...OFFICE })
      : opened
  }
  return { ...it, cast, hospital, person, physician, appraise, approve, choose }
}

t.test(
  'FS-3.3 FS-3.6 a prescription is refused before form and choice, and accepted after both',
  async (t) => {
    const { hub, as, person, hospital, decide, approve, choose } = await fushun(t)
    const walk = walker(hub)
    const before = await refusedBy(walk.submitted({ person }))
    t.ok(before.includes('FS-2.1 qualification-live'))
    t.ok(before.includes('FS-3.6 qualification-live'))
    t.same(refusals(await choose()), ['FS-3.6 one-held'], 'the appraisal comes first')
    t.equal((await approve()).body.status, 'approved')
    t.same(await refusedBy(walk.submitted({ person })), ['FS-3.6 qualification-live'])
    const { body } = await as(hospital, 'GET', '/admissions/applications?status=open')
    const [{ applicationNo }] = body.items
    t.equal((await choose()).body.code, 'admission-open-already')
    t.equal((await decide(hospital, applicationNo, { step: 'choose', ...OFFICE })).body.status, 'approved')
    t.ok((await walk.submitted({ person })).no)
  },
)

t.test('FS-2.1 each of the two diseases is confirmed for itself, the second beside the first', async (t) => {
  const { hub, as, decide, cast, hospital, person, appraise, approve, choose } = await fushun(t)
  const hypertension = { code: 'I10.x00', name: '特发性(原发性)高血压' }
  const diabetes = { code: 'E11.900', name: '2型糖尿病' }
  const metformin = hub.world.entries.find(
    ({ register, data }) => register === 'drug' && (data as Drug).drugCode === 'XA10BAE912A001010199999',
  )!.data as Drug
  await approve()
  await choose()
  const ask = (drugs: Drug[], diagnoses = [hypertension, diabetes]) =>
    findingsAt(hub, { person, drugs, diagnoses })
  t.same(await ask([cast.drug]), [], 'pressure-lowering, for the disease confirmed')
  t.same(await ask([metformin]), ['FS-2.1 reject'], 'diabetes was not confirmed')
  t.same(await ask([cast.drug], [diabetes]), ['FS-2.1 reject'], 'and this is no drug for diabetes')
  t.same(refusals(await appraise(undefined, ['I11.900'])), ['FS-2.1 none-held'], 'the same disease again')
  const { body: open } = await as(hospital, 'GET', '/admissions/applications?status=open')
  await decide(hospital, open.items[0].applicationNo, {
    step: 'appraise',
    decision: 'withdraw',
    physicianId: cast.physician.practitionerId,
  })
  const second = await appraise(undefined, ['E11.900'])
  const issued = await decide(hospital, second.body.applicationNo, {
    step: 'issue',
    ...OFFICE,
    fields: { documentNo: 'SP-2' },
  })
  t.match(issued.body, { status: 'approved', ended: [] })
  t.same(await ask([metformin]), [])
  t.same(await ask([cast.drug]), [], 'the first form still holds')
})

t.test('FS-3.6 one institution for the calendar year', async (t) => {
  const { hub, cast, person, approve, choose } = await fushun(t)
  await approve()
  t.match((await choose()).body.registered, [{ validFrom: '2026-11-22', validTo: '2026-12-31' }])
  t.ok((await walker(hub).submitted({ person })).no)
  const primary = hub.hospital(cast.primaryHospital.institutionId)
  hub.now = new Date('2026-12-31T15:59:59.999Z')
  const second = await choose(primary)
  t.same(refusals(second), ['FS-3.6 none-held'])
})

t.test(
  'FS-3.6 a new year lets the patient choose again, a designated institution of level two or below',
  async (t) => {
    const { hub, cast, approve, choose, person } = await fushun(t)
    await approve()
    await choose()
    hub.now = new Date('2026-12-31T16:00:00.000Z')
    const primary = hub.hospital(cast.primaryHospital.institutionId)
    const chosen = await choose(primary)
    t.match(chosen.body.registered, [{ validFrom: '2027-01-01', validTo: '2027-12-31' }])
    hub.now = new Date('2027-01-01T02:00:00.000Z')
    t.ok((await refusedBy(walker(hub).submitted({ person }))).includes('FS-3.6 qualification-matches'))
  },
)

t.test(
  'FS-2.1 FS-4.2b residents with one of the two diseases, not excluded; appraised where appointed',
  async (t) => {
    const { hub, open, cast, appraise, hospital, choose, person } = await fushun(t)
    t.ok(refusals(await appraise(cast.employee.personId)).includes('FS-2.1 person-insured'))
    t.ok(refusals(await appraise(cast.suspendedPerson.personId)).includes('FS-2.1 person-insured'))
    t.ok(refusals(await appraise(cast.outsider.personId)).includes('FS-2.1 person-insured'))
    t.same(refusals(await appraise(cast.excludedPerson.personId)).sort(), [
      'FS-2.1 none-held',
      'FS-4.2b person-not-sanctioned',
    ])
    t.same(refusals(await appraise(undefined, ['J45.900'])), ['FS-2.1 diagnosis-among'])
    const primary = hub.hospital(cast.primaryHospital.institutionId)
    const there = await open(
      primary,
      'two-disease',
      person.personId,
      { diagnoses: ['I10.x00'] },
      {
        physicianId: cast.generalPractitioner.practitionerId,
      },
    )
    t.match(there.body.details, { fault: 'physician' }, 'FS-3.3 appointed physicians of level two or above')
    const tertiary = hub.hospital(cast.tertiaryHospital.institutionId)
    t.ok(refusals(await choose(tertiary, cast.resident.personId)).includes('FS-2.3 place-is'))
    t.ok(hospital.institutionId)
  },
)

t.test(
  'FS-4.2b cheating excludes for one year from today, brings the watch list, and refuses at once',
  async (t) => {
    const { hub, as, cast, agency, hospital } = await fushun(t)
    const person = cast.resident
    const walk = walker(hub)
    t.ok((await walk.submitted({ person })).no)
    const sanction = (more: object) =>
      as(agency, 'POST', '/admissions/sanctions', {
        body: {
          kind: 'benefit-excluded',
          subject: 'person',
          subjectId: person.personId,
          reason: '伪造病情',
          ...CENTRE,
          ...more,
        },
      })
    t.equal(
      (await sanction({ validTo: '2026-12-01' })).body.code,
      'sanction-unknown',
      'the document says a year',
    )
    t.equal((await sanction({ kind: 'removed' })).body.code, 'sanction-unknown')
    const done = await sanction({})
    t.match(done.body.sanctions, [
      { kind: 'benefit-excluded', validFrom: '2026-11-22', validTo: '2027-11-21' },
      { kind: 'watch-list', validFrom: '2026-11-22' },
    ])
    t.equal((await sanction({})).body.code, 'register-conflict')
    t.ok((await refusedBy(walk.submitted({ person }))).includes('FS-4.2b not-sanctioned'))
    const byHospital = await as(hospital, 'POST', '/admissions/sanctions', { body: {} })
    t.equal(byHospital.body.code, 'scope-missing')

    hub.now = new Date('2026-11-24T02:00:00.000Z')
    const lift = () =>
      as(agency, 'POST', '/admissions/sanctions/lift', {
        body: { key: `benefit-excluded:${person.personId}`, reason: '复核撤销', ...CENTRE },
      })
    t.match((await lift()).body, { lastDay: '2026-11-23' })
    t.equal((await lift()).body.code, 'entry-unknown')
    const left = await refusedBy(walk.submitted({ person }))
    t.notOk(left.includes('FS-4.2b not-sanctioned'))
    t.ok(left.includes('FS-2.1 qualification-live'), 'the form that was got by cheating never revives')
  },
)

t.test(
  'FS-4.2b within the year nobody who cheated may apply; after it a new form is needed, and enough',
  async (t) => {
    const { hub, as, open, complete, decide, cast, agency, hospital, physician } = await fushun(t)
    const person = cast.resident
    const walk = walker(hub)
    await as(agency, 'POST', '/admissions/sanctions', {
      body: {
        kind: 'benefit-excluded',
        subject: 'person',
        subjectId: person.personId,
        reason: '伪造病情',
        ...CENTRE,
      },
    })
    const apply = () => open(hospital, 'two-disease', person.personId, { diagnoses: ['I10.x00'] }, physician)
    hub.now = new Date('2027-11-21T15:59:59.999Z')
    t.match(await apply(), { status: 422, body: { code: 'rules-failed' } }, 'the last instant of the year')
    t.same(refusals(await apply()), ['FS-4.2b person-not-sanctioned'])
    hub.now = new Date('2027-11-21T16:00:00.000Z')
    t.ok((await refusedBy(walk.submitted({ person }))).includes('FS-2.1 qualification-live'))
    const again = await apply()
    t.equal(again.status, 201, JSON.stringify(again.body))
    const { applicationNo } = again.body
    await complete(hospital, applicationNo)
    const appraised = await decide(hospital, applicationNo, { step: 'appraise', ...physician })
    t.equal(appraised.status, 200, JSON.stringify(appraised.body))
    const issued = await decide(hospital, applicationNo, {
      step: 'issue',
      ...OFFICE,
      fields: { documentNo: 'SP-9' },
    })
    t.match(issued.body, { status: 'approved' })
    hub.now = new Date('2027-11-21T16:05:00.000Z')
    t.same(
      await refusedBy(walk.submitted({ person })),
      ['FS-3.6 qualification-live'],
      'the new form holds; an institution of the year is to be chosen',
    )
  },
)

t.test(
  'FS-4.2a a physician without the insurance qualification neither prescribes nor appraises',
  async (t) => {
    const { hub, as, open, cast, agency, person, physician } = await fushun(t)
    const { practitionerId } = cast.physician
    const body = {
      kind: 'qualification-lost',
      subject: 'practitioner',
      subjectId: practitionerId,
      reason: '开大处方',
    }
    const unknown = await as(agency, 'POST', '/admissions/sanctions', {
      body: { ...body, subjectId: 'D210400999999', ...CENTRE },
    })
    t.match(unknown.body, { code: 'reference-unknown', fields: [{ path: '/body/subjectId' }] })
    await as(agency, 'POST', '/admissions/sanctions', { body: { ...body, ...CENTRE } })
    t.ok((await refusedBy(walker(hub).submitted())).includes('FS-4.2a not-sanctioned'))
    const opened = await open(
      hub.hospital(),
      'two-disease',
      person.personId,
      { diagnoses: ['I10.x00'] },
      physician,
    )
    t.match(opened.body, { code: 'admission-actor-refused', details: { fault: 'physician' } })
  },
)

t.test('FS-3.6 of two institutions that record the choice at once one is chosen', async (t) => {
  const { hub, open, decide, cast, person, approve, hospital } = await fushun(t)
  await approve()
  const primary = hub.hospital(cast.primaryHospital.institutionId)
  const waiting = await Promise.all(
    [hospital, primary].map(async (caller) => ({
      caller,
      opened: await open(caller, 'institution-choice', person.personId, {}),
    })),
  )
  const answers = await Promise.all(
    waiting.map(({ caller, opened }) =>
      decide(caller, opened.body.applicationNo, { step: 'choose', ...OFFICE }),
    ),
  )
  t.same(answers.map(({ status }) => status).sort(), [200, 422])
  t.same(refusals(answers.find(({ status }) => status === 422)!), ['FS-3.6 none-held'])
  const { rows } = await hub.deps.pool.query(
    `select count(*)::int as choices from register_entry where subject = $1 and data ->> 'kind' = 'hospital-choice'`,
    [person.personId],
  )
  t.equal(rows[0].choices, 1)
})
