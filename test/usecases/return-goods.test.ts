import t from 'tap'
import { cancelPrescription } from '../../src/usecases/cancel-prescription.ts'
import type { Caller } from '../../src/usecases/deps.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import { closeRefund, readRefunds } from '../../src/usecases/refunds.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { type GoodsReturn, returnGoods, returnSupplied } from '../../src/usecases/return-goods.ts'
import { reverseSettlement } from '../../src/usecases/reverse-settlement.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { sweepUncollected } from '../../src/usecases/sweep.ts'
import { aWrite, type TestHub, testHub } from '../support/hub.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { walker } from '../support/journey.ts'
import { accountsOf } from '../support/money.ts'

/** Supplies a part of a chosen prescription. @returns the supply */
async function supplied(
  hub: TestHub,
  no: string,
  quantity: string,
  at: { readonly pharmacy: Caller & { readonly institutionId: string }; readonly pharmacistId: string },
) {
  const walk = walker(hub)
  const { pharmacy, pharmacistId } = at
  await walk.choose(no, pharmacy.institutionId)
  const { body: taken } = await walk.take(no, pharmacy)
  await walk.review(no, pharmacy, pharmacistId)
  const lines = [{ lineNo: 1, quantity, unitPriceFen: 324 }]
  const { body } = await requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), no, { lines })
  await settlePrescription(hub.deps, { regionCode: hub.world.regionCode, settlementId: body.settlementId })
  const given = { ...walk.handOverOf({ lines: [{ lineNo: 1 }] }), pharmacistId }
  await handOver(hub.deps, pharmacy, aWrite(pharmacy), no, given)
  return {
    dispenseId: taken.dispenseId,
    traceCodes: given.lines[0]!.traceCodes,
    settlementId: body.settlementId,
  }
}

function placesOf(hub: TestHub) {
  const { pharmacist, secondPharmacy, secondPharmacist } = hub.world.cast
  return {
    first: { pharmacy: hub.pharmacy(), pharmacistId: pharmacist.practitionerId },
    second: {
      pharmacy: hub.pharmacy(secondPharmacy.institutionId),
      pharmacistId: secondPharmacist.practitionerId,
    },
  }
}

const back = (hub: TestHub, by: Caller, goods: Partial<GoodsReturn> & { readonly dispenseId: string }) =>
  returnSupplied(hub.deps, by, aWrite(by), { reasonCode: 'adverse-reaction', ...goods })

t.test('a partial supply comes back while the rest is open, and after the rest was cancelled', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const { first } = placesOf(hub)
  const agency = hub.agency()
  for (const cancelled of [false, true]) {
    const { no } = await walk.submitted({ quantity: 14 })
    const { dispenseId } = await supplied(hub, no, '10', first)
    t.equal(await walk.stateOf(no), 'open')
    const hospital = hub.hospital()
    if (cancelled) await cancelPrescription(hub.deps, hospital, aWrite(hospital), no, 'duplicate')
    const { body } = cancelled
      ? await back(hub, agency, { dispenseId })
      : await returnGoods(hub.deps, first.pharmacy, aWrite(first.pharmacy), no, 'recall')
    t.match(body, {
      dispenseId,
      state: cancelled ? 'cancelled' : 'open',
      lines: [{ returned: '10', kept: '0' }],
    })
    t.equal(await walk.stateOf(no), cancelled ? 'cancelled' : 'open')
    await t.rejects(back(hub, agency, { dispenseId }), { code: 'goods-returned-already' })
  }
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('two pharmacies supplied: each takes its own back, and the state tells who has what', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const { first, second } = placesOf(hub)
  const { no } = await walk.submitted({ quantity: 14 })
  const one = await supplied(hub, no, '10', first)
  const two = await supplied(hub, no, '4', second)
  t.equal(await walk.stateOf(no), 'dispensed')
  await t.rejects(back(hub, second.pharmacy, { dispenseId: one.dispenseId }), { code: 'supply-unknown' })
  const agency = hub.agency()
  await t.rejects(returnGoods(hub.deps, agency, aWrite(agency), no, 'recall'), { code: 'supply-ambiguous' })
  await returnGoods(hub.deps, first.pharmacy, aWrite(first.pharmacy), no, 'dispensing-error')
  t.equal(await walk.stateOf(no), 'dispensed', 'four are with the patient')
  await returnGoods(hub.deps, second.pharmacy, aWrite(second.pharmacy), no, 'dispensing-error')
  t.equal(await walk.stateOf(no), 'returned')
  const again = returnGoods(hub.deps, first.pharmacy, aWrite(first.pharmacy), no, 'dispensing-error')
  await t.rejects(again, { code: 'goods-returned-already' })
  t.same(await accountsOf(hub), {})
  t.ok(two.dispenseId !== one.dispenseId)
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('MZ-6.6 what is kept is settled as if nothing else had been bought, to the fen', async (t) => {
  const hub = await testHub(t, { anyQuantity: true })
  const walk = walker(hub)
  const { first } = placesOf(hub)
  const { no } = await walk.submitted({ quantity: 1_000 })
  const { dispenseId, settlementId } = await supplied(hub, no, '1000', first)
  const { body } = await back(hub, first.pharmacy, {
    dispenseId,
    lines: [{ lineNo: 1, quantity: '400' }],
  })
  // 1,000 at 3.24: patient 1,503.00. Kept: 600 = 1,944.00; class B 194.40; deductible 600.00; 1,149.60 * 75 % = 862.20;
  // patient 1,081.80, so 421.20 are owed.
  t.match(body, { settlementId, state: 'dispensed', refund: { amountFen: 42_120 } })
  const { institutionId } = first.pharmacy
  t.same(await accountsOf(hub), {
    'fund:basic:employee': -86_220,
    [`institution:${institutionId}:counter`]: 108_180,
    [`institution:${institutionId}:receivable`]: 86_220,
    'patient:paid': -108_180,
  })
  const { rows } = await hub.deps.pool.query(
    `select measure, sum(amount_fen)::int as fen from person_year_movement group by 1 having sum(amount_fen) <> 0 order by 1`,
  )
  t.match(
    rows.filter(({ measure }) => ['deductiblePaid', 'fundPaid'].includes(measure)),
    [
      { measure: 'deductiblePaid', fen: 60_000 },
      { measure: 'fundPaid', fen: 86_220 },
    ],
  )
  const rest = await back(hub, first.pharmacy, { dispenseId })
  t.match(rest.body, { settlementId: body.resettlementId, state: 'returned', refund: { amountFen: 108_180 } })
  t.same(await accountsOf(hub), {})
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('an intact pack is sold again, with its history; a recalled one never', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const sold = async (traceCodes?: readonly string[]) => {
    const it = await walk.settled({ person: hub.world.cast.resident })
    const given = walk.handOverOf(it.content)
    const lines = given.lines.map((line) => ({ ...line, ...(traceCodes && { traceCodes }) }))
    await handOver(hub.deps, pharmacy, aWrite(pharmacy), it.no, { ...given, lines })
    return { ...it, traceCodes: lines[0]!.traceCodes ?? [] }
  }
  const intact = await sold()
  await returnGoods(hub.deps, pharmacy, aWrite(pharmacy), intact.no, 'dispensing-error')
  await t.resolves(sold(intact.traceCodes))
  const { rows } = await hub.deps.pool.query(
    'select count(*)::int as times, count(return_id)::int as back from trace_code where trace_code = $1',
    [intact.traceCodes[0]],
  )
  t.same(rows, [{ times: 2, back: 1 }])
  const recalled = await sold()
  await returnGoods(hub.deps, pharmacy, aWrite(pharmacy), recalled.no, 'recall')
  await t.rejects(sold(recalled.traceCodes), { code: 'trace-code-used' })
})

t.test('what was paid for nothing is owed, listed, and closed once by the supplier alone', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const { first, second } = placesOf(hub)
  const { pharmacy } = first
  const { regionCode } = hub.world
  const page = (filter = {}) => readRefunds(hub.deps, regionCode, filter, undefined, 50)

  const reversed = await walk.settled()
  const { body } = await reverseSettlement(
    hub.deps,
    pharmacy,
    aWrite(pharmacy),
    reversed.no,
    'wrong-lines',
    true,
  )
  t.ok(body.refund!.amountFen > 0)
  const unpaid = await walk.settled()
  const { body: none } = await reverseSettlement(
    hub.deps,
    pharmacy,
    aWrite(pharmacy),
    unpaid.no,
    'wrong-lines',
  )
  t.notOk('refund' in none, 'the pharmacy said nothing of a payment')
  t.match((await page()).items, [
    { refundId: body.refund!.refundId, cause: 'settlement-reversed', state: 'owed' },
  ])
  t.equal((await page()).owedFen, body.refund!.amountFen)
  t.same((await page({ overdue: true })).items, [])

  const lapsed = await walk.settled()
  hub.now = new Date(hub.now.getTime() + 8 * 24 * 3_600_000)
  t.equal(await sweepUncollected(hub.deps), 1)
  const owed = (await page({ state: 'owed' })).items
  t.match(owed, [{ cause: 'settlement-reversed' }, { cause: 'settlement-lapsed', prescriptionNo: lapsed.no }])
  t.match((await page({ overdue: true })).items, [{ refundId: body.refund!.refundId }])

  const close = (by: typeof pharmacy, refundId: string, reference?: string) =>
    closeRefund(
      hub.deps,
      by,
      aWrite(by),
      refundId,
      reference === undefined ? { state: 'nothing-taken' } : { state: 'paid-back', reference },
    )
  await t.rejects(close(second.pharmacy, owed[0]!.refundId), { code: 'refund-unknown' })
  t.match((await close(pharmacy, owed[0]!.refundId, 'TILL-1')).body, {
    state: 'paid-back',
    reference: 'TILL-1',
  })
  t.match((await close(pharmacy, owed[1]!.refundId)).body, { state: 'nothing-taken' })
  await t.rejects(close(pharmacy, owed[0]!.refundId, 'TILL-2'), { code: 'refund-closed-already' })
  t.equal((await page()).owedFen, 0)
  t.same(await brokenInvariants(hub.deps.pool), [])
})
