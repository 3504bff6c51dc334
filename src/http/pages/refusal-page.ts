import { PROBLEMS, type ProblemCode } from '../../domain/problems.ts'
import { type Html, html } from './html.ts'
import { page } from './shell.ts'

/** Plainer than the catalogue, where a person needs another advice than a program. */
const WORDS: Partial<Readonly<Record<ProblemCode, { title: string; advice: string }>>> = {
  'not-found': { title: '没有这个页面', advice: '请检查地址是否完整；处方链接请从医院发来的短信中打开。' },
  'method-not-allowed': { title: '不能这样打开', advice: '请从首页重新进入。' },
  malformed: { title: '提交的内容不完整', advice: '请返回上一页，核对后再提交。' },
  'internal-error': {
    title: '系统暂时出错',
    advice: '刚才的操作没有生效，请稍后再试；如再次出现，请将下面的编号告知运维人员。',
  },
  unavailable: { title: '服务暂时不可用', advice: '请稍后再试，重复提交不会重复办理。' },
  'too-many-requests': { title: '操作过于频繁', advice: '请等一分钟再试。' },
}

/** Says plainly what can't be shown and what to do, to a person. @param requestId for the operator */
export function refusalPage(code: ProblemCode, isSandbox: boolean, requestId: string): Html {
  const entry = PROBLEMS[code]
  const { title, advice } = WORDS[code] ?? { title: entry.title.zh, advice: entry.remedy.zh }
  return page(
    { title, isSandbox, isNarrow: true },
    html`<section class="card"><h1>${title}</h1><p class="lead">${advice}</p><p lang="en">${entry.title.en}.</p>
<p class="hint">编号 <code>${requestId}</code></p><p><a class="button" href="/">返回首页</a></p></section>`,
  )
}
