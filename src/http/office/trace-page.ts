import { term } from '../../domain/rules/terms.ts'
import type { RegisterSnapshot } from '../../storage/register-cache.ts'
import type { PrescriptionTrace } from '../../usecases/agency/trace-prescription.ts'
import { STATE_WORDS } from '../counter/words.ts'
import { button, facts, field, notice, table, tag } from '../pages/components.ts'
import { EVENT_WORDS } from '../pages/event-words.ts'
import { type Html, html } from '../pages/html.ts'
import { momentWords } from '../pages/time-words.ts'

/** The field for a number. */
export function searchForm(search: string): Html {
  return html`<form class="card" method="get" action="/office">${field({ name: 'q', label: '处方编号', hint: '22 位，见处方、结算单或清算明细', value: search, inputmode: 'numeric', maxlength: 60 })}<p>${button({ label: '查询' })}</p></form>`
}

const WHO: Readonly<Record<string, string>> = {
  hospital: '医院',
  pharmacy: '药店',
  patient: '患者',
  agency: '经办机构',
  operator: '平台运维',
  system: '流转平台',
}

/** The whole way of a prescription, with the proof that nothing of it was changed. @param names of institutions */
export function tracePage(trace: PrescriptionTrace, names: Pick<RegisterSnapshot, 'find'>): Html {
  const { status, chain, events, decisions, dispenses } = trace
  const nameOf = (id: string, at: string) => names.find('institution', id, at.slice(0, 10))?.name ?? id
  return html`<h1>处方 <span class="number">${status.prescriptionNo}</span> ${tag(STATE_WORDS[status.state])}</h1>
${
  chain.intact
    ? notice(`记录完整：${chain.length} 条事件首尾相接，未被改动。`)
    : notice(`记录有改动：第 ${chain.brokenAt ?? '?'} 条事件与校验值不符，请立即核查。`, 'alert')
}
<div class="two"><section class="card">${table(
    '经过',
    [
      { title: '时间', cell: ({ at }) => momentWords(new Date(at)) },
      { title: '事项', cell: ({ type }) => EVENT_WORDS[type] ?? type },
      { title: '办理', cell: ({ actorKind }) => WHO[actorKind] ?? actorKind },
      { title: '办理人', cell: ({ actorId }) => html`<code>${actorId}</code>` },
    ],
    events,
    '没有记录。',
  )}</section>
<div class="stack"><section class="card"><h2>处方</h2>${facts([
    ['医院', nameOf(trace.hospitalId, status.issuedAt)],
    ['医院处方号', status.hospitalPrescriptionNo],
    ['医师', trace.physicianId],
    ['药店', status.pharmacyId === undefined ? undefined : nameOf(status.pharmacyId, status.changedAt)],
    ['开具', momentWords(new Date(status.issuedAt))],
    ['上传', momentWords(new Date(status.receivedAt))],
    ['政策版本', status.policyVersion],
    ['原文摘要', html`<code>${trace.documentSha256}</code>`],
  ])}</section>
<section class="card"><h2>供药</h2>${
    dispenses.length === 0
      ? html`<p class="lead">还没有药店接单。</p>`
      : dispenses.map(({ pharmacyId, takenAt, reviewedAt, handedOverAt, returnedAt }) =>
          facts([
            ['药店', nameOf(pharmacyId, String(takenAt))],
            ['接单', moment(takenAt)],
            ['审方', moment(reviewedAt)],
            ['交付', moment(handedOverAt)],
            ['退药', moment(returnedAt)],
          ]),
        )
  }</section></div></div>
<section class="card">${table(
    '政策判断',
    [
      { title: '时间', cell: ({ decidedAt }) => momentWords(new Date(decidedAt)) },
      { title: '环节', cell: ({ step }) => term(step).zh },
      { title: '政策版本', cell: ({ policyVersion }) => policyVersion },
      { title: '结论', cell: ({ refused }) => (refused ? tag('不符合', 'warn') : tag('符合')) },
      {
        title: '发现',
        cell: ({ findings }) =>
          findings.length === 0
            ? '没有规则提出异议'
            : html`<ul>${findings.map(({ message, ruleId, article }) => html`<li>${message.zh} <small>${ruleId}　${article}</small></li>`)}</ul>`,
      },
    ],
    decisions,
    '没有判断。',
  )}</section>`
}

function moment(at: unknown): string | undefined {
  return typeof at === 'string' ? momentWords(new Date(at)) : undefined
}
