import type { Split } from '../../../../schemas/statement.ts'
import type { PatientView } from '../../../usecases/patient/view-prescription.ts'
import { type Html, html } from '../../pages/html.ts'
import { yuan } from '../../pages/money-words.ts'
import { PAYER_WORDS } from './words.ts'

/** Who pays what, and why. */
export function billCard(view: PatientView): Html | undefined {
  const { bill } = view
  if (bill === undefined) return undefined
  const others = bill.totals.filter(({ payer }) => payer !== 'patient')
  return html`<section class="card bill" aria-labelledby="bill">
<h2 id="bill">费用</h2>
<p class="own-total"><span>${PAYER_WORDS.patient}</span><b>${yuan(bill.patientFen)}</b></p>
<dl class="shares">
${others.map(({ payer, amountFen }) => html`<div><dt>${PAYER_WORDS[payer]}</dt><dd>${yuan(amountFen)}</dd></div>`)}
<div class="sum"><dt>药费合计</dt><dd>${yuan(bill.chargeFen)}</dd></div>
</dl>
${view.billDifference === undefined ? undefined : changed(view.billDifference, view.progress === 'ready')}
<details><summary>这些金额是怎么算出来的</summary>
<div class="reasons">${bill.lines.map((line) => reasons(bill, line))}</div>
</details>
${bill.restsOnSample ? html`<p class="hint">部分待遇参数为样例，金额仅供演示。</p>` : undefined}
</section>`
}

/** Why the bill isn't what was estimated at the choice. */
function changed({ differences }: NonNullable<PatientView['billDifference']>, isUnsigned: boolean): Html {
  const advice = isUnsigned ? '，请先看清原因再签字' : ''
  const own = differences.find(({ path }) => path === 'totals.patient')
  const why = [...new Set(differences.filter(({ kind }) => kind !== 'amount').map(({ reason }) => reason.zh))]
  return html`<div class="notice alert"><p>${
    own === undefined
      ? `支付构成与您选药店时的估算不同${advice}。`
      : html`您选药店时估算自付 ${yuan(Number(own.before))}，现为 ${yuan(Number(own.after))}${advice}。`
  }</p><ul>${why.map((reason) => html`<li>${reason}</li>`)}</ul></div>`
}

/** How the charge for one medicine was divided. */
function reasons(bill: Split, line: Split['lines'][number]): Html {
  const entries = bill.entries.filter(({ lineNo }) => lineNo === line.lineNo)
  return html`<h3>${line.genericName ?? line.drugCode}　${yuan(line.chargeFen)}</h3>
<ul>${entries.map((entry) => html`<li><p><b>${PAYER_WORDS[entry.payer]} ${yuan(entry.amountFen)}</b></p><p>${entry.explanation.zh}</p><p class="hint">依据 ${entry.ruleId}${entry.article === undefined ? '' : ` 第${entry.article}条`}</p></li>`)}</ul>`
}
