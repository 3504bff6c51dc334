import t from 'tap'
import { Problem } from '../../src/domain/problems.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { aWrite, type TestHub, testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'

interface Assertions {
  resolves(work: Promise<unknown>, message: string): Promise<unknown>
  fail(message: string): unknown
  ok(value: unknown, message: string): unknown
  same(found: unknown, wanted: unknown, message: string): unknown
}

const refusedAsExpired = (error: unknown) =>
  error instanceof Problem &&
  (error.code === 'prescription-expired' || error.findings.some((f) => f.ruleId === 'MZ-6.3'))

/** Runs a step one millisecond before the end of validity, and at it. */
async function bothSides(
  t: Assertions,
  hub: TestHub,
  prepare: () => Promise<{ no: string; expiresAt: Date; step: () => Promise<unknown> }>,
) {
  const begin = hub.now
  const early = await prepare()
  hub.now = new Date(early.expiresAt.getTime() - 1)
  await t.resolves(early.step(), 'the last millisecond is valid')
  hub.now = begin
  const late = await prepare()
  hub.now = late.expiresAt
  const { rows: before } = await hub.deps.pool.query(
    'select * from prescription_state where prescription_no = $1',
    [late.no],
  )
  try {
    await late.step()
    t.fail('the next one must not be')
  } catch (error) {
    t.ok(refusedAsExpired(error), 'the next one is not')
  }
  const { rows: after } = await hub.deps.pool.query(
    'select * from prescription_state where prescription_no = $1',
    [late.no],
  )
  t.same(after, before, 'and nothing changed')
  hub.now = begin
}

t.test('MZ-6.3 at choice', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  await bothSides(t, hub, async () => {
    const { no, receipt } = await walk.submitted()
    return { no, expiresAt: new Date(receipt.expiresAt), step: () => walk.choose(no) }
  })
})

t.test('MZ-6.3 at taking', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  await bothSides(t, hub, async () => {
    const { no, receipt } = await walk.chosen()
    return { no, expiresAt: new Date(receipt.expiresAt), step: () => walk.take(no) }
  })
})

t.test('MZ-6.3 at the settlement request', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  await bothSides(t, hub, async () => {
    const begin = hub.now
    const it = await walk.chosen()
    const expiresAt = new Date(it.receipt.expiresAt)
    hub.now = new Date(expiresAt.getTime() - 60_000)
    await walk.take(it.no)
    await walk.review(it.no)
    hub.now = begin
    return {
      no: it.no,
      expiresAt,
      step: () =>
        requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), it.no, { lines: walk.lines(it.content) }),
    }
  })
})

t.test(
  'MZ-6.3 at hand-over: a purchase begun in time is finished while the hold lasts, and not after it',
  async (t) => {
    const hub = await testHub(t)
    const walk = walker(hub)
    const pharmacy = hub.pharmacy()
    const begin = hub.now
    for (const late of [false, true]) {
      hub.now = begin
      const it = await walk.chosen()
      const expiresAt = new Date(it.receipt.expiresAt)
      hub.now = new Date(expiresAt.getTime() - 1)
      await walk.take(it.no)
      await walk.review(it.no)
      const { body } = await requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), it.no, {
        lines: walk.lines(it.content),
      })
      await settlePrescription(hub.deps, {
        regionCode: hub.world.regionCode,
        settlementId: body.settlementId,
      })
      const { rows } = await hub.deps.pool.query(
        'select hold_until from prescription_state where prescription_no = $1',
        [it.no],
      )
      const holdUntil = rows[0].hold_until as Date
      hub.now = late ? holdUntil : new Date(holdUntil.getTime() - 1)
      const work = handOver(hub.deps, pharmacy, aWrite(pharmacy), it.no, walk.handOverOf(it.content))
      if (late) await t.rejects(work, { code: 'prescription-expired' })
      else await t.resolves(work)
    }
  },
)
