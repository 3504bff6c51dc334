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
    t.equal((await file(other, 'H99999900001')).body.code, 'not-yours')
    const { complaintId } = (await file(other, id)).body
    t.match((await as(agency, 'GET', '/admissions/complaints?open=true')).body.items, [{ complaintId }])
    t.same(
      (await as(hospital, 'GET', '/admissions/complaints')).body.items,
      [],
      'only what one filed oneself',
    )
    t.equal((await as(other, 'GET', '/admissions/complaints')).body.items.length, 1)

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
    t.notOk('filedBy' in record.complaints[0], 'who complained is not for the institution')
    const forAgency = (await as(agency, 'GET', `/admissions/credit/${id}`)).body
    t.ok(forAgency.complaints[0].filedBy)
    t.equal((await as(other, 'GET', `/admissions/credit/${id}`)).body.code, 'not-yours')
    t.equal((await as(hub.pharmacy(), 'GET', `/admissions/credit/${id}`)).body.code, 'not-yours')
  },
)
