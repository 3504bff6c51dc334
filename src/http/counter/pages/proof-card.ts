import { term } from '../../../domain/rules/terms.ts'
import type { CounterView, RuleVerdict, StepVerdict } from '../../../usecases/pharmacy/counter-view.ts'
import { tag } from '../../pages/components.ts'
import { type Html, html } from '../../pages/html.ts'
import { momentWords } from '../../pages/time-words.ts'

const SIGNATURE = {
  valid: html`${tag('签名有效')}　证书未吊销，原文未改动。`,
  'valid-revocation-pending': html`${tag('签名有效，吊销状态待核', 'amber')}　结算前平台会再次核对。`,
  paper: html`${tag('纸质处方', 'amber')}　无电子签名，请核对纸质原件，医院事后确认。`,
} as const

const VERDICTS: Readonly<Record<RuleVerdict['verdict'], { sign: string; words: string }>> = {
  passed: { sign: '✓', words: '符合' },
  warn: { sign: '!', words: '提醒' },
  'not-covered': { sign: '!', words: '医保不予支付' },
  reject: { sign: '✗', words: '不符合' },
}

/** Whether the signatures hold, and every rule in words with what it found. */
export function proofCard({ proof }: CounterView): Html | undefined {
  if (proof === undefined) return undefined
  const { signature, steps } = proof
  const found = steps.flatMap(({ rules }) => rules).filter(({ verdict }) => verdict !== 'passed')
  return html`<section class="card" aria-labelledby="proof"><h2 id="proof">签名与政策核对</h2>
<p>${signature.origin === 'national' ? html`${tag('签名有效')}　国家医保电子处方中心签章。` : SIGNATURE[signature.status]}</p>
<ul>${signature.signers.map(({ purpose, signedAt }) => html`<li>${term(purpose).zh}${signedAt === undefined ? '' : `　${momentWords(new Date(signedAt))} 签`}</li>`)}</ul>
${found.length === 0 ? html`<p>${tag('规则全部符合')}</p>` : html`<h3>需要注意</h3><ul class="rules">${found.map(rule)}</ul>`}
${steps.map(stepRules)}</section>`
}

function stepRules({ step, rules }: StepVerdict): Html {
  const passed = rules.filter(({ verdict }) => verdict === 'passed').length
  return html`<details><summary>${term(step).zh}：${rules.length} 条规则，${passed} 条符合</summary><ul class="rules">${rules.map(rule)}</ul></details>`
}

function rule({ verdict, sentence, ruleId, article, found }: RuleVerdict): Html {
  const { sign, words } = VERDICTS[verdict]
  return html`<li><span class="sign"><span aria-hidden="true">${sign}</span><span class="unseen">${words}：</span></span><div><p>${sentence} <small>${ruleId}　${article}</small></p>${found.map((message) => html`<p><b>${words}：${message}</b></p>`)}</div></li>`
}
