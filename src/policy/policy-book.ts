import type { Bilingual } from '../domain/finding.ts'
import type { CivilDay } from '../domain/primitives/civil-day.ts'
import type { PolicyVersion } from '../domain/rules/policy-version.ts'

/** A region that has a policy file. */
export interface PolicyRegion {
  readonly region: string
  readonly name: Bilingual
  readonly counties: readonly string[]
}

/** The policies of all regions, frozen. */
export interface PolicyBook {
  /** The version in force in a region on a day, or undefined. */
  inForce(region: string, day: CivilDay): PolicyVersion | undefined
  /** A version by its id, or undefined: to judge again what was judged by it. */
  version(id: string): PolicyVersion | undefined
  /** All versions of a region in the order of time; empty for an unknown region. */
  versions(region: string): readonly PolicyVersion[]
  /** All regions, by code. */
  regions(): readonly PolicyRegion[]
}

/**
 * Binds the versions of all regions.
 *
 * @param versions checked by `readPolicyFile`; those of one region in the order of time
 */
export function policyBook(versions: readonly PolicyVersion[]): PolicyBook {
  const byRegion = new Map<string, PolicyVersion[]>()
  for (const version of versions) {
    byRegion.set(version.region, [...(byRegion.get(version.region) ?? []), version])
  }
  const byId = new Map(versions.map((version) => [version.id, version]))
  const regions = [...byRegion.values()]
    .map((list) => list.at(-1)!)
    .map(({ region, name, counties }) => Object.freeze({ region, name, counties }))
    .sort((a, b) => (a.region < b.region ? -1 : 1))
  return Object.freeze({
    inForce: (region: string, day: CivilDay) =>
      byRegion.get(region)?.find(({ from, to }) => from <= day && (to === undefined || day <= to)),
    version: (id: string) => byId.get(id),
    versions: (region: string) => byRegion.get(region) ?? [],
    regions: () => regions,
  })
}
