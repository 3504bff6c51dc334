import t from 'tap'
import { listEvents } from '../../../src/storage/prescription/read.ts'
import { find } from '../../../src/storage/prescription/state.ts'
import { verifyChain } from '../../../src/usecases/agency/trace-prescription.ts'
import { hubApp } from '../../support/hub-app.ts'
import { THE_PATIENT, walker } from '../../support/journey.ts'

t.test(
  'the agency sees the whole story of a prescription, its chain verified and its postings balanced',
  async (t) => {
    const { hub, as } = await hubApp(t)
    const walk = walker(hub)
    const { no } = await walk.dispensed()
    const { status, body } = await as(hub.agency(), 'GET', `/agency/prescriptions/${no}`)
    t.equal(status, 200)
    t.match(body, {
      status: { prescriptionNo: no, state: 'dispensed', national: { use: 'used' } },
      hospitalId: hub.hospital().institutionId,
      chain: { intact: true, length: 7 },
      dispenses: [
        {
          pharmacyId: hub.pharmacy().institutionId,
          buyer: {
            ...THE_PATIENT,
            checkedAt: 'counter',
            pharmacistId: hub.world.cast.pharmacist.practitionerId,
            at: hub.now.toISOString(),
          },
          endReason: 'handed-over',
        },
      ],
      settlements: [{ status: 'settled' }],
    })
    t.equal(body.chain.head, body.events.at(-1).hash)
    t.ok(body.decisions.some((decision: { step: string }) => decision.step === 'intake'))
    t.ok(body.postings.length > 0)
    for (const { lines } of body.postings) {
      t.equal(
        lines.reduce((sum: number, line: { amountFen: number }) => sum + line.amountFen, 0),
        0,
      )
    }
  },
)

t.test('a chain whose event was altered, removed or added is found broken where it is', async (t) => {
  const { hub } = await hubApp(t)
  const { no } = await walker(hub).reviewed()
  const events = await listEvents(hub.deps.pool, '441400', no)
  const head = (await find(hub.deps.pool, '441400', no))!
  t.match(verifyChain('441400', events, head), { intact: true, length: 4 })
  const altered = events.map((event) => (event.revision === 2 ? { ...event, actorId: 'x' } : event))
  t.match(verifyChain('441400', altered, head), { intact: false, brokenAt: 2 })
  const removed = events.filter((event) => event.revision !== 3)
  t.match(verifyChain('441400', removed, head), { intact: false, brokenAt: 3 })
  t.match(verifyChain('441400', events.slice(0, -1), head), { intact: false, brokenAt: 4 })
  t.match(verifyChain('500000', events, head), { intact: false, brokenAt: 1 })
})

t.test('MZ-6.7 the agency defers a settlement, and the file waits in its list', async (t) => {
  const { hub, as } = await hubApp(t)
  const { no } = await walker(hub).settling()
  const post = (verb: string, reasonCode: string) =>
    as(hub.agency(), 'POST', `/agency/prescriptions/${no}/${verb}`, { body: { reasonCode } })
  t.equal((await post('defer', 'no-such-reason')).body.code, 'malformed')
  t.match((await post('cancel', 'duplicate')).status, 202)
  const deferred = await post('defer', 'settlement-unavailable')
  t.match([deferred.status, deferred.body], [200, { state: 'deferred', manualFileId: String }])
  const list = (await as(hub.agency(), 'GET', '/agency/manual-files?status=open')).body
  t.match(list.items, [{ fileId: deferred.body.manualFileId, prescriptionNo: no, status: 'open' }])
  t.same((await as(hub.agency(), 'GET', '/agency/manual-files?status=paid')).body, { items: [] })
  t.match((await post('reverse', 'pharmacy-unavailable')).body, { state: 'reviewed' })
  t.equal((await post('reverse', 'pharmacy-unavailable')).body.code, 'wrong-state')
  t.match((await as(hub.agency(), 'GET', '/agency/manual-files')).body.items, [{ status: 'withdrawn' }])
})

t.test('the agency cancels a prescription of its region', async (t) => {
  const { hub, as } = await hubApp(t)
  const { no } = await walker(hub).submitted()
  const url = `/agency/prescriptions/${no}/cancel`
  t.match((await as(hub.agency(), 'POST', url, { body: { reasonCode: 'duplicate' } })).body, {
    cancel: 'done',
  })
  t.match((await as(hub.agency(), 'POST', url, { body: { reasonCode: 'duplicate' } })).status, 409)
})
