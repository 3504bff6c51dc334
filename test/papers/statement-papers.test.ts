import { buffer, text } from 'node:stream/consumers'
import t from 'tap'
import { statementOf } from '../../src/domain/clearing/statement.ts'
import { statementCsv, statementPdf, statementXlsx } from '../../src/papers/statement-papers.ts'
import type { PaperLine, StatementPaper } from '../../src/papers/statement-rows.ts'
import { readXlsx } from '../support/xlsx.ts'
import { pdfText, withPdfTools } from './pdf.ts'

const paper: StatementPaper = {
  regionName: '梅州市',
  institutionId: 'P44140299001',
  institutionName: '样例大药房（梅江店）',
  month: '2026-11',
  status: 'sent',
  figures: statementOf(100n, [
    { account: 'receivable', kind: 'settlement', amount: 1_234_567n, entries: 90 },
    { account: 'receivable', kind: 'reversal', amount: -4_567n, entries: 1 },
    { account: 'counter', kind: 'settlement', amount: 500n, entries: 90 },
  ]),
  madeAt: new Date('2026-12-01T02:00:00Z'),
  isSample: true,
}

async function* lines(count: number): AsyncGenerator<PaperLine> {
  for (let i = 0; i < count; i += 1) {
    yield {
      postingId: `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`,
      day: '2026-11-22',
      kind: i === 0 ? 'reversal' : 'settlement',
      settlementId: `00000000-0000-7000-9000-${String(i).padStart(12, '0')}`,
      prescriptionNo: '4414002026112200000001',
      counterpartId: 'H44140299001',
      ...(i === 1 ? { stayNo: '=cmd|"x"' } : {}),
      charge: 20_000n,
      patient: 6_283n,
      amount: i === 0 ? -13_717n : 13_717n,
    }
  }
}

t.test('MZ-7.3 a statement as CSV has a row for each entry and no formulas', async (t) => {
  const csv = await text(statementCsv(lines(3)))
  const rows = csv.replace('\uFEFF', '').split('\r\n')
  t.equal(
    rows[0],
    'posting_id,day,kind,settlement_id,prescription_no,counterpart_id,stay_no,charge,patient,amount',
  )
  t.match(rows[1], /,-137\.17$/, 'a negative amount stays a number')
  t.match(rows[2], `,"'=cmd|""x""",200.00,62.83,137.17`)
  t.equal(rows.length, 5)
})

t.test('MZ-7.3 a statement as XLSX opens with its sums and its entries', async (t) => {
  const book = readXlsx(await buffer(statementXlsx(paper, lines(3))))
  const sums = book.get('清算单')!
  const sumOf = (label: string) => {
    const place = [...sums].find(([, { value }]) => value === label)![0]
    return sums.get(place.replace('A', 'C'))
  }
  t.same(
    sumOf('期初未拨付'),
    { value: 1, style: '1', isFormula: false },
    'a number with the format of an amount',
  )
  t.equal(sumOf('本月应拨付')?.value, 12_300)
  t.equal(sumOf('期末未拨付')?.value, 12_301)
  const sheet = book.get('明细')!
  t.equal([...sheet.keys()].filter((place) => place.startsWith('A')).length, 4)
  t.equal(sheet.get('A1')?.value, '明细编号')
  t.equal(sheet.get('J2')?.value, -137.17)
  t.same(sheet.get('G3'), { value: '=cmd|"x"', style: '0', isFormula: false }, 'text, not a formula')
  t.equal(sheet.get('G2'), undefined, 'empty stays empty')
})

t.test(
  'MZ-7.3 a statement as PDF prints Chinese on every page and marks samples',
  withPdfTools,
  async (t) => {
    const all = await pdfText(t, statementPdf(paper, lines(90)), 'statement')
    for (const expected of [
      '清算单（2026-11）',
      '样例大药房（梅江店）',
      '期末未拨付',
      '12301.00',
      '-137.17',
      '第1页',
      '第2页',
      '样例',
    ]) {
      t.match(all, expected)
    }
    t.equal(all.split('清算金额（元）').length - 1 > 1, true, 'the header is repeated')
    const empty = await pdfText(
      t,
      statementPdf({ ...paper, isSample: false, figures: statementOf(0n, []) }, lines(0)),
      'empty',
    )
    t.match(empty, '本月无发生额。')
    t.notMatch(empty, '第2页')
  },
)

t.test('a file that fails while it is read ends as an error, not as a short file', async (t) => {
  async function* broken(): AsyncGenerator<PaperLine> {
    yield* lines(1)
    throw new Error('connection lost')
  }
  await t.rejects(buffer(statementXlsx(paper, broken())), /connection lost/)
  await t.rejects(buffer(statementPdf(paper, broken())), /connection lost/)
  await t.rejects(text(statementCsv(broken())), /connection lost/)
})
