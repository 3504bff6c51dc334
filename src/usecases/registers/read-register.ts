import { isCivilDay } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import type { RegisterName } from '../../domain/registers.ts'
import { listEntries, type StoredEntry } from '../../storage/registers.ts'
import type { Caller, Deps } from '../deps.ts'

/** Which entries; left out means all. */
export interface RegisterQuery {
  readonly key?: string
  readonly subject?: string
  /** The `next` of the page before. */
  readonly after?: string
  readonly limit: number
}

/**
 * A page of a register of the agency's region: all periods, with who changed them and why.
 *
 * @throws Problem malformed for a cursor that was never given out
 * @see MZ-10
 */
export async function readRegister(
  deps: Deps,
  agency: Caller,
  register: RegisterName,
  { key, subject, after, limit }: RegisterQuery,
): Promise<{ items: readonly StoredEntry[]; next?: string }> {
  const items = await listEntries(deps.pool, agency.regionCode, register, {
    limit,
    ...(key === undefined ? {} : { key }),
    ...(subject === undefined ? {} : { subject }),
    ...(after === undefined ? {} : { after: positionOf(after) }),
  })
  const last = items.length === limit ? items.at(-1) : undefined
  return { items, ...(last === undefined ? {} : { next: `${last.validFrom}.${last.entryNo}.${last.key}` }) }
}

function positionOf(cursor: string): { key: string; validFrom: string; entryNo: string } {
  const [, validFrom = '', entryNo = '', key = ''] =
    /^(\d{4}-\d{2}-\d{2})\.(\d{1,18})\.(.+)$/.exec(cursor) ?? []
  if (!isCivilDay(validFrom)) {
    throw new Problem('malformed', {
      fields: [
        {
          path: '/querystring/after',
          keyword: 'cursor',
          message: { zh: '请使用上一页返回的游标。', en: 'Use the cursor that the page before gave.' },
        },
      ],
    })
  }
  return { key, validFrom, entryNo }
}
