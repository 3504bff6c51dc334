import t from 'tap'
import type { Institution, RegisterEntry } from '../../../src/domain/registers.ts'
import { addEntries, endEntry } from '../../../src/storage/registers.ts'
import type { TestHub } from '../../support/hub.ts'
import { walker } from '../../support/journey.ts'
import { refusedBy } from '../../support/refusals.ts'
import { admissionApp, CENTRE, OFFICE, refusals } from './apply.ts'

const SECOND = { officerNo: 'JB-02' } as const

/** Registers institutions that hold an ordinary agreement, and nothing else. */
async function register(hub: TestHub, ...places: Partial<Institution>[]): Promise<void> {
  const entries = places.flatMap((place): RegisterEntry[] => {
    const data = { ...hub.world.cast.secondaryHospital, ...place }
    const { institutionId } = data
    return [
      { register: 'institution', key: institutionId, validFrom: '2020-01-01', data },
      {
        register: 'designation',
        key: `${institutionId}:settling`,
        validFrom: '2020-01-01',
        data: { institutionId, kind: 'settling', agreementNo: 'X', basis: 'application' },
      },
    ]
  })
  await addEntries(hub.deps.pool, '441400', entries, { author: 'test', reason: 'test', at: hub.now })
}

t.test(
  'MZ-4.1 a tertiary public hospital is designated by right, and its prescriptions pass then',
  async (t) => {
    const { hub, open, decide, agency } = await admissionApp(t)
    const { cast } = hub.world
    const id = cast.hospital.institutionId
    await endEntry(hub.deps.pool, '441400', 'designation', `${id}:dual-channel`, '2026-11-21', {
      author: 'test',
      reason: 'test',
      at: hub.now,
    })
    const walk = walker(hub)
    t.same(await refusedBy(walk.submitted()), ['MZ-4.1 designated-institution'])
    const fields = { agreementNo: 'XY-1' }
    const byRight = async (institutionId: string) => {
      const { body } = await open(agency, 'hospital-by-right', institutionId, fields, CENTRE)
      return await decide(agency, body.applicationNo, { step: 'record', ...CENTRE })
    }
    for (const other of [cast.secondaryHospital, cast.privateHospital, cast.designatedPharmacy])
      t.ok(refusals(await byRight(other.institutionId)).includes('MZ-4.1 place-is'), other.institutionId)
    t.match((await byRight(id)).body, { status: 'approved', registered: [{ validFrom: '2026-11-22' }] })
    t.ok((await walk.submitted()).no)
    t.ok(refusals(await byRight(id)).includes('MZ-4.1 not-yet-designated'))
  },
)

t.test('MZ-4.1 a secondary public hospital applies: form, county, one place, no suspension', async (t) => {
  const { hub, open, attach, decide, read, agency } = await admissionApp(t)
  const { cast } = hub.world
  const county = (countyCode: string, sequence: number) => ({
    institutionId: `H4414000009${sequence}`,
    countyCode,
  })
  const [first, second, city, other] = [
    county('441424', 1),
    county('441424', 2),
    county('441402', 3),
    county('441426', 4),
  ] as const
  await register(hub, first, second, city, other, { ...county('441427', 5), ownership: 'private' })
  const apply = async (institutionId: string, fields = {}) => {
    const { body } = await open(hub.hospital(institutionId), 'hospital-designation', institutionId, fields)
    return body
  }
  const run = async (no: string, institutionId: string, agreementNo: string) => {
    await attach(hub.hospital(institutionId), no, 'application-form')
    const applied = await decide(hub.hospital(institutionId), no, { step: 'apply', ...OFFICE })
    if (applied.status !== 200) return applied
    const reviewed = await decide(agency, no, { step: 'review', ...CENTRE })
    if (reviewed.status !== 200) return reviewed
    return await decide(agency, no, { step: 'publish', ...SECOND, fields: { agreementNo } })
  }
  const a = await apply(first.institutionId)
  t.same(a.lacks.papers, ['application-form'])
  const b = await apply(second.institutionId)
  t.same(b.findings, [], 'the place is free as long as nobody is approved')

  await attach(hub.hospital(first.institutionId), a.applicationNo, 'application-form')
  await decide(hub.hospital(first.institutionId), a.applicationNo, { step: 'apply', ...OFFICE })
  const reviewed = await decide(agency, a.applicationNo, { step: 'review', ...CENTRE })
  t.match(reviewed.body, { step: 'publish', dueOn: '2026-12-04' }, 'MZ-10.3 ten working days after a Sunday')
  t.match((await read(agency, a.applicationNo)).body.waitsFor, { dueOn: '2026-12-04', isOverdue: false })
  const same = await decide(agency, a.applicationNo, {
    step: 'publish',
    ...CENTRE,
    fields: { agreementNo: '1' },
  })
  t.match(same.body, { code: 'admission-actor-refused', details: { fault: 'same-person' } })
  const done = await decide(agency, a.applicationNo, {
    step: 'publish',
    ...SECOND,
    fields: { agreementNo: 'XY-2' },
  })
  t.match(done.body, { status: 'approved', registered: [{ key: `${first.institutionId}:dual-channel` }] })
  t.same(refusals(await run(b.applicationNo, second.institutionId, '2')), ['MZ-4.1 place-left'])

  const closed = await apply(city.institutionId)
  t.same(refusals({ body: closed } as never), ['MZ-4.1 county-open'])
  const refused = await run(closed.applicationNo, city.institutionId, '3')
  t.same(refusals(refused), ['MZ-4.1 county-open'])
  await decide(hub.hospital(city.institutionId), closed.applicationNo, {
    step: 'apply',
    decision: 'withdraw',
    ...OFFICE,
  })
  const reasoned = await apply(city.institutionId, { statement: '城区东部无三级医院' })
  t.match(reasoned.findings, [{ ruleId: 'MZ-4.1', rule: 'county-open', effect: 'warn' }], 'only in principle')

  const suspended = await apply(cast.suspendedHospital.institutionId)
  t.ok(refusals({ body: suspended } as never).includes('MZ-4.1 place-not-sanctioned'))
  const tertiary = await apply(cast.tertiaryHospital.institutionId)
  t.ok(refusals({ body: tertiary } as never).includes('MZ-4.1 place-is'))
  const privately = await apply('H44140000095')
  t.same(refusals({ body: privately } as never), ['MZ-4.1 place-is'])
  const foreign = await open(hub.hospital(), 'hospital-designation', other.institutionId, {})
  t.match(foreign.body, { code: 'admission-actor-refused', details: { fault: 'institution' } })

  await addEntries(
    hub.deps.pool,
    '441400',
    [
      {
        register: 'sanction',
        key: `suspension:${other.institutionId}`,
        validFrom: '2025-09-01',
        validTo: '2025-11-22',
        data: { subject: 'institution', subjectId: other.institutionId, kind: 'suspension', reason: 'x' },
      },
    ],
    { author: 'test', reason: 'test', at: hub.now },
  )
  hub.now = new Date('2026-11-21T15:59:59.999Z')
  const early = await apply(other.institutionId)
  t.same(refusals({ body: early } as never), ['MZ-4.1 place-not-sanctioned'], 'within the last year')
  hub.now = new Date('2026-11-21T16:00:00.000Z')
  const open2 = await run(early.applicationNo, other.institutionId, '4')
  t.equal(open2.body.status, 'approved', 'a year after the last day of the suspension')
})

t.test(
  'MZ-4.2 a pharmacy is chosen once it is selected; six places in the city, two in a county',
  async (t) => {
    const { hub, open, complete, decide, agency } = await admissionApp(t)
    const { cast } = hub.world
    const pharmacies = (countyCode: string, count: number, from: number) =>
      Array.from({ length: count }, (_, index) => ({
        ...cast.undesignatedPharmacy,
        institutionId: `P4414000008${from + index}`,
        countyCode,
      }))
    // The sandbox has taken two places of the city and one of 441422.
    const city = pharmacies('441403', 4, 0)
    const county = pharmacies('441422', 2, 5)
    await register(hub, ...city, ...county)
    const select = async (institutionId: string) => {
      const { body } = await open(agency, 'pharmacy-designation', institutionId, {}, CENTRE)
      const no = body.applicationNo
      await complete(agency, no)
      const applied = await decide(agency, no, { step: 'apply', ...CENTRE })
      if (applied.status !== 200) return applied
      return await decide(agency, no, { step: 'select', ...SECOND, fields: { agreementNo: institutionId } })
    }
    const walk = walker(hub)
    const { no } = await walk.submitted()
    const id = cast.undesignatedPharmacy.institutionId
    t.ok((await refusedBy(walk.choose(no, id))).includes('MZ-5 designated-institution'))
    t.equal((await select(id)).body.status, 'approved')
    t.equal((await walk.choose(no, id)).status, 200)

    for (const { institutionId } of city.slice(0, 3)) t.equal((await select(institutionId)).status, 200)
    t.same(refusals(await select(city[3]!.institutionId)), ['MZ-4.2 place-left'], 'the seventh of the city')
    t.equal((await select(county[0]!.institutionId)).status, 200)
    t.same(refusals(await select(county[1]!.institutionId)), ['MZ-4.2 place-left'], 'the third of the county')
  },
)

t.test('MZ-4.2 of two last decisions at the same time one gets the last place', async (t) => {
  const { hub, open, complete, decide, agency } = await admissionApp(t)
  const places = [6, 7, 8].map((n) => ({
    ...hub.world.cast.undesignatedPharmacy,
    institutionId: `P4414000007${n}`,
    countyCode: '441422',
  }))
  await register(hub, ...places)
  const ready = await Promise.all(
    places.map(async ({ institutionId }) => {
      const { body } = await open(agency, 'pharmacy-designation', institutionId, {}, CENTRE)
      await complete(agency, body.applicationNo)
      await decide(agency, body.applicationNo, { step: 'apply', ...CENTRE })
      return body.applicationNo as string
    }),
  )
  const answers = await Promise.all(
    ready.map((no) => decide(agency, no, { step: 'select', ...SECOND, fields: { agreementNo: no } })),
  )
  t.same(answers.map(({ status }) => status).sort(), [200, 422, 422])
})

t.test('MZ-5 failing the yearly assessment ends the agreement at once', async (t) => {
  const { hub, open, decide, agency, as } = await admissionApp(t)
  const id = hub.pharmacy().institutionId
  const walk = walker(hub)
  const { no } = await walk.submitted()
  const assess = async (assessment: string) => {
    const { body } = await open(
      agency,
      'yearly-assessment',
      id,
      { assessment, statement: '见考核表' },
      CENTRE,
    )
    return await decide(agency, body.applicationNo, { step: 'assess', ...CENTRE })
  }
  t.match((await assess('passed')).body, { status: 'approved', ended: [] })
  t.equal((await walk.choose(no)).status, 200)
  t.match((await assess('failed')).body, { ended: [{ key: `${id}:dual-channel`, lastDay: '2026-11-21' }] })
  t.ok((await refusedBy(walk.take(no))).includes('MZ-5 designated-institution'))
  const credit = (await as(hub.pharmacy(), 'GET', `/admissions/credit/${id}`)).body
  t.same(
    credit.applications.map(({ assessment }: { assessment: string }) => assessment),
    ['passed', 'failed'],
  )
  const ended = credit.designations.find(({ kind }: { kind: string }) => kind === 'dual-channel')
  t.match(ended, { isLive: false, validTo: '2026-11-21' })
})
