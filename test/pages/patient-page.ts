import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { type TestApp, testApp } from '../support/app.ts'
import type { Scope } from '../support/database.ts'
import { type TestHub, testHub } from '../support/hub.ts'
import { PATIENT, walker } from '../support/journey.ts'

/** The hub with its application on the same database. */
export interface PatientSite extends TestApp {
  readonly hub: TestHub
  readonly walk: ReturnType<typeof walker>
}

export { PATIENT }

/** Starts a hub with its application. */
export async function patientSite(
  t: Scope,
  options: Parameters<typeof testHub>[1] & { environment?: Record<string, string> } = {},
): Promise<PatientSite> {
  const hub = await testHub(t, options)
  const made = await testApp(t, {
    parts: { pool: hub.deps.pool, usecases: hub.deps },
    environment: { RATE_PER_ADDRESS: '0', ...options.environment },
  })
  return { ...made, hub, walk: walker(hub) }
}

/** The path of a link, as the hospital's receipt has it. */
export function pathOf(receipt: { readonly patientLink: string }): string {
  return new URL(receipt.patientLink).pathname
}

/** A browser on this machine; undefined when there is none. */
export function browserPath(): string | undefined {
  return [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (path) => path !== undefined && existsSync(path),
  )
}

/** A phone of its own, without scripts, because the pages need none. */
export async function openPhone(t: Scope, executablePath: string): Promise<BrowserContext> {
  const folder = mkdtempSync(join(tmpdir(), 'patient-page-'))
  const phone = await chromium.launchPersistentContext(folder, {
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    javaScriptEnabled: false,
    locale: 'zh-CN',
  })
  t.teardown(async () => {
    await phone.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return phone
}
