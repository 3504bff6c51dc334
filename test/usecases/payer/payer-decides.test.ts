import t from 'tap'
import type { PayerClaim, RemotePayer } from '../../../src/domain/settlement/payer-gateway.ts'
import { settlementPaper } from '../../../src/usecases/clearing/papers.ts'
import { handOver } from '../../../src/usecases/hand-over.ts'
import { settleWithPayer } from '../../../src/usecases/payer/settle-with-payer.ts'
import { quoteForPharmacy } from '../../../src/usecases/pharmacy/quote.ts'
import { readStatement } from '../../../src/usecases/pharmacy/statement.ts'
import { replay } from '../../../src/usecases/replay.ts'
import { computeReport } from '../../../src/usecases/reports/monthly-reports.ts'
import { requestSettlement } from '../../../src/usecases/request-settlement.ts'
import { pdfText, withPdfTools } from '../../papers/pdf.ts'
import { aWrite, type TestHub, testHub } from '../../support/hub.ts'
import { brokenInvariants } from '../../support/invariants.ts'
import { walker } from '../../support/journey.ts'
import { accountsOf, bought } from '../../support/money.ts'

/*
 * Meizhou, employee, 1,000 capsules at 3.24 = 3,240.00: class B 324.00, deductible 600.00, 2,316.00 * 75 % = 1,737.00,
 * own 579.00; the patient pays 1,503.00. The core system decides 1,700.00 and 37.00 of medical assistance: the same for
 * the patient, less 3.00 that it takes off the own part and pays too: 1,703.00 + 37.00, and 1,500.00.
 */
const decides: RemotePayer = {
  kind: 'remote',
  amountWinner: 'payer',
  settle: async ({ totals }: PayerClaim) => ({
    outcome: 'accepted',
    reference: 'R-1',
    totals: { ...totals, patient: 150_000, 'basic-fund': 170_300, 'medical-assistance': 3_700 },
  }),
  cancel: async () => {},
  async *list() {},
}

async function decided(hub: TestHub) {
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const { no, content } = await walk.reviewed({ quantity: 1_000 })
  const lines = walk.lines(content)
  await quoteForPharmacy(hub.deps, pharmacy, no, { lines })
  const { body } = await requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), no, { lines })
  const { settlementId } = body
  await settleWithPayer(hub.deps, { regionCode: hub.world.regionCode, settlementId }, decides)
  return { walk, pharmacy, no, content, settlementId }
}

t.test('MZ-6.6 where the payer wins, its amounts are signed, posted and reported', async (t) => {
  const hub = await testHub(t, { anyQuantity: true })
  const { walk, pharmacy, no, content } = await decided(hub)
  const { split, quotes } = await readStatement(hub.deps, pharmacy, no)
  t.match(split, { chargeFen: 324_000, patientFen: 150_000, fundFen: 174_000 })
  t.same(split!.totals, [
    { payer: 'basic-fund', amountFen: 170_300 },
    { payer: 'medical-assistance', amountFen: 3_700 },
    { payer: 'patient', amountFen: 150_000 },
  ])
  t.same(split!.lines[0]!.payers, split!.totals)
  t.equal(
    split!.entries.reduce((sum, { amountFen }) => sum + amountFen, 0),
    324_000,
  )
  t.match(
    quotes!.map(({ differences }) => differences.map(({ path, before, after }) => [path, before, after])),
    [
      [
        ['decidedBy', undefined, undefined],
        ['totals.basic-fund', 173_700, 170_300],
        ['totals.medical-assistance', 0, 3_700],
        ['totals.patient', 150_300, 150_000],
      ],
    ],
  )
  await handOver(hub.deps, pharmacy, aWrite(pharmacy), no, walk.handOverOf(content))
  t.match(await accountsOf(hub), {
    'fund:basic:employee': -170_300,
    'fund:medical-assistance': -3_700,
    'patient:paid': -150_000,
  })
  hub.now = new Date('2026-12-02T02:00:00Z')
  const { rows } = await computeReport(hub.deps, hub.agency(), 'drugs', '2026-11')
  t.match(rows, [
    { institutionId: content.hospital.institutionId, prescribed: '1000', chargeFen: 0 },
    { institutionId: pharmacy.institutionId, chargeFen: 324_000, fundFen: 174_000, patientFen: 150_000 },
  ])
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('MZ-6.6 the year goes on from the amounts of the payer, and a replay tells nothing new', async (t) => {
  const hub = await testHub(t, { anyQuantity: true })
  await decided(hub)
  const { rows } = await hub.deps.pool.query<{ measure: string; fen: number }>(
    `select measure, sum(amount_fen)::int as fen from person_year_movement
      where measure in ('deductiblePaid', 'fundPaid', 'ownPaid', 'assistancePaid') group by 1 order by 1`,
  )
  t.same(
    rows.map(({ measure, fen }) => [measure, fen]),
    [
      ['assistancePaid', 3_700],
      ['deductiblePaid', 60_000],
      ['fundPaid', 170_300],
      ['ownPaid', 117_600],
    ],
    '600.00 + 579.00 - 3.00 of own payments',
  )
  const { bill } = await bought(hub, { quantity: 1_000 })
  t.match(bill.input.balances, { fundPaid: 170_300, ownPaid: 117_600, assistancePaid: 3_700 })
  const report = await replay(hub.deps.pool, hub.deps.policies, { regions: [hub.world.regionCode] })
  t.match(report.settlements, { judged: 2, identical: 2 })
  t.same([report.moneyByDuty.size, report.unjudged.size], [0, 0])
})

t.test('MZ-6.6 the papers say what the payer decided', withPdfTools, async (t) => {
  const hub = await testHub(t, { anyQuantity: true })
  const { pharmacy, settlementId } = await decided(hub)
  const text = await pdfText(
    t,
    await settlementPaper(hub.deps, pharmacy, settlementId, 'settlement'),
    'settlement',
  )
  for (const expected of ['核心系统核定', '1500.00', '1703.00', '37.00', '-34.00', '-3.00']) {
    t.match(text, expected)
  }
})
