import { inForce } from '../../domain/facts.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import type { Person } from '../../domain/registers.ts'
import { listEntries } from '../../storage/registers.ts'
import type { Deps } from '../deps.ts'

/** More periods of one person than any register has. */
const PERIODS = 20

/** The insured person as the register has them today; undefined when it has nobody of that number. */
export async function registeredPerson(
  deps: Pick<Deps, 'pool' | 'clock'>,
  regionCode: string,
  personId: string,
): Promise<Person | undefined> {
  const entries = await listEntries(deps.pool, regionCode, 'person', { key: personId, limit: PERIODS })
  const periods = entries.map(({ validFrom, validTo, data }) => ({
    ...(data as Person),
    validFrom,
    ...(validTo === undefined ? {} : { validTo }),
  }))
  return inForce(periods, dayOf(deps.clock()))[0]
}
