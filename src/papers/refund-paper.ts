import type { Readable } from 'node:stream'
import { formatInstant } from '../domain/primitives/civil-day.ts'
import { formatYuan } from '../domain/primitives/money.ts'
import {
  REFUND_CAUSES,
  REFUND_STATES,
  type RefundCause,
  type RefundState,
} from '../domain/settlement/refund.ts'
import { PdfSheet } from './pdf-sheet.ts'

/** Everything that stands on the paper of a refund. */
export interface RefundPaper {
  readonly refundId: string
  readonly settlementId: string
  readonly prescriptionNo: string
  readonly regionName: string
  readonly pharmacyName: string
  readonly patientName: string
  readonly personId: string
  readonly cause: RefundCause
  readonly amountFen: number
  readonly openedAt: Date
  readonly dueOn: string
  readonly state: RefundState
  readonly closedAt?: Date
  readonly reference?: string
  readonly madeAt: Date
}

/** The paper of a refund (退费单) as PDF: what the supplier owes the patient or has paid back. */
export function refundPdf(paper: RefundPaper): Readable {
  const sheet = new PdfSheet({
    title: '医疗保障“双通道”药品退费单',
    footer: `${paper.refundId} · 打印时间 ${formatInstant(paper.madeAt)}`,
    madeAt: paper.madeAt,
  })
  sheet.facts([
    ['退费编号', paper.refundId],
    ['原结算编号', paper.settlementId],
    ['处方编号', paper.prescriptionNo],
    ['姓名', paper.patientName],
    ['医保编号', paper.personId],
    ['参保地', paper.regionName],
    ['退费机构', paper.pharmacyName],
    ['退费原因', REFUND_CAUSES[paper.cause].zh],
    ['产生时间', formatInstant(paper.openedAt)],
    ['最迟退费日', paper.dueOn],
    ['状态', REFUND_STATES[paper.state].zh],
    ...(paper.closedAt === undefined ? [] : ([['办结时间', formatInstant(paper.closedAt)]] as const)),
    ...(paper.reference === undefined ? [] : ([['退款流水号', paper.reference]] as const)),
  ])
  const amount = formatYuan(BigInt(paper.amountFen))
  sheet.line('')
  sheet.line(
    paper.state === 'paid-back'
      ? `已退还患者人民币 ${amount} 元。`
      : `${paper.state === 'owed' ? '应退还患者' : '所涉金额为'}人民币 ${amount} 元。`,
  )
  sheet.heading('签章')
  sheet.facts([
    ['患者或代理人（签字）', ''],
    ['定点机构（盖章）', ''],
  ])
  sheet.end()
  return sheet.stream
}
