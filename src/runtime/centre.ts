import { readFile } from 'node:fs/promises'
import { type CentreHospital, centreClient } from '../centre/centre-client.ts'
import type { Config } from '../config.ts'
import { pointOf } from '../national/signature.ts'
import { StartRefused } from '../start-refused.ts'
import type { Centre } from '../usecases/national/centre.ts'

const TIMEOUT_MS = 10_000

/**
 * The centre above that the configuration names.
 *
 * @returns undefined where none is named
 * @throws StartRefused for a file of applications that can't be read
 */
export async function openCentre(
  { centreUrl: url, centreApplications: file }: Pick<Config, 'centreUrl' | 'centreApplications'>,
  now: () => Date,
): Promise<Centre | undefined> {
  if (url === undefined || file === undefined) return undefined
  return centreClient({ url, timeoutMs: TIMEOUT_MS, hospitals: await hospitalsOf(file), now })
}

async function hospitalsOf(file: string): Promise<ReadonlyMap<string, CentreHospital>> {
  try {
    const read = JSON.parse(await readFile(file, 'utf8')) as Readonly<Record<string, CentreHospital>>
    const hospitals = Object.entries(read)
    for (const [, { appId, appSecret, keys, pharmacist }] of hospitals) {
      pointOf(keys.publicKey)
      const texts = [appId, appSecret, keys.privateKey, pharmacist.code, pharmacist.name]
      if (texts.some((text) => typeof text !== 'string' || text === '')) throw new Error('incomplete')
    }
    return new Map(hospitals)
  } catch {
    // Never what stands in it: these are keys.
    throw new StartRefused(
      'CENTRE_APPLICATIONS 无法读取，格式见 docs/operation.md · CENTRE_APPLICATIONS can not be read; docs/operation.md has its form.',
    )
  }
}
