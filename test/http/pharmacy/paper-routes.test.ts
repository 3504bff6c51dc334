import { randomUUID } from 'node:crypto'
import t from 'tap'
import { feedShown } from '../../support/feed.ts'
import { hubApp } from '../../support/hub-app.ts'
import { walker } from '../../support/journey.ts'
import { A_SCAN, paperOf, sha256Of } from '../../support/paper.ts'

const URL_OF_ENTRY = '/pharmacy/paper-prescriptions'
const sent = (entry: ReturnType<typeof paperOf>['entry'], content?: Buffer) => ({
  document: entry.document.toString('base64'),
  scan: {
    mediaType: 'application/pdf',
    sha256: sha256Of(A_SCAN),
    ...(content === undefined ? {} : { content: content.toString('base64') }),
  },
  reason: entry.reason,
  presentedAt: entry.presentedAt,
})

t.test('MZ-7.5 a pharmacy enters from paper, the hospital learns of it and objects', async (t) => {
  const { hub, app, as } = await hubApp(t)
  const pharmacy = hub.pharmacy()
  const { entry, content } = paperOf(hub)
  const body = sent(entry, A_SCAN)
  const key = randomUUID()
  const first = await as(pharmacy, 'POST', URL_OF_ENTRY, { body, key })
  t.match([first.status, first.body], [201, { state: 'held', origin: 'paper', prescription: content }])
  const again = await as(pharmacy, 'POST', URL_OF_ENTRY, { body, key })
  t.same(again.body, first.body)
  t.equal(again.headers['idempotency-replayed'], 'true')
  const no = first.body.prescriptionNo
  t.match((await as(pharmacy, 'POST', URL_OF_ENTRY, { body })).body, { code: 'paper-entered-already' })
  t.equal((await as(pharmacy, 'GET', `/pharmacy/prescriptions/${no}`)).status, 200)
  const other = hub.pharmacy(hub.world.cast.secondPharmacy.institutionId)
  const review = { pharmacistId: hub.world.cast.pharmacist.practitionerId, decision: 'approve' }
  t.equal((await as(other, 'POST', `/pharmacy/prescriptions/${no}/review`, { body: review })).status, 404)
  await feedShown(hub.deps.pool)
  const feed = (await as(hub.hospital(), 'GET', '/hospital/events')).body
  t.match(feed.entries[0], {
    prescriptionNo: no,
    type: 'pharmacy-chosen',
    data: { origin: 'paper', reason: 'hub-unreachable' },
  })
  const scan = await app.inject({ url: `/hospital/prescriptions/${no}/paper-scan` })
  t.equal(scan.statusCode, 401)
  const url = `/hospital/prescriptions/${no}/paper-confirmation`
  const hospital = hub.hospital()
  t.equal((await as(hospital, 'POST', url, { body: { decision: 'object' } })).body.code, 'malformed')
  t.equal(
    (await as(hospital, 'POST', url, { body: { decision: 'confirm', reasonCode: 'other' } })).body.code,
    'malformed',
  )
  const objection = { decision: 'object', reasonCode: 'content-differs' }
  const said = await as(hospital, 'POST', url, { body: objection })
  t.match([said.status, said.body], [200, { effect: 'cancel-pending', state: 'held' }])
  t.equal((await as(hospital, 'POST', url, { body: objection })).body.code, 'paper-answered-already')
  const list = (state: string) => as(hub.agency(), 'GET', `/agency/paper-prescriptions?state=${state}`)
  t.match((await list('objected')).body, {
    items: [{ prescriptionNo: no, objectionCode: 'content-differs', scanKeptBy: 'hub', settled: false }],
  })
  t.same((await list('confirmed')).body, { items: [] })
  t.equal((await list('lost')).body.code, 'malformed')
  const trace = await as(hub.agency(), 'GET', `/agency/prescriptions/${no}`)
  t.match([trace.status, trace.body.dispenses?.[0]?.takenBy], [200, 'paper'])
})

t.test('MZ-7.5 what a pharmacy may not enter is refused over HTTP with its code', async (t) => {
  const { hub, as } = await hubApp(t, { regions: ['500000'] })
  const { entry } = paperOf(hub)
  const pharmacy = hub.pharmacy()
  const post = async (body: object) => {
    const got = await as(pharmacy, 'POST', URL_OF_ENTRY, { body })
    return [got.status, got.body.code]
  }
  t.same(await post(sent(entry)), [422, 'paper-not-allowed'])
  t.same(await post({ ...sent(entry), reason: 'in-a-hurry' }), [400, 'malformed'])
  t.same(await post({ ...sent(entry), document: 'AAA' }), [400, 'malformed'])
  t.same(await post(sent(entry, Buffer.from('GIF89a'))), [415, 'paper-not-accepted'])
  t.same((await as(hub.agency(), 'POST', URL_OF_ENTRY, { body: sent(entry) })).status, 403)
  t.equal((await walker(hub).submitted()).receipt.state, 'open')
})
