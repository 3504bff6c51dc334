import type { Split } from '../../../../schemas/statement.ts'
import type { CounterView } from '../../../usecases/pharmacy/counter-view.ts'
import type { PharmacyQuote } from '../../../usecases/pharmacy/quote.ts'
import { errorSummary, notice, table } from '../../pages/components.ts'
import { type Html, html } from '../../pages/html.ts'
import { yuan } from '../../pages/money-words.ts'
import { shortMoment } from '../../pages/time-words.ts'
import { PAYERS } from '../words.ts'

/** What a settlement would come to now. */
export function quoteCard({ accepted, findings, split, packs }: PharmacyQuote): Html {
  const refusals = findings.filter(({ effect }) => effect === 'reject')
  return html`<section class="card" aria-labelledby="quote"><h2 id="quote">预结算</h2>
${
  accepted
    ? notice('现在申请可以结算；金额以正式结算为准。')
    : errorSummary(
        '现在申请不能结算',
        '请先处理下面的问题。',
        refusals.map(({ message }) => message.zh),
      )
}
${splitOf(split)}
<ul>${packs.map(({ lineNo, traceCodes, count }) => html`<li>第 ${lineNo} 行：${traceCodes === 'none' ? '无需追溯码' : count === undefined ? '须逐盒扫追溯码' : `须扫 ${count} 盒追溯码`}</li>`)}</ul></section>`
}

/** The settlement statement of the supply, once there is one, or why there is none. */
export function statementCard({ statement }: CounterView): Html | undefined {
  if (statement === undefined || statement.status === 'requested') return undefined
  const { declined, findings, split, quotes = [], status } = statement
  if (declined !== undefined || status === 'declined') {
    return errorSummary(
      `结算未成功：${declined?.title ?? '按政策不能结算'}`,
      declined?.detail ?? '请按下面的说明处理。',
      findings.map(({ message, ruleId }) => `${message.zh}（${ruleId}）`),
    )
  }
  const told = quotes.find((quote) => quote.told === 'pharmacy' && quote.differences.length > 0)
  return html`<section class="card" aria-labelledby="statement"><h2 id="statement">结算结果${status === 'reversed' ? '（已冲正）' : ''}</h2>
${status === 'deferred' ? notice('已转手工报销：请收取全款，患者凭发票和费用清单报销。', 'soon') : undefined}
${told === undefined ? undefined : html`<div class="notice soon"><p>与预结算不同：</p><ul>${told.differences.map(({ reason }) => html`<li>${reason.zh}</li>`)}</ul></div>`}
${split === undefined ? undefined : splitOf(split)}</section>`
}

/** The papers that can be printed now, as files. */
export function papersCard({ papers, dossier }: CounterView): Html | undefined {
  if (papers.length === 0) return undefined
  const names: Readonly<Record<string, string>> = {
    settlement: '结算单',
    'fee-list': '费用清单',
    receipt: '收据',
  }
  return html`<section class="card" aria-labelledby="papers"><h2 id="papers">单据</h2>${papers.map(
    ({ settlementId, settledAt, isReversed, papers: kinds }) =>
      html`<p>${shortMoment(new Date(settledAt))}${isReversed ? '（已撤销）' : ''}　${kinds.map((kind) => html`<a class="button quiet" href="/counter/prescriptions/${dossier.prescriptionNo}/papers/${settlementId}/${kind}">${names[kind] ?? kind}<span class="unseen"> ${shortMoment(new Date(settledAt))}</span></a> `)}</p>`,
  )}</section>`
}

function splitOf(split: Split): Html {
  const others = split.totals.filter(({ payer }) => payer !== 'patient')
  return html`<p class="row between"><span>个人支付</span><span class="big">${yuan(split.patientFen)}</span></p>
${table(
  '谁付多少',
  [
    { title: '支付方', cell: ({ name }) => name },
    { title: '金额', cell: ({ fen }) => yuan(fen), isSum: true },
  ],
  [
    ...others.map(({ payer, amountFen }) => ({ name: PAYERS[payer] ?? payer, fen: amountFen })),
    { name: '药费合计', fen: split.chargeFen },
  ],
  '',
)}
<details><summary>这些金额是怎么算出来的</summary><ul>${split.entries.map(({ payer, amountFen, explanation, ruleId }) => html`<li>${PAYERS[payer] ?? payer} ${yuan(amountFen)}：${explanation.zh} <small>${ruleId}</small></li>`)}</ul></details>
${split.restsOnSample ? html`<p class="hint">部分待遇参数为样例，金额仅供演示。</p>` : undefined}`
}
