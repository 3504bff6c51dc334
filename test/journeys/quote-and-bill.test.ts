import t from 'tap'
import { render } from '../../src/http/pages/html.ts'
import { billCard } from '../../src/http/patient/pages/bill-card.ts'
import { report } from '../../src/storage/stock.ts'
import { settlementPaper } from '../../src/usecases/clearing/papers.ts'
import { chooseFromPage } from '../../src/usecases/patient/choose.ts'
import type { Patient } from '../../src/usecases/patient/find-patient.ts'
import { viewPrescription } from '../../src/usecases/patient/view-prescription.ts'
import { pdfText, withPdfTools } from '../papers/pdf.ts'
import { hubApp } from '../support/hub-app.ts'
import { PATIENT, walker } from '../support/journey.ts'
import { bought } from '../support/money.ts'
import { settled } from '../support/region.ts'

/*
 * Meizhou, employee, 1,000 at 3.24 = 3,240.00; class B 10 % = 324.00.
 * Told: deductible 600.00; 2,316.00 * 75 % = 1,737.00 fund; patient 1,503.00.
 * Another purchase then uses up the deductible: 2,916.00 * 75 % = 2,187.00 fund; patient 1,053.00.
 */
async function start(test: Parameters<typeof hubApp>[0]) {
  const it = await hubApp(test, { anyQuantity: true })
  const { hub, as } = it
  const walk = walker(hub)
  const { no, content } = await walk.submitted({ quantity: 1_000 })
  const patient: Patient = {
    link: {
      hash: Buffer.alloc(32),
      regionCode: hub.world.regionCode,
      prescriptionNo: no,
      attemptsLeft: 5,
      isLocked: false,
    },
    caller: PATIENT(hub),
    formToken: 'form',
  }
  const pharmacyId = hub.pharmacy().institutionId
  const shelf = walk.lines(content).map((line, place) => ({
    pharmacyId,
    drugCode: content.lines[place]!.drugCode,
    quantity: '5000',
    unitPriceFen: line.unitPriceFen,
  }))
  await report(hub.deps.pool, hub.world.regionCode, shelf, hub.now)
  await chooseFromPage(hub.deps, patient, pharmacyId)
  const at = `/pharmacy/prescriptions/${no}`
  const lines = walk.lines(content)
  const quote = () => as(hub.pharmacy(), 'POST', `${at}/quote`, { body: { lines } })
  const ready = async () => {
    await walk.take(no)
    await walk.review(no)
  }
  const statement = async () => (await as(hub.pharmacy(), 'GET', `${at}/settlement`)).body
  return { ...it, walk, no, lines, patient, quote, ready, statement }
}

t.test(
  'MZ-7.1 what changed between quote and bill is shown, with its reason, before anybody signs',
  async (t) => {
    const it = await start(t)
    const { hub, no, lines, patient } = it
    t.match((await it.quote()).body.split, { patientFen: 150_300 })
    await bought(hub, { quantity: 1_000, days: 1 })
    await it.ready()
    const bill = await settled(hub, no, lines)
    t.match(bill?.totals, { patient: 105_300, 'basic-fund': 218_700 })

    const { quotes, status } = await it.statement()
    t.equal(status, 'settled', 'not handed over, nothing signed')
    t.same(
      quotes.map(({ told }: { told: string }) => told),
      ['pharmacy', 'patient'],
    )
    for (const { differences } of quotes) {
      const shown = differences.map(({ kind, path, before, after }: Record<string, unknown>) => [
        kind,
        path,
        before,
        after,
      ])
      t.same(shown, [
        ['input', 'balances', undefined, undefined],
        ['amount', 'totals.basic-fund', 173_700, 218_700],
        ['amount', 'totals.patient', 150_300, 105_300],
      ])
      t.match(differences[0].reason, { zh: /累计/, en: /another settlement or reversal/ })
    }

    const view = await viewPrescription(hub.deps, patient)
    t.match(view.billDifference, { told: 'patient' })
    const card = render(billCard(view)!)
    t.match(card, '估算自付')
    t.match(card, /1,?503\.00[\s\S]*1,?053\.00[\s\S]*本年度累计已变化/)

    await it.quote()
    t.same((await it.statement()).quotes, quotes, 'a quote after the settlement changes nothing')
  },
)

t.test('MZ-7.1 without a change there is no difference, and a settled one says so for ever', async (t) => {
  const it = await start(t)
  const { hub, no, lines } = it
  await it.quote()
  await it.ready()
  await settled(hub, no, lines)
  const { quotes } = await it.statement()
  t.match(quotes, [
    { told: 'pharmacy', differences: [] },
    { told: 'patient', differences: [] },
  ])
  t.equal((await viewPrescription(hub.deps, it.patient)).billDifference, undefined)
  await t.rejects(
    hub.deps.pool.query("update settlement set quote_differences = '[]' where prescription_no = $1", [no]),
    { code: 'HB003' },
  )
  const { rows } = await hub.deps.pool.query('select 1 from settlement_quote where prescription_no = $1', [
    no,
  ])
  t.equal(rows.length, 0, 'the quotes are used up')
})

t.test('the printed statement shows it too', withPdfTools, async (t) => {
  const it = await start(t)
  const { hub, no, lines } = it
  await bought(hub, { quantity: 1_000, days: 1 })
  await it.ready()
  await settled(hub, no, lines)
  const { settlementId } = await it.statement()
  const text = await pdfText(
    t,
    await settlementPaper(hub.deps, hub.pharmacy(), settlementId, 'settlement'),
    'settlement',
  )
  for (const expected of ['患者选药店时的估算', '1503.00', '1053.00']) t.match(text, expected)
})
