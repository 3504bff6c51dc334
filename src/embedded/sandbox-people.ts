import { createHash } from 'node:crypto'
import type { Queryable } from '../storage/database.ts'
import { addPerson, type StaffRow } from '../storage/staff/persons.ts'
import type { SandboxWorld } from './sandbox/world.ts'

/** A sample person: the same one in every sandbox of the region. */
export type SamplePerson = Omit<StaffRow, 'joinedAt' | 'leftAt'>

/** The people as whom anybody may try the pages of a region. */
export function samplePeopleOf({
  regionCode,
  cast,
}: Pick<SandboxWorld, 'regionCode' | 'cast'>): SamplePerson[] {
  const person = (
    login: string,
    rest: Omit<SamplePerson, 'personId' | 'login' | 'regionCode' | 'isSample'>,
  ) => ({
    personId: idOf(`${regionCode}/${login}`),
    regionCode,
    login: `sample-${login}-${regionCode}`,
    isSample: true,
    ...rest,
  })
  const pharmacist = (login: string, who: typeof cast.pharmacist, where: typeof cast.designatedPharmacy) =>
    person(login, {
      role: 'pharmacist',
      name: who.name,
      institutionId: where.institutionId,
      practitionerId: who.practitionerId,
    })
  return [
    pharmacist('pharmacist', cast.pharmacist, cast.designatedPharmacy),
    pharmacist('second-pharmacist', cast.secondPharmacist, cast.secondPharmacy),
    person('clerk', {
      role: 'clerk',
      name: '样例店员',
      institutionId: cast.designatedPharmacy.institutionId,
    }),
    person('officer', { role: 'officer-city', name: '样例经办员' }),
  ]
}

/** Adds the sample people of a region who are not there yet. */
export async function seedPeople(db: Queryable, world: SandboxWorld, now: Date): Promise<void> {
  for (const person of samplePeopleOf(world)) await addPerson(db, person, 'sandbox', now)
}

/** An id that follows from a name (RFC 9562, 5.8). */
function idOf(name: string): string {
  const hex = createHash('sha256').update(`sample-person/${name}`).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
