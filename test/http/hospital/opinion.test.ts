import t from 'tap'
import { feedShown } from '../../support/feed.ts'
import { hubApp } from '../../support/hub-app.ts'
import { walker } from '../../support/journey.ts'

const OPINION = '剂量过大，请改为每日一次'

t.test("MZ-6.5 the pharmacist's words reach hospital and agency, and no event or log", async (t) => {
  const log: string[] = []
  const { hub, as } = await hubApp(t, { log })
  const walk = walker(hub)
  const { no } = await walk.held()
  const pharmacy = hub.pharmacy()
  const { pharmacist } = hub.world.cast
  const body = {
    pharmacistId: pharmacist.practitionerId,
    decision: 'refuse',
    reasonCode: 'dose-unsafe',
    opinion: OPINION,
  }
  t.equal((await as(pharmacy, 'POST', `/pharmacy/prescriptions/${no}/review`, { body })).status, 200)
  const review = {
    pharmacyId: pharmacy.institutionId,
    pharmacistId: pharmacist.practitionerId,
    decision: 'refuse',
    reasonCode: 'dose-unsafe',
    opinion: OPINION,
  }
  t.match((await as(hub.hospital(), 'GET', `/hospital/prescriptions/${no}`)).body, { review })
  t.match((await as(hub.agency(), 'GET', `/agency/prescriptions/${no}`)).body, { status: { review } })
  await feedShown(hub.deps.pool)
  const events = await as(hub.hospital(), 'GET', '/hospital/events')
  t.match(events.body.entries.at(-1), { type: 'review-refused', data: { reason: 'dose-unsafe' } })
  t.notOk(JSON.stringify(events.body).includes(OPINION))
  t.notOk(log.join('').includes(OPINION))
})

t.test('a cancel that waited for the pharmacy keeps the reason of the hospital', async (t) => {
  const { hub, as } = await hubApp(t)
  const walk = walker(hub)
  const { no } = await walk.held()
  const cancel = { body: { reasonCode: 'prescribing-error' } }
  t.equal((await as(hub.hospital(), 'POST', `/hospital/prescriptions/${no}/cancel`, cancel)).status, 202)
  const release = { body: { reasonCode: 'other' } }
  t.match((await as(hub.pharmacy(), 'POST', `/pharmacy/prescriptions/${no}/release`, release)).body, {
    state: 'cancelled',
  })
  const status = (await as(hub.hospital(), 'GET', `/hospital/prescriptions/${no}`)).body
  t.match(status, { state: 'cancelled', cancelReason: 'prescribing-error' })
  t.match(status.events.at(-1), {
    type: 'cancelled',
    data: { reason: 'prescribing-error', releaseReason: 'other' },
  })
})
