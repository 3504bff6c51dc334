import t from 'tap'
import { addEntries } from '../../../src/storage/registers.ts'
import { walker } from '../../support/journey.ts'
import { refusedBy } from '../../support/refusals.ts'
import { findingsAt } from '../../support/region.ts'
import { admissionApp, CENTRE, OFFICE, refusals } from './apply.ts'

const REGION = { regions: ['140000'] }

async function shanxi(t: Parameters<typeof admissionApp>[0]) {
  const it = await admissionApp(t, REGION)
  const { cast } = it.hub.world
  const hospital = it.hub.hospital()
  const person = cast.unqualifiedPerson
  const physician = { physicianId: cast.physician.practitionerId }
  const fields = {
    drugCodes: [cast.drug.drugCode],
    diagnoses: ['C61.x00'],
    physicianIds: [physician.physicianId],
  }
  /** Applies up to a step; answers of the last one. */
  const handbook = async (who = person.personId, documentNo = 'SC-1', more = {}) => {
    const opened = await it.open(hospital, 'handbook', who, { ...fields, ...more })
    const no = opened.body.applicationNo
    await it.complete(hospital, no)
    await it.decide(hospital, no, { step: 'apply', ...OFFICE })
    await it.decide(hospital, no, { step: 'appraise', ...physician, fields: { regimen: '按说明书' } })
    await it.decide(hospital, no, { step: 'review', ...OFFICE })
    return await it.decide(it.agency, no, { step: 'file', ...CENTRE, fields: { documentNo } })
  }
  const openNo = async (): Promise<string> => {
    const { body } = await it.as(hospital, 'GET', '/admissions/applications?status=open')
    return body.items[0].applicationNo
  }
  return { ...it, cast, hospital, person, fields, physician, handbook, openNo }
}

t.test('SX-4.2 a prescription is refused before the handbook and accepted once it is filed', async (t) => {
  const { hub, handbook, person, as, hospital, agency } = await shanxi(t)
  const walk = walker(hub)
  const refused = await refusedBy(walk.submitted({ person }))
  t.ok(refused.includes('SX-4.3 qualification-live'))
  const filed = await handbook()
  t.equal(filed.status, 200)
  t.equal(filed.body.status, 'approved')
  t.match(filed.body.registered, [
    { register: 'qualification', validFrom: '2026-11-22', validTo: '2027-11-21' },
    { register: 'qualification', validFrom: '2026-11-22', validTo: '2027-11-21' },
  ])
  t.ok((await walk.submitted({ person })).no)
  const { body } = await as(agency, 'GET', '/admissions/applications?status=approved&workflow=handbook')
  t.match(body.items, [{ status: 'approved', applicantId: hospital.institutionId }])
})

t.test('SX-4.1 the application names every missing paper and goes no further', async (t) => {
  const { open, decide, attach, hospital, person, fields, hub } = await shanxi(t)
  const { body } = await open(hospital, 'handbook', person.personId, fields)
  t.same(body.lacks.papers, [
    'medical-record',
    'diagnosis-proof',
    'laboratory-report',
    'insurance-card',
    'photo',
    'application-form',
  ])
  for (const code of body.lacks.papers.slice(1)) await attach(hospital, body.applicationNo, code)
  const refused = await decide(hospital, body.applicationNo, { step: 'apply', ...OFFICE })
  t.match(refused.body, { code: 'admission-incomplete', details: { papers: ['medical-record'] } })
  t.equal(refused.status, 422)
  const { rows } = await hub.deps.pool.query('select step, revision from admission')
  t.same(rows, [{ step: 'apply', revision: 1 }], 'a refusal changes nothing')
})

t.test('SX-4.1 a drug whose indication rests on a gene test needs the report of one', async (t) => {
  const { open, hub, hospital, person } = await shanxi(t)
  const drug = hub.world.entries.find(
    ({ register, data }) => register === 'drug' && (data as { negotiated: boolean }).negotiated,
  )!.data as { drugCode: string }
  const tested = { ...drug, drugCode: 'XL01EAX001A001010109999', geneTestRequired: true }
  await addEntries(
    hub.deps.pool,
    '140000',
    [{ register: 'drug', key: tested.drugCode, validFrom: '2020-01-01', data: tested as never }],
    { author: 'test', reason: 'test', at: hub.now },
  )
  const { body } = await open(hospital, 'handbook', person.personId, {
    drugCodes: [tested.drugCode],
    diagnoses: ['C61.x00'],
  })
  t.ok(body.lacks.papers.includes('gene-test-report'))
})

t.test('SX-4.2 each step is for its own actor', async (t) => {
  const { open, complete, decide, hub, cast, hospital, person, fields, physician, agency } = await shanxi(t)
  const { body } = await open(hospital, 'handbook', person.personId, fields)
  const no = body.applicationNo
  await complete(hospital, no)
  await decide(hospital, no, { step: 'apply', ...OFFICE })
  const faults = async (caller: Parameters<typeof decide>[0], signer: object) => {
    const { body } = await decide(caller, no, { step: 'appraise', fields: { regimen: 'x' }, ...signer })
    return body.details?.fault ?? body.code
  }
  t.equal(await faults(agency, CENTRE), 'caller')
  t.equal(await faults(hub.hospital(cast.privateHospital.institutionId), physician), 'not-yours')
  t.equal(await faults(hospital, OFFICE), 'physician')
  for (const who of [cast.notFiledPhysician, cast.expiredLicencePhysician, cast.sanctionedPhysician])
    t.equal(await faults(hospital, { physicianId: who.practitionerId }), 'physician', who.practitionerId)
  const other = { physicianId: cast.attending.practitionerId }
  t.equal(await faults(hospital, other), 'not-appointed', 'SX-4.4 the office appoints who appraises')
  const early = await decide(hospital, no, { step: 'review', ...OFFICE })
  t.equal(early.body.code, 'admission-not-at-step')
  t.equal((await decide(hospital, no, { step: 'appraise', ...physician })).body.code, 'admission-incomplete')
  const unexpected = await decide(hospital, no, {
    step: 'appraise',
    ...physician,
    fields: { regimen: 'x', documentNo: 'mine' },
  })
  t.match(unexpected.body, { code: 'admission-field-unexpected', details: { fields: ['documentNo'] } })
})

t.test(
  'SX-4.2 a refusal has a reason that was explained to the patient, and ends the application',
  async (t) => {
    const { open, complete, decide, read, hospital, person, fields, physician, hub } = await shanxi(t)
    const { body } = await open(hospital, 'handbook', person.personId, fields)
    const no = body.applicationNo
    await complete(hospital, no)
    await decide(hospital, no, { step: 'apply', ...OFFICE })
    await decide(hospital, no, { step: 'appraise', ...physician, fields: { regimen: 'x' } })
    const refuse = { step: 'review', decision: 'refuse', ...OFFICE }
    t.match((await decide(hospital, no, refuse)).body.details, { fields: ['reason', 'explained'] })
    const silent = await decide(hospital, no, { ...refuse, reason: '不符合限定支付范围' })
    t.match(silent.body.details, { fields: ['explained'] })
    const done = await decide(hospital, no, { ...refuse, reason: '不符合限定支付范围', explained: true })
    t.match(done.body, { status: 'refused', registered: [] })
    const view = (await read(hospital, no)).body
    t.match(view.steps.at(-1), { decision: 'refuse', reason: '不符合限定支付范围', explained: true })
    t.notOk(view.waitsFor)
    t.ok((await refusedBy(walker(hub).submitted({ person }))).includes('SX-4.3 qualification-live'))
  },
)

t.test('SX-4.2 an application sent back is completed and submitted again', async (t) => {
  const { open, complete, decide, attach, hospital, person, fields, physician } = await shanxi(t)
  const { body } = await open(hospital, 'handbook', person.personId, fields)
  const no = body.applicationNo
  await complete(hospital, no)
  await decide(hospital, no, { step: 'apply', ...OFFICE })
  t.equal((await attach(hospital, no, 'photo')).body.code, 'admission-not-at-step', 'what is reviewed stays')
  const back = await decide(hospital, no, {
    step: 'appraise',
    decision: 'return',
    reason: '化验单不清晰',
    ...physician,
  })
  t.match(back.body, { status: 'open', step: 'apply' })
  t.equal((await attach(hospital, no, 'laboratory-report')).status, 201)
  t.match((await decide(hospital, no, { step: 'apply', ...OFFICE })).body, {
    step: 'appraise',
    dueOn: '2026-11-27',
  })
})

t.test(
  'SX-4.3 the handbook holds one year to the day; renewal is a new application in its last days',
  async (t) => {
    const { hub, handbook, open, decide, hospital, person, fields, openNo } = await shanxi(t)
    await handbook()
    const again = await open(hospital, 'handbook', person.personId, fields)
    t.ok(refusals(again).includes('SX-4.3 none-held'))
    const on = (day: string) => new Date(`${day}T02:00:00.000Z`)
    await decide(hospital, again.body.applicationNo, { step: 'apply', decision: 'withdraw', ...OFFICE })
    hub.now = on('2027-10-22')
    t.ok(refusals(await handbook(person.personId, 'SC-2')).includes('admission-not-at-step'))
    await decide(hospital, await openNo(), { step: 'apply', decision: 'withdraw', ...OFFICE })
    const walk = walker(hub)
    hub.now = on('2027-11-21')
    t.ok((await walk.submitted({ person })).no, 'the last day counts')
    hub.now = on('2027-11-22')
    t.ok((await refusedBy(walk.submitted({ person }))).includes('SX-4.3 qualification-live'))
    hub.now = on('2027-10-23')
    const renewed = await handbook(person.personId, 'SC-3')
    t.match(renewed.body.registered, [{ validFrom: '2027-10-23', validTo: '2028-10-22' }])
    t.match(renewed.body.ended, [{ lastDay: '2027-10-22' }], 'the choice of the hospital keeps its days')
  },
)

t.test('SX-6 the hospital is fixed for one year from the choice, whatever handbooks follow', async (t) => {
  const { hub, open, decide, handbook, person, fields, cast } = await shanxi(t)
  await handbook()
  const on = (day: string) => {
    hub.now = new Date(`${day}T02:00:00.000Z`)
  }
  on('2027-10-23')
  const drugCodes = [cast.confidentialDrug.drugCode]
  const second = await handbook(person.personId, 'SC-2', { drugCodes })
  t.match(second.body.registered, [{ validFrom: '2027-10-23', validTo: '2028-10-22' }])
  t.equal(second.body.registered.length, 1, 'a second drug in the eleventh month locks no other year')
  on('2027-11-01')
  await handbook(person.personId, 'SC-3')

  const other = hub.hospital(cast.secondaryHospital.institutionId)
  const choose = async () => {
    const { body } = await open(other, 'hospital-choice', person.personId, {})
    const chosen = await decide(other, body.applicationNo, { step: 'choose', ...OFFICE })
    if (chosen.status !== 200)
      await decide(other, body.applicationNo, { step: 'choose', decision: 'withdraw', ...OFFICE })
    return chosen
  }
  on('2027-11-21')
  t.same(refusals(await choose()), ['SX-6 none-held'], 'the last day of the year')
  on('2027-11-22')
  const elsewhere = await open(other, 'handbook', person.personId, fields)
  t.ok(refusals(elsewhere).includes('SX-6 choice-kept'), 'one hospital for all drugs: chosen first')
  await decide(other, elsewhere.body.applicationNo, { step: 'apply', decision: 'withdraw', ...OFFICE })
  const walk = walker(hub)
  t.ok((await walk.submitted({ person })).no, 'who chooses none stays where the handbooks are')
  const chosen = await choose()
  t.match(chosen.body, {
    status: 'approved',
    registered: [
      { validFrom: '2027-11-22', validTo: '2028-11-21' },
      { validFrom: '2027-11-22' },
      { validFrom: '2027-11-22' },
    ],
  })
  t.same(
    chosen.body.registered.map(({ validTo }: { validTo: string }) => validTo).sort(),
    ['2028-10-22', '2028-10-31', '2028-11-21'],
    'the handbooks keep their days',
  )
  const here = await refusedBy(walk.submitted({ person, days: 7 }))
  t.ok(here.includes('SX-6 qualification-matches'), 'the old hospital is over at once')
  t.same(refusals(await choose()), ['SX-6 none-held'], 'fixed for a year again')
})

t.test('SX-4.4 the insurance office appoints a responsible physician of its own hospital', async (t) => {
  const { open, complete, decide, hospital, person, fields, cast } = await shanxi(t)
  const { physicianIds: _, ...without } = fields
  const { body } = await open(hospital, 'handbook', person.personId, without)
  const no = body.applicationNo
  await complete(hospital, no)
  const nobody = await decide(hospital, no, { step: 'apply', ...OFFICE })
  t.match(nobody.body, { code: 'admission-incomplete', details: { fields: ['physicianIds'] } })
  for (const who of [cast.notFiledPhysician, cast.filedElsewherePhysician, cast.sanctionedPhysician]) {
    const appointed = { physicianIds: [who.practitionerId] }
    const refused = await decide(hospital, no, { step: 'apply', ...OFFICE, fields: appointed })
    t.same(refusals(refused), ['SX-4.4 physicians-filed'], who.practitionerId)
  }
  const appointed = { physicianIds: [cast.attending.practitionerId] }
  t.match(await decide(hospital, no, { step: 'apply', ...OFFICE, fields: appointed }), {
    status: 200,
    body: { step: 'appraise' },
  })
  const appraise = (physicianId: string) =>
    decide(hospital, no, { step: 'appraise', physicianId, fields: { regimen: '按说明书' } })
  const other = await appraise(cast.physician.practitionerId)
  t.match(other.body, { code: 'admission-actor-refused', details: { fault: 'not-appointed' } })
  t.match(await appraise(cast.attending.practitionerId), { status: 200, body: { step: 'review' } })
})

t.test('SX-6 SX-3 no change to a hospital that is suspended', async (t) => {
  const { hub, as, open, handbook, person, cast, agency } = await shanxi(t)
  await handbook()
  const { institutionId: subjectId } = cast.secondaryHospital
  const suspension = { kind: 'suspension', subject: 'institution', subjectId, reason: '违规', ...CENTRE }
  t.equal((await as(agency, 'POST', '/admissions/sanctions', { body: suspension })).status, 201)
  const reason = { reasonCode: 'condition-changed', statement: '病情变化，需转院' }
  const asked = await open(hub.hospital(subjectId), 'hospital-change', person.personId, reason)
  t.same(refusals(asked), ['SX-3 place-not-sanctioned'])
})

t.test('SX-7 a re-assessment of one drug leaves the other drug of the handbook as it was', async (t) => {
  const { hub, open, complete, decide, cast, hospital, person, physician, agency } = await shanxi(t)
  const drugCodes = [cast.drug.drugCode, cast.confidentialDrug.drugCode]
  const physicianIds = [physician.physicianId]
  const asked = { drugCodes, diagnoses: ['C61.x00'], physicianIds }
  const opened = await open(hospital, 'handbook', person.personId, asked)
  const no = opened.body.applicationNo
  await complete(hospital, no)
  await decide(hospital, no, { step: 'apply', ...OFFICE })
  await decide(hospital, no, { step: 'appraise', ...physician, fields: { regimen: '按说明书' } })
  await decide(hospital, no, { step: 'review', ...OFFICE })
  await decide(agency, no, { step: 'file', ...CENTRE, fields: { documentNo: 'SC-1' } })
  hub.now = new Date('2026-12-22T02:00:00.000Z')
  const assessed = { drugCodes: drugCodes.slice(0, 1), assessment: 'progressed' }
  const { body } = await open(hospital, 'reassessment', person.personId, assessed, physician)
  await decide(hospital, body.applicationNo, { step: 'assess', ...physician })
  t.ok((await findingsAt(hub, { person })).includes('SX-7 not-covered'))
  const other = await findingsAt(hub, { person, drugs: [cast.confidentialDrug] })
  t.notOk(
    other.some((finding) => /SX-(7|4\.3)/.test(finding)),
    other.join(),
  )
  hub.now = new Date('2027-11-22T02:00:00.000Z')
  const ended = await findingsAt(hub, { person, drugs: [cast.confidentialDrug] })
  t.ok(ended.includes('SX-4.3 reject'), 'the year is that of the handbook, not of the assessment')
})

t.test(
  'SX-6 a second hospital within the year is refused, unless the centre approves the change',
  async (t) => {
    const { hub, open, complete, decide, handbook, person, fields, cast, agency } = await shanxi(t)
    await handbook()
    const other = hub.hospital(cast.secondaryHospital.institutionId)
    const second = await open(other, 'handbook', person.personId, fields)
    t.ok(refusals(second).includes('SX-6 choice-kept'))
    await complete(other, second.body.applicationNo)
    const pushed = await decide(other, second.body.applicationNo, { step: 'apply', ...OFFICE })
    t.equal(pushed.body.code, 'rules-failed')
    t.ok(refusals(pushed).includes('SX-6 choice-kept'))

    hub.now = new Date('2026-12-01T02:00:00.000Z')
    const change = (reasonCode: string) =>
      open(other, 'hospital-change', person.personId, { reasonCode, statement: '病情变化，需转院' })
    const wrong = await change('cheaper')
    t.same(refusals(wrong), ['SX-6 reason-among'])
    await decide(other, wrong.body.applicationNo, { step: 'apply', decision: 'withdraw', ...OFFICE })
    const { body } = await change('condition-changed')
    await decide(other, body.applicationNo, { step: 'apply', ...OFFICE })
    const approved = await decide(agency, body.applicationNo, { step: 'approve', ...CENTRE })
    t.equal(approved.body.status, 'approved')
    t.equal(approved.body.registered.length, 2, 'choice and handbook go together')
    const here = await refusedBy(walker(hub).submitted({ person }))
    t.ok(here.includes('SX-6 qualification-matches'), 'the old hospital is over at once')
  },
)

t.test('SX-7 a re-assessment that finds progress ends payment from that day', async (t) => {
  const { hub, open, decide, handbook, person, fields, hospital, physician, openNo } = await shanxi(t)
  await handbook()
  hub.now = new Date('2026-12-22T02:00:00.000Z')
  const walk = walker(hub)
  const { receipt } = await walk.submitted({ person })
  t.same(
    receipt.findings.filter(({ ruleId }) => ruleId === 'SX-7'),
    [],
  )
  const assess = async (assessment: string) => {
    const { drugCodes } = fields
    const { body } = await open(
      hospital,
      'reassessment',
      person.personId,
      { drugCodes, assessment },
      physician,
    )
    return await decide(hospital, body.applicationNo, { step: 'assess', ...physician })
  }
  t.same(refusals(await assess('better')), ['SX-7 assessment-among'])
  await decide(hospital, await openNo(), { step: 'assess', decision: 'withdraw', ...physician })
  t.equal((await assess('progressed')).body.status, 'approved')
  const after = await walk.submitted({ person, days: 7 }).catch(() => undefined)
  const found = after?.receipt.findings ?? []
  t.ok(found.some(({ ruleId, effect }) => ruleId === 'SX-7' && effect === 'not-covered'))
})

t.test(
  'SX-9 two negotiated drugs for one indication need a certificate and the approval of the centre',
  async (t) => {
    const { open, complete, decide, hospital, person, cast, physician, agency, hub } = await shanxi(t)
    const drugCodes = [cast.drug.drugCode, cast.confidentialDrug.drugCode]
    const fields = { drugCodes, diagnoses: ['C61.x00'], statement: '确需联合用药' }
    const alone = await open(
      hospital,
      'drug-combination',
      person.personId,
      { ...fields, drugCodes: drugCodes.slice(0, 1) },
      physician,
    )
    t.ok(refusals(alone).includes('SX-9 drug-count'))
    const { body } = await open(hospital, 'drug-combination', person.personId, fields, physician)
    const no = body.applicationNo
    const bare = await decide(hospital, no, { step: 'certify', ...physician })
    t.match(bare.body.details, { papers: ['physician-certificate'] })
    await complete(hospital, no)
    await decide(hospital, no, { step: 'certify', ...physician })
    const approved = await decide(agency, no, { step: 'approve', ...CENTRE })
    t.equal(approved.body.status, 'approved')
    const { rows } = await hub.deps.pool.query(
      `select data from register_entry where subject = $1 and data ->> 'kind' = 'drug-combination'`,
      [person.personId],
    )
    t.same(rows[0].data.drugCodes, drugCodes)
    const third = { ...fields, drugCodes: [cast.drug.drugCode, cast.sameIndicationDrug.drugCode] }
    const { body: more } = await open(hospital, 'drug-combination', person.personId, third, physician)
    await complete(hospital, more.applicationNo)
    await decide(hospital, more.applicationNo, { step: 'certify', ...physician })
    const beside = await decide(agency, more.applicationNo, { step: 'approve', ...CENTRE })
    t.match(beside.body, { status: 'approved', ended: [] }, 'the first combination stays approved')
  },
)

t.test('SX-5 charity is open after the first use and its approval is registered', async (t) => {
  const { hub, open, complete, decide, handbook, hospital, person, fields, physician, agency } =
    await shanxi(t)
  await handbook()
  const { drugCodes } = fields
  const first = await open(hospital, 'charity', person.personId, { drugCodes }, physician)
  t.same(refusals(first), ['SX-5 drug-used-before'])
  await walker(hub).dispensed({ person })
  const no = first.body.applicationNo
  await complete(hospital, no)
  await decide(hospital, no, { step: 'apply', ...physician })
  const done = await decide(agency, no, { step: 'register', ...CENTRE, fields: { documentNo: 'CS-1' } })
  t.match(done.body, { status: 'approved', registered: [{ validFrom: '2026-11-22' }] })
})

t.test('SX-7 re-assessments fall due by drug, are listed, and warn when they are overdue', async (t) => {
  const { hub, as, handbook, open, decide, hospital, person, physician, fields, agency, cast } =
    await shanxi(t)
  await handbook()
  const due = async (caller = hospital, dueBy = '2027-02-28') => {
    const { body } = await as(caller, 'GET', `/admissions/reassessments?dueBy=${dueBy}`)
    return body.items.filter(({ personId }: { personId: string }) => personId === person.personId)
  }
  const [drugCode] = fields.drugCodes
  // Ninety days from 22 November, by the sample of the policy.
  const line = { drugCode, documentNo: 'SC-1', assessedOn: '2026-11-22', dueOn: '2027-02-20', overdue: false }
  t.match(await due(), [line])
  t.match(await due(agency), [line])
  t.same(await due(hospital, '2027-02-19'), [], 'not yet')
  t.same(await due(hub.hospital(cast.privateHospital.institutionId)), [], 'only its own patients')
  const first = await as(agency, 'GET', '/admissions/reassessments?dueBy=2027-12-31&limit=1')
  const rest = await as(agency, 'GET', `/admissions/reassessments?dueBy=2027-12-31&after=${first.body.next}`)
  t.notOk(
    rest.body.items.some((item: object) => JSON.stringify(item) === JSON.stringify(first.body.items[0])),
    'the next page begins after the first',
  )
  hub.now = new Date('2027-02-20T02:00:00.000Z')
  t.notOk((await findingsAt(hub, { person })).includes('SX-7 warn'), 'the last day')
  hub.now = new Date('2027-02-21T02:00:00.000Z')
  t.ok((await findingsAt(hub, { person })).includes('SX-7 warn'))
  t.match(await due(), [{ overdue: true }])
  const asked = { drugCodes: fields.drugCodes, assessment: 'continues' }
  const { body } = await open(hospital, 'reassessment', person.personId, asked, physician)
  await decide(hospital, body.applicationNo, { step: 'assess', ...physician })
  t.same(await due(), [])
  t.notOk((await findingsAt(hub, { person })).includes('SX-7 warn'))
})
