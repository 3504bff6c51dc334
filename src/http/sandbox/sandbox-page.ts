import { type Html, html } from '../pages/html.ts'

interface Words {
  readonly zh: string
  readonly en: string
}

/** The part of the sandbox's description that a person reads first. */
export interface SandboxOverview {
  readonly notice: Words
  readonly issuer: string
  readonly tokenEndpoint: string
  readonly howTo: readonly Words[]
  readonly regions: readonly {
    readonly regionCode: string
    readonly name: Words
    readonly callers: readonly { readonly clientId: string; readonly kind: string; readonly name: string }[]
  }[]
}

/** The sandbox for a person with a browser; programs get JSON from the same address, with every key. */
export function sandboxPage({ notice, howTo, regions }: SandboxOverview): Html {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>沙箱 · Sandbox</title>
<link rel="stylesheet" href="/problems.css">
<link rel="icon" href="data:,">
</head>
<body><main>
<h1>沙箱 · Sandbox</h1>
<p>${notice.zh}</p>
<p lang="en">${notice.en}</p>
<p><a href="/docs">接口说明 · API description</a> · <a href="/sandbox/notifications">患者链接 · patient links</a> ·
<a href="/sandbox/clock">时钟 · clock</a> · <a href="/problems">错误代码 · refusals</a></p>
${howTo.map((step) => html`<section><p>${step.zh}</p><p lang="en">${step.en}</p></section>`)}
<section><p>程序请求本地址即得 JSON，含全部密钥、证书、药品、库存和样例处方。<span lang="en">A program that asks this address gets JSON with all
keys, certificates, drugs, stock and a sample prescription:</span></p><p><code>curl '/sandbox?region=441400'</code></p></section>
${regions.map(region)}
</main></body>
</html>
`
}

function region({ regionCode, name, callers }: SandboxOverview['regions'][number]): Html {
  return html`<section><h2>${regionCode} ${name.zh} · ${name.en}</h2>
${callers.map(({ clientId, name }) => html`<p><code>${clientId}</code> ${name}</p>`)}
</section>`
}
