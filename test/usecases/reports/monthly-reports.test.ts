import { Readable } from 'node:stream'
import t from 'tap'
import { computeReport, REPORTS, type ReportName } from '../../../src/usecases/reports/monthly-reports.ts'
import { reportFile } from '../../../src/usecases/reports/report-file.ts'
import { returnGoods } from '../../../src/usecases/return-goods.ts'
import { uploadStock } from '../../../src/usecases/stock/upload-stock.ts'
import { sweepHolds } from '../../../src/usecases/sweep.ts'
import { aWrite, type TestHub, testHub } from '../../support/hub.ts'
import { walker } from '../../support/journey.ts'

const DECEMBER = new Date('2026-12-02T02:00:00Z')
const NAMES = Object.keys(REPORTS) as ReportName[]
const PLENTY = { quantity: 300 }

const report = <Name extends ReportName>(hub: TestHub, name: Name, month = '2026-11') =>
  computeReport(hub.deps, hub.agency(), name, month)

t.test(
  'SC-N4 stocking, use and payment of a month are those of its settlements and hand-overs',
  async (t) => {
    const hub = await testHub(t)
    const walk = walker(hub)
    const { settlementId, content } = await walk.dispensed(PLENTY)
    hub.now = DECEMBER
    const { rows } = await report(hub, 'drugs')
    const paid = await hub.deps.pool.query(
      'select charge_fen::int as charge, fund_fen::int as fund, patient_fen::int as patient from settlement where settlement_id = $1',
      [settlementId],
    )
    const { charge, fund, patient } = paid.rows[0]
    t.match(rows, [
      {
        institutionId: hub.hospital().institutionId,
        drugCode: content.lines[0]!.drugCode,
        dispensed: '0',
        prescribed: '300',
        chargeFen: 0,
      },
      {
        institutionId: hub.pharmacy().institutionId,
        drugCode: content.lines[0]!.drugCode,
        genericName: hub.world.cast.drug.genericName,
        dispensed: '300',
        prescribed: '0',
        chargeFen: charge,
        fundFen: fund,
        patientFen: patient,
      },
    ])
    const trend = await report(hub, 'fund-trend')
    t.equal(
      trend.rows.reduce((sum, { paidFen }) => sum + paidFen, 0),
      fund,
      'the ledger says the same',
    )
    const costly = await report(hub, 'costly-drugs')
    t.match(costly.rows, [
      { list: 'costly', rank: 1, chargeFen: charge },
      { list: 'high-volume', rank: 1, dispensed: '300' },
    ])
  },
)

t.test(
  'SC-N4 a closed month comes out the same whenever it is computed; a return counts in its own month',
  async (t) => {
    const hub = await testHub(t)
    const walk = walker(hub)
    const { no } = await walk.dispensed(PLENTY)
    hub.now = DECEMBER
    const before = await Promise.all(NAMES.map((name) => reportFile(hub.deps, hub.agency(), name, '2026-11')))
    const pharmacy = hub.pharmacy()
    await returnGoods(hub.deps, pharmacy, aWrite(pharmacy), no, 'allergy')
    await walk.dispensed({ ...PLENTY, person: hub.world.cast.employee })
    const { drugCode } = hub.world.cast.drug
    const book = {
      kind: 'purchase',
      reference: 'A',
      on: '2026-11-20',
      drugCode,
      quantity: '9',
      unitPriceFen: 1,
    }
    await uploadStock(hub.deps, pharmacy, 'ndjson', Readable.from([Buffer.from(JSON.stringify(book))]))
    const after = await Promise.all(NAMES.map((name) => reportFile(hub.deps, hub.agency(), name, '2026-11')))
    t.same(after, before)
    hub.now = new Date('2027-01-02T02:00:00Z')
    const november = await report(hub, 'drugs', '2026-11')
    const december = await report(hub, 'drugs', '2026-12')
    t.match(november.rows, [{ prescribed: '300' }, { dispensed: '300' }])
    t.match(
      december.rows[1],
      { dispensed: '0', bought: '9' },
      'one came back and one went out; a late file counts here',
    )
  },
)

t.test('SC-N4 when more came back than went out, CSV has the number that JSON has', async (t) => {
  const hub = await testHub(t)
  const { no } = await walker(hub).dispensed(PLENTY)
  hub.now = DECEMBER
  const pharmacy = hub.pharmacy()
  await returnGoods(hub.deps, pharmacy, aWrite(pharmacy), no, 'allergy')
  hub.now = new Date('2027-01-02T02:00:00Z')
  const [hospital, row] = (await report(hub, 'drugs', '2026-12')).rows
  t.equal(hospital!.prescribed, '-300')
  t.equal(row!.dispensed, '-300')
  t.ok(row!.fundFen < 0)
  const csv = await reportFile(hub.deps, hub.agency(), 'drugs', '2026-12')
  const { institutionId, drugCode, genericName, bought, dispensed, chargeFen, fundFen, patientFen } = row!
  const money = [chargeFen, fundFen, patientFen]
  const cells = [institutionId, drugCode, genericName, '', bought, dispensed, '0', ...money]
  t.equal(csv.split('\r\n')[2], cells.join(','))
})

t.test('a month that has not ended is refused, to the millisecond', async (t) => {
  const hub = await testHub(t)
  hub.now = new Date('2026-11-30T15:59:59.999Z')
  await t.rejects(report(hub, 'drugs'), { code: 'month-not-closed' })
  hub.now = new Date('2026-11-30T16:00:00.000Z')
  t.same((await report(hub, 'drugs')).rows, [])
})

t.test('MZ-8 holds that ran out are counted by pharmacy', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  await walk.held()
  hub.now = new Date(hub.now.getTime() + 3_600_000)
  await sweepHolds(hub.deps)
  hub.now = DECEMBER
  t.same((await report(hub, 'lapsed-holds')).rows, [
    { institutionId: hub.pharmacy().institutionId, taken: 1, lapsed: 1 },
  ])
})

t.test('SC-N4 a drug that a hospital prescribed leaves the list of those it never prescribed', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const { content } = await walk.submitted()
  hub.now = DECEMBER
  const { rows } = await report(hub, 'never-prescribed')
  const code = content.lines[0]!.drugCode
  const mine = rows.filter(({ institutionId }) => institutionId === content.hospital.institutionId)
  t.ok(mine.length > 0)
  t.ok(mine.every(({ neverPrescribed }) => !neverPrescribed.includes(code)))
  t.ok(
    rows.some(
      ({ institutionId, neverPrescribed }) =>
        institutionId !== content.hospital.institutionId && neverPrescribed.includes(code),
    ),
  )
})

t.test('no report holds personal data', async (t) => {
  const hub = await testHub(t)
  await walker(hub).dispensed(PLENTY)
  hub.now = DECEMBER
  const { person, physician } = hub.world.cast
  const { rows } = await hub.deps.pool.query(
    `select data ->> 'name' as name from register_entry where register in ('person', 'practitioner')`,
  )
  const secrets = [
    person.personId,
    person.idNumber,
    person.phone,
    physician.name,
    ...rows.map(({ name }) => name),
  ]
  for (const name of NAMES) {
    const text = await reportFile(hub.deps, hub.agency(), name, '2026-11')
    t.same(
      secrets.filter((secret) => text.includes(secret)),
      [],
      name,
    )
  }
})

t.test('FS-4.2c the fund is seen month by month, what it took back in its own month', async (t) => {
  const hub = await testHub(t, { regions: ['210400'], anyQuantity: true })
  const { no, settlementId } = await walker(hub).dispensed({ quantity: 2_000 })
  const { rows } = await hub.deps.pool.query(
    'select fund_fen::int as fund from settlement where settlement_id = $1',
    [settlementId],
  )
  const fund: number = rows[0].fund
  t.ok(fund > 0)
  await t.rejects(report(hub, 'fund-trend'), { code: 'month-not-closed' }, 'not before the month has ended')
  hub.now = DECEMBER
  const pharmacy = hub.pharmacy()
  await returnGoods(hub.deps, pharmacy, aWrite(pharmacy), no, 'allergy')
  hub.now = new Date('2027-01-02T02:00:00Z')
  const trend = (await report(hub, 'fund-trend', '2026-12')).rows
  const paidIn = (month: string) =>
    trend.filter((row) => row.month === month).reduce((sum, { paidFen }) => sum + paidFen, 0)
  t.same([paidIn('2026-11'), paidIn('2026-12')], [fund, -fund])
})
