import { PROBLEMS, type ProblemCode } from '../../domain/problems.ts'
import { STAFF_ROLES } from '../../domain/staff/roles.ts'
import type { Invitation } from '../../usecases/staff/join.ts'
import { button, errorSummary, facts, field, tokenField } from '../pages/components.ts'
import { type Html, html } from '../pages/html.ts'
import { qrCode } from '../pages/qr.ts'
import { page } from '../pages/shell.ts'

/** Why somebody could not join: a refusal, or two passwords that differ. */
export type JoinFault = ProblemCode | 'differs'

/** What the page shows besides the invitation. */
export interface InvitationPage {
  readonly place: string
  readonly isSandbox: boolean
  /** Of whoever is signed in at this browser already. */
  readonly formToken: string | undefined
  readonly fault?: JoinFault
}

/** Sets the password and pairs the authenticator. */
export function invitationPage(
  { person, totpSecret, totpAddress }: Invitation,
  { place, isSandbox, formToken, fault }: InvitationPage,
): Html {
  return page(
    { title: fault === undefined ? '开通账号' : '错误：开通账号', isSandbox, isNarrow: true },
    html`<h1>开通账号</h1>
${fault === undefined ? undefined : refusal(fault)}
<section class="card">${facts([
      ['姓名', person.name],
      ['岗位', STAFF_ROLES[person.role].zh],
      ['单位', place],
      ['账号', html`<code>${person.login}</code>`],
    ])}</section>
<form class="card" method="post">${tokenField(formToken)}<h2>一、设置密码</h2>
${field({ name: 'password', label: '密码', type: 'password', hint: '10 个以上字符，不要含账号', required: true, autocomplete: 'new-password' })}
${field({ name: 'again', label: '再输一次密码', type: 'password', required: true, autocomplete: 'new-password' })}
<h2>二、绑定手机验证器</h2><p>用手机上的验证器应用（支持 TOTP 的均可）扫描，然后输入它显示的 6 位数字。</p>
<div class="qr-box">${qrCode(totpAddress, '验证器二维码')}</div>
<p>不能扫描时，手工输入密钥：<code>${totpSecret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>
${field({ name: 'code', label: '动态码', required: true, autocomplete: 'one-time-code', inputmode: 'numeric', maxlength: 7 })}
<p>${button({ label: '开通' })}</p></form>`,
  )
}

function refusal(fault: JoinFault): Html {
  if (fault === 'differs') return errorSummary('两次输入的密码不一样', '请重新输入。')
  if (fault === 'sign-in-wrong')
    return errorSummary('动态码不正确', '请输入验证器现在显示的 6 位数字；手机时间须准确。')
  const { title, remedy } = PROBLEMS[fault]
  return errorSummary(title.zh, remedy.zh)
}
