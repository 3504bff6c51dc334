import { type Html, html } from '../pages/html.ts'
import { page } from '../pages/shell.ts'

/** What this is, and where each kind of person goes on. */
export function homePage(isSandbox: boolean): Html {
  return page(
    { title: '首页', isSandbox, isNarrow: true },
    html`<h1>双通道电子处方流转平台</h1>
<p class="lead">医院开具的电子处方在这里流转到您选择的定点药店，医保按规定直接结算。</p>
<section class="card"><h2>患者和家属</h2>
<p>请打开医院短信里的处方链接，输入患者证件号码后六位，即可查看处方、选择药店。</p>
<p>没有收到或找不到短信，请联系开方医院重新发送。医保政策咨询请拨打 <a href="tel:12393">12393</a>。</p></section>
<section class="card"><h2>药店、医院和医保经办人员</h2>
<p>凭单位或医保经办机构发出的邀请开通账号，登录后办理审方、结算、交付和对账。</p>
<p><a class="button" href="/staff/sign-in">工作人员登录</a></p></section>
<section class="card"><h2>软件开发人员</h2>
<p>${isSandbox ? html`样例环境提供<a href="/docs">接口说明</a>、<a href="/sandbox">角色与密钥</a>、<a href="/sandbox/notifications">患者链接</a>、<a href="/problems">错误代码</a>和<a href="/design">页面组件</a>。` : html`<a href="/openapi.json">接口描述（OpenAPI）</a>和<a href="/problems">错误代码</a>。`}</p></section>
<p class="hint" lang="en">Hub for dual-channel e-prescriptions: patients open the link that the hospital sent; staff sign in; developers find the API description.</p>`,
  )
}
