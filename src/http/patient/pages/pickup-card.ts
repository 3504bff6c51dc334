import type { PatientView, Place } from '../../../usecases/patient/view-prescription.ts'
import { type Html, html } from '../../pages/html.ts'
import { inGroups, qrCode } from '../../pages/qr.ts'

/** The pharmacy that was chosen, with the code to show there. */
export function pickupCard(view: PatientView): Html | undefined {
  const { pharmacy, pickupCode } = view
  if (pharmacy === undefined || HEADINGS[view.progress] === undefined) return undefined
  return html`<section class="card pickup" aria-labelledby="pickup">
<h2 id="pickup">${HEADINGS[view.progress]}</h2>
${pickupCode === undefined ? undefined : code(pickupCode)}
${placeBlock(pharmacy)}
${pickupCode === undefined ? undefined : html`<p class="hint">请带上本人身份证件或医保凭证。代取时，还请带上代取人身份证件。</p>`}
</section>`
}

const HEADINGS: Partial<Readonly<Record<PatientView['progress'], string>>> = {
  chosen: '取药码',
  accepted: '接单药店',
  checked: '接单药店',
  paying: '接单药店',
  ready: '取药地点',
  'ready-full-price': '取药地点',
  collected: '取药药店',
  returned: '退药药店',
  refused: '审核药店',
}

function code(pickupCode: string): Html {
  return html`<div class="code">
${qrCode(pickupCode, '取药码二维码')}
<p class="digits"><span>也可以报给店员：</span><code>${inGroups(pickupCode)}</code></p>
</div>
<p class="hint center">取药码等同于处方，请只向药店出示。更换药店后，旧码作废。</p>`
}

/** Name, address, telephone, hours. */
function placeBlock(place: Place): Html {
  return html`<div class="place"><p class="place-name">${place.name}</p>
${place.address === undefined ? undefined : html`<p>${place.address}</p>`}
<p>${place.phone === undefined ? undefined : phoneLink(place.phone)}${place.openingHours === undefined ? undefined : html`<span class="hours">营业 ${place.openingHours}</span>`}</p></div>`
}

/** A number that a phone can call. */
export function phoneLink(phone: string): Html {
  return html`<a class="phone" href="tel:${phone.replace(/[^\d+*#]/g, '')}">${phone}</a>`
}
