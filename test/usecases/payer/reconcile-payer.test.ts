import t from 'tap'
import { addDays, type CivilDay, dayOf } from '../../../src/domain/primitives/civil-day.ts'
import {
  type PayerClaim,
  type PayerRecord,
  PayerUnavailable,
  type RemotePayer,
} from '../../../src/domain/settlement/payer-gateway.ts'
import { deferSettlement } from '../../../src/usecases/defer-settlement.ts'
import { handOver } from '../../../src/usecases/hand-over.ts'
import { cancelAtPayer } from '../../../src/usecases/payer/cancel-at-payer.ts'
import {
  readPayerDifferences,
  reconcileDaysDue,
  reconcilePayer,
} from '../../../src/usecases/payer/reconcile-payer.ts'
import { settleWithPayer } from '../../../src/usecases/payer/settle-with-payer.ts'
import { readStatement } from '../../../src/usecases/pharmacy/statement.ts'
import { readRefunds } from '../../../src/usecases/refunds.ts'
import { reverseSettlement } from '../../../src/usecases/reverse-settlement.ts'
import { aWrite, type TestHub, testHub } from '../../support/hub.ts'
import { brokenInvariants } from '../../support/invariants.ts'
import { walker } from '../../support/journey.ts'

const DAY = 24 * 3_600_000

/** A payer with a book that a test may write into; it may be away, and keeps in mind of which days it was asked. */
function withBook() {
  const book = new Map<string, PayerRecord & { day: CivilDay }>()
  const listed: CivilDay[] = []
  const it = { book, listed, isAway: false, isDeaf: false }
  const pay = ({ settlementId, day, totals }: PayerClaim) =>
    book.set(settlementId, { settlementId, day, totals, reference: 'R', state: 'paid' })
  const payer: RemotePayer = {
    kind: 'remote',
    amountWinner: 'hub',
    async settle(claim) {
      pay(claim)
      if (it.isAway) throw new PayerUnavailable('away')
      return { outcome: 'accepted', reference: 'R', totals: claim.totals }
    },
    async cancel(_region, settlementId) {
      if (it.isDeaf) return
      const known = book.get(settlementId)
      if (known !== undefined) book.set(settlementId, { ...known, state: 'cancelled' })
    },
    async *list(_region, day) {
      if (it.isAway) throw new PayerUnavailable('away')
      listed.push(day)
      yield* [...book.values()].filter((record) => record.day === day)
    },
  }
  return Object.assign(it, { payer })
}

async function differencesOf(hub: TestHub, day: CivilDay) {
  const { differences } = await readPayerDifferences(hub.deps, hub.agency(), day)
  return differences.filter((one) => !('goneAt' in one)).map(({ kind, settlementId }) => [kind, settlementId])
}

const cancelJobs = async (hub: TestHub) => {
  const { rows } = await hub.deps.pool.query(
    `select count(*)::int as n from outbox where queue = 'payer-cancel'`,
  )
  return rows[0].n as number
}

t.test('MZ-6.6 days that nobody could reconcile are reconciled later, each of them', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const { regionCode } = hub.world
  const core = withBook()
  const first = dayOf(hub.now)
  const reconcile = async () => {
    core.listed.length = 0
    const found = await reconcileDaysDue(hub.deps, core.payer, regionCode)
    return { found, days: [...core.listed] }
  }
  // On the day itself nothing is due but the day before.
  t.same(await reconcile(), { found: 0, days: [addDays(first, -1)] })
  const { settlementId } = await walk.settling()
  await settleWithPayer(hub.deps, { regionCode, settlementId }, core.payer)
  core.book.delete(settlementId)
  // The payer lost it, and is away until the fourth day.
  core.isAway = true
  hub.now = new Date(hub.now.getTime() + DAY)
  await t.rejects(reconcile(), { name: 'PayerUnavailable' })
  core.isAway = false
  hub.now = new Date(hub.now.getTime() + 2 * DAY)
  const days = [first, addDays(first, 1), addDays(first, 2)]
  // For what is missing, the days beside are looked at as well.
  const beside = [addDays(first, -1), addDays(first, 1)]
  t.same(await reconcile(), { found: 1, days: [first, ...beside, ...days.slice(1)] })
  t.same(await differencesOf(hub, first), [['missing-there', settlementId]])
  // What is still there is looked at again; what is right is not.
  t.same(await reconcile(), { found: 1, days: [first, ...beside, days[2]] })
  const { payer_claim: claim } = (
    await hub.deps.pool.query('select claim as payer_claim from payer_request where settlement_id = $1', [
      settlementId,
    ])
  ).rows[0]
  await core.payer.settle(JSON.parse(claim) as PayerClaim)
  t.same(await reconcile(), { found: 0, days: [days[0], days[2]] })
  t.same(await reconcile(), { found: 0, days: [days[2]] })
  t.same(await differencesOf(hub, first), [])
})

t.test(
  'MZ-6.7 what the payer kept although it was taken back later is found and taken back again',
  async (t) => {
    const hub = await testHub(t)
    const walk = walker(hub)
    const { regionCode } = hub.world
    const core = withBook()
    const day = dayOf(hub.now)
    const { no, settlementId } = await walk.settling()
    core.isAway = true
    await t.rejects(settleWithPayer(hub.deps, { regionCode, settlementId }, core.payer))
    core.isAway = false
    hub.now = new Date(hub.now.getTime() + DAY)
    t.equal(await reconcileDaysDue(hub.deps, core.payer, regionCode), 0, 'still being asked')
    // Two days later it is deferred and then reversed, and the payer says yes to the cancellation and forgets it.
    hub.now = new Date(hub.now.getTime() + DAY)
    const agency = hub.agency()
    await deferSettlement(hub.deps, agency, aWrite(agency), no, 'payer-silent')
    t.equal(await cancelJobs(hub), 0, 'a deferral cancels nothing: it may have been paid')
    await reverseSettlement(hub.deps, agency, aWrite(agency), no, 'patient-left')
    core.isDeaf = true
    await cancelAtPayer(hub.deps, { regionCode, settlementId }, core.payer)
    core.isDeaf = false
    t.equal(await cancelJobs(hub), 1)
    t.equal(await reconcileDaysDue(hub.deps, core.payer, regionCode), 1)
    t.same(await differencesOf(hub, day), [['paid-there-only', settlementId]])
    t.equal(await cancelJobs(hub), 2)
    await cancelAtPayer(hub.deps, { regionCode, settlementId }, core.payer)
    t.equal(core.book.get(settlementId)!.state, 'cancelled')
    t.equal(await reconcileDaysDue(hub.deps, core.payer, regionCode), 0)
    t.same(await differencesOf(hub, day), [])
  },
)

t.test('MZ-6.6 a payment that the hub never asked for is listed, not touched', async (t) => {
  const hub = await testHub(t)
  const { regionCode } = hub.world
  const core = withBook()
  const day = addDays(dayOf(hub.now), -1)
  const none = Object.fromEntries(
    ['patient', 'basic-fund', 'large-amount', 'serious-illness', 'medical-assistance'].map((name) => [
      name,
      1,
    ]),
  )
  const totals = { ...none, charity: 0, capitation: 0, institution: 0 } as PayerRecord['totals']
  core.book.set('X-1', { settlementId: 'X-1', day, totals, reference: 'R', state: 'paid' })
  core.book.set('X-2', { settlementId: 'X-2', day, totals, reference: 'R', state: 'cancelled' })
  t.equal(await reconcileDaysDue(hub.deps, core.payer, regionCode), 1)
  t.same(await differencesOf(hub, day), [['unknown-here', 'X-1']])
  t.equal(core.book.get('X-1')!.state, 'paid')
})

t.test(
  'MZ-6.6 a payment that is booked after midnight is no difference, and what was listed as one is gone',
  async (t) => {
    const hub = await testHub(t)
    const walk = walker(hub)
    const { regionCode } = hub.world
    const day = dayOf(hub.now)
    const next = addDays(day, 1)
    const { settlementId } = await walk.settling()
    const core = withBook()
    await settleWithPayer(hub.deps, { regionCode, settlementId }, core.payer)
    const { totals } = core.book.get(settlementId)!
    let isListed = false
    const late: RemotePayer = {
      ...core.payer,
      async *list(_region, of) {
        if (isListed && of === next) yield { settlementId, state: 'paid', reference: 'R-1', totals }
      },
    }
    hub.now = new Date(hub.now.getTime() + 2 * DAY)
    // As it was listed before the two were known to be one.
    await reconcilePayer(hub.deps, late, regionCode, day)
    t.same(await differencesOf(hub, day), [['missing-there', settlementId]])
    isListed = true
    t.equal(await reconcileDaysDue(hub.deps, late, regionCode), 0)
    t.same(await differencesOf(hub, day), [])
    t.same(await differencesOf(hub, next), [])
  },
)

t.test(
  "MZ-6.6 a payer's later no gives the prescription back and opens a refund, once the goods are gone not",
  async (t) => {
    const hub = await testHub(t)
    const walk = walker(hub)
    const { regionCode } = hub.world
    const pharmacy = hub.pharmacy()
    const core = withBook()
    const first = dayOf(hub.now)
    const waiting = await walk.settling()
    await settleWithPayer(hub.deps, { regionCode, settlementId: waiting.settlementId }, core.payer)
    const gone = await walk.settling({ person: hub.world.cast.resident })
    await settleWithPayer(hub.deps, { regionCode, settlementId: gone.settlementId }, core.payer)
    await handOver(hub.deps, pharmacy, aWrite(pharmacy), gone.no, walk.handOverOf(gone.content))
    const { patientFen } = (await readStatement(hub.deps, pharmacy, waiting.no)).split!
    for (const [id, record] of core.book) core.book.set(id, { ...record, state: 'cancelled' })
    hub.now = new Date(hub.now.getTime() + DAY)
    t.equal(await reconcileDaysDue(hub.deps, core.payer, regionCode), 2)
    t.equal(await walk.stateOf(waiting.no), 'reviewed', 'the pharmacy may settle it again')
    t.equal(await walk.stateOf(gone.no), 'dispensed')
    const { items } = await readRefunds(hub.deps, regionCode, {}, undefined, 10)
    t.match(items, [
      {
        settlementId: waiting.settlementId,
        cause: 'payer-withdrew',
        amountFen: patientFen,
        state: 'owed',
        pharmacyId: pharmacy.institutionId,
      },
    ])
    t.equal(items.length, 1)
    await cancelAtPayer(hub.deps, { regionCode, settlementId: waiting.settlementId }, core.payer)
    t.equal(await reconcileDaysDue(hub.deps, core.payer, regionCode), 1)
    t.same(
      await differencesOf(hub, first),
      [['missing-there', gone.settlementId]],
      'for the agency to clear up',
    )
    t.same(await brokenInvariants(hub.deps.pool), [])
  },
)
