import { randomUUID } from 'node:crypto'
import t from 'tap'
import { returnGoods } from '../../../src/usecases/return-goods.ts'
import { accessToken } from '../../support/access-token.ts'
import { aWrite } from '../../support/hub.ts'
import { hubApp } from '../../support/hub-app.ts'
import { brokenInvariants } from '../../support/invariants.ts'
import { bought } from '../../support/money.ts'

const NOTHING = {
  deductibleFen: 0,
  fundFen: 0,
  largeAmountFen: 0,
  ownFen: 0,
  seriousIllnessFen: 0,
  assistanceFen: 0,
  expenseFen: 0,
}

const it = await hubApp(t, { anyQuantity: true, regions: ['500000'] })
const { hub, as, app } = it
const { cast } = hub.world
const agency = hub.agency()
const stated = (personId: string, amounts: object, more: object = {}) =>
  as(agency, 'POST', '/agency/year-amounts', {
    body: {
      source: 'special-disease-clinic',
      reference: `R-${personId}`,
      personId,
      on: '2026-03-05',
      amounts: { ...NOTHING, ...amounts },
      reason: '门诊特病系统',
      ...more,
    },
  })
const yearOf = async (personId: string) =>
  (await as(agency, 'GET', `/agency/persons/${personId}/years/2026`)).body

t.test('CQ-2.4b the deductible paid at a clinic elsewhere is not charged again', async (t) => {
  // 1,000 at 3.24 = 3,240.00; class B 10 % = 324.00; deductible 880.00; 2,036.00 * 80 % = 1,628.80.
  const { personId } = cast.employee
  const told = await stated(personId, {
    deductibleFen: 88_000,
    deductibleLevel: 'tertiary',
    fundFen: 100_000,
  })
  t.match(told, { status: 201, body: { revision: 1, year: 2026, repeated: false } })
  t.match(
    (await stated(personId, { deductibleFen: 88_000, deductibleLevel: 'tertiary', fundFen: 100_000 })).body,
    {
      revision: 1,
      repeated: true,
    },
  )
  const { layers } = await bought(hub, { person: cast.employee, quantity: 1_000 })
  t.equal(layers['deductible'], undefined)
  t.equal(layers['basic-fund'], 233_280, '2,916.00 * 80 %')
  t.match(await yearOf(personId), {
    balances: { deductiblePaid: 88_000, deductibleLevel: 'tertiary', fundPaid: 333_280 },
    statements: [{ source: 'special-disease-clinic', revision: 1, statedBy: agency.id }],
    differences: [],
  })
})

t.test('CQ-2.5a the yearly limit counts what the fund paid elsewhere', async (t) => {
  const { personId } = cast.specialDiseasePerson
  t.equal(
    (await stated(personId, { deductibleFen: 88_000, deductibleLevel: 'tertiary', fundFen: 5_000_000 }))
      .status,
    201,
  )
  const { layers } = await bought(hub, { person: cast.specialDiseasePerson, quantity: 1_000 })
  t.equal(layers['basic-fund'], undefined, 'the 50,000.00 of the year are used up')
  t.equal(layers['large-amount'], 277_020, '95 % of 2,916.00')
})

t.test(
  'CQ-2.4b an amount that comes late rewrites nothing; corrected, it leaves nothing behind',
  async (t) => {
    const person = cast.resident
    const { bill } = await bought(hub, { person, quantity: 1_000 })
    const patient = bill.totals['patient']!
    hub.now = new Date(hub.now.getTime() + 60_000)
    const late = await stated(person.personId, { deductibleFen: 80_000, deductibleLevel: 'tertiary' })
    t.equal(late.body.revision, 1)
    const { differences, balances } = await yearOf(person.personId)
    // 800.00 less of deductible, at the resident's 40 % of a tertiary hospital: 320.00 more from the fund.
    t.match(differences, [{ byPayer: { patient: -32_000, 'basic-fund': 32_000 } }])
    t.equal(differences.length, 1)
    t.equal(
      balances.deductiblePaid,
      160_000,
      'the settlement stays as it was told, the amount counts beside it',
    )
    const { rows } = await hub.deps.pool.query(
      'select patient_fen::int as fen from settlement where settlement_id = $1',
      [differences[0].settlementId],
    )
    t.same(rows, [{ fen: patient }])
    const corrected = await stated(person.personId, {})
    t.match(corrected.body, { revision: 2, repeated: false })
    const after = await yearOf(person.personId)
    t.same([after.differences, after.balances.deductiblePaid], [[], 80_000])
    t.same(
      after.statements.map(({ revision, amounts }: { revision: number; amounts: typeof NOTHING }) => [
        revision,
        amounts.deductibleFen,
      ]),
      [
        [1, 80_000],
        [2, 0],
      ],
      'what was said before is kept',
    )
  },
)

t.test('CQ-2.4b what cannot be is refused and changes nothing', async (t) => {
  const { personId } = cast.assisted
  const before = await yearOf(personId)
  t.match(await stated('50000000000000000099', {}), { status: 422, body: { code: 'reference-unknown' } })
  t.match(await stated(personId, {}, { on: '2026-11-23' }), { status: 400, body: { code: 'malformed' } })
  t.match(await stated(personId, { fundFen: -1 }), { status: 400, body: { code: 'malformed' } })
  t.match(await stated(personId, { fundFen: 0.5 }), { status: 400, body: { code: 'malformed' } })
  const another = { reference: `R-${cast.employee.personId}` }
  t.match(await stated(personId, {}, another), { status: 409, body: { code: 'year-amounts-of-another' } })
  t.match(await as(hub.pharmacy(), 'GET', `/agency/persons/${personId}/years/2026`), { status: 403 })
  t.match(await as(agency, 'GET', '/agency/persons/X999999/years/2026'), { body: { code: 'not-yours' } })
  t.same(await yearOf(personId), before)
})

t.test('CQ-2.4b MZ-7.2 a file is taken whole or not at all, and the same again has no effect', async (t) => {
  const [one, two] = [cast.lowIncome.personId, cast.extremePoverty.personId]
  const token = await accessToken(app, hub.deps.pool, agency)
  const send = async (lines: readonly string[], dryRun = false) => {
    const answer = await app.inject({
      method: 'POST',
      url: `/agency/year-amounts/uploads?reason=${encodeURIComponent('期初')}${dryRun ? '&dryRun=true' : ''}`,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'text/csv',
        'idempotency-key': randomUUID(),
      },
      payload: ['来源,流水号,医保编号,日期,起付线已付（元）,医院级别,统筹基金支付', ...lines].join('\n'),
    })
    return { status: answer.statusCode, body: JSON.parse(answer.body) }
  }
  const good = [`期初余额,QC-1,${one},2026-01-01,300.00,三级,"1,234.56"`, `异地,YD-1,${two},2026/2/3,,,88.8`]
  t.match(await send(good, true), { status: 200, body: { lines: 2, added: 2, corrected: 0, repeated: 0 } })
  t.equal((await yearOf(one)).balances.fundPaid, 0, 'a try keeps nothing')
  const bad = [
    ...good,
    '期初余额,QC-1,50000000000000000099,2027-01-01,1,三级,1',
    `住院,ZY-1,${one},2026-01-01,x,三级,1`,
  ]
  t.match(await send(bad), { status: 422, body: { code: 'upload-faulty' } })
  t.equal((await yearOf(one)).statements.length, 0, 'nor does one with faults')
  t.match((await send([good[0]!, `住院,ZY-1,50000000000000000099,2026-12-01,,,1`])).body.details.causes, [
    'unknown: 1',
    'future: 1',
  ])
  t.match((await send([good[1]!.replace('88.8', '1000000000.01')])).body.details.causes, ['format: 1'])
  t.match(await send(good), { status: 200, body: { added: 2 } })
  t.match(await send(good), { status: 200, body: { added: 0, repeated: 2 } })
  t.match(await send([good[0]!.replace('300.00', '200.00'), good[1]!]), {
    body: { corrected: 1, repeated: 1 },
  })
  t.match(await yearOf(one), {
    balances: { deductiblePaid: 20_000, deductibleLevel: 'tertiary', fundPaid: 123_456 },
    statements: [{ revision: 1, reason: '期初' }, { revision: 2 }],
  })
  t.match((await yearOf(two)).balances, { fundPaid: 8_880 })
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test(
  'MZ-7.2 CQ-2.5a a patient gets back what he paid, also when he would have had to pay more',
  async (t) => {
    const person = cast.assisted
    const { no, bill } = await bought(hub, { person, quantity: 1_000 })
    // The fund's limit of the year turns out to have been used up elsewhere: what is kept would cost the patient more.
    await stated(person.personId, { fundFen: 100_000_000 }, { reference: 'ZY-9', source: 'inpatient' })
    const pharmacy = hub.pharmacy()
    const back = async (lines?: { lineNo: number; quantity: string }[]) => {
      const goods = { reasonCode: 'adverse-reaction', ...(lines && { lines }) }
      return (await returnGoods(hub.deps, pharmacy, aWrite(pharmacy), no, goods)).body.refund?.amountFen
    }
    t.equal(await back([{ lineNo: 1, quantity: '10' }]), undefined)
    t.equal(await back(), bill.totals['patient'])
    t.same(await brokenInvariants(hub.deps.pool), [])
  },
)
