import { type Html, html } from '../../pages/html.ts'
import { endingForm, type Gate } from './ending-form.ts'
import { page } from './layout.ts'

/** What is known before the second factor: nothing about the person or the medicine. */
export interface SecondFactorPage extends Gate {
  readonly isSandbox: boolean
  readonly notice: string | undefined
}

/** Asks for the last six characters of the identity number. */
export function secondFactorPage(shown: SecondFactorPage): Html {
  return page(
    { title: '验证身份 · 电子处方', isSandbox: shown.isSandbox, notice: shown.notice },
    html`<section class="card gate">
<h1>查看您的电子处方</h1>
<p class="lead">为保护隐私，请先验证身份。</p>
${endingForm(shown, html`患者身份证件号码<b>后六位</b><small lang="en">Last six characters of the patient’s ID number</small>`, '查看处方')}
</section>
<p class="aside">链接由开方医院发送，请勿转发给他人。代他人取药时，请输入<b>患者本人</b>的证件号码后六位。</p>`,
  )
}
