import { PROBLEMS, type ProblemCode } from '../../../domain/problems.ts'
import { type Html, html } from '../../pages/html.ts'
import { page } from './layout.ts'

/** Plainer than the catalogue, where the patient needs another advice than a program. */
const WORDS: Partial<Readonly<Record<ProblemCode, { title: string; advice: string }>>> = {
  'link-unknown': {
    title: '链接无效',
    advice: '请使用医院发送的完整链接。如果医院重新发送过，请用最新的一条。',
  },
  'link-locked': {
    title: '链接已锁定',
    advice:
      '验证错误次数过多，为保护您的隐私，链接已锁定。请联系开方医院重新发送，处方不受影响；办理结果请向医保经办机构查询。',
  },
  malformed: { title: '提交的内容不完整', advice: '请返回上一页，重新填写后再提交。' },
  'internal-error': { title: '系统暂时出错', advice: '您的处方不受影响，请稍后再打开此链接。' },
  unavailable: { title: '服务暂时不可用', advice: '您的处方不受影响，请稍后再打开此链接。' },
}

/** Says plainly that it can't be shown, and what to do. */
export function refusalPage(code: ProblemCode, isSandbox: boolean): Html {
  const entry = PROBLEMS[code]
  const { title, advice } = WORDS[code] ?? { title: entry.title.zh, advice: entry.remedy.zh }
  return page(
    { title: `${title} · 电子处方`, isSandbox },
    html`<section class="card gate refusal">
<p class="sign" aria-hidden="true">!</p>
<h1>${title}</h1>
<p class="lead">${advice}</p>
<p class="hint" lang="en">${entry.title.en}.</p>
</section>`,
  )
}
