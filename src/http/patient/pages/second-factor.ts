import { type Html, html } from './html.ts'
import { page } from './layout.ts'

/** What is known before the second factor: nothing about the person or the medicine. */
export interface SecondFactorPage {
  readonly isSandbox: boolean
  readonly attemptsLeft: number
  readonly attempts: number
  readonly notice: string | undefined
}

/** Asks for the last six characters of the identity number. */
export function secondFactorPage(shown: SecondFactorPage): Html {
  const wasWrong = shown.attemptsLeft < shown.attempts
  return page(
    { title: '验证身份 · 电子处方', isSandbox: shown.isSandbox, notice: shown.notice },
    html`<section class="card gate">
<h1>查看您的电子处方</h1>
<p class="lead">为保护隐私，请先验证身份。</p>
${wasWrong ? html`<p class="notice alert" role="alert">不正确，请核对后再输入。还可以尝试 <b>${shown.attemptsLeft}</b> 次。</p>` : undefined}
<form method="post" autocomplete="off">
<label for="ending">患者身份证件号码<b>后六位</b><small lang="en">Last six characters of the patient’s ID number</small></label>
<input id="ending" name="ending" required maxlength="6" minlength="6" title="六位数字或字母" autocapitalize="characters" autocorrect="off" spellcheck="false" autocomplete="off" enterkeyhint="go" aria-describedby="hint">
<p class="hint" id="hint">末位是字母 X 的，请输入 X。</p>
<button class="button" type="submit">查看处方</button>
</form>
</section>
<p class="aside">链接由开方医院发送，请勿转发给他人。代他人取药时，请输入<b>患者本人</b>的证件号码后六位。</p>`,
  )
}
