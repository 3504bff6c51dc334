import { UnexpectedAnswer } from './system-client.ts'

/** A patient's browser: pages, forms and cookies, no script. */
export interface PatientBrowser {
  /** Opens the link. @returns the page */
  open(): Promise<string>
  /** Sends a form of the page. @param action as in the form; the page's own address when absent @returns the page after it */
  submit(fields: Readonly<Record<string, string>>, action?: string): Promise<string>
}

/** A form for choosing, as found in the page. */
export interface ChoiceForm {
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}

/** @param link as the patient got it */
export function patientBrowser(link: string): PatientBrowser {
  const cookies = new Map<string, string>()
  async function ask(url: string, init: RequestInit = {}): Promise<string> {
    const answer = await fetch(url, {
      ...init,
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      redirect: 'manual',
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const cut = pair.indexOf('=')
      cookies.set(pair.slice(0, cut), pair.slice(cut + 1))
    }
    const location = answer.headers.get('location')
    if (location !== null) return await ask(new URL(location, url).href)
    if (answer.status !== 200) throw new UnexpectedAnswer(`the patient's page answers ${answer.status}`)
    return await answer.text()
  }
  return {
    open: () => ask(link),
    submit: (fields, action = link) =>
      ask(new URL(action, link).href, { method: 'POST', body: new URLSearchParams(fields) }),
  }
}

/** The forms of the page that choose a pharmacy. */
export function choicesIn(page: string): ChoiceForm[] {
  return [...page.matchAll(/<form method="post" action="([^"]+\/choice)">([\s\S]*?)<\/form>/g)].map(
    ([, action = '', inside = '']) => ({
      action,
      fields: Object.fromEntries(
        [...inside.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(
          ([, name, value]) => [name, value],
        ),
      ),
    }),
  )
}

/** The pick-up code that the page shows; undefined when there is none. */
export function pickupCodeIn(page: string): string | undefined {
  return /<code>([0-9A-Z ]+)<\/code>/.exec(page)?.[1]?.replaceAll(' ', '')
}
