import type { KnownPack, PackTaking } from '../domain/packs/pack.ts'
import { parseQuantity } from '../domain/primitives/quantity.ts'
import { isCheckViolation, isUniqueViolation, type Queryable, together } from './database.ts'

/** A supply whose settlement has ended gives back what it was promised and has not sold. */
export const RELEASE = `update trace_code set released_at = $3
  where region_code = $1 and dispense_id = $2 and sold_at is null and released_at is null`

/**
 * Locks packs by their serials until the transaction ends, and reads who has them or is promised them. A pack that nobody
 * has named yet is locked too: two spellings of it are two rows, so the lock is on the serial.
 *
 * @param prescriptionNo its supplies' promised packs are read as well
 */
export async function lockKnown(
  tx: Queryable,
  regionCode: string,
  prescriptionNo: string,
  serials: readonly string[],
): Promise<KnownPack[]> {
  const locked = tx.query({
    name: 'packs-lock',
    text: `select pg_advisory_xact_lock(number) from (
             select distinct hashtextextended(serial, 48) as number from unnest($1::text[]) as s(serial) order by 1) n`,
    values: [serials],
  })
  const read = tx.query<{
    serial: string
    gtin: string
    drug_code: string
    size: string | null
    supplies: { dispenseId: string; lineNo: number; part: string | null; isSold: boolean }[]
  }>({
    name: 'packs-known',
    text: `
    select p.serial, p.gtin, p.drug_code, p.size::text as size,
           coalesce((select jsonb_agg(jsonb_build_object('dispenseId', t.dispense_id, 'lineNo', t.line_no,
                              'part', t.quantity::text, 'isSold', t.sold_at is not null) order by t.dispense_id, t.line_no)
                       from trace_code t
                      where t.trace_code = p.serial and t.gtin = p.gtin and t.returned_at is null
                        and t.released_at is null and not t.sold_twice), '[]') as supplies
      from pack p
     where p.serial = any($3)
        or (p.serial, p.gtin) in (
             select r.trace_code, r.gtin from dispense d join trace_code r using (region_code, dispense_id)
              where d.region_code = $1 and d.prescription_no = $2 and r.sold_at is null and r.released_at is null)
     order by p.serial, p.gtin`,
    values: [regionCode, prescriptionNo, serials],
  })
  const [, { rows }] = await together(locked, read)
  return rows.map(({ serial, gtin, drug_code, size, supplies }) => ({
    serial,
    gtin,
    drugCode: drug_code,
    ...(size === null ? {} : { size: parseQuantity(size) }),
    supplies: supplies.map(({ part, ...supply }) => ({
      ...supply,
      ...(part === null ? {} : { part: parseQuantity(part) }),
    })),
  }))
}

/**
 * Writes what a supply takes of packs, in place of what it was promised before.
 *
 * @param as `reserved` before the money moves, `sold` at the hand-over
 * @throws check violation of `pack_is_supplied_once` or `pack_is_not_overdrawn`: see `isPackTaken`
 */
export async function take(
  tx: Queryable,
  regionCode: string,
  dispenseId: string,
  takings: readonly PackTaking[],
  as: 'reserved' | 'sold',
  at: Date,
): Promise<void> {
  const released = release(tx, regionCode, dispenseId, at)
  const known = tx.query({
    name: 'packs-known-by-now',
    text: `insert into pack (serial, gtin, drug_code, size)
           select * from unnest($1::text[], $2::text[], $3::text[], $4::numeric[]) order by 1, 2
           on conflict (serial, gtin) do update
             set size = coalesce(pack.size, excluded.size),
                 drug_code = case when pack.whole = 0 and pack.taken = 0 then excluded.drug_code else pack.drug_code end`,
    values: [
      takings.map(({ serial }) => serial),
      takings.map(({ gtin }) => gtin),
      takings.map(({ drugCode }) => drugCode),
      takings.map(({ size }) => size ?? null),
    ],
  })
  const taken = tx.query({
    name: `packs-${as}`,
    text: `insert into trace_code (trace_code, gtin, region_code, dispense_id, line_no, quantity, ${as === 'sold' ? 'sold_at' : 'reserved_at'})
           select t.serial, t.gtin, $1, $2, t.line_no, t.part, $3
             from unnest($4::text[], $5::text[], $6::int[], $7::numeric[]) as t(serial, gtin, line_no, part)
            order by 1, 2`,
    values: [
      regionCode,
      dispenseId,
      at,
      takings.map(({ serial }) => serial),
      takings.map(({ gtin }) => gtin),
      takings.map(({ lineNo }) => lineNo),
      takings.map(({ part }) => part ?? null),
    ],
  })
  await together(released, together(known, taken))
}

/** Ends the promises of a supply: its settlement was declined, reversed or not asked for again. */
export async function release(
  tx: Queryable,
  regionCode: string,
  dispenseId: string,
  at: Date,
): Promise<void> {
  await tx.query({ name: 'packs-release', text: RELEASE, values: [regionCode, dispenseId, at] })
}

/** The database refused a pack that a rival has taken meanwhile. */
export function isPackTaken(error: unknown): boolean {
  return (
    isCheckViolation(error, 'pack_is_supplied_once') ||
    isCheckViolation(error, 'pack_is_not_overdrawn') ||
    isUniqueViolation(error, 'pack_pkey')
  )
}
