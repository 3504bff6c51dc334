import type { PatientView } from '../../../usecases/patient/view-prescription.ts'
import { type Html, html } from '../../pages/html.ts'
import { shortMoment } from '../../pages/time-words.ts'

const NAMES: Readonly<Record<PatientView['papers'][number]['papers'][number], string>> = {
  settlement: '结算单',
  'fee-list': '费用清单',
  receipt: '收据',
}

/** The papers of every supply that can be had now, as files. @param address of the link's page */
export function papersCard({ papers: settlements }: PatientView, address: string): Html | undefined {
  if (settlements.length === 0) return undefined
  const several = settlements.length > 1
  return html`<section class="card" aria-labelledby="papers">
<h2 id="papers">单据</h2>
${settlements.map(
  (
    each,
  ) => html`${several ? html`<h3>${shortMoment(each.settledAt)}　${each.pharmacyName}${each.isReversed ? '（已撤销）' : ''}</h3>` : undefined}
${each.papers.map((paper) => html`<p><a class="phone" href="${address}/papers/${each.settlementId}/${paper}">${NAMES[paper]}（PDF）</a></p>`)}`,
)}
</section>`
}
