import type { DecisionView } from '../../../usecases/patient/read-decision.ts'
import { type Html, html } from '../../pages/html.ts'
import { momentWords } from '../../pages/time-words.ts'
import { endingForm, type Gate } from './ending-form.ts'
import { page } from './layout.ts'

/** The decision, its reason, and where to ask. */
export function decisionPage(view: DecisionView, isSandbox: boolean): Html {
  const { title, outcome, region, reason, findings, sanctions } = view
  const by = view.hospitalName ?? `${region.zh}医保经办机构`
  return page(
    { title: '办理结果 · 医保', isSandbox },
    html`<section class="card status ${view.isAgainst ? 'ended' : 'ready'}" aria-labelledby="decision">
<h1 id="decision">${title.zh}：${outcome.zh}<small lang="en">${title.en}: ${outcome.en}</small></h1>
<p class="time"><span>决定时间</span><b>${momentWords(view.decidedAt)}</b></p>
<p class="time"><span>作出决定</span><b>${by}</b></p>
${sanctions.map(sanctionLine)}
</section>
${reason === undefined && findings.length === 0 ? undefined : reasonCard(view)}
<p class="aside">如有疑问或不同意见，请向作出决定的单位或当地医保经办机构提出。<span lang="en">Questions or objections go to whoever decided, or to the insurance agency.</span></p>`,
  )
}

function reasonCard({ reason, findings }: DecisionView): Html {
  return html`<section class="card" aria-labelledby="reason">
<h2 id="reason">理由<small lang="en">Reason</small></h2>
${reason === undefined ? undefined : html`<p class="lead">${reason}</p>`}
${findings.length === 0 ? undefined : html`<ul>${findings.map(({ zh, en }) => html`<li>${zh}<br><small lang="en">${en}</small></li>`)}</ul>`}
</section>`
}

/** Asks for the last six characters of the identity number; tells nothing else. */
export function decisionGate(
  shown: Gate & { readonly isSandbox: boolean; readonly notice: string | undefined },
): Html {
  return page(
    { title: '验证身份 · 医保', isSandbox: shown.isSandbox, notice: shown.notice },
    html`<section class="card gate">
<h1>查看办理结果<small lang="en">A decision for you</small></h1>
<p class="lead">为保护隐私，请先验证身份。</p>
${endingForm(shown, html`本人身份证件号码<b>后六位</b><small lang="en">Last six characters of your ID number</small>`, '查看结果')}
</section>
<p class="aside">链接由医保平台发送，请勿转发给他人。</p>`,
  )
}

function sanctionLine({ title, validFrom, validTo }: DecisionView['sanctions'][number]): Html {
  // Lifted on the day it was imposed: it held on no day.
  const period =
    validTo !== undefined && validTo < validFrom
      ? { zh: '自始撤销', en: 'withdrawn from the start' }
      : {
          zh: `${validFrom} 至 ${validTo ?? '另行通知'}`,
          en: `${validFrom} to ${validTo ?? 'further notice'}`,
        }
  return html`<p class="time"><span>${title.zh}</span><b>${period.zh}</b><small lang="en">${title.en}, ${period.en}</small></p>`
}
