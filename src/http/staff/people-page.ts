import { invitable, mayManage, STAFF_ROLES } from '../../domain/staff/roles.ts'
import type { StaffRow } from '../../storage/staff/persons.ts'
import type { SignInEvent } from '../../storage/staff/sign-ins.ts'
import type { People } from '../../usecases/staff/people.ts'
import type { StaffPerson } from '../../usecases/staff/session.ts'
import { button, errorSummary, field, selectField, table, tag } from '../pages/components.ts'
import { type Html, html } from '../pages/html.ts'
import { page, type ShellPerson } from '../pages/shell.ts'
import { momentWords } from '../pages/time-words.ts'

/** What the page shows besides the people. */
export interface PeoplePage {
  readonly isSandbox: boolean
  readonly shell: ShellPerson
  /** A link that was just made; it is shown once. */
  readonly link?: string
  readonly refusal?: { readonly title: string; readonly advice: string; readonly faults: readonly string[] }
  readonly typed?: Readonly<Record<string, string>>
}

const EVENTS: Readonly<Record<SignInEvent, string>> = {
  joined: '开通账号',
  'signed-in': '登录',
  'signed-in-by-sample': '以样例身份进入',
  'signed-out': '退出',
  refused: '登录未通过',
  locked: '尝试过多，暂时锁定',
  'invited-anew': '重新邀请',
  left: '离职停用',
}

/** Who works here, who is invited, and who came in. */
export function peoplePage(me: StaffPerson, { people, signIns }: People, it: PeoplePage): Html {
  return page(
    { title: '人员', isSandbox: it.isSandbox, person: it.shell },
    html`<h1>人员</h1>
${it.refusal === undefined ? undefined : errorSummary(it.refusal.title, it.refusal.advice, it.refusal.faults)}
${it.link === undefined ? undefined : invitationLink(it.link)}
<section class="card">${table(
      '人员名单',
      [
        { title: '姓名', cell: ({ name }) => name },
        { title: '岗位', cell: ({ role }) => STAFF_ROLES[role].zh },
        { title: '账号', cell: ({ login }) => html`<code>${login}</code>` },
        { title: '机构', cell: ({ institutionId }) => institutionId ?? '经办机构' },
        { title: '状态', cell: standing },
        { title: '办理', cell: (row) => actions(me, row) },
      ],
      people,
      '还没有人员。',
    )}</section>
${inviteForm(me, it.typed ?? {})}
<section class="card">${table(
      '最近登录记录',
      [
        { title: '时间', cell: ({ at }) => momentWords(at) },
        { title: '姓名', cell: ({ name }) => name },
        { title: '账号', cell: ({ login }) => login },
        { title: '事项', cell: ({ what }) => EVENTS[what] },
      ],
      signIns,
      '还没有登录记录。',
    )}</section>`,
  )
}

function invitationLink(link: string): Html {
  return html`<div class="notice" role="status"><h2>邀请链接已生成</h2><p>请立即发给本人，离开本页后不再显示；七天内有效，只能使用一次。</p><p><code>${link}</code></p></div>`
}

function standing({ leftAt, joinedAt }: StaffRow): Html {
  if (leftAt !== undefined) return tag('已离职', 'plain')
  return joinedAt === undefined ? tag('待开通', 'amber') : tag('在岗')
}

function actions(me: StaffPerson, row: StaffRow): Html | undefined {
  if (row.leftAt !== undefined || row.personId === me.personId || !mayManage(me, row)) return undefined
  const hidden = html`<input type="hidden" name="form" value="${me.formToken}"><input type="hidden" name="person" value="${row.personId}">`
  return html`<div class="actions">${row.isSample ? undefined : html`<form method="post" action="/staff/people/invite-anew">${hidden}<button class="quiet" type="submit">重新邀请<span class="unseen">${row.name}</span></button></form>`}<form method="post" action="/staff/people/dismiss">${hidden}<button class="danger" type="submit">离职停用<span class="unseen">${row.name}</span></button></form></div>`
}

function inviteForm(me: StaffPerson, typed: Readonly<Record<string, string>>): Html {
  const roles = invitable(me.role).map((value) => ({ value, name: STAFF_ROLES[value].zh }))
  return html`<form class="card" method="post" action="/staff/people"><input type="hidden" name="form" value="${me.formToken}"><h2>邀请</h2>
<div class="grid">${selectField({ name: 'role', label: '岗位', options: roles, value: typed['role'] })}
${field({ name: 'name', label: '姓名', value: typed['name'], required: true, maxlength: 40 })}
${field({ name: 'login', label: '账号', value: typed['login'], hint: '3 至 40 个字母、数字、点或横线', required: true, maxlength: 40 })}
${me.institutionId === undefined ? field({ name: 'institutionId', label: '机构编码', value: typed['institutionId'], hint: '药店、医院人员填写', maxlength: 12 }) : undefined}
${field({ name: 'practitionerId', label: '药师编码', value: typed['practitionerId'], hint: '执业药师填写', maxlength: 40 })}</div>
<p>${button({ label: '生成邀请链接' })}</p></form>`
}
