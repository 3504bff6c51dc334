import t from 'tap'
import { cancelPrescription } from '../../../src/usecases/cancel-prescription.ts'
import { feedShown } from '../../support/feed.ts'
import { aWrite } from '../../support/hub.ts'
import { pharmacyTest } from './calls.ts'

const MINUTE = 60_000

t.test('a hold is renewed as often as the policy allows, and not once money moves', async (t) => {
  const { hub, walk, post } = await pharmacyTest(t)
  const { no, taken } = await walk.held()
  const renew = () => post(`/pharmacy/prescriptions/${no}/renew-hold`)
  const began = hub.now.getTime()
  const until = (minutes: number) => new Date(began + minutes * MINUTE).toISOString()
  t.equal(taken.holdUntil, until(30))
  t.match(await renew(), { status: 409, body: { code: 'hold-not-renewable' } }, 'nothing is gained yet')
  hub.now = new Date(began + 20 * MINUTE)
  t.match(await renew(), { status: 200, body: { state: 'held', holdUntil: until(50) } })
  hub.now = new Date(began + 49 * MINUTE)
  t.match(await renew(), { status: 200, body: { holdUntil: until(79) } })
  hub.now = new Date(began + 70 * MINUTE)
  t.match(await renew(), { status: 200, body: { holdUntil: until(90) } }, 'thirty minutes and twice as many')
  hub.now = new Date(began + 89 * MINUTE)
  t.match(await renew(), { status: 409, body: { code: 'hold-not-renewable' } })
  hub.now = new Date(began + 90 * MINUTE)
  t.match(await renew(), { status: 409, body: { code: 'hold-lost' } })
})

t.test('a hold with a pending cancel, or under settlement, is not renewed', async (t) => {
  const { hub, walk, post } = await pharmacyTest(t)
  const settling = await walk.settling()
  t.match(await post(`/pharmacy/prescriptions/${settling.no}/renew-hold`), { body: { code: 'wrong-state' } })
  const held = await walk.held({ person: hub.world.cast.resident })
  await cancelPrescription(hub.deps, hub.hospital(), aWrite(hub.hospital()), held.no, 'patient-request')
  hub.now = new Date(hub.now.getTime() + MINUTE)
  t.match(await post(`/pharmacy/prescriptions/${held.no}/renew-hold`), { body: { code: 'cancel-pending' } })
})

t.test(
  'MZ-6.5 a licensed pharmacist of the pharmacy reviews; a refusal needs a reason and ends it',
  async (t) => {
    const { hub, walk, get, post } = await pharmacyTest(t)
    const { pharmacist, expiredPharmacist, secondPharmacist } = hub.world.cast
    const { no } = await walk.held()
    const review = (body: object) => post(`/pharmacy/prescriptions/${no}/review`, body)
    const approve = (pharmacistId: string) => review({ pharmacistId, decision: 'approve' })
    for (const wrong of [expiredPharmacist, secondPharmacist]) {
      const said = await approve(wrong.practitionerId)
      t.match(said, { status: 422, body: { code: 'rules-failed', findings: [{ ruleId: 'MZ-6.5' }] } })
    }
    t.match(await review({ pharmacistId: pharmacist.practitionerId, decision: 'refuse' }), {
      body: { code: 'malformed' },
    })
    const refused = await review({
      pharmacistId: pharmacist.practitionerId,
      decision: 'refuse',
      reasonCode: 'interaction',
      opinion: '请核对合并用药',
    })
    t.match(refused, { status: 200, body: { state: 'refused' } })
    const { body } = await get(`/pharmacy/prescriptions/${no}`)
    t.match(body, {
      state: 'refused',
      dispense: {
        review: {
          decision: 'refuse',
          reasonCode: 'interaction',
          opinion: '请核对合并用药',
          pharmacistName: String,
        },
      },
    })
    t.notOk(body.prescription, 'the pharmacy no longer has it')
  },
)

t.test('a cancel that waits is shown, blocks the settlement, and takes effect on release', async (t) => {
  const { hub, walk, get, post } = await pharmacyTest(t)
  const { no, content } = await walk.reviewed()
  await cancelPrescription(hub.deps, hub.hospital(), aWrite(hub.hospital()), no, 'patient-request')
  t.match((await get(`/pharmacy/prescriptions/${no}`)).body, {
    state: 'reviewed',
    cancelPending: { since: hub.now.toISOString(), reasonCode: 'patient-request' },
  })
  t.equal((await get('/pharmacy/inbox')).body.entries[0].cancelPending, true)
  const settle = await post(`/pharmacy/prescriptions/${no}/settlement`, { lines: walk.lines(content) })
  t.match(settle, { status: 409, body: { code: 'cancel-pending' } })
  t.match(await post(`/pharmacy/prescriptions/${no}/release`, { reasonCode: 'nonsense' }), {
    body: { code: 'malformed' },
  })
  t.match(await post(`/pharmacy/prescriptions/${no}/release`, { reasonCode: 'patient-left' }), {
    status: 200,
    body: { state: 'cancelled' },
  })
})

t.test('a released prescription goes back to chosen and hides its document again', async (t) => {
  const { walk, get, post } = await pharmacyTest(t)
  const { no } = await walk.held()
  t.match(await post(`/pharmacy/prescriptions/${no}/release`, { reasonCode: 'out-of-stock' }), {
    status: 200,
    body: { state: 'chosen' },
  })
  const { body } = await get(`/pharmacy/prescriptions/${no}`)
  t.match(body, { state: 'chosen', dispense: { endReason: 'released' } })
  t.notOk(body.prescription)
  t.notOk(body.holdUntil)
  t.match(await post(`/pharmacy/prescriptions/${no}/release`, { reasonCode: 'out-of-stock' }), {
    status: 409,
    body: { code: 'hold-lost' },
  })
})

t.test('another pharmacy gets the answer of an unknown prescription everywhere', async (t) => {
  const { hub, walk, get, post } = await pharmacyTest(t)
  const other = hub.world.cast.secondPharmacy.institutionId
  const { no, content } = await walk.settled()
  const at = `/pharmacy/prescriptions/${no}`
  const lines = walk.lines(content)
  const answers = [
    await get(at, other),
    await get(`${at}/settlement`, other),
    await post('/pharmacy/takes', { prescriptionNo: no }, other),
    await post(`${at}/renew-hold`, undefined, other),
    await post(`${at}/release`, { reasonCode: 'other' }, other),
    await post(
      `${at}/review`,
      { pharmacistId: hub.world.cast.secondPharmacist.practitionerId, decision: 'approve' },
      other,
    ),
    await post(`${at}/quote`, { lines }, other),
    await post(`${at}/settlement`, { lines }, other),
    await post(`${at}/defer`, { reasonCode: 'other' }, other),
    await post(`${at}/reverse`, { reasonCode: 'other' }, other),
    await post(`${at}/hand-over`, walk.handOverOf(content), other),
    await post(`${at}/return`, { reasonCode: 'other' }, other),
  ]
  for (const said of answers) t.match(said, { status: 404, body: { code: 'prescription-unknown' } })
  t.same((await get('/pharmacy/inbox', other)).body.entries, [])
  await feedShown(hub.deps.pool)
  t.same((await get('/pharmacy/events', other)).body.entries, [])
  const unknown = await get(`/pharmacy/prescriptions/${no.slice(0, 14)}99999999`)
  t.match(unknown, { status: 404, body: { code: 'prescription-unknown' } })
})
