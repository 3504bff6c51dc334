import { Problem } from '../domain/problems.ts'
import type { Queryable } from '../storage/database.ts'
import { type FeedPosition, type FeedRow, isAhead, listAfter, listOfRegionAfter } from '../storage/feed.ts'

/** One event as a recipient sees it. */
export interface FeedEntry {
  /** Where the feed goes on after this entry. */
  readonly cursor: string
  readonly prescriptionNo: string
  readonly revision: number
  readonly type: string
  readonly at: string
  /** Codes and ids, never personal data. */
  readonly data: Readonly<Record<string, unknown>>
}

/** Who is told. An institution that works in two regions is told in each of them of that one alone. */
export interface Recipient {
  readonly regionCode: string
  /** Absent for an agency, which is told of every prescription of its region. */
  readonly institutionId?: string
}

/** What a pharmacy hears whose place another one has taken, by choice or by taking the prescription. */
export const PHARMACY_LEFT = 'pharmacy-unchosen'

const START = '0.0'
const MAX_XACT = 2n ** 64n - 1n
const MAX_SEQ = 2n ** 63n - 1n

/**
 * What a recipient is told of prescriptions that concern it, oldest first.
 *
 * @param after the `next` of the page before, or the cursor of an entry; undefined begins at the beginning
 * @param limit entries at most
 * @returns `next` is where to go on; it stays the same when nothing is new
 * @throws Problem malformed for what is no cursor, cursor-unknown for one that the feed has not come to: after the
 *   database was restored by hand, or from another hub
 * @see MZ-10
 */
export async function readFeed(
  db: Queryable,
  { regionCode, institutionId }: Recipient,
  after: string | undefined,
  limit: number,
): Promise<{ entries: readonly FeedEntry[]; next: string }> {
  const from = after ?? START
  const position = positionOf(from)
  const rows =
    institutionId === undefined
      ? await listOfRegionAfter(db, regionCode, position, limit)
      : await listAfter(db, regionCode, institutionId, position, limit)
  if (rows.length === 0 && (await isAhead(db, position))) throw new Problem('cursor-unknown')
  const entries = rows.map((row) => entryOf(row, institutionId))
  return { entries, next: entries.at(-1)?.cursor ?? from }
}

/**
 * Refuses what no feed ever gave out as a cursor.
 *
 * @param path where the caller gave it, as a JSON pointer
 * @returns the place that it names
 * @throws Problem malformed
 */
export function requireCursor(cursor: string, path: string): FeedPosition {
  return positionOf(cursor, path)
}

function positionOf(cursor: string, path = '/querystring/after'): FeedPosition {
  const [, xact, seq] = /^(\d{1,20})\.(\d{1,19})$/.exec(cursor) ?? []
  if (xact === undefined || seq === undefined || BigInt(xact) > MAX_XACT || BigInt(seq) > MAX_SEQ) {
    throw new Problem('malformed', {
      fields: [
        {
          path,
          keyword: 'cursor',
          message: {
            zh: '请使用上一页或上一事件返回的游标。',
            en: 'Use the cursor that the page or the event before gave.',
          },
        },
      ],
    })
  }
  return { xact, seq }
}

function entryOf(row: FeedRow, recipientId: string | undefined): FeedEntry {
  const data = JSON.parse(row.data) as Record<string, unknown>
  const { pharmacyId } = data
  const isSupplier = recipientId !== undefined && recipientId !== row.hospitalId
  const isLeft = isSupplier && pharmacyId !== undefined && pharmacyId !== recipientId
  return {
    cursor: cursorOf(row),
    prescriptionNo: row.prescriptionNo,
    revision: row.revision,
    // A pharmacy that the patient left is told that it was left, not for whom.
    type: isLeft ? PHARMACY_LEFT : row.type,
    at: row.at.toISOString(),
    data: isLeft ? { previousPharmacyId: recipientId } : data,
  }
}

/** A place as readers know it. */
export function cursorOf({ xact, seq }: FeedPosition): string {
  return `${xact}.${seq}`
}
