import type { PatientView } from '../../../usecases/patient/view-prescription.ts'
import { type Html, html } from '../../pages/html.ts'
import { endWords, leftWords } from '../../pages/time-words.ts'
import { PROGRESS_WORDS, STEP_OF, STEPS } from './words.ts'

/** How far it is, what to do, and how long there is left. */
export function statusCard(view: PatientView): Html {
  const words = PROGRESS_WORDS[view.progress]
  const step = STEP_OF[view.progress]
  const kind = step === undefined ? 'ended' : step > 2 ? 'ready' : 'under-way'
  return html`<section class="card status ${kind}" aria-labelledby="progress">
<h1 id="progress">${words.zh}<small lang="en">${words.en}</small></h1>
<p class="lead">${words.now}</p>
${step === undefined ? undefined : bar(step)}
${timeLeft(view)}
${view.isCancelPending ? html`<p class="notice alert">医院已申请撤销这张处方，药店退回后即生效。请先联系开方医院。</p>` : undefined}
</section>`
}

function bar(step: number): Html {
  return html`<ol class="steps" aria-label="进度">${STEPS.map((name, place) => {
    const state = place < step ? 'done' : place === step ? 'now' : 'later'
    return place === step
      ? html`<li class="${state}" aria-current="step">${name}</li>`
      : html`<li class="${state}">${name}</li>`
  })}</ol>`
}

function timeLeft(view: PatientView): Html | undefined {
  const { progress, now, expiresAt, holdUntil } = view
  if (progress === 'expired') {
    return html`<p class="time"><span>有效期</span><b>至 ${endWords(expiresAt)}</b><em>已过期</em></p>`
  }
  if (STEP_OF[progress] === undefined || progress === 'collected') return undefined
  const isSoon = expiresAt.getTime() - now.getTime() < 12 * 3_600_000
  const validity =
    expiresAt <= now
      ? undefined
      : html`<p class="time${isSoon ? ' soon' : ''}"><span>取药期限</span><b>至 ${endWords(expiresAt)}</b><em>还剩 ${leftWords(expiresAt, now)}</em></p>`
  const hold =
    holdUntil === undefined || holdUntil <= now
      ? undefined
      : html`<p class="time"><span>药店为您保留</span><b>至 ${endWords(holdUntil)}</b><em>还剩 ${leftWords(holdUntil, now)}</em></p>`
  return html`<div class="times">${validity}${hold}</div>`
}
