import type { RegisterEntry } from '../../domain/registers.ts'
import type { Queryable } from '../database.ts'

/**
 * Puts the decisions of a region in one order: what is read of the registers after it stays true until the end of
 * the transaction, so that of two applications for the last place only one is approved.
 */
export async function lockRegisters(tx: Queryable, regionCode: string): Promise<void> {
  await tx.query(
    `insert into register_version (region_code, version) values ($1, 0)
     on conflict (region_code) do update set version = register_version.version`,
    [regionCode],
  )
}

/** The qualifications of a person with their keys, all periods on which they held or will hold. */
export async function qualificationsOf(
  db: Queryable,
  regionCode: string,
  personId: string,
): Promise<RegisterEntry<'qualification'>[]> {
  const { rows } = await db.query<{
    key: string
    validFrom: string
    validTo: string | null
    data: RegisterEntry<'qualification'>['data']
  }>(
    `select key, valid_from::text as "validFrom", valid_to::text as "validTo", data
       from register_entry
      where region_code = $1 and subject = $2 and register = 'qualification'
        and (valid_to is null or valid_to >= valid_from)
      order by valid_from, key`,
    [regionCode, personId],
  )
  return rows.map(({ validTo, ...row }) => ({
    register: 'qualification' as const,
    ...row,
    ...(validTo === null ? {} : { validTo }),
  }))
}
