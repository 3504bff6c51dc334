import { type Html, html } from '../../pages/html.ts'

/** What a gate knows before the second factor. */
export interface Gate {
  readonly attemptsLeft: number
  readonly attempts: number
}

/**
 * The form of the second factor. The field takes any length: whoever types the whole number is not cut off at its
 * beginning, and papers other than the resident's card end in Chinese characters or brackets.
 *
 * @param label whose number is asked for
 * @param action what the button says
 */
export function endingForm({ attemptsLeft, attempts }: Gate, label: Html, action: string): Html {
  const wasWrong = attemptsLeft < attempts
  return html`${wasWrong ? wrong(attemptsLeft) : undefined}
<form method="post" autocomplete="off">
<label for="ending">${label}</label>
<input id="ending" name="ending" required minlength="6" title="证件号码的最后六个字符" inputmode="text" autocapitalize="characters" autocorrect="off" spellcheck="false" autocomplete="off" enterkeyhint="go" aria-describedby="${wasWrong ? 'error hint' : 'hint'}"${wasWrong ? html` aria-invalid="true"` : undefined}>
<p class="hint" id="hint">例如：身份证号码 ****** ******** 04123X，请输入 04123X。军官证、通行证等按证件上印的输入，如 01988号。输入整个号码也可以。</p>
<button class="button" type="submit">${action}</button>
</form>`
}

function wrong(attemptsLeft: number): Html {
  const last = attemptsLeft === 1 ? html`再错一次，链接将被锁定。` : undefined
  return html`<p class="notice alert" role="alert" id="error">曾有输入不正确，请核对后再输入。还可以尝试 <b>${attemptsLeft}</b> 次，答错的次数一直累计。${last}</p>`
}
