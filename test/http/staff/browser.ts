import type { Hub } from '../../../src/http/plugins/hub.ts'

/** What a browser got. */
export interface Seen {
  readonly status: number
  readonly location: string | undefined
  readonly html: string
  readonly headers: Readonly<Record<string, unknown>>
}

/** A browser without scripts: keeps its cookies and sends forms as they stand on the page that it sees. */
export class Browser {
  readonly #app: Hub
  #cookies = new Map<string, string>()
  html = ''

  constructor(app: Hub) {
    this.#app = app
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies
  }

  async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Seen> {
    return await this.#ask('GET', url, undefined, headers)
  }

  /** Sends the form of an action with what it holds on the page and what is typed. */
  async send(
    action: string,
    typed: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Seen> {
    const start = this.html.search(new RegExp(`<form[^>]*action="${action.replaceAll('/', '\\/')}"`))
    const form = start < 0 ? '' : this.html.slice(start, this.html.indexOf('</form>', start))
    const held = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
    const fields = new URLSearchParams({
      ...Object.fromEntries(held.map(([, name, value]) => [name!, value!])),
      ...typed,
    })
    return await this.#ask('POST', action, fields.toString(), headers)
  }

  async #ask(
    method: 'GET' | 'POST',
    url: string,
    payload?: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Seen> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await this.#app.inject({
      method,
      url,
      headers: {
        accept: 'text/html',
        'sec-fetch-site': 'same-origin',
        ...(cookie === '' ? {} : { cookie }),
        ...(payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...more,
      },
      ...(payload === undefined ? {} : { payload }),
    })
    for (const { name, value } of answer.cookies) this.#cookies.set(name, value)
    if (answer.statusCode !== 303) this.html = answer.body
    return {
      status: answer.statusCode,
      location: answer.headers.location as string | undefined,
      html: answer.body,
      headers: answer.headers,
    }
  }
}
