import { STAFF_ROLES } from '../../domain/staff/roles.ts'
import type { StaffRow } from '../../storage/staff/persons.ts'
import { button, errorSummary, field, tokenField } from '../pages/components.ts'
import { type Html, html } from '../pages/html.ts'
import { page } from '../pages/shell.ts'

/** A sample person with the place where it works. */
export interface ShownSample {
  readonly person: StaffRow
  readonly place: string
}

/** What the page knows before anybody is known. */
export interface SignInPage {
  readonly isSandbox: boolean
  /** Where to go on afterwards. */
  readonly next: string
  readonly login?: string
  readonly refusal?: { readonly title: string; readonly advice: string }
  readonly samples: readonly ShownSample[]
}

/** Asks for name, password and code. */
export function signInPage({ isSandbox, next, login, refusal, samples }: SignInPage): Html {
  return page(
    { title: refusal === undefined ? '工作人员登录' : '错误：工作人员登录', isSandbox, isNarrow: true },
    html`<h1>工作人员登录</h1>
${refusal === undefined ? undefined : errorSummary(refusal.title, refusal.advice)}
<form class="card" method="post" action="/staff/sign-in"><input type="hidden" name="next" value="${next}">
${field({ name: 'login', label: '账号', value: login, required: true, autocomplete: 'username', maxlength: 40, autofocus: refusal === undefined })}
${field({ name: 'password', label: '密码', type: 'password', required: true, autocomplete: 'current-password' })}
${field({ name: 'code', label: '动态码', hint: '手机验证器显示的 6 位数字', required: true, autocomplete: 'one-time-code', inputmode: 'numeric', maxlength: 7 })}
<p>${button({ label: '登录' })}</p></form>
<p class="hint">还没有账号，或忘记密码、更换了手机：请本单位负责人或医保经办机构发送邀请。</p>
${samples.length === 0 ? undefined : sampleCard(samples, next)}`,
  )
}

/** One click for each sample person. @param formToken of whoever is signed in at this browser already */
export function sampleCard(samples: readonly ShownSample[], next: string, formToken?: string): Html {
  return html`<section class="card" aria-labelledby="samples"><h2 id="samples">以样例人员身份进入</h2><p class="lead">只有样例环境才有，不需要密码。</p>
${samples.map(({ person, place }) => html`<form class="row middle between" method="post" action="/staff/samples/${person.personId}">${tokenField(formToken)}<input type="hidden" name="next" value="${next}"><span><b>${person.name}</b>　${STAFF_ROLES[person.role].zh}<br><small>${place}</small></span><button class="quiet" type="submit">进入<span class="unseen">：${person.name}，${place}</span></button></form>`)}</section>`
}
