import type { CivilDay } from '../domain/primitives/civil-day.ts'
import type { Queryable } from './database.ts'

export type PayerRequestStatus =
  | 'asked'
  /** About what a patient kept after a return: settled here already. */
  | 'asked-anew'
  /** Deferred while nobody knows what the payer did. */
  | 'unresolved'
  | 'accepted'
  | 'refused'
  | 'cancelling'
  | 'cancelled'
  /** A person decided that what the payer paid stands. */
  | 'kept'

/** What a core system was asked about one settlement. */
export interface PayerRequestRow {
  readonly regionCode: string
  readonly settlementId: string
  readonly personId: string
  readonly year: number
  readonly day: CivilDay
  /** JSON: the claim as it is sent. */
  readonly claim: string
  /** JSON: what is posted when the payer accepts; absent where it is posted already. */
  readonly prepared?: string
  readonly status: PayerRequestStatus
  /** JSON: the first answer. */
  readonly answer?: string
  /** Why an answer could not be used, as a code; absent when every answer could. */
  readonly unreadableCause?: string
}

interface Row {
  region_code: string
  settlement_id: string
  person_id: string
  year: number
  day: CivilDay
  claim: string
  prepared: string | null
  status: PayerRequestStatus
  answer: string | null
  unreadable_cause: string | null
}

const COLUMNS = `region_code, settlement_id, person_id, year, day::text, claim, prepared, status, answer,
  unreadable_cause`

function requestOf(row: Row): PayerRequestRow {
  return {
    regionCode: row.region_code,
    settlementId: row.settlement_id,
    personId: row.person_id,
    year: row.year,
    day: row.day,
    claim: row.claim,
    ...(row.prepared === null ? {} : { prepared: row.prepared }),
    status: row.status,
    ...(row.answer === null ? {} : { answer: row.answer }),
    ...(row.unreadable_cause === null ? {} : { unreadableCause: row.unreadable_cause }),
  }
}

/** Adds what is about to be asked. @throws unique violation of `payer_request_once_a_year` */
export async function add(
  tx: Queryable,
  row: Omit<PayerRequestRow, 'answer' | 'unreadableCause'> & { readonly digest: Buffer },
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into payer_request
       (region_code, settlement_id, person_id, year, day, digest, claim, prepared, status, asked_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      row.regionCode,
      row.settlementId,
      row.personId,
      row.year,
      row.day,
      row.digest,
      row.claim,
      row.prepared ?? null,
      row.status,
      at,
    ],
  )
}

/** Locks the request of a settlement; undefined when the payer was never asked. */
export async function lock(
  tx: Queryable,
  regionCode: string,
  settlementId: string,
): Promise<PayerRequestRow | undefined> {
  const { rows } = await tx.query<Row>({
    name: 'payer-request-lock',
    text: `select ${COLUMNS} from payer_request where region_code = $1 and settlement_id = $2 for update`,
    values: [regionCode, settlementId],
  })
  return rows[0] === undefined ? undefined : requestOf(rows[0])
}

/** True while the payer is being asked about this year of this person. */
export async function isYearAsked(
  db: Queryable,
  regionCode: string,
  personId: string,
  year: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from payer_request where region_code = $1 and person_id = $2 and year = $3 and status = 'asked'`,
    [regionCode, personId, year],
  )
  return rowCount === 1
}

/** Counts one more try to get an answer. */
export async function countTry(tx: Queryable, regionCode: string, settlementId: string): Promise<void> {
  await tx.query(
    'update payer_request set times_asked = times_asked + 1 where region_code = $1 and settlement_id = $2',
    [regionCode, settlementId],
  )
}

/** Keeps the first answer, whatever became of the question meanwhile. */
export async function keepAnswer(
  tx: Queryable,
  regionCode: string,
  settlementId: string,
  answer: string,
  at: Date,
): Promise<void> {
  await tx.query(
    `update payer_request set answer = $3, answered_at = $4
      where region_code = $1 and settlement_id = $2 and answer is null`,
    [regionCode, settlementId, answer, at],
  )
}

/** Any answer may still come, and a cancellation may have overtaken the payment: both are cancelled again. */
export const CANCELLABLE: readonly PayerRequestStatus[] = [
  'asked',
  'asked-anew',
  'unresolved',
  'accepted',
  'refused',
  'cancelled',
]

/** Changes the status. @returns false when it was none of `from` */
export async function move(
  tx: Queryable,
  regionCode: string,
  settlementId: string,
  from: readonly PayerRequestStatus[],
  to: PayerRequestStatus,
  change: { readonly at: Date; readonly reason?: string },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update payer_request
        set status = $4, cancel_reason = coalesce($5, cancel_reason),
            cancelled_at = case when $4 = 'cancelled' then $6 else cancelled_at end
      where region_code = $1 and settlement_id = $2 and status = any($3)`,
    [regionCode, settlementId, from, to, change.reason ?? null, change.at],
  )
  return rowCount === 1
}

/** The requests of a day, for the reconciliation. */
export async function ofDay(db: Queryable, regionCode: string, day: CivilDay): Promise<PayerRequestRow[]> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from payer_request where region_code = $1 and day = $2 order by settlement_id`,
    [regionCode, day],
  )
  return rows.map(requestOf)
}

/** Keeps that an answer could not be used, and the first cause. */
export async function noteUnreadable(
  tx: Queryable,
  regionCode: string,
  settlementId: string,
  cause: string,
  at: Date,
): Promise<void> {
  await tx.query(
    `update payer_request set unreadable_at = coalesce(unreadable_at, $4), unreadable_cause = coalesce(unreadable_cause, $3)
      where region_code = $1 and settlement_id = $2`,
    [regionCode, settlementId, cause, at],
  )
}

/** The requests about some settlements, whatever their day; ids that are no settlement's are passed over. */
export async function findMany(
  db: Queryable,
  regionCode: string,
  settlementIds: readonly string[],
): Promise<PayerRequestRow[]> {
  const ids = settlementIds.filter((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
  if (ids.length === 0) return []
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from payer_request where region_code = $1 and settlement_id = any($2::uuid[])`,
    [regionCode, ids],
  )
  return rows.map(requestOf)
}
