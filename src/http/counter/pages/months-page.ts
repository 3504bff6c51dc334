import type { Fields } from '../../../domain/text/form-text.ts'
import type { StatementLine } from '../../../storage/clearing/lines.ts'
import type { Statement } from '../../../storage/clearing/statements.ts'
import type { StatementView } from '../../../usecases/clearing/statement.ts'
import type { StaffPerson } from '../../../usecases/staff/session.ts'
import { button, errorSummary, facts, selectField, table, tag, textField } from '../../pages/components.ts'
import { type Html, html } from '../../pages/html.ts'
import { yuan } from '../../pages/money-words.ts'
import { momentWords } from '../../pages/time-words.ts'
import { hidden } from '../counter.ts'
import type { Refusal } from '../fault-words.ts'

const STATUS: Readonly<Record<Statement['status'], string>> = {
  draft: '编制中',
  sent: '待确认',
  disputed: '有异议',
  confirmed: '已确认',
  paid: '已拨付',
}

const ITEMS: Readonly<Record<StatementView['figures']['items'][number]['item'], string>> = {
  settlements: '本月结算',
  reversals: '冲正和退药',
  'inpatient-deductions': '住院扣款',
  adjustments: '调整',
  payments: '已拨付',
  'capitation-payments': '包干费用拨付',
  'capitation-budget': '包干预算',
  capitation: '包干费用',
  counter: '个人支付（店内收取）',
  'patient-receivable': '患者应付',
  charity: '慈善援助',
  prepaid: '先自付',
}

const KINDS: Readonly<Record<string, string>> = {
  settlement: '结算',
  reversal: '冲正',
  adjustment: '调整',
  clearing: '拨付',
}

const REASONS = [
  { value: 'not-ours', name: '不是本店业务' },
  { value: 'amount', name: '金额不符' },
  { value: 'quantity', name: '数量不符' },
  { value: 'price', name: '价格不符' },
  { value: 'missing-return', name: '缺退药' },
  { value: 'other', name: '其他' },
]

/** The statements that were sent to the pharmacy. */
export function monthsPage(statements: readonly Statement[]): Html {
  return html`<h1>对账</h1><section class="card">${table(
    '清算单',
    [
      {
        title: '月份',
        cell: ({ month }: Statement) => html`<a href="/counter/months/${month}">${month}</a>`,
      },
      { title: '状态', cell: ({ status }) => tag(STATUS[status], status === 'sent' ? 'amber' : 'plain') },
      { title: '期初', cell: ({ opening }) => yuan(Number(opening)), isSum: true },
      { title: '本月应付', cell: ({ due }) => yuan(Number(due)), isSum: true },
      { title: '已拨付', cell: ({ paid }) => yuan(Number(paid)), isSum: true },
      { title: '期末未付', cell: ({ closing }) => yuan(Number(closing)), isSum: true },
    ],
    statements,
    '还没有清算单。每月关账后，经办机构会发来。',
  )}</section>`
}

/** One statement: its figures, its lines, what was disputed; to be confirmed or disputed. */
export function monthPage(
  person: StaffPerson,
  { statement, figures, disputes }: StatementView,
  it: {
    readonly lines: readonly StatementLine[]
    readonly next?: string | undefined
    readonly refusal?: Refusal
    readonly typed?: Fields
  },
): Html {
  const { month, status } = statement
  const address = `/counter/months/${month}`
  return html`<h1>${month} 清算单 ${tag(STATUS[status], status === 'sent' ? 'amber' : 'plain')}</h1>
${it.refusal === undefined ? undefined : errorSummary(it.refusal.title, it.refusal.advice, it.refusal.faults)}
<div class="two"><section class="card">${facts([
    ['期初', yuan(Number(figures.opening))],
    ...figures.items.map(({ item, amount }) => [ITEMS[item], yuan(Number(amount))] as const),
    ['期末未付', html`<b>${yuan(Number(figures.closing))}</b>`],
  ])}<p class="actions"><a class="button quiet" href="${address}/export/pdf">PDF</a><a class="button quiet" href="${address}/export/xlsx">Excel</a><a class="button quiet" href="${address}/export/csv">CSV</a></p></section>
${status === 'sent' ? html`<form class="card" method="post" action="${address}/confirm">${hidden(person)}<h2>确认</h2><p>核对无误后确认，经办机构据此拨付。有问题的请在下面逐行提出异议，不要确认。</p><p>${button({ label: '确认清算单', key: 'F8' })}</p></form>` : undefined}</div>
${disputes.length === 0 ? undefined : disputeTable(disputes)}
<section class="card">${table(
    '明细',
    [
      { title: '日期', cell: ({ day }: StatementLine) => day },
      { title: '类别', cell: ({ kind }) => KINDS[kind] ?? kind },
      {
        title: '处方',
        cell: ({ prescriptionNo }) =>
          prescriptionNo === undefined
            ? '—'
            : html`<a href="/counter/prescriptions/${prescriptionNo}"><span class="unseen">处方 ${prescriptionNo}</span><span class="number" aria-hidden="true">…${prescriptionNo.slice(-8)}</span></a>`,
      },
      {
        title: '药费',
        cell: ({ charge }) => (charge === undefined ? '' : yuan(Number(charge))),
        isSum: true,
      },
      {
        title: '个人支付',
        cell: ({ patient }) => (patient === undefined ? '' : yuan(Number(patient))),
        isSum: true,
      },
      { title: '应付本店', cell: ({ amount }) => yuan(Number(amount)), isSum: true },
    ],
    it.lines,
    '这个月没有明细。',
  )}
${it.next === undefined ? undefined : html`<p><a href="${address}?after=${it.next}">下一页</a></p>`}</section>
${status === 'sent' || status === 'disputed' ? disputeForm(person, address, it.lines, it.typed ?? {}) : undefined}`
}

function disputeForm(
  person: StaffPerson,
  address: string,
  lines: readonly StatementLine[],
  typed: Fields,
): Html {
  const options = lines.map(({ postingId, day, prescriptionNo, amount }) => ({
    value: postingId,
    name: `${day}　${prescriptionNo === undefined ? '' : `…${prescriptionNo.slice(-8)}　`}${yuan(Number(amount))}`,
  }))
  return html`<form class="card" method="post" action="${address}/disputes">${hidden(person)}<h2>对一行提出异议</h2><div class="grid">${selectField({ name: 'line', label: '明细', options, empty: '请选择', value: typed['line'] })}${selectField({ name: 'reason', label: '原因', options: REASONS, value: typed['reason'] })}</div>${textField({ name: 'words', label: '说明', value: typed['words'], rows: 2, required: true, maxlength: 1000 })}<p>${button({ label: '提出异议', kind: 'quiet' })}</p></form>`
}

function disputeTable(disputes: StatementView['disputes']): Html {
  const words = { upheld: '采纳', rejected: '不采纳' } as const
  return html`<section class="card">${table(
    '异议',
    [
      { title: '提出时间', cell: ({ raisedAt }) => momentWords(raisedAt) },
      {
        title: '原因',
        cell: ({ reasonCode }) => REASONS.find(({ value }) => value === reasonCode)?.name ?? reasonCode,
      },
      { title: '说明', cell: ({ reason }) => reason },
      {
        title: '答复',
        cell: ({ resolution, answer }) =>
          resolution === undefined ? '等待答复' : `${words[resolution]}：${answer ?? ''}`,
      },
    ],
    disputes,
    '',
  )}</section>`
}
