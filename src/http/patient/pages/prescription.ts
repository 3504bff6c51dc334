import type { PatientView } from '../../../usecases/patient/view-prescription.ts'
import { type Html, html } from '../../pages/html.ts'
import { billCard } from './bill-card.ts'
import { page } from './layout.ts'
import { logCard } from './log-card.ts'
import { medicineCard } from './medicine-card.ts'
import { papersCard } from './papers-card.ts'
import { pharmaciesCard } from './pharmacies-card.ts'
import { pickupCard } from './pickup-card.ts'
import { refundCard } from './refund-card.ts'
import { reviewCard } from './review-card.ts'
import { statusCard } from './status-card.ts'

/** Seconds until the page looks again by itself, while somebody else is at work on it. */
const REFRESH: Partial<Readonly<Record<PatientView['progress'], number>>> = {
  accepted: 60,
  checked: 60,
  paying: 10,
}

/** The patient's page. */
export function prescriptionPage(
  view: PatientView,
  form: { readonly token: string; readonly address: string; readonly notice: string | undefined },
): Html {
  const refreshSeconds = REFRESH[view.progress]
  const medicines = medicineCard(view)
  const pharmacies = pharmaciesCard(view, form.token, `${form.address}/choice`) ?? html``
  return page(
    {
      title: '我的处方 · 电子处方',
      isSandbox: view.isSandbox,
      // A page that renews itself would say it of a prescription that has moved on since.
      notice: form.notice === 'chosen' && view.progress !== 'chosen' ? undefined : form.notice,
      ...(refreshSeconds === undefined ? {} : { refreshSeconds }),
    },
    html`${statusCard(view)}
${reviewCard(view)}
${pickupCard(view)}
${billCard(view)}
${refundCard(view, form.address)}
${papersCard(view, form.address)}
${view.progress === 'chosen' ? [pharmacies, medicines] : [medicines, pharmacies]}
${logCard(view)}
<footer class="foot">
<form method="post" action="${form.address}/leave"><input type="hidden" name="form" value="${form.token}"><a class="button quiet" href="${form.address}">刷新</a><button class="button quiet" type="submit">安全退出</button></form>
<p class="hint">用药疑问请咨询开方医师或药师；急症请立即就医或拨打 120。</p>
</footer>`,
  )
}
