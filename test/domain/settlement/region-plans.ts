import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { CivilDay } from '../../../src/domain/primitives/civil-day.ts'
import type { SettlementPlan } from '../../../src/domain/settlement/plan.ts'
import { PACKAGE_ROOT } from '../../../src/package-root.ts'

interface Version {
  readonly id: string
  readonly from: CivilDay
  readonly to?: CivilDay
  readonly settlement: SettlementPlan
}

const folder = fileURLToPath(new URL('policies', PACKAGE_ROOT))

const regions = new Map<string, readonly Version[]>(
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map(
      (file) => parse(readFileSync(`${folder}/${file}`, 'utf8')) as { region: string; versions: Version[] },
    )
    .map(({ region, versions }) => [region, versions]),
)

/** The version of a region's policy in force on a day, with its settlement plan. */
export function versionOn(region: string, day: CivilDay): Version {
  const found = regions
    .get(region)
    ?.findLast((version) => version.from <= day && (version.to === undefined || day <= version.to))
  if (found === undefined) throw new RangeError(`region ${region} has no policy on ${day}`)
  return found
}

/** Every version of every region. */
export function allVersions(): Version[] {
  return [...regions.values()].flat()
}
