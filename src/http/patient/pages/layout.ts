import { type Html, html } from '../../pages/html.ts'
import { STYLE_PATH } from './style.ts'
import { NOTICES } from './words.ts'

/** What is the same on every page of the patient. */
export interface PageFrame {
  readonly title: string
  readonly isSandbox: boolean
  /** Code of a notice; unknown ones are not shown. */
  readonly notice?: string | undefined
  /** Seconds after which the page loads itself anew. */
  readonly refreshSeconds?: number
}

/** A whole page. It works without any script and loads nothing but its own style sheet. */
export function page(frame: PageFrame, body: Html): Html {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow, noarchive">
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#0b5d4c">
${frame.refreshSeconds === undefined ? undefined : html`<meta http-equiv="refresh" content="${frame.refreshSeconds}">`}
<title>${frame.title}</title>
<link rel="stylesheet" href="${STYLE_PATH}">
<link rel="icon" href="data:,">
</head>
<body>
<header class="top"><div class="wide"><span class="mark" aria-hidden="true">℞</span><span class="name">电子处方<small lang="en">e-Prescription</small></span></div></header>
${frame.isSandbox ? html`<p class="sandbox" role="note"><b>样例环境</b>　人员、机构和部分参数均为虚构，仅供试用。</p>` : undefined}
<main class="wide">
${notice(frame.notice)}
${body}
</main>
</body>
</html>
`
}

function notice(code: string | undefined): Html | undefined {
  if (code === undefined || !Object.hasOwn(NOTICES, code)) return undefined
  const { zh, isAlert } = NOTICES[code]!
  return isAlert
    ? html`<p class="notice alert" role="alert">${zh}</p>`
    : html`<p class="notice" role="status">${zh}</p>`
}
