import t from 'tap'
import type { PayerAnswer, PayerClaim, RemotePayer } from '../../../src/domain/settlement/payer-gateway.ts'
import { PayerUnavailable } from '../../../src/domain/settlement/payer-gateway.ts'
import { deferSettlement } from '../../../src/usecases/defer-settlement.ts'
import { cancelAtPayer } from '../../../src/usecases/payer/cancel-at-payer.ts'
import { recordPayerAnswer } from '../../../src/usecases/payer/record-payer-answer.ts'
import { settleWithPayer } from '../../../src/usecases/payer/settle-with-payer.ts'
import { reverseSettlement } from '../../../src/usecases/reverse-settlement.ts'
import { aWrite, type TestHub, testHub } from '../../support/hub.ts'
import { brokenInvariants } from '../../support/invariants.ts'
import { walker } from '../../support/journey.ts'

/** A payer that answers as it is told, and remembers what it was asked. */
function told(
  answer: (claim: PayerClaim) => PayerAnswer | Promise<PayerAnswer>,
  amountWinner: 'hub' | 'payer' = 'hub',
) {
  const asked: PayerClaim[] = []
  const cancelled: string[] = []
  const payer: RemotePayer = {
    kind: 'remote',
    amountWinner,
    async settle(claim) {
      asked.push(claim)
      return await answer(claim)
    },
    async cancel(_region, settlementId) {
      cancelled.push(settlementId)
    },
    async *list() {},
  }
  return { payer, asked, cancelled }
}

const accepts = (claim: PayerClaim): PayerAnswer => ({
  outcome: 'accepted',
  reference: 'R-1',
  totals: claim.totals,
})
const oneFenMore = (claim: PayerClaim): PayerAnswer => ({
  outcome: 'accepted',
  reference: 'R-1',
  totals: {
    ...claim.totals,
    'basic-fund': claim.totals['basic-fund'] + 1,
    patient: claim.totals.patient - 1,
  },
})
const silence = (): never => {
  throw new PayerUnavailable('no answer')
}

const jobOf = (hub: TestHub, settlementId: string) => ({ regionCode: hub.world.regionCode, settlementId })

async function requestOf(hub: TestHub, settlementId: string) {
  const { rows } = await hub.deps.pool.query(
    'select status, times_asked, cancel_reason from payer_request where settlement_id = $1',
    [settlementId],
  )
  return rows[0]
}

async function cancelJobs(hub: TestHub): Promise<number> {
  const { rows } = await hub.deps.pool.query(
    `select count(*)::int as n from outbox where queue = 'payer-cancel'`,
  )
  return rows[0].n
}

async function statusOf(hub: TestHub, settlementId: string) {
  const { rows } = await hub.deps.pool.query(
    'select status, fund_fen::int, patient_fen::int from settlement where settlement_id = $1',
    [settlementId],
  )
  return rows[0]
}

t.test('MZ-6.6 an accepted settlement is posted once, however often the job runs', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const { no, settlementId } = await walk.settling()
  const { payer, asked } = told(accepts)
  await settleWithPayer(hub.deps, jobOf(hub, settlementId), payer)
  await settleWithPayer(hub.deps, jobOf(hub, settlementId), payer)
  t.equal(await walk.stateOf(no), 'settled')
  t.equal(asked.length, 1, 'what is decided is not asked again')
  t.equal(asked[0]!.settlementId, settlementId)
  t.equal((await requestOf(hub, settlementId)).status, 'accepted')
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('the same question is asked again after silence, word for word', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const { no, settlementId } = await walk.settling()
  let tries = 0
  const { payer, asked } = told((claim) => (++tries < 3 ? silence() : accepts(claim)))
  for (let run = 0; run < 2; run += 1) {
    await t.rejects(settleWithPayer(hub.deps, jobOf(hub, settlementId), payer), { name: 'PayerUnavailable' })
    t.equal(await walk.stateOf(no), 'settling')
  }
  await settleWithPayer(hub.deps, jobOf(hub, settlementId), payer)
  t.same(asked[2], asked[0])
  t.equal((await requestOf(hub, settlementId)).times_asked, 3)
  t.equal(await walk.stateOf(no), 'settled')
})

t.test('a refusal declines and the pharmacy may ask again', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const { no, settlementId } = await walk.settling()
  const { payer } = told(() => ({ outcome: 'refused', code: 'insurance-suspended' }))
  await settleWithPayer(hub.deps, jobOf(hub, settlementId), payer)
  t.equal(await walk.stateOf(no), 'reviewed')
  t.equal((await statusOf(hub, settlementId)).status, 'declined')
  t.equal(await cancelJobs(hub), 0)
})

t.test('MZ-6.7 an answer after the deferral pays nobody and is taken back', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const { no, settlementId } = await walk.settling()
  const agency = hub.agency()
  const { payer, cancelled } = told(async (claim) => {
    await deferSettlement(hub.deps, agency, aWrite(agency), no, 'payer-silent')
    return accepts(claim)
  })
  await settleWithPayer(hub.deps, jobOf(hub, settlementId), payer)
  t.equal(await walk.stateOf(no), 'deferred')
  t.equal((await requestOf(hub, settlementId)).status, 'cancelling')
  t.equal(await cancelJobs(hub), 1)
  await cancelAtPayer(hub.deps, jobOf(hub, settlementId), payer)
  t.same(cancelled, [settlementId])
  t.equal((await requestOf(hub, settlementId)).status, 'cancelled')
  const late = { outcome: 'accepted', reference: 'R-9', totals: JSON.parse('{"patient":1}') } as PayerAnswer
  await recordPayerAnswer(hub.deps, jobOf(hub, settlementId), late, 'hub')
  t.equal(await cancelJobs(hub), 2, 'an answer after the cancellation is taken back once more')
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('a reversal takes the money back at the payer too', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const { no, settlementId } = await walk.settling()
  const { payer } = told(accepts)
  await settleWithPayer(hub.deps, jobOf(hub, settlementId), payer)
  const pharmacy = hub.pharmacy()
  await reverseSettlement(hub.deps, pharmacy, aWrite(pharmacy), no, 'patient-changed-mind')
  t.match(await requestOf(hub, settlementId), { status: 'cancelling', cancel_reason: 'reversed' })
  t.equal(await cancelJobs(hub), 1)
})

t.test('amounts that differ are flagged; the hub wins by declining, the payer by its amounts', async (t) => {
  for (const winner of ['hub', 'payer'] as const) {
    const hub = await testHub(t)
    const walk = walker(hub)
    const { no, settlementId } = await walk.settling()
    const { payer, asked } = told(oneFenMore, winner)
    await settleWithPayer(hub.deps, jobOf(hub, settlementId), payer)
    const { rows } = await hub.deps.pool.query('select kind, settlement_id from payer_difference')
    t.same(rows, [{ kind: 'amount-differs', settlement_id: settlementId }], winner)
    t.equal(await walk.stateOf(no), winner === 'hub' ? 'reviewed' : 'settled')
    t.equal(await cancelJobs(hub), winner === 'hub' ? 1 : 0)
    if (winner === 'payer') {
      t.equal((await statusOf(hub, settlementId)).patient_fen, asked[0]!.totals.patient - 1)
      const year = await hub.deps.pool.query(
        `select sum(amount_fen)::int as fen from person_year_movement where measure = 'fundPaid'`,
      )
      t.equal(year.rows[0].fen, asked[0]!.totals['basic-fund'] + 1)
    }
    t.same(await brokenInvariants(hub.deps.pool), [])
  }
})

t.test('a second answer that says something else is flagged and changes nothing', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const { no, settlementId } = await walk.settling()
  const { payer, asked } = told(accepts)
  await settleWithPayer(hub.deps, jobOf(hub, settlementId), payer)
  await recordPayerAnswer(hub.deps, jobOf(hub, settlementId), accepts(asked[0]!), 'hub')
  const same = await hub.deps.pool.query('select kind from payer_difference')
  t.same(same.rows, [], 'the same answer again is no difference')
  await recordPayerAnswer(hub.deps, jobOf(hub, settlementId), oneFenMore(asked[0]!), 'hub')
  const { rows } = await hub.deps.pool.query('select kind from payer_difference')
  t.same(rows, [{ kind: 'answered-differently' }])
  t.equal(await walk.stateOf(no), 'settled')
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('MZ-7.1 a second settlement of the same year waits for the first answer', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const first = await walk.settling()
  const { payer } = told(silence)
  await t.rejects(settleWithPayer(hub.deps, jobOf(hub, first.settlementId), payer), {
    name: 'PayerUnavailable',
  })
  const open = told(accepts)
  const second = await walk.settling({ drugs: [hub.world.cast.publicPriceDrug] })
  await t.rejects(settleWithPayer(hub.deps, jobOf(hub, second.settlementId), open.payer), {
    name: 'PayerUnavailable',
  })
  t.equal(open.asked.length, 0)
  await settleWithPayer(hub.deps, jobOf(hub, first.settlementId), open.payer)
  await settleWithPayer(hub.deps, jobOf(hub, second.settlementId), open.payer)
  t.equal(open.asked.length, 2)
})
