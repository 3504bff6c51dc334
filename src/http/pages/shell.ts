import { type Html, html } from './html.ts'
import { STYLE_PATH } from './style.ts'

/** What stands around the content of every page but the patient's. */
export interface Shell {
  readonly title: string
  readonly isSandbox: boolean
  /** Narrow pages are for one thing: to sign in, to be told something. */
  readonly isNarrow?: boolean
  /** Who is signed in, where, and what they can go to. */
  readonly person?: ShellPerson
  /** Module of the page, by its address; the page works without it. */
  readonly module?: string
}

export interface ShellPerson {
  readonly name: string
  readonly role: string
  readonly place: string
  /** Goes into the form that signs out. */
  readonly formToken: string
  readonly places: readonly { readonly href: string; readonly name: string; readonly key?: string }[]
  /** Which of the places this is. */
  readonly current?: string
}

/** A whole page. It is complete without any script, and loads nothing from elsewhere. */
export function page(shell: Shell, body: Html): Html {
  const { title, isSandbox, isNarrow = false, person, module } = shell
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title} · 双通道电子处方</title>
<link rel="stylesheet" href="${STYLE_PATH}">
<link rel="icon" href="data:,">
${module === undefined ? undefined : html`<script type="module" src="${module}"></script>`}
</head>
<body>
<header class="top"><a class="skip" href="#content">跳到正文</a><div class="wide"><a class="brand" href="${person === undefined ? '/' : '/work'}"><span class="mark" aria-hidden="true">℞</span><span>双通道电子处方</span></a>${person === undefined ? undefined : menu(person)}</div>
${isSandbox ? html`<p class="sandbox" role="note"><b>样例环境</b>　人员、机构和部分参数均为虚构，仅供试用。</p>` : undefined}
</header>
<main id="content" class="wide${isNarrow ? ' narrow' : ''}" tabindex="-1">
${body}
</main>
</body>
</html>
`
}

function menu({ name, role, place, formToken, places, current }: ShellPerson): Html {
  return html`<nav class="places" aria-label="功能">${places.map(
    (each) =>
      html`<a href="${each.href}"${each.href === current ? html` aria-current="page"` : undefined}${each.key === undefined ? undefined : html` data-key="${each.key}" aria-keyshortcuts="${each.key}"`}>${each.name}${each.key === undefined ? undefined : html`<kbd aria-hidden="true">${each.key}</kbd>`}</a>`,
  )}</nav><div class="who"><span>${place}　${name}（${role}）</span><form method="post" action="/staff/sign-out"><input type="hidden" name="form" value="${formToken}"><button class="link" type="submit">退出</button></form></div>`
}
