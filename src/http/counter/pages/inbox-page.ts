import type { Inbox } from '../../../../schemas/pharmacy.ts'
import type { StaffPerson } from '../../../usecases/staff/session.ts'
import { button, errorSummary, field, selectField, table, tag } from '../../pages/components.ts'
import { type Html, html } from '../../pages/html.ts'
import { endWords, leftWords } from '../../pages/time-words.ts'
import { hidden } from '../counter.ts'
import type { Refusal } from '../fault-words.ts'
import { STATE_WORDS } from '../words.ts'
import { clock } from './clock.ts'

type Entry = Inbox['entries'][number]

/** What the inbox page shows. */
export interface InboxPage {
  readonly now: Date
  readonly entries: readonly Entry[]
  readonly state: string
  readonly search: string
  /** Cursor of the next page. */
  readonly next?: string | undefined
  readonly refusal?: Refusal | undefined
  readonly typedCode?: string | undefined
}

const STATES = ['chosen', 'held', 'reviewed', 'settling', 'settled', 'deferred'] as const

/** What waits at the counter, and the field for the code that a patient shows. */
export function inboxPage(person: StaffPerson, it: InboxPage): Html {
  const { refusal } = it
  const states = STATES.map((value) => ({ value, name: STATE_WORDS[value] }))
  return html`<h1>待办处方</h1>
${refusal === undefined ? undefined : errorSummary(refusal.title, refusal.advice, refusal.faults)}
<div class="grid"><form class="card" method="post" action="/counter/takes">${hidden(person)}
${field({ name: 'code', label: '扫取药码接单', value: it.typedCode, hint: '扫描患者手机上的二维码，或输入 26 位取药码', required: true, isScan: true, maxlength: 100, key: 'F4', autofocus: refusal === undefined })}
<p>${button({ label: '接单' })}</p></form>
<form class="card" method="get" action="/counter">
<div class="grid">${field({ name: 'q', label: '查找', value: it.search, hint: '处方编号或末几位、药名、医院', maxlength: 60, key: 'F3' })}${selectField({ name: 'state', label: '状态', value: it.state, empty: '全部', options: states })}</div>
<p>${button({ label: '查找', kind: 'quiet' })}</p></form></div>
<section class="card" data-live>${table(
    '待办处方列表',
    [
      {
        title: '处方',
        cell: ({ prescriptionNo }) =>
          html`<a href="/counter/prescriptions/${prescriptionNo}"><span class="unseen">处方 ${prescriptionNo}</span><span class="number" aria-hidden="true">…${prescriptionNo.slice(-8)}</span></a>`,
      },
      { title: '状态', cell: stateTag },
      {
        title: '药品',
        cell: ({ lines }) =>
          html`${lines.map(({ genericName, drugCode, specification, remaining, unit, coldChain }) => html`<p>${genericName ?? drugCode} <small>${specification ?? ''}</small> × ${remaining} ${unit}${coldChain === true ? html` ${tag('冷链', 'amber')}` : undefined}</p>`)}`,
      },
      { title: '医院', cell: ({ hospital }) => hospital.name ?? hospital.institutionId },
      {
        title: '取药期限',
        cell: ({ expiresAt }) =>
          html`${endWords(new Date(expiresAt))}<br><small>还剩 ${leftWords(new Date(expiresAt), it.now)}</small>`,
      },
      {
        title: '锁定剩余',
        cell: ({ holdSecondsLeft }) => (holdSecondsLeft === undefined ? '—' : clock(holdSecondsLeft)),
      },
      { title: '办理', cell: (entry) => action(person, entry) },
    ],
    it.entries,
    it.search === '' && it.state === ''
      ? '没有待办处方。患者选择本店后会出现在这里。'
      : '没有符合条件的处方。',
  )}
${it.next === undefined ? undefined : html`<p><a href="/counter?after=${it.next}&amp;state=${it.state}">下一页</a></p>`}</section>`
}

function stateTag({ state, cancelPending }: Entry): Html {
  const kind = state === 'chosen' ? 'plain' : state === 'deferred' ? 'amber' : undefined
  return html`${tag(STATE_WORDS[state], kind)}${cancelPending ? html` ${tag('医院申请撤销', 'warn')}` : undefined}`
}

function action(person: StaffPerson, { state, prescriptionNo }: Entry): Html {
  const unseen = html`<span class="unseen">处方 ${prescriptionNo.slice(-8)}</span>`
  if (state !== 'chosen')
    return html`<a class="button quiet" href="/counter/prescriptions/${prescriptionNo}">继续${unseen}</a>`
  return html`<form method="post" action="/counter/prescriptions/${prescriptionNo}/take">${hidden(person)}<button type="submit">接单${unseen}</button></form>`
}
