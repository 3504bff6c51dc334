import { addDays, addYears, type CivilDay } from '../../domain/primitives/civil-day.ts'
import type { RegisterEntry, RegisterName, Registers } from '../../domain/registers.ts'
import { type Persona, personaOf } from './personas.ts'
import type { SandboxReference } from './reference-data.ts'
import { randomFrom } from './sample-codes.ts'
import type { SandboxOptions, SandboxRegion } from './world.ts'

/** What every part of the sandbox is made from. */
export interface SandboxSetting {
  readonly region: SandboxRegion
  readonly persona: Persona
  readonly reference: SandboxReference
  readonly today: CivilDay
  /** First day of what has long been in force. */
  readonly longAgo: CivilDay
  /** A day a month before today. */
  readonly monthAgo: CivilDay
  /** The nth county, beginning again at the end. */
  readonly county: (index: number) => string
  readonly random: (below: number) => number
}

/** Before the oldest policy that the sandbox serves, so that past versions can be tried as well. */
const FIRST_DAY = '2017-01-01'

/** Lays out the periods, counties and random numbers of a sandbox. */
export function settingOf(
  region: SandboxRegion,
  options: SandboxOptions,
  reference: SandboxReference,
): SandboxSetting {
  const yearAgo = addYears(options.today, -1)
  const counties = region.counties.length === 0 ? [region.regionCode] : region.counties
  return {
    region,
    persona: personaOf(region.regionCode),
    reference,
    today: options.today,
    longAgo: yearAgo < FIRST_DAY ? yearAgo : FIRST_DAY,
    monthAgo: addDays(options.today, -30),
    county: (index) => counties[index % counties.length]!,
    random: randomFrom(options.seed),
  }
}

/** One entry of a register. */
export function entry<Name extends RegisterName>(
  register: Name,
  key: string,
  data: Registers[Name],
  validFrom: CivilDay,
  validTo?: CivilDay,
): RegisterEntry<Name> {
  return { register, key, data, validFrom, ...(validTo !== undefined && { validTo }) }
}
