import type { PatientView } from '../../../usecases/patient/view-prescription.ts'
import { type Html, html } from './html.ts'

const NAMES: Readonly<Record<PatientView['papers'][number], string>> = {
  settlement: '结算单',
  'fee-list': '费用清单',
  receipt: '收据',
}

/** The papers that can be had now, as files. @param address of the link's page */
export function papersCard({ papers }: PatientView, address: string): Html | undefined {
  if (papers.length === 0) return undefined
  return html`<section class="card" aria-labelledby="papers">
<h2 id="papers">单据</h2>
${papers.map((paper) => html`<p><a class="phone" href="${address}/papers/${paper}">${NAMES[paper]}（PDF）</a></p>`)}
</section>`
}
