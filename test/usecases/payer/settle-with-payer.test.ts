import t from 'tap'
import { dayOf } from '../../../src/domain/primitives/civil-day.ts'
import type { PayerAnswer, PayerClaim, RemotePayer } from '../../../src/domain/settlement/payer-gateway.ts'
import { PayerUnavailable, PayerUnreadable } from '../../../src/domain/settlement/payer-gateway.ts'
import { deferSettlement } from '../../../src/usecases/defer-settlement.ts'
import { handOver } from '../../../src/usecases/hand-over.ts'
import { cancelAtPayer } from '../../../src/usecases/payer/cancel-at-payer.ts'
import { readPayerDifferences, reconcilePayer } from '../../../src/usecases/payer/reconcile-payer.ts'
import { recordPayerAnswer } from '../../../src/usecases/payer/record-payer-answer.ts'
import { resolveUnanswered } from '../../../src/usecases/payer/resolve-unanswered.ts'
import { askPayerAgain, settleWithPayer } from '../../../src/usecases/payer/settle-with-payer.ts'
import { readPersonYear } from '../../../src/usecases/person-year/read-year.ts'
import { stateAmounts } from '../../../src/usecases/person-year/state-amounts.ts'
import { returnGoods } from '../../../src/usecases/return-goods.ts'
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

/** The differences of a settlement that are open. */
async function open(hub: TestHub, settlementId: string): Promise<string[]> {
  const { rows } = await hub.deps.pool.query<{ kind: string }>(
    'select kind from payer_difference where settlement_id = $1 and gone_at is null order by kind',
    [settlementId],
  )
  return rows.map(({ kind }) => kind)
}

t.test(
  'MZ-6.7 silence and a deferral cancel nothing: the payer is asked again, and its answer decides',
  async (t) => {
    const hub = await testHub(t)
    const walk = walker(hub)
    const agency = hub.agency()
    for (const paid of [true, false]) {
      const { no, settlementId } = await walk.settling(paid ? {} : { person: hub.world.cast.resident })
      const job = jobOf(hub, settlementId)
      let isSilent = true
      const { payer, asked } = told((claim) => {
        if (isSilent) return silence()
        return paid ? accepts(claim) : { outcome: 'refused', code: 'never-came' }
      })
      await t.rejects(settleWithPayer(hub.deps, job, payer), { name: 'PayerUnavailable' })
      const before = await cancelJobs(hub)
      await deferSettlement(hub.deps, agency, aWrite(agency), no, 'settlement-overdue')
      t.equal((await requestOf(hub, settlementId)).status, 'unresolved')
      t.same(await open(hub, settlementId), ['deferred-unanswered'])
      await t.rejects(askPayerAgain(hub.deps, job, payer), { name: 'PayerUnavailable', isShownAtOnce: true })
      t.equal(await cancelJobs(hub), before, 'nothing is cancelled while nobody knows')
      isSilent = false
      await askPayerAgain(hub.deps, job, payer)
      await askPayerAgain(hub.deps, job, payer)
      t.equal(asked.length, 3, 'what is known is not asked again')
      t.equal((await requestOf(hub, settlementId)).status, paid ? 'cancelling' : 'refused')
      t.equal(await cancelJobs(hub), before + (paid ? 1 : 0))
      t.same(await open(hub, settlementId), [])
      t.equal(await walk.stateOf(no), 'deferred')
    }
    t.same(await brokenInvariants(hub.deps.pool), [])
  },
)

t.test(
  'MZ-6.7 an answer that cannot be read cancels nothing, whatever follows, until a person decides',
  async (t) => {
    for (const action of ['keep', 'take-back'] as const) {
      const hub = await testHub(t)
      const walk = walker(hub)
      const agency = hub.agency()
      const { no, settlementId } = await walk.settling()
      const job = jobOf(hub, settlementId)
      let isGarbled = true
      const { payer, asked, cancelled } = told((claim) => {
        if (isGarbled) throw new PayerUnreadable('not-json', 200)
        return accepts(claim)
      })
      const unreadable = { name: 'PayerUnreadable', isShownAtOnce: true, code: 'payer-unreadable.not-json' }
      await t.rejects(settleWithPayer(hub.deps, job, payer), unreadable)
      t.same(await open(hub, settlementId), ['answer-unreadable'], 'the agency sees it at once')
      await deferSettlement(hub.deps, agency, aWrite(agency), no, 'settlement-overdue')
      await t.rejects(askPayerAgain(hub.deps, job, payer), unreadable)
      isGarbled = false
      await askPayerAgain(hub.deps, job, payer)
      t.equal((await requestOf(hub, settlementId)).status, 'unresolved')
      t.same(await open(hub, settlementId), ['deferred-unanswered', 'paid-there-only'])
      const claim = asked[0]!
      const listing: RemotePayer = {
        ...payer,
        async *list(_region, day) {
          if (day === claim.day) yield { settlementId, state: 'paid', reference: 'R-1', totals: claim.totals }
        },
      }
      await reconcilePayer(hub.deps, listing, hub.world.regionCode, claim.day)
      t.equal(await cancelJobs(hub), 0, 'nor does the reconciliation take it back')
      const decide = () => resolveUnanswered(hub.deps, agency, aWrite(agency), settlementId, action)
      t.match(await decide(), { status: 202, body: { action } })
      await t.rejects(decide(), { code: 'wrong-state' }, 'decided once')
      t.equal(await cancelJobs(hub), action === 'keep' ? 0 : 1)
      if (action === 'keep') t.same(await open(hub, settlementId), [])
      else {
        await cancelAtPayer(hub.deps, job, payer)
        t.same(cancelled, [settlementId])
      }
    }
  },
)

t.test('an answer that could not be read and then can settles as if nothing had been', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const { no, settlementId } = await walk.settling()
  let tries = 0
  const { payer } = told((claim) => {
    if (++tries === 1) throw new PayerUnreadable('cut-off', 200)
    return accepts(claim)
  })
  await t.rejects(settleWithPayer(hub.deps, jobOf(hub, settlementId), payer), { name: 'PayerUnreadable' })
  await settleWithPayer(hub.deps, jobOf(hub, settlementId), payer)
  t.equal(await walk.stateOf(no), 'settled')
  t.same(await open(hub, settlementId), [])
})

t.test(
  'MZ-6.6 after a return of some goods the payer is asked for the smaller sum, and never holds both',
  async (t) => {
    const hub = await testHub(t, { anyQuantity: true })
    const walk = walker(hub)
    const { no, content, settlementId } = await walk.settling({ quantity: 1_000 })
    const { payer, asked, cancelled } = told(accepts)
    await settleWithPayer(hub.deps, jobOf(hub, settlementId), payer)
    const pharmacy = hub.pharmacy()
    await handOver(hub.deps, pharmacy, aWrite(pharmacy), no, walk.handOverOf(content))
    const keep = async (quantity: string) => {
      const goods = { reasonCode: 'adverse-reaction', lines: [{ lineNo: 1, quantity }] }
      return (await returnGoods(hub.deps, pharmacy, aWrite(pharmacy), no, goods)).body
    }
    const work = async () => {
      const { rows } = await hub.deps.pool.query<{ queue: string; id: string }>(
        `select queue, body ->> 'settlementId' as id from outbox where queue like 'payer-%' order by outbox_id`,
      )
      return rows.map(({ queue, id }) => [queue, id])
    }
    const first = await keep('400')
    const anew = first.resettlementId!
    t.same(await work(), [
      ['payer-cancel', settlementId],
      ['payer-question', anew],
    ])
    t.equal((await statusOf(hub, anew)).status, 'settled', 'nothing at the counter waits for the payer')
    const sent: string[] = []
    const ordered: RemotePayer = {
      ...payer,
      settle: async (claim) => {
        sent.push(`settle ${claim.settlementId}`)
        return await payer.settle(claim)
      },
      cancel: async (region, id) => {
        sent.push(`cancel ${id}`)
        await payer.cancel(region, id)
      },
    }
    await askPayerAgain(hub.deps, jobOf(hub, anew), ordered)
    await askPayerAgain(hub.deps, jobOf(hub, anew), ordered)
    t.same(sent, [`cancel ${settlementId}`, `settle ${anew}`], 'once, and the larger payment is gone before')
    const claim = asked.at(-1)!
    const { fund_fen, patient_fen } = await statusOf(hub, anew)
    t.match(claim, {
      replaces: settlementId,
      chargeFen: fund_fen + patient_fen,
      personId: asked[0]!.personId,
    })
    t.equal(claim.totals.patient, patient_fen)
    t.ok(claim.chargeFen < asked[0]!.chargeFen)
    t.equal((await requestOf(hub, anew)).status, 'accepted')

    // The rest comes back before the payer has answered about the second return.
    const second = (await keep('300')).resettlementId!
    await keep('300')
    await askPayerAgain(hub.deps, jobOf(hub, second), ordered)
    t.equal(sent.length, 2, 'what has come back meanwhile is not asked for')
    t.equal((await requestOf(hub, second)).status, 'cancelling')
    t.same(cancelled, [settlementId])
    t.same(await brokenInvariants(hub.deps.pool), [])
  },
)

t.test(
  'MZ-6.6 of two returns before the payer is asked the first payment is cancelled all the same',
  async (t) => {
    const hub = await testHub(t, { anyQuantity: true })
    const walk = walker(hub)
    const { no, content, settlementId } = await walk.settling({ quantity: 1_000 })
    const held = new Set<string>()
    const most: number[] = []
    const payer: RemotePayer = {
      ...told(accepts).payer,
      settle: async (claim) => {
        most.push(held.add(claim.settlementId).size)
        return accepts(claim)
      },
      cancel: async (_region, id) => {
        held.delete(id)
      },
    }
    await settleWithPayer(hub.deps, jobOf(hub, settlementId), payer)
    const pharmacy = hub.pharmacy()
    await handOver(hub.deps, pharmacy, aWrite(pharmacy), no, walk.handOverOf(content))
    const anew: string[] = []
    for (const quantity of ['400', '300']) {
      const goods = { reasonCode: 'adverse-reaction', lines: [{ lineNo: 1, quantity }] }
      anew.push((await returnGoods(hub.deps, pharmacy, aWrite(pharmacy), no, goods)).body.resettlementId!)
    }
    for (const id of anew.toReversed()) await askPayerAgain(hub.deps, jobOf(hub, id), payer)
    t.same([...held], [anew[1]])
    t.same(most, [1, 1], 'never two at once')
    t.same(await brokenInvariants(hub.deps.pool), [])
  },
)

t.test('CQ-2.4b an amount from elsewhere that comes while the payer is asked is told as late', async (t) => {
  const hub = await testHub(t, { anyQuantity: true, regions: ['500000'] })
  const { settlementId } = await walker(hub).settling({ quantity: 1_000 })
  let isSilent = true
  const { payer, asked } = told((claim) => (isSilent ? silence() : accepts(claim)))
  await t.rejects(settleWithPayer(hub.deps, jobOf(hub, settlementId), payer), { name: 'PayerUnavailable' })
  hub.now = new Date(hub.now.getTime() + 60_000)
  const { personId } = asked[0]!
  const agency = hub.agency()
  const nothing = { largeAmountFen: 0, ownFen: 0, seriousIllnessFen: 0, assistanceFen: 0, expenseFen: 0 }
  await stateAmounts(hub.deps, agency, aWrite(agency), {
    source: 'inpatient',
    reference: 'ZY-1',
    personId,
    on: '2026-03-05',
    amounts: { ...nothing, deductibleFen: 88_000, deductibleLevel: 'tertiary', fundFen: 0 },
    reason: '住院系统',
  })
  hub.now = new Date(hub.now.getTime() + 60_000)
  isSilent = false
  await settleWithPayer(hub.deps, jobOf(hub, settlementId), payer)
  t.same(asked[1], asked[0], 'what was asked is asked again')
  const { differences } = await readPersonYear(hub.deps, agency, personId, 2026)
  t.match(differences, [{ settlementId }])
  t.ok(differences[0]!.byPayer['patient']! < 0)
})

t.test('MZ-6.6 a payer that refuses what a patient kept is listed, and a person decides', async (t) => {
  const hub = await testHub(t, { anyQuantity: true })
  const walk = walker(hub)
  const { no, content, settlementId } = await walk.settling({ quantity: 1_000 })
  let refuses = false
  const { payer } = told((claim) => (refuses ? { outcome: 'refused', code: 'NO-QUOTA' } : accepts(claim)))
  await settleWithPayer(hub.deps, jobOf(hub, settlementId), payer)
  const pharmacy = hub.pharmacy()
  await handOver(hub.deps, pharmacy, aWrite(pharmacy), no, walk.handOverOf(content))
  const goods = { reasonCode: 'adverse-reaction', lines: [{ lineNo: 1, quantity: '400' }] }
  const { body } = await returnGoods(hub.deps, pharmacy, aWrite(pharmacy), no, goods)
  const anew = body.resettlementId!
  refuses = true
  await askPayerAgain(hub.deps, jobOf(hub, anew), payer)
  const listed = async () =>
    (await readPayerDifferences(hub.deps, hub.agency(), dayOf(hub.now))).differences
      .filter((one) => one.goneAt === undefined)
      .map(({ kind, settlementId }) => [kind, settlementId])
  t.same(await listed(), [['refused-anew', anew]])
  t.equal((await statusOf(hub, anew)).status, 'settled')
  const agency = hub.agency()
  await t.rejects(resolveUnanswered(hub.deps, agency, aWrite(agency), anew, 'ask-again'), {
    code: 'wrong-state',
  })
  await resolveUnanswered(hub.deps, agency, aWrite(agency), anew, 'keep')
  t.same(await listed(), [])
})
