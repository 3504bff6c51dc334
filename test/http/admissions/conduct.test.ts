import t from 'tap'
import { walker } from '../../support/journey.ts'
import { refusedBy } from '../../support/refusals.ts'
import { admissionApp, CENTRE } from './apply.ts'

t.test(
  'SC-P1 SC-P2 SC-D5 complaint, handling and removal stand in the credit record; removal refuses at once',
  async (t) => {
    const { hub, as, agency } = await admissionApp(t, { regions: ['510600'] })
    const { cast } = hub.world
    const id = cast.hospital.institutionId
    const hospital = hub.hospital()
    const other = hub.hospital(cast.secondaryHospital.institutionId)
    const file = (caller: typeof other, subjectId: string) =>
      as(caller, 'POST', '/admissions/complaints', {
        body: {
          kind: 'complaint',
          subject: 'institution',
          subjectId,
          reasonCode: 'not-stocked',
          statement: '未按规定配备谈判药品',
        },
      })
    t.match((await file(other, 'H99999900001')).body, {
      code: 'reference-unknown',
      fields: [{ path: '/body/subjectId' }],
    })
    const { complaintId } = (await file(other, id)).body
    t.match((await as(agency, 'GET', '/admissions/complaints?open=true')).body.items, [{ complaintId }])
    t.same(
      (await as(hospital, 'GET', '/admissions/complaints')).body.items,
      [],
      'only what one filed oneself',
    )
    t.equal((await as(other, 'GET', '/admissions/complaints')).body.items.length, 1)
    const replacement = { ...other, id: 'another-system-of-the-same-hospital' }
    t.equal(
      (await as(replacement, 'GET', '/admissions/complaints')).body.items.length,
      1,
      'of the institution',
    )

    const handle = (caller: typeof agency) =>
      as(caller, 'POST', `/admissions/complaints/${complaintId}/handling`, {
        body: { outcome: 'upheld', handling: '约谈并通报', ...CENTRE },
      })
    t.equal((await handle(hospital)).body.code, 'scope-missing')
    t.equal((await handle(agency)).status, 200)
    t.equal((await handle(agency)).body.code, 'complaint-handled')
    await t.rejects(hub.deps.pool.query(`update complaint set handling = 'other'`), { code: 'HB003' })

    const walk = walker(hub)
    t.ok((await walk.submitted()).no)
    const removed = await as(agency, 'POST', '/admissions/sanctions', {
      body: {
        kind: 'removed',
        subject: 'institution',
        subjectId: id,
        reason: '不按规定配备、使用',
        ...CENTRE,
      },
    })
    t.equal(removed.status, 201)
    t.ok((await refusedBy(walk.submitted())).includes('SC-P2 not-sanctioned'))

    const record = (await as(hospital, 'GET', `/admissions/credit/${id}`)).body
    t.match(record, {
      complaintsUpheld: 1,
      outsideRefusals: 0,
      complaints: [{ outcome: 'upheld', handling: '约谈并通报' }],
      sanctions: [{ kind: 'removed', isLive: true, reason: '不按规定配备、使用' }],
    })
    t.same(record.practitionerSanctions.filter(({ isLive }: { isLive: boolean }) => isLive).length, 1)
    t.match(record.practitionerSanctions, [{ practitionerId: cast.sanctionedPhysician.practitionerId }])
    t.notOk('filedBy' in record.complaints[0], 'who complained is not for the institution')
    const forAgency = (await as(agency, 'GET', `/admissions/credit/${id}`)).body
    t.ok(forAgency.complaints[0].filedBy)
    t.equal((await as(other, 'GET', `/admissions/credit/${id}`)).body.code, 'not-yours')
    t.equal((await as(hub.pharmacy(), 'GET', `/admissions/credit/${id}`)).body.code, 'not-yours')
  },
)

t.test(
  'SC-P2 a suspension holds from its decision, is lifted within the day, and can be imposed again',
  async (t) => {
    const { hub, as, agency } = await admissionApp(t, { regions: ['510600'] })
    const { institutionId } = hub.world.cast.hospital
    const walk = walker(hub)
    const sanction = (path: string, more: object) =>
      as(agency, 'POST', `/admissions/sanctions${path}`, { body: { reason: '核查', ...CENTRE, ...more } })
    const impose = () =>
      sanction('', { kind: 'suspension', subject: 'institution', subjectId: institutionId })
    const lift = () => sanction('/lift', { key: `suspension:${institutionId}` })
    for (const _round of [1, 2]) {
      t.ok((await walk.submitted()).no)
      t.match((await impose()).body.sanctions, [{ kind: 'suspension', validFrom: '2026-11-22' }])
      t.ok((await refusedBy(walk.submitted())).includes('SC-P2 not-sanctioned'))
      t.equal((await impose()).body.code, 'register-conflict', 'it holds already')
      t.match((await lift()).body, { lastDay: '2026-11-21' })
      t.equal((await lift()).body.code, 'entry-unknown', 'it holds no more')
    }
    t.ok((await walk.submitted()).no, 'and nothing is left of it')
    const { body } = await as(agency, 'GET', `/agency/registers/sanction?subject=${institutionId}&limit=1`)
    const { body: rest } = await as(
      agency,
      'GET',
      `/agency/registers/sanction?subject=${institutionId}&after=${body.next}`,
    )
    t.match(
      [...body.items, ...rest.items],
      Array.from({ length: 2 }, () => ({
        validFrom: '2026-11-22',
        validTo: '2026-11-21',
        reason: '核查',
        endReason: '核查',
      })),
      'both stand in the history, page by page',
    )
    t.match((await as(hub.hospital(), 'GET', `/admissions/credit/${institutionId}`)).body.sanctions, [
      { isLive: false },
      { isLive: false },
    ])
  },
)

t.test('SC-P2 what was written the day before is refused once its hospital is suspended', async (t) => {
  const { hub, as, agency } = await admissionApp(t, { regions: ['510600'] })
  const { institutionId } = hub.world.cast.hospital
  const walk = walker(hub)
  const issuedAt = new Date('2026-11-21T08:00:00.000Z')
  t.ok((await walk.submitted({ issuedAt })).no)
  const body = { kind: 'suspension', subject: 'institution', subjectId: institutionId, reason: '核查' }
  await as(agency, 'POST', '/admissions/sanctions', { body: { ...body, ...CENTRE } })
  t.same(await refusedBy(walk.submitted({ issuedAt })), ['SC-P2 not-sanctioned'])
})

t.test('CQ-5.3 a text that no database keeps is refused with its field, and nothing is stored', async (t) => {
  const { as, agency, hub } = await admissionApp(t, { regions: ['500000'] })
  const { institutionId: subjectId } = hub.world.cast.designatedPharmacy
  const complaint = { kind: 'complaint', subject: 'institution', subjectId, reasonCode: 'refused-drug' }
  const body = { ...complaint, statement: '样例\u0000' }
  const refused = await as(agency, 'POST', '/admissions/complaints', { body })
  t.match(refused, { status: 400, body: { code: 'malformed', fields: [{ path: '/body/statement' }] } })
  t.same((await as(agency, 'GET', '/admissions/complaints')).body.items, [])
})
