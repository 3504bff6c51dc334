import { REFUND_CAUSES, REFUND_STATES } from '../../../domain/settlement/refund.ts'
import type { PatientView } from '../../../usecases/patient/view-prescription.ts'
import { type Html, html } from '../../pages/html.ts'
import { yuan } from '../../pages/money-words.ts'

/** What pharmacies owe the patient, or have paid back. @param address of the link's page */
export function refundCard({ refunds }: PatientView, address: string): Html | undefined {
  if (refunds.length === 0) return undefined
  return html`<section class="card" aria-labelledby="refunds">
<h2 id="refunds">退费</h2>
${refunds.map(
  (
    refund,
  ) => html`<p><b>${yuan(refund.amountFen)}</b>　${REFUND_STATES[refund.state].zh}（${REFUND_CAUSES[refund.cause].zh}）</p>
<p class="hint">${refund.pharmacyName}${refund.state === 'owed' ? ` 应在 ${refund.dueOn} 前退还；未曾付款的，药店会注明未收款。` : ''}</p>
<p><a class="phone" href="${address}/papers/${refund.settlementId}/refund">退费单（PDF）</a></p>`,
)}
</section>`
}
