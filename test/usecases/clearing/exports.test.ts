import { buffer, text } from 'node:stream/consumers'
import t from 'tap'
import { formatYuan, parseYuan } from '../../../src/domain/primitives/money.ts'
import { exportStatement } from '../../../src/usecases/clearing/papers.ts'
import { readStatement } from '../../../src/usecases/clearing/statement.ts'
import { pdfText, withPdfTools } from '../../papers/pdf.ts'
import { testHub } from '../../support/hub.ts'
import { bought } from '../../support/money.ts'
import { readXlsx } from '../../support/xlsx.ts'
import { clearing, DECEMBER } from './clearing.ts'

t.test('MZ-7.3 CSV, XLSX and PDF say what the statement says, to the fen', withPdfTools, async (t) => {
  const hub = await testHub(t, { anyQuantity: true })
  const clear = clearing(hub)
  const agency = hub.agency()
  const { institutionId } = hub.pharmacy()
  const first = await bought(hub, { quantity: 1_001 })
  for (const quantity of [401, 77, 1_003]) await bought(hub, { quantity })
  await clear.returned(first.no)
  hub.now = DECEMBER
  await clear.close('2026-11')
  await clear.confirmed('2026-11')
  await clear.pay('2026-11', institutionId)
  await bought(hub, { quantity: 1_013 })
  hub.now = new Date('2026-12-31T16:00:00.000Z')
  await clear.close('2026-12')
  for (const month of ['2026-11', '2026-12']) {
    const { figures } = await readStatement(hub.deps, agency, month, institutionId)
    t.not(figures.due, 0n)
    const file = (form: 'csv' | 'xlsx' | 'pdf') =>
      exportStatement(hub.deps, agency, month, institutionId, form)

    const rows = (await text(await file('csv'))).split('\r\n').slice(1, -1)
    const entries = rows.map((row) => row.split(','))
    const sum = (only: (kind: string) => boolean) =>
      entries.reduce((all, cells) => (only(cells[2]!) ? all + parseYuan(cells.at(-1)!) : all), 0n)
    t.equal(
      sum((kind) => kind !== '拨付'),
      figures.due,
      `${month} CSV`,
    )
    t.equal(
      sum((kind) => kind === '拨付'),
      -figures.paid,
    )

    const book = readXlsx(await buffer(await file('xlsx')))
    const fenOf = (value: unknown) => BigInt(Math.round(Number(value) * 100))
    const sums = book.get('清算单')!
    const sumOf = (label: string) => {
      const place = [...sums].find(([, { value }]) => value === label)![0]
      return fenOf(sums.get(place.replace('A', 'C'))!.value)
    }
    t.equal(sumOf('本月应拨付'), figures.due, `${month} XLSX`)
    t.equal(sumOf('期初未拨付'), figures.opening)
    t.equal(sumOf('期末未拨付'), figures.closing)
    const amounts = [...book.get('明细')!].filter(([place]) => /^J(?!1$)/.test(place))
    t.equal(amounts.length, entries.length)
    const cells = amounts.reduce((sum, [, { value }]) => sum + fenOf(value), 0n)
    t.equal(cells, figures.due - figures.paid)

    const pdf = await pdfText(t, await file('pdf'), `statement-${month}`)
    for (const fen of [figures.opening, figures.due, figures.closing]) t.match(pdf, formatYuan(fen))
    for (const entry of entries) t.match(pdf, entry.at(-1)!)
  }
})
