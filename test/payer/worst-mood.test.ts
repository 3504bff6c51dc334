import t from 'tap'
import type { PayerGateway } from '../../src/domain/settlement/payer-gateway.ts'
import { httpPayer } from '../../src/payer/http-payer.ts'
import { GOOD_DAY, startPayerSimulator, WORST_DAY } from '../../src/payer/simulator.ts'
import type { Deps } from '../../src/usecases/deps.ts'
import { cancelAtPayer } from '../../src/usecases/payer/cancel-at-payer.ts'
import { reconcilePayer } from '../../src/usecases/payer/reconcile-payer.ts'
import { askPayerAgain, settleWithPayer } from '../../src/usecases/payer/settle-with-payer.ts'
import type { SettlementJob } from '../../src/usecases/settle-prescription.ts'
import { exhausted } from '../support/exhausted.ts'
import { testHub } from '../support/hub.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { walker } from '../support/journey.ts'
import { mortalPool } from '../support/mortal-pool.ts'

const SECRET = 'a secret of the test payer'
const SETTLEMENTS = 14
const TRIES = 5

for (const seed of [11, 12]) {
  t.test(`MZ-6.7 seed ${seed}: in the worst mood, with kills, nothing is lost or paid twice`, async (t) => {
    const hub = await testHub(t)
    const walk = walker(hub)
    const simulator = await startPayerSimulator({
      secret: SECRET,
      seed,
      mood: { ...WORST_DAY, lateMs: 150, delayMs: 20 },
      now: () => new Date(),
    })
    t.teardown(() => simulator.close())
    const payer = httpPayer({
      url: simulator.url,
      secret: SECRET,
      timeoutMs: 100,
      amountWinner: 'hub',
      now: () => new Date(),
    })
    let state = seed
    const chance = () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return state / 2_147_483_648
    }
    const killed: PayerGateway = {
      ...payer,
      async settle(claim) {
        if (chance() < 0.05) throw new Error('killed before asking')
        const answer = await payer.settle(claim)
        if (chance() < 0.15) throw new Error('killed after the answer')
        return answer
      },
    }
    const deps: Deps = { ...hub.deps, pool: mortalPool(hub.deps.pool, chance, 0.02) }
    const world = hub.world
    const people = [world.cast.person, world.cast.employee, world.cast.resident, world.cast.assisted]
    const jobs: { no: string; settlementId: string }[] = []
    for (let index = 0; jobs.length < SETTLEMENTS && index < 40; index += 1) {
      const drugs = [index % 8 < 4 ? world.cast.drug : world.cast.publicPriceDrug]
      jobs.push(
        await walk
          .settling({ person: people[index % people.length]!, drugs })
          .catch(() => undefined as never),
      )
      if (jobs.at(-1) === undefined) jobs.pop()
    }
    t.ok(jobs.length >= 6, `${jobs.length} settlements were requested`)

    const outcomes = { died: 0, deferred: 0 }
    await Promise.all(
      jobs.map(async ({ settlementId }) => {
        const job = { regionCode: world.regionCode, settlementId }
        for (let tries = 0; tries < TRIES; tries += 1) {
          try {
            await settleWithPayer(deps, job, killed)
            return
          } catch {
            outcomes.died += 1
          }
        }
        outcomes.deferred += 1
        await exhausted(hub.deps, job)
      }),
    )
    t.ok(outcomes.died > 0, `${outcomes.died} runs died, ${outcomes.deferred} were given up`)
    // The queue delivers at least once: everything again.
    await Promise.allSettled(
      jobs.map(({ settlementId }) =>
        settleWithPayer(deps, { regionCode: world.regionCode, settlementId }, killed),
      ),
    )
    await new Promise((resolve) => setTimeout(resolve, 400)) // late payments arrive

    const work = async (
      queue: string,
      handler: (deps: Deps, job: SettlementJob, payer: PayerGateway) => Promise<void>,
    ) => {
      const { rows } = await hub.deps.pool.query<{ id: string }>(
        `select distinct body ->> 'settlementId' as id from outbox where queue = $1`,
        [queue],
      )
      for (const { id } of rows) {
        for (let done = false; !done; ) {
          done = await handler(deps, { regionCode: world.regionCode, settlementId: id }, payer).then(
            () => true,
            () => false,
          )
        }
      }
    }
    const questions = () => work('payer-question', askPayerAgain)
    const cancels = () => work('payer-cancel', cancelAtPayer)
    await questions()
    await cancels()
    simulator.mood = GOOD_DAY
    const { rows: days } = await hub.deps.pool.query<{ day: string }>(
      'select distinct day::text from payer_request',
    )
    for (const { day } of days) await reconcilePayer(hub.deps, payer, world.regionCode, day)
    await cancels()
    for (const { day } of days) {
      t.equal(await reconcilePayer(hub.deps, payer, world.regionCode, day), 0, `the books of ${day} agree`)
    }

    for (const { no, settlementId } of jobs) {
      const { rows } = await hub.deps.pool.query<{ status: string }>(
        'select status from settlement where settlement_id = $1',
        [settlementId],
      )
      const paidThere = simulator.book.get(settlementId)?.state === 'paid'
      const paidHere = rows[0]!.status === 'settled'
      t.equal(paidThere, paidHere, `${rows[0]!.status} here and there`)
      t.ok(['settled', 'deferred', 'reviewed'].includes(await walk.stateOf(no)), 'nothing hangs')
    }
    t.same(await brokenInvariants(hub.deps.pool), [])
  })
}

t.test('a message with a wrong signature, an old one or a changed one is refused', async (t) => {
  const simulator = await startPayerSimulator({
    secret: SECRET,
    seed: 1,
    mood: GOOD_DAY,
    now: () => new Date(),
  })
  t.teardown(() => simulator.close())
  const options = { url: simulator.url, timeoutMs: 1000, amountWinner: 'hub' as const }
  const old = new Date(Date.now() - 301_000)
  const stranger = httpPayer({ ...options, secret: 'another secret of 16', now: () => new Date() })
  const late = httpPayer({ ...options, secret: SECRET, now: () => old })
  await t.rejects(stranger.cancel('441400', 'x'), { name: 'PayerUnavailable' })
  await t.rejects(late.cancel('441400', 'x'), { name: 'PayerUnavailable' })
  t.equal(simulator.book.size, 0)
  await httpPayer({ ...options, secret: SECRET, now: () => new Date() }).cancel('441400', 'x')
  t.equal(simulator.book.get('x')?.state, 'cancelled')
})
