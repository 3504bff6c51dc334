import type { Readable } from 'node:stream'
import { formatInstant } from '../domain/primitives/civil-day.ts'
import { formatYuan } from '../domain/primitives/money.ts'
import { formatPrice, priceFromJson } from '../domain/primitives/price.ts'
import type { Payer } from '../domain/settlement/adjudication.ts'
import type { AdjudicationJson } from '../domain/settlement/adjudication-json.ts'
import type { ShownDifference } from '../domain/settlement/explain-difference.ts'
import { type GoodsOnPaper, goodsHanded } from './goods-table.ts'
import { LAYER_LABELS, PAYER_LABELS } from './labels.ts'
import { PdfSheet } from './pdf-sheet.ts'

/** Everything that stands on the papers of one settlement. */
export interface SettlementPaper {
  readonly settlementId: string
  readonly prescriptionNo: string
  readonly regionName: string
  readonly hospitalName: string
  readonly pharmacyName: string
  readonly patientName: string
  /** Said of a prescription that the centre signed for the hospital. */
  readonly signedByCentre?: string
  readonly personId: string
  readonly settledAt: Date
  readonly handedOverAt?: Date
  readonly reversedAt?: Date
  readonly drugs: Readonly<
    Record<string, { readonly name: string; readonly specification: string; readonly unit: string }>
  >
  readonly adjudication: AdjudicationJson
  /** What was handed over; for the fee list. */
  readonly goods?: GoodsOnPaper
  /** How the bill differs from what was told before. */
  readonly quotes?: readonly {
    readonly told: 'pharmacy' | 'patient'
    readonly quotedAt: string
    readonly differences: readonly ShownDifference[]
  }[]
  readonly madeAt: Date
}

/** Which paper: 结算单, 费用清单, 收据. */
const SETTLEMENT_PAPERS = ['settlement', 'fee-list', 'receipt'] as const
export type SettlementPaperKind = (typeof SETTLEMENT_PAPERS)[number]

const TITLES: Readonly<Record<SettlementPaperKind, string>> = {
  settlement: '医疗保障“双通道”药品结算单',
  'fee-list': '医疗保障“双通道”药品费用清单',
  receipt: '医疗保障“双通道”药品收据',
}

const SCHEMES: Readonly<Record<string, string>> = { employee: '职工医保', resident: '居民医保' }

/**
 * A paper of one settlement as PDF, from what was stored when it was decided: nothing is computed again.
 *
 * What rests on a sample is marked 样例 on each page.
 *
 * @see MZ-6.6, MZ-7.1, MZ-7.3
 */
export function settlementPdf(kind: SettlementPaperKind, paper: SettlementPaper): Readable {
  const { adjudication } = paper
  const sheet = new PdfSheet({
    title: TITLES[kind],
    footer: `${paper.settlementId} · 打印时间 ${formatInstant(paper.madeAt)}`,
    madeAt: paper.madeAt,
    ...markOf(paper),
  })
  sheet.facts(headFacts(paper))
  if (paper.signedByCentre !== undefined) sheet.line(paper.signedByCentre)
  if (paper.reversedAt !== undefined) {
    sheet.line(`作废：本次结算已于 ${formatInstant(paper.reversedAt)} 冲销，本单据仅供查询。`, '#cc0000')
  }
  if (adjudication.restsOnSample) {
    sheet.line('样例：本次结算所用的部分参数为演示样例，并无文件依据，不得用于实际结算。', '#cc0000')
  }
  if (kind === 'settlement') {
    medicines(sheet, paper)
    layers(sheet, paper)
    differences(sheet, paper)
  }
  if (kind === 'fee-list') {
    medicines(sheet, paper)
    if (paper.goods !== undefined) goodsHanded(sheet, paper.goods, unitsOf(paper))
  }
  payers(sheet, paper, kind)
  sheet.heading('签章')
  sheet.facts(
    kind === 'settlement'
      ? [
          ['参保人或代办人（签名）', ''],
          ['定点机构（盖章）', ''],
        ]
      : [['收费专用章', '']],
  )
  sheet.end()
  return sheet.stream
}

/** Across the sheet: void once it was taken back, sample while figures are made up. */
function markOf({ reversedAt, adjudication }: SettlementPaper): { mark?: string } {
  const marks = [
    ...(reversedAt === undefined ? [] : ['作废']),
    ...(adjudication.restsOnSample ? ['样例'] : []),
  ]
  return marks.length === 0 ? {} : { mark: marks.join(' · ') }
}

function headFacts(paper: SettlementPaper): (readonly [string, string])[] {
  const { input, stay } = paper.adjudication
  return [
    ['结算编号', paper.settlementId],
    ['处方编号', paper.prescriptionNo],
    ['姓名', paper.patientName],
    ['医保编号', paper.personId],
    ['参保地', paper.regionName],
    ['险种', SCHEMES[input.scheme] ?? input.scheme],
    ['开方医院', paper.hospitalName],
    ['供药机构', paper.pharmacyName],
    ['就诊方式', input.setting === 'inpatient' ? '住院' : '门诊'],
    ['结算时间', formatInstant(paper.settledAt)],
    ...(stay === undefined ? [] : ([['住院号', stay.stayNo]] as const)),
    ...(paper.handedOverAt === undefined ? [] : ([['发药时间', formatInstant(paper.handedOverAt)]] as const)),
  ]
}

function yuan(fen: number): string {
  return formatYuan(BigInt(fen))
}

function medicines(sheet: PdfSheet, { adjudication, drugs }: SettlementPaper): void {
  sheet.heading('药品明细')
  const row = sheet.table([
    { title: '行', width: 2 },
    { title: '药品', width: 12 },
    { title: '规格', width: 10 },
    { title: '类别', width: 3 },
    { title: '数量', width: 4, align: 'right' },
    { title: '单价（元）', width: 5, align: 'right' },
    { title: '金额（元）', width: 6, align: 'right' },
    { title: '个人（元）', width: 6, align: 'right' },
  ])
  const supplied = new Map(adjudication.input.lines.map((line) => [line.lineNo, line]))
  for (const line of adjudication.lines) {
    const drug = drugs[line.drugCode]
    const given = supplied.get(line.lineNo)
    row([
      String(line.lineNo),
      `${drug?.name ?? ''}\n${line.drugCode}`,
      drug?.specification ?? '',
      given?.medicineClass === 'A' ? '甲' : given?.medicineClass === 'B' ? '乙' : '',
      `${given?.quantity ?? ''}${drug?.unit ?? ''}`,
      given === undefined ? '' : formatPrice(priceFromJson(given.unitPriceFen)),
      yuan(line.charge),
      yuan(line.payers.patient),
    ])
  }
  const patient = adjudication.totals.patient
  row(['', '合计', '', '', '', '', yuan(adjudication.charge), yuan(patient)])
}

/** The unit of each line, for quantities. */
function unitsOf({ adjudication, drugs }: SettlementPaper): ReadonlyMap<number, string> {
  return new Map(adjudication.lines.map(({ lineNo, drugCode }) => [lineNo, drugs[drugCode]?.unit ?? '']))
}

function layers(sheet: PdfSheet, { adjudication }: SettlementPaper): void {
  sheet.heading('待遇计算')
  const row = sheet.table([
    { title: '行', width: 2 },
    { title: '项目', width: 8 },
    { title: '承担方', width: 8 },
    { title: '依据', width: 7 },
    { title: '政策版本', width: 8 },
    { title: '说明', width: 18 },
    { title: '金额（元）', width: 6, align: 'right' },
  ])
  for (const entry of adjudication.entries) {
    row([
      String(entry.lineNo),
      LAYER_LABELS[entry.layer].zh,
      PAYER_LABELS[entry.payer].zh,
      `${entry.ruleId}${entry.article === undefined ? '' : `\n${entry.article}`}`,
      entry.version,
      entry.explanation.zh,
      yuan(entry.amount),
    ])
  }
}

const TOLD = { pharmacy: '药店预结算', patient: '患者选药店时的估算' } as const

/** What was told before and is otherwise now: to be read before anybody signs. */
function differences(sheet: PdfSheet, { quotes = [] }: SettlementPaper): void {
  for (const { told, quotedAt, differences } of quotes) {
    if (differences.length === 0) continue
    sheet.heading(`与${TOLD[told]}（${formatInstant(new Date(quotedAt))}）的差异`)
    for (const { kind, reason } of differences) if (kind !== 'amount') sheet.line(reason.zh)
    const row = sheet.table([
      { title: '项目', width: 4 },
      { title: '原为（元）', width: 2, align: 'right' },
      { title: '现为（元）', width: 2, align: 'right' },
    ])
    for (const { kind, path, before, after } of differences) {
      if (kind !== 'amount') continue
      const payer = path.replace(/^totals\./, '') as Payer
      row([PAYER_LABELS[payer]?.zh ?? '费用总额', yuan(Number(before)), yuan(Number(after))])
    }
  }
}

function payers(sheet: PdfSheet, { adjudication }: SettlementPaper, kind: SettlementPaperKind): void {
  sheet.heading('支付构成')
  const row = sheet.table([
    { title: '承担方', width: 4 },
    { title: '金额（元）', width: 2, align: 'right' },
  ])
  for (const [payer, amount] of Object.entries(adjudication.totals) as [Payer, number][]) {
    if (amount !== 0) row([PAYER_LABELS[payer].zh, yuan(amount)])
  }
  row(['费用总额', yuan(adjudication.charge)])
  if (kind !== 'receipt') return
  const { patient } = adjudication.totals
  const { stay } = adjudication
  const place =
    stay === undefined || stay.paysWhere === 'supplier'
      ? '今收到患者个人支付金额'
      : '患者个人支付金额由开方医院收取，计'
  sheet.line('')
  sheet.line(`${place}人民币 ${yuan(patient)} 元。`)
}
