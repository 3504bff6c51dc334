import { randomUUID } from 'node:crypto'
import t from 'tap'
import type { Scope } from '../support/database.ts'
import { hubApp } from '../support/hub-app.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { accountsOf, bought } from '../support/money.ts'
import { clearing } from '../usecases/clearing/clearing.ts'

/*
 * Fushun 2026, resident, 苯磺酸氨氯地平片: 2,000 at 0.15 = 300.00; deductible 200.00; 50 % of 100.00 = 50.00 borne by
 * the capitation account of the hospital that the person chose, which supplies (FS-3.6); patient 250.00. Two persons:
 * used and earned 100.00. Shares of the sandbox: a surplus stays with the hospital whole, of an over-run the fund bears
 * half. Amounts in fen in the code.
 */
async function start(test: Scope) {
  const it = await hubApp(test, { anyQuantity: true, regions: ['210400'] })
  const { hub, as } = it
  const { hospital, assisted } = hub.world.cast
  const holder = hospital.institutionId
  const agency = hub.agency()
  const grant = (persons: number, perPersonFen: number, advanceFen: number) =>
    as(agency, 'POST', '/agency/capitation/2026/grants', {
      body: {
        institutionId: holder,
        scheme: 'resident',
        persons,
        perPersonFen,
        advanceFen,
        reason: '2026 年度核定',
      },
    })
  const settle = (key?: string) =>
    as(agency, 'POST', `/agency/capitation/2026/institutions/${holder}/settle`, {
      ...(key === undefined ? {} : { key }),
    })
  const standing = async (caller = agency) =>
    (await as(caller, 'GET', `/${caller.kind}/capitation/2026`)).body.institutions
  const supplyBoth = async () => {
    await bought(hub, { quantity: 2_000 })
    await bought(hub, { person: assisted, quantity: 2_000 })
  }
  const closeYear = async () => {
    const clear = clearing(hub)
    hub.now = new Date('2027-01-05T02:00:00.000Z')
    await clear.close('2026-11')
    await clear.close('2026-12')
  }
  return { ...it, holder, grant, settle, standing, supplyBoth, closeYear }
}

t.test('FS-3.5a granted, advanced, over-run by 20.00: the hospital bears half of it', async (t) => {
  const it = await start(t)
  const { hub, holder } = it
  t.match(await it.settle(), { status: 409, body: { code: 'capitation-wrong-state' } })
  // 2 persons at 40.00 = 80.00, of which 60.00 in advance.
  t.match(await it.grant(2, 4_000, 6_000), { status: 201, body: { grantNo: 1, budgetFen: 8_000 } })
  await it.supplyBoth()
  t.match(await it.standing(), [
    {
      institutionId: holder,
      persons: 2,
      budgetFen: 8_000,
      advancedFen: 6_000,
      usedFen: 10_000,
      earnedFen: 10_000,
      balanceFen: -2_000,
      isOverrun: true,
    },
  ])
  t.same(await it.standing(hub.hospital()), await it.standing(), 'the hospital sees its own')
  const { secondPharmacy } = hub.world.cast
  t.same(await it.standing(hub.pharmacy(secondPharmacy.institutionId)), [], 'and nobody else does')
  t.same(await accountsOf(hub), {
    [`capitation:${holder}`]: -2_000,
    'fund:basic:resident': -8_000,
    [`institution:${holder}:counter`]: 50_000,
    [`institution:${holder}:prepaid`]: 4_000,
    [`institution:${holder}:receivable`]: 6_000,
    'patient:paid': -50_000,
  })
  t.match(await it.settle(), { status: 409, body: { code: 'month-not-over' } })

  await it.closeYear()
  const month = await it.as(hub.agency(), 'GET', `/agency/clearing/2026-11/statements/${holder}`)
  t.match(month.body, { dueFen: 6_000, items: [{ item: 'capitation-payments', amountFen: 6_000 }] })
  const memos = month.body.memos.map((memo: Record<string, unknown>) => [memo['item'], memo['amountFen']])
  t.same(Object.fromEntries(memos), {
    'capitation-budget': 8_000,
    capitation: -10_000,
    prepaid: 4_000,
    counter: 50_000,
  })

  // Over-run 20.00: the fund 10.00, the hospital 10.00. 100.00 earned - 60.00 advanced - 10.00 = 30.00.
  const once = randomUUID()
  const settled = await it.settle(once)
  t.match(settled.body.outcome, { overrun: 2_000, shared: 1_000, surplus: 0, kept: 0, due: 3_000 })
  t.equal(settled.body.outcome.restsOnSample, true)
  t.equal((await it.settle(once)).headers['idempotency-replayed'], 'true')
  t.match(await it.settle(), { status: 409, body: { code: 'capitation-wrong-state' } })
  t.match(await it.grant(1, 1, 0), { status: 409, body: { code: 'capitation-wrong-state' } })
  const accounts = await accountsOf(hub)
  t.equal(accounts[`capitation:${holder}`], undefined, 'zero')
  t.equal(accounts[`institution:${holder}:prepaid`], undefined, 'zero')
  t.equal(accounts[`institution:${holder}:receivable`], 9_000, '100.00 earned less 10.00 of the over-run')
  t.equal(accounts['fund:basic:resident'], -9_000, '90.00 to the hospital')
  t.match(await it.standing(), [{ settledAt: String, outcome: { due: 3_000 } }])
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('FS-3.5a a surplus of 80.00 stays with the hospital; a second grant adds up', async (t) => {
  const it = await start(t)
  const { hub, holder } = it
  // 3 persons at 50.00 and 1 at 30.00 = 180.00, nothing in advance.
  await it.grant(3, 5_000, 0)
  t.match(await it.grant(1, 3_000, 0), { status: 201, body: { grantNo: 2 } })
  await it.supplyBoth()
  await it.closeYear()
  const { body } = await it.settle()
  t.match(body.outcome, { budget: 18_000, used: 10_000, surplus: 8_000, kept: 8_000, due: 18_000 })
  const accounts = await accountsOf(hub)
  t.equal(accounts[`institution:${holder}:receivable`], 18_000, '100.00 earned and 80.00 kept')
  t.equal(accounts[`capitation:${holder}`], undefined)
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('FS-3.5a no budget where there is none to grant', async (t) => {
  const it = await start(t)
  const { hub, as } = it
  const agency = hub.agency()
  t.match(await it.grant(1, 100, 101), { status: 400, body: { code: 'malformed' } })
  const body = {
    institutionId: it.holder,
    scheme: 'resident',
    persons: 1,
    perPersonFen: 1,
    advanceFen: 0,
    reason: '核定',
  }
  const before = await as(agency, 'POST', '/agency/capitation/2020/grants', { body })
  t.match(before, { status: 409, body: { code: 'capitation-wrong-state' } }, '2020 is paid per item')
  const unknown = { ...body, institutionId: 'H99999999999' }
  t.match(await as(agency, 'POST', '/agency/capitation/2026/grants', { body: unknown }), {
    status: 422,
    body: { code: 'reference-unknown' },
  })
  await it.grant(1, 1, 0)
  const other = { ...body, scheme: 'employee' }
  t.match(await as(agency, 'POST', '/agency/capitation/2026/grants', { body: other }), { status: 400 })
  await t.rejects(hub.deps.pool.query('update capitation_grant set budget_fen = 2'), { code: /./ })
})
