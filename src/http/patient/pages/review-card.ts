import { CODE_LISTS } from '../../../domain/codes.ts'
import type { PatientView } from '../../../usecases/patient/view-prescription.ts'
import { type Html, html } from '../../pages/html.ts'

/** What the pharmacist said who reviewed the prescription: why it was refused, and his own words. */
export function reviewCard({ review }: PatientView): Html | undefined {
  if (review === undefined) return undefined
  const reason = CODE_LISTS['review-refusal-reasons'].codes.find(({ code }) => code === review.reasonCode)
  return html`<section class="card" aria-labelledby="review">
<h2 id="review">药师审方意见</h2>
<p><b>${review.decision === 'refuse' ? '审核未通过' : '审核通过'}</b>${reason === undefined ? '' : `：${reason.zh}`}</p>
${review.opinion === undefined ? undefined : html`<p>${review.opinion}</p>`}
<p class="hint">${review.pharmacyName}的药师${review.decision === 'refuse' ? '。开方医院能看到这些意见；如仍需用药，请联系开方医师。' : ''}</p>
</section>`
}
