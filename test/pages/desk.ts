import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { Scope } from '../support/database.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Where pictures of the pages go; none are made without it. */
const pictures = process.env['SCREENSHOTS']

/** A browser for all desks of a file. */
export async function openBrowser(t: Scope, executablePath: string): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
  })
  t.teardown(() => browser.close())
  return browser
}

/** A screen of a pharmacy's counter, with what went wrong on it. */
export interface Desk {
  readonly context: BrowserContext
  readonly page: Page
  readonly faults: string[]
}

/** The usual screen of a counter. @param javaScriptEnabled false for a browser without scripts */
export async function openDesk(
  browser: Browser,
  options: { readonly javaScriptEnabled?: boolean; readonly colorScheme?: 'dark' | 'light' } = {},
): Promise<Desk> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    bypassCSP: false,
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const faults: string[] = []
  page.on('console', (message) => {
    // A refusal is a page like any other; the console only repeats its status.
    if (!/status of 4\d\d/.test(message.text())) faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(error.message))
  return { context, page, faults }
}

/** Everything that axe finds against WCAG 2.2 A and AA on the page as it stands: rule and place. */
export async function violationsOf(page: Page): Promise<string[]> {
  // By the debugger's own way in, which no content security policy of a page applies to.
  const session = await page.context().newCDPSession(page)
  const evaluate = async (expression: string) =>
    await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
  await evaluate(AXE)
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const { result } = await evaluate(
    `axe.run({ runOnly: ${JSON.stringify(tags)} }).then(({ violations }) =>
       violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target.join(' ') + ' ' + failureSummary)))`,
  )
  await session.detach()
  if (!Array.isArray(result.value)) throw new Error(`axe did not run: ${JSON.stringify(result)}`)
  return result.value as string[]
}

/** Pixels by which the page is wider than its window. */
export async function sidewaysOf(page: Page): Promise<number> {
  return await page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth)
}

/** Pictures of the page at every width and in the dark, where somebody asked for pictures. */
export async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  for (const width of [360, 768, 1366]) {
    await page.setViewportSize({ width, height: 768 })
    await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true })
  }
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: join(pictures, `${name}-dark.png`), fullPage: true })
  await page.emulateMedia({ colorScheme: 'light' })
}
