import t from 'tap'
import type { Month } from '../../../src/domain/clearing/month.ts'
import type { Registers } from '../../../src/domain/registers.ts'
import { BUILT_IN_PAYER } from '../../../src/domain/settlement/payer-gateway.ts'
import { httpPayer } from '../../../src/payer/http-payer.ts'
import { GOOD_DAY, startPayerSimulator, WORST_DAY } from '../../../src/payer/simulator.ts'
import { trialBalance } from '../../../src/storage/clearing/books.ts'
import { listStatements, statementsBalance } from '../../../src/storage/clearing/statements.ts'
import { closeMonth, computeMonth } from '../../../src/usecases/clearing/close-month.ts'
import { disputeLine, resolveDispute } from '../../../src/usecases/clearing/dispute.ts'
import {
  confirmStatement,
  pageOfLines,
  payStatement,
  sendStatement,
  streamLines,
} from '../../../src/usecases/clearing/statement.ts'
import { cancelAtPayer } from '../../../src/usecases/payer/cancel-at-payer.ts'
import { reconcilePayer } from '../../../src/usecases/payer/reconcile-payer.ts'
import { askPayerAgain } from '../../../src/usecases/payer/settle-with-payer.ts'
import { type Random, randomFrom } from '../../domain/settlement/random-years.ts'
import type { Region } from '../../domain/settlement/reference-figures.ts'
import { aWrite, type TestHub, testHub } from '../../support/hub.ts'
import { brokenInvariants } from '../../support/invariants.ts'
import { mortalPool } from '../../support/mortal-pool.ts'
import { register } from '../../support/region.ts'
import { disagreements } from './agrees-with-reference.ts'
import { monthDisagrees, unpaidStatements } from './closes-right.ts'
import { watchOrder } from './observed-order.ts'
import {
  asked,
  aWish,
  type Diary,
  giveBack,
  type Market,
  persist,
  reimburse,
  request,
  type Supply,
  settle,
  take,
} from './shopper.ts'

const SEED = Number(process.env['MONTHS_SEED'] ?? 20_261_122)
/** Shoppers of each region in each round; three rounds a month. */
const SHOPPERS = Number(process.env['MONTHS_SHOPPERS'] ?? 8)
/** Of the statements, that is the share at which somebody dies. */
const DEATHS = 0.004
const SECRET = 'a secret of the test payer'
const REGIONS: readonly (readonly [string, Region])[] = [
  ['441400', 'MZ'],
  ['500000', 'CQ'],
  ['210400', 'FS'],
  ['140000', 'SX'],
  ['510600', 'SC'],
]
const MONTHS: readonly Month[] = ['2025-11', '2025-12', '2026-01']
const ROUNDS = ['05', '15', '25'] as const

t.test(
  `MZ-7.3 MZ-7.4 CQ-4.6 FS-3.5a SX-12 SC-P2 random months with kills and the worst payer: the books close (seed ${SEED})`,
  { timeout: 180_000 },
  async (t) => {
    const hub = await testHub(t, {
      // Purchases that reach every layer within a few months are more than anybody could use.
      anyQuantity: true,
      regions: REGIONS.map(([code]) => code),
      now: new Date('2025-11-05T02:00:00.000Z'),
      max: 16,
    })
    const { pool } = hub.deps
    await watchOrder(pool)
    const simulator = await startPayerSimulator({
      secret: SECRET,
      seed: SEED,
      mood: { ...WORST_DAY, wrongAmount: 0.03, refuse: 0.03, delayMs: 20, lateMs: 150 },
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
    const random = randomFrom(SEED)
    const fate = randomFrom(SEED + 1)
    const diary: Diary = {
      bought: new Map(),
      strange: [],
      kills: 0,
      unanswered: 0,
      deferred: 0,
      refused: new Map(),
    }
    const mortal = {
      ...hub.deps,
      pool: mortalPool(pool, () => fate.below(1_000_000) / 1_000_000, DEATHS),
    }
    const markets = REGIONS.map(
      ([code, region]): Market => ({
        hub: hub.at(code),
        mortal,
        // Fushun's hub pays by itself, so both ways are walked.
        payer: region === 'FS' ? BUILT_IN_PAYER : payer,
        region,
        diary,
      }),
    )
    const workOff = async (queue: string, handler: typeof askPayerAgain) => {
      const { rows } = await pool.query<{ region_code: string; id: string }>(
        `select distinct region_code, body ->> 'settlementId' as id from outbox where queue = $1`,
        [queue],
      )
      for (const { region_code: regionCode, id: settlementId } of rows) {
        await persist(diary, () => handler(mortal, { regionCode, settlementId }, payer))
      }
    }
    const cancels = async () => {
      await workOff('payer-question', askPayerAgain)
      await workOff('payer-cancel', cancelAtPayer)
    }
    const market = (code: string) => markets.find(({ hub }) => hub.world.regionCode === code)!
    const shelf: (Supply & { code: string })[] = []
    /** A part of what is there is drawn, and gone from the shelf. */
    const draw = (share: number, fits: (one: Supply) => boolean = () => true) => {
      const drawn = shelf.filter((one) => fits(one) && random.chance(share))
      for (const one of drawn) shelf.splice(shelf.indexOf(one), 1)
      return drawn
    }

    await renewForNextYear(hub.at('210400'))
    let late: (Supply & { code: string })[] = []
    for (const [place, month] of MONTHS.entries()) {
      for (const [round, day] of ROUNDS.entries()) {
        hub.now = new Date(`${month}-${day}T02:00:00.000Z`)
        const wishes = markets.flatMap((it) =>
          Array.from({ length: it.region === 'FS' ? 5 : SHOPPERS }, (_, index) => ({
            it,
            wish: aWish(random, it, index, false),
          })),
        )
        const back = draw(0.1)
        const files = draw(0.5, ({ fileId }) => fileId !== undefined)
        await atOnce(8, [
          ...wishes.map(({ it, wish }) => async () => {
            const code = it.hub.world.regionCode
            shelf.push(...(await request(it, wish)).map((one) => ({ ...one, code })))
          }),
          // Returns and files of this month and of those that are closed, all at the same time.
          ...back.map((one) => () => giveBack(market(one.code), one)),
          ...files.map((one) => () => reimburse(market(one.code), one.fileId!)),
        ])
        if (round === ROUNDS.length - 1) {
          hub.now = new Date(`${lastDay(month)}T15:30:00.000Z`)
          const last = markets.map((it) => ({ it, wish: aWish(random, it, place, true) }))
          late = []
          for (const { it, wish } of last) {
            const code = it.hub.world.regionCode
            late.push(...(await request(it, wish)).map((one) => ({ ...one, code })))
          }
        }
      }
      const next = MONTHS[place + 1] ?? '2026-02'
      hub.now = new Date(`${next}-01T02:00:00.000Z`)
      await Promise.all([
        ...markets.map((it) => close(it, month, random, t)),
        // The workers of the last minutes come when the month is being closed.
        ...late.map(async (one) => {
          await settle(market(one.code), one.settlementId, 1)
          if (await take(market(one.code), one)) shelf.push(one)
        }),
      ])
      await cancels()
    }
    // What was entered in February: payments, returns, corrections. Then nothing is left.
    for (const [month, next] of [
      ['2026-02', '2026-03'],
      ['2026-03', '2026-04'],
    ] as const) {
      hub.now = new Date(`${next}-01T02:00:00.000Z`)
      await Promise.all(markets.map((it) => close(it, month, random, t, false)))
    }
    await new Promise((resolve) => setTimeout(resolve, 300)) // late payments arrive
    await cancels()
    simulator.mood = GOOD_DAY
    const { rows: days } = await pool.query<{ code: string; day: string }>(
      'select distinct region_code as code, day::text from payer_request',
    )
    for (const { code, day } of days) await reconcilePayer(hub.deps, payer, code, day)
    await cancels()
    for (const { code, day } of days) {
      t.equal(
        await reconcilePayer(hub.deps, payer, code, day),
        0,
        `the payer's books of ${code} ${day} agree`,
      )
    }
    const { rows: decided } = await pool.query<{ id: string; status: string }>(
      `select settlement_id as id, status from settlement where region_code <> '210400'`,
    )
    const paidThere = new Set([...simulator.book.values()].filter(isPaid).map((kept) => kept.settlementId))
    t.same(
      decided.filter(({ id, status }) => paidThere.has(id) !== (status === 'settled')),
      [],
      'paid there is settled here, and the other way round',
    )

    t.same(await brokenInvariants(pool), [])
    for (const { hub: here } of markets) {
      const code = here.world.regionCode
      const totals = await trialBalance(pool, code)
      t.equal(
        totals.reduce((sum, { amount }) => sum + amount, 0n),
        0n,
        `${code} the trial balance is zero`,
      )
      t.same(
        totals.filter(({ account, amount }) => /:(receivable|deduction)$/.test(account) && amount !== 0n),
        [],
        `${code} nothing is owed any more`,
      )
      t.same(await unpaidStatements(pool, code), [], `${code} every statement is paid`)
    }
    const { found, met } = await disagreements(pool, diary.bought)
    t.same(found, [], 'the reference agrees with every settlement, reimbursement, year and account')
    t.same(diary.strange, [], 'nothing failed that nobody had killed')
    t.comment(JSON.stringify({ ...met, ...diary, bought: diary.bought.size, refused: [...diary.refused] }))
    for (const [what, times] of Object.entries(met)) t.ok(times > 0, `${what}: ${times}`)
    t.ok(diary.kills > 20 && diary.deferred > 0, `${diary.kills} kills, ${diary.deferred} deferred`)
  },
)

type Check = Pick<typeof t, 'same' | 'ok' | 'equal'>

const isPaid = ({ state }: { state: string }) => state === 'paid'

/** Fushun's admissions and choices are for a calendar year (FS-2.1, FS-3.6). */
async function renewForNextYear(hub: TestHub): Promise<void> {
  for (const { register: name, key, data, validTo } of hub.world.entries) {
    if (name === 'qualification' && 'kind' in data && validTo === '2025-12-31') {
      await register(hub, name, `${key}:2026`, data as Registers['qualification'], '2026-01-01')
    }
  }
}

/** The last day of a month of the year 2025 or 2026. */
const lastDay = (month: Month) =>
  new Date(Date.UTC(+month.slice(0, 4), +month.slice(5), 0)).toISOString().slice(0, 10)

/** Does everything, so many at once. */
async function atOnce(width: number, work: readonly (() => Promise<void>)[]): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < work.length) await work[next++]!()
    }),
  )
}

/** Closes a month with everything that belongs to it: built, compared, sent, some of it disputed, confirmed, paid. */
async function close(
  { hub, mortal, diary }: Market,
  month: Month,
  random: Random,
  t: Check,
  mayDispute = true,
): Promise<void> {
  const { pool } = hub.deps
  const agency = hub.agency()
  const { regionCode } = agency
  const closing = aWrite(agency)
  await persist(diary, () => closeMonth(mortal, agency, closing, month))
  await persist(diary, () => computeMonth(mortal, { regionCode, month }))
  t.same(await monthDisagrees(pool, regionCode, month), [], `${regionCode} ${month} as the ledger has it`)
  t.ok(await statementsBalance(pool, regionCode, month), `${regionCode} ${month} adds up`)
  for (const { institutionId, due } of await listStatements(pool, regionCode, month, '', 1_000)) {
    const own = institutionId.startsWith('P') ? hub.pharmacy(institutionId) : hub.hospital(institutionId)
    const where = { caller: agency, month, institutionId }
    const keys = Array.from({ length: 5 }, () => aWrite(agency))
    await persist(diary, () => sendStatement(mortal, keys[0]!, where))
    const [first] = await pageOfLines(hub.deps, agency, month, institutionId, undefined, 1)
    if (first !== undefined && mayDispute && random.chance(0.3)) {
      const { postingId } = first
      const raising = aWrite(own)
      const { body } = await persist(diary, () =>
        disputeLine(
          mortal,
          raising,
          { caller: own, month },
          { postingId, reasonCode: 'amount', reason: '金额不符' },
        ),
      )
      const resolve = (correctionFen: number) =>
        asked(diary, () =>
          resolveDispute(mortal, keys[1]!, where, body.disputeNo, {
            ...(correctionFen === 0 ? { resolution: 'rejected' } : { resolution: 'upheld', correctionFen }),
            answer: '已核对',
          }),
        )
      // What can't be corrected, a payment for instance, is rejected.
      if (!(await resolve(random.below(3) * 100 - 100))) await resolve(0)
    }
    let sum = 0n
    for await (const line of streamLines(hub.deps, agency, month, institutionId)) {
      if (line.kind !== 'clearing') sum += line.amount
    }
    t.equal(sum, due, `${regionCode} ${month} ${institutionId}: the lines add up to what is due`)
    const confirming = aWrite(own)
    await persist(diary, () => confirmStatement(mortal, confirming, { caller: own, month }))
    const { body } = await persist(diary, () => payStatement(mortal, keys[2]!, where))
    t.equal(BigInt(body.paidFen), due)
  }
}
