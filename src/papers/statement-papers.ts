import { Readable } from 'node:stream'
import { formatInstant } from '../domain/primitives/civil-day.ts'
import { type Fen, formatYuan } from '../domain/primitives/money.ts'
import { BYTE_ORDER_MARK, csvRow } from './csv-writer.ts'
import { STATE_LABELS } from './labels.ts'
import { PdfSheet } from './pdf-sheet.ts'
import {
  LINE_COLUMNS,
  lineCells,
  memoRows,
  type PaperLine,
  type StatementPaper,
  summaryRows,
} from './statement-rows.ts'
import { type Cell, xlsx } from './xlsx-writer.ts'

/** A clearing statement as CSV: one row for each entry. The sums are in the other papers. */
export function statementCsv(lines: AsyncIterable<PaperLine>): Readable {
  return Readable.from(
    (async function* () {
      yield BYTE_ORDER_MARK + csvRow(LINE_COLUMNS.map(({ name }) => name))
      for await (const line of lines) yield csvRow(lineCells(line))
    })(),
    { objectMode: false },
  )
}

/** What a stay needs on paper. */
export interface PaperStay {
  readonly stayNo: string
  readonly settlements: number
  readonly counted: Fen
  readonly deducted: Fen
  readonly patient: Fen
  readonly deductible: Fen
}

/**
 * The amounts that a hospital counts into its stays as CSV: one row for each stay.
 *
 * @see MZ-7.4
 */
export function staysCsv(stays: AsyncIterable<PaperStay>): Readable {
  return Readable.from(
    (async function* () {
      yield BYTE_ORDER_MARK +
        csvRow(['stay_no', 'settlements', 'counted_yuan', 'deducted_yuan', 'patient_yuan', 'deductible_yuan'])
      for await (const { stayNo, settlements, counted, deducted, patient, deductible } of stays) {
        const amounts = [counted, deducted, patient, deductible].map(formatYuan)
        yield csvRow([stayNo, settlements, ...amounts])
      }
    })(),
    { objectMode: false },
  )
}

/** A clearing statement as XLSX, written row by row: a sheet with the sums and one with the entries. */
export function statementXlsx(paper: StatementPaper, lines: AsyncIterable<PaperLine>): Readable {
  return xlsx(
    [
      { name: '清算单', widths: [32, 14, 18], headed: false, rows: sumRows(paper) },
      { name: '明细', widths: LINE_COLUMNS.map(({ width }) => width), headed: true, rows: entryRows(lines) },
    ],
    paper.madeAt,
  )
}

async function* sumRows(paper: StatementPaper): AsyncGenerator<readonly Cell[]> {
  const cells = (row: { label: string; entries: string; yuan: string }): Cell[] => [
    row.label,
    row.entries === '' ? undefined : { count: Number(row.entries) },
    amountOf(row.yuan),
  ]
  yield* headFacts(paper)
  yield []
  yield ['项目', '笔数', '金额（元）']
  yield* summaryRows(paper.figures).map(cells)
  const memos = memoRows(paper.figures)
  if (memos.length > 0) yield ['备查项目（不经清算拨付）']
  yield* memos.map(cells)
}

async function* entryRows(lines: AsyncIterable<PaperLine>): AsyncGenerator<readonly Cell[]> {
  yield LINE_COLUMNS.map(({ title }) => title)
  for await (const line of lines) {
    const cells = lineCells(line)
    yield [...cells.slice(0, 7), ...cells.slice(7).map(amountOf)]
  }
}

/** Yuan with two decimals are exact as numbers up to 2^53 fen; empty stays empty. */
function amountOf(text: string): Cell {
  return text === '' ? undefined : { amount: Number(text) }
}

/** A clearing statement to print and sign. */
export function statementPdf(paper: StatementPaper, lines: AsyncIterable<PaperLine>): Readable {
  const sheet = new PdfSheet({
    title: `医疗保障定点机构月度清算单（${paper.month}）`,
    footer: `${paper.institutionId} · ${paper.month} · 打印时间 ${formatInstant(paper.madeAt)}`,
    madeAt: paper.madeAt,
    landscape: true,
    ...(paper.isSample ? { mark: '样例' } : {}),
  })
  const write = async () => {
    sheet.facts(headFacts(paper))
    sheet.heading('汇总')
    const sum = sheet.table([
      { title: '项目', width: 4 },
      { title: '笔数', width: 1, align: 'right' },
      { title: '金额（元）', width: 2, align: 'right' },
    ])
    for (const row of summaryRows(paper.figures)) sum([row.label, row.entries, row.yuan])
    const memos = memoRows(paper.figures)
    if (memos.length > 0) {
      sheet.heading('备查项目（不经清算拨付）')
      const memo = sheet.table([
        { title: '项目', width: 4 },
        { title: '笔数', width: 1, align: 'right' },
        { title: '金额（元）', width: 2, align: 'right' },
      ])
      for (const row of memos) memo([row.label, row.entries, row.yuan])
    }
    const { refunds } = paper
    if (refunds !== undefined && refunds.opened + refunds.paidBack + refunds.owed > 0) {
      sheet.heading('应退患者款项（由机构退还患者，不经清算）')
      const refund = sheet.table([
        { title: '项目', width: 4 },
        { title: '笔数', width: 1, align: 'right' },
        { title: '金额（元）', width: 2, align: 'right' },
      ])
      refund(['本月产生', String(refunds.opened), formatYuan(BigInt(refunds.openedFen))])
      refund(['本月已退', String(refunds.paidBack), formatYuan(BigInt(refunds.paidBackFen))])
      refund(['月末待退', String(refunds.owed), formatYuan(BigInt(refunds.owedFen))])
    }
    sheet.heading('明细')
    const columns = LINE_COLUMNS.map(({ title, width }, place) => ({
      title,
      width,
      align: place >= 7 ? ('right' as const) : ('left' as const),
    }))
    const row = sheet.table(columns, 6.5)
    let count = 0
    for await (const line of lines) {
      row(lineCells(line))
      count += 1
      // Let what is written flow out before more is made.
      if (count % 200 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    if (count === 0) sheet.line('本月无发生额。')
    sheet.heading('确认')
    sheet.facts([
      ['经办机构（盖章）', ''],
      ['定点机构（盖章）', ''],
      ['日期', ''],
      ['日期', ''],
    ])
    sheet.end()
  }
  write().catch((error: Error) => sheet.stream.destroy(error))
  return sheet.stream
}

function headFacts(paper: StatementPaper): (readonly [string, string])[] {
  return [
    ['统筹区', paper.regionName],
    ['清算月份', paper.month],
    ['定点机构', paper.institutionName],
    ['机构编码', paper.institutionId],
    ['状态', STATE_LABELS[paper.status].zh],
    ['金额单位', '人民币元'],
  ]
}
