import { REFUND_CAUSES, REFUND_STATES } from '../../../domain/settlement/refund.ts'
import type { RefundPage, RefundView } from '../../../usecases/refunds.ts'
import type { StaffPerson } from '../../../usecases/staff/session.ts'
import { button, errorSummary, field, table, tag } from '../../pages/components.ts'
import { type Html, html } from '../../pages/html.ts'
import { yuan } from '../../pages/money-words.ts'
import { hidden } from '../counter.ts'
import type { Refusal } from '../fault-words.ts'

/** What the pharmacy owes patients for what was taken back, and what it has paid. */
export function refundsPage(
  person: StaffPerson,
  { items, owedFen, next }: RefundPage,
  refusal?: Refusal,
): Html {
  return html`<h1>退费</h1>
${refusal === undefined ? undefined : errorSummary(refusal.title, refusal.advice, refusal.faults)}
<section class="card"><p class="row between"><span>应退患者合计</span><span class="big">${yuan(owedFen)}</span></p>
${table(
  '退费明细',
  [
    {
      title: '处方',
      cell: ({ prescriptionNo }: RefundView) =>
        html`<a href="/counter/prescriptions/${prescriptionNo}"><span class="unseen">处方 ${prescriptionNo}</span><span class="number" aria-hidden="true">…${prescriptionNo.slice(-8)}</span></a>`,
    },
    { title: '原因', cell: ({ cause }) => REFUND_CAUSES[cause].zh },
    { title: '金额', cell: ({ amountFen }) => yuan(amountFen), isSum: true },
    { title: '最迟退款日', cell: ({ dueOn }) => dueOn },
    {
      title: '状态',
      cell: ({ state }) => tag(REFUND_STATES[state].zh, state === 'owed' ? 'amber' : 'plain'),
    },
    { title: '办理', cell: (row) => (row.state === 'owed' ? closing(person, row) : '') },
  ],
  items,
  '没有退费。退药、冲正或逾期未取药后，患者付过的钱会出现在这里。',
)}
${next === undefined ? undefined : html`<p><a href="/counter/refunds?after=${next}">下一页</a></p>`}</section>`
}

function closing(person: StaffPerson, { refundId }: RefundView): Html {
  const action = `/counter/refunds/${refundId}`
  return html`<div class="row"><form method="post" action="${action}" class="row">${hidden(person)}${field({ name: 'reference', idPrefix: refundId, label: '退款凭证号', required: true, maxlength: 100 })}${button({ label: '已退款', kind: 'quiet' })}</form><form method="post" action="${action}">${hidden(person)}${button({ label: '当时未收款', kind: 'danger', name: 'state', value: 'nothing-taken' })}</form></div>`
}
