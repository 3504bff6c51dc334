import { listUncollected, type UncollectedPosition, type UncollectedRow } from '../storage/uncollected.ts'
import type { Deps } from './deps.ts'

export interface UncollectedPage {
  readonly items: readonly (Omit<UncollectedRow, 'decidedAt' | 'collectUntil'> & {
    readonly decidedAt: string
    readonly collectUntil: string
  })[]
  readonly next?: string
}

/**
 * A page of what is settled or deferred and not handed over, the soonest to lapse first.
 *
 * @param pharmacyId only those of this supplier
 * @param after the `next` of the page before
 */
export async function readUncollected(
  deps: Pick<Deps, 'pool'>,
  regionCode: string,
  pharmacyId: string | undefined,
  after: string | undefined,
  limit: number,
): Promise<UncollectedPage> {
  const rows = await listUncollected(deps.pool, regionCode, pharmacyId, positionOf(after), limit)
  const last = rows.length === limit ? rows.at(-1) : undefined
  return {
    items: rows.map(({ decidedAt, collectUntil, ...row }) => ({
      ...row,
      decidedAt: decidedAt.toISOString(),
      collectUntil: collectUntil.toISOString(),
    })),
    ...(last === undefined ? {} : { next: `${last.collectUntil.getTime()}.${last.prescriptionNo}` }),
  }
}

/** @param cursor milliseconds of the epoch, a dot, and the prescription number */
function positionOf(cursor: string | undefined): UncollectedPosition | undefined {
  if (cursor === undefined) return undefined
  const [milliseconds, prescriptionNo = ''] = cursor.split('.')
  return { collectUntil: new Date(Number(milliseconds)), prescriptionNo }
}
