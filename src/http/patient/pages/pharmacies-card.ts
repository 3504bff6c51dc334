import type { PharmacyOffer } from '../../../usecases/patient/pharmacy-offers.ts'
import type { PatientView } from '../../../usecases/patient/view-prescription.ts'
import { type Html, html } from '../../pages/html.ts'
import { yuan } from '../../pages/money-words.ts'
import { distanceWords, shortMoment } from '../../pages/time-words.ts'
import { phoneLink } from './pickup-card.ts'
import { STOCK_WORDS } from './words.ts'

/** The pharmacies to choose from, as long as the patient may choose. */
export function pharmaciesCard(view: PatientView, formToken: string, action: string): Html | undefined {
  if (view.offers === undefined) return undefined
  const { pharmacies, obstacles } = view.offers
  if (pharmacies.length === 0) {
    return html`<section class="card" aria-labelledby="pharmacies"><h2 id="pharmacies">选择药店</h2>
<p class="notice alert">目前没有可以选择的定点药店。</p>
${obstacles.map(({ message }) => html`<p>${message.zh}</p>`)}
<p class="hint">请联系开方医院或当地医保经办机构。</p></section>`
  }
  const chosenId = view.progress === 'chosen' ? view.pharmacyId : undefined
  const item = (offer: PharmacyOffer) =>
    pharmacy(offer, offer.pharmacyId === chosenId, view, formToken, action)
  const stocked = pharmacies.filter(({ stock }) => stock === 'all' || stock === 'part')
  const others = pharmacies.filter(({ stock }) => stock !== 'all' && stock !== 'part')
  const list = html`<p class="hint">均为医保定点药店，按到开方医院的距离排列。${estimateWords(pharmacies)}</p>
<ul class="pharmacies">${stocked.map(item)}</ul>
${stocked.length > 0 ? undefined : html`<p class="notice alert">暂时没有药店报告有货，请先打电话确认。</p>`}
${others.length === 0 ? undefined : html`<details class="more"${stocked.length > 0 ? undefined : html` open`}><summary>其他定点药店（${others.length} 家，缺货或未上报库存）</summary><ul class="pharmacies">${others.map(item)}</ul></details>`}`
  return chosenId === undefined
    ? html`<section class="card" aria-labelledby="pharmacies"><h2 id="pharmacies">选择药店</h2>${list}</section>`
    : html`<section class="card folded screen-only" aria-labelledby="pharmacies"><details class="change"><summary id="pharmacies">更换药店</summary>${list}</details></section>`
}

function estimateWords(pharmacies: readonly PharmacyOffer[]): string {
  const estimated = pharmacies.filter(({ ownPayment }) => ownPayment !== undefined)
  if (estimated.length === 0) return ''
  return estimated.some(({ ownPayment }) => ownPayment?.restsOnSample)
    ? '预计自付按样例参数估算，仅供演示。'
    : '预计自付按您今天的医保待遇估算，以结算为准。'
}

function pharmacy(
  offer: PharmacyOffer,
  isChosen: boolean,
  view: PatientView,
  formToken: string,
  action: string,
): Html {
  const phoned = offer.stock !== 'all'
  return html`<li class="pharmacy${isChosen ? ' chosen' : ''}">
<p class="place-name">${offer.name}</p>
<p class="tags">${offer.metres === undefined ? undefined : html`<span class="tag">${distanceWords(offer.metres)}</span>`}<span class="tag stock-${offer.stock}">${STOCK_WORDS[offer.stock]}</span>${offer.reportedAt === undefined ? undefined : html`<span class="reported">${shortMoment(offer.reportedAt)} 上报</span>`}</p>
<p class="address">${offer.address}</p>
<p class="address">${phoneLink(offer.phone)}${offer.openingHours === undefined ? undefined : html`<span class="hours">营业 ${offer.openingHours}</span>`}</p>
${prices(offer)}
${
  isChosen
    ? html`<p class="is-chosen">当前选择</p>`
    : html`<form method="post" action="${action}"><input type="hidden" name="form" value="${formToken}"><input type="hidden" name="pharmacy" value="${offer.pharmacyId}">
${phoned ? html`<p class="hint">${offer.stock === 'part' ? '药品不齐' : '可能没有药'}，建议先打电话确认。</p>` : undefined}
<button class="button${phoned ? ' quiet' : ''}" type="submit">${view.progress === 'chosen' ? '改选这家' : '选这家'}<span class="unseen">：${offer.name}</span></button></form>`
}
</li>`
}

function prices(offer: PharmacyOffer): Html | undefined {
  if (offer.price === undefined) return undefined
  const { ownPayment } = offer
  return html`<dl class="prices">
<div><dt>药费</dt><dd>${offer.price === 'confidential' ? html`<span class="secret">价格保密</span>` : yuan(offer.price)}</dd></div>
<div class="own"><dt>预计自付</dt><dd>${ownPayment === undefined ? html`<span class="secret">到店结算</span>` : yuan(ownPayment.fen)}</dd></div>
</dl>`
}
