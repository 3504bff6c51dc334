import t from 'tap'
import { inTransaction } from '../../../src/storage/database.ts'
import { recordFailure } from '../../../src/storage/failed-job.ts'
import * as outbox from '../../../src/storage/outbox.ts'
import type { Caller } from '../../../src/usecases/deps.ts'
import type { TestHub } from '../../support/hub.ts'
import { hubApp } from '../../support/hub-app.ts'

const operator: Caller = { kind: 'operator', id: 'operator-1', regionCode: '' }

async function aFailure(hub: TestHub, regionCode: string, settlementId: string): Promise<string> {
  return await inTransaction(hub.deps.pool, async (tx) => {
    const body = { settlementId }
    const outboxId = await outbox.add(tx, regionCode, 'settlement', body, hub.now)
    await outbox.markSent(tx, [{ regionCode, outboxId }], hub.now)
    const entry = { regionCode, outboxId, queue: 'settlement', body, attempts: 8 }
    await recordFailure(tx, entry, { kind: 'fault', reason: '57P01', attempts: 8 }, hub.now)
    return outboxId
  })
}

t.test('MZ-6.7 an operator sees failed work, sends it again, and sees it gone', async (t) => {
  const { hub, as } = await hubApp(t)
  const first = await aFailure(hub, '441400', 'S1')
  const second = await aFailure(hub, '441400', 'S2')
  const { items, next } = (await as(operator, 'GET', '/operator/failed-jobs?limit=1')).body
  t.match(items, [
    { outboxId: second, kind: 'fault', reason: '57P01', attempts: 8, body: { settlementId: 'S2' } },
  ])
  t.match((await as(operator, 'GET', `/operator/failed-jobs?after=${next}`)).body.items, [
    { outboxId: first },
  ])
  const retried = await as(operator, 'POST', `/operator/failed-jobs/441400/${first}/retry`)
  t.match([retried.status, retried.body], [200, { outboxId: first, resolution: 'retried' }])
  t.match((await as(operator, 'GET', '/operator/outbox')).body, { unsent: 1, unacknowledged: 1 })
  const again = await as(operator, 'POST', `/operator/failed-jobs/441400/${first}/retry`)
  t.match([again.status, again.body.code], [404, 'not-yours'])
  t.match((await as(operator, 'GET', '/operator/failed-jobs')).body.items, [{ outboxId: second }])
  const closed = await as(operator, 'POST', `/operator/failed-jobs/441400/${second}/resolve`, {
    body: { resolution: 'done-by-hand' },
  })
  t.equal(closed.status, 200)
  t.same((await as(operator, 'GET', '/operator/failed-jobs')).body, { items: [] })
  t.match((await as(operator, 'GET', '/operator/failed-jobs?resolved=include')).body.items, [
    { resolution: 'done-by-hand', resolvedBy: 'operator-1' },
    { resolution: 'retried' },
  ])
})

t.test('an operator of one region sees and touches that region only', async (t) => {
  const { hub, as } = await hubApp(t)
  const outboxId = await aFailure(hub, '441400', 'S1')
  const elsewhere: Caller = { ...operator, regionCode: '500000' }
  t.same((await as(elsewhere, 'GET', '/operator/failed-jobs?region=441400')).body, { items: [] })
  for (const [verb, body] of [
    ['retry', undefined],
    ['resolve', { resolution: 'dropped' }],
  ] as const) {
    const got = await as(elsewhere, 'POST', `/operator/failed-jobs/441400/${outboxId}/${verb}`, { body })
    t.match([got.status, got.body.code], [404, 'not-yours'])
  }
  t.equal((await as(operator, 'GET', '/operator/failed-jobs?region=441400')).body.items.length, 1)
})

t.test('a resolution comes from the code list', async (t) => {
  const { hub, as } = await hubApp(t)
  const outboxId = await aFailure(hub, '441400', 'S1')
  for (const resolution of ['retried', 'whatever']) {
    const body = { resolution }
    const got = await as(operator, 'POST', `/operator/failed-jobs/441400/${outboxId}/resolve`, { body })
    t.equal(got.body.code, 'malformed')
  }
})
