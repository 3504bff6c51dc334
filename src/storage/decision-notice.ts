import type { Queryable } from './database.ts'

/** A sanction on a person as the notice tells it. */
export interface ToldSanction {
  readonly change: 'imposed' | 'lifted'
  readonly kinds: readonly { readonly kind: string; readonly validFrom: string; readonly validTo?: string }[]
  readonly reason: string
}

/** What a notice is about: the step of an application, or a sanction. */
export type NoticeSubject =
  | { readonly applicationNo: string; readonly revision: number }
  | { readonly sanction: ToldSanction }

/** A notice as stored. */
export interface NoticeRow {
  readonly regionCode: string
  readonly noticeId: string
  readonly personId: string
  readonly about: NoticeSubject
  readonly decidedAt: Date
  readonly salt: Buffer
  /** Wrong second factors over the life of the link. */
  readonly attempts: number
  readonly isLocked: boolean
}

/** Keeps a notice with its link; never the secret. */
export async function add(
  tx: Queryable,
  notice: Omit<NoticeRow, 'attempts' | 'isLocked'> & { readonly linkHash: Buffer },
): Promise<void> {
  const { about } = notice
  const isStep = 'applicationNo' in about
  await tx.query(
    `insert into decision_notice
       (region_code, notice_id, person_id, application_no, revision, sanction, decided_at, link_hash, salt)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      notice.regionCode,
      notice.noticeId,
      notice.personId,
      isStep ? about.applicationNo : null,
      isStep ? about.revision : null,
      isStep ? null : JSON.stringify(about.sanction),
      notice.decidedAt,
      notice.linkHash,
      notice.salt,
    ],
  )
}

const COLUMNS = `region_code, notice_id, person_id, application_no, revision, sanction, decided_at, salt, attempts,
  locked_at`

interface Row {
  region_code: string
  notice_id: string
  person_id: string
  application_no: string | null
  revision: number | null
  sanction: ToldSanction | null
  decided_at: Date
  salt: Buffer
  attempts: number
  locked_at: Date | null
}

function noticeOf(row: Row | undefined): NoticeRow | undefined {
  if (row === undefined) return undefined
  return {
    regionCode: row.region_code,
    noticeId: row.notice_id,
    personId: row.person_id,
    about:
      row.sanction === null
        ? { applicationNo: row.application_no!, revision: row.revision! }
        : { sanction: row.sanction },
    decidedAt: row.decided_at,
    salt: row.salt,
    attempts: row.attempts,
    isLocked: row.locked_at !== null,
  }
}

/** A notice by its id; undefined when the region has none of it. */
export async function find(
  db: Queryable,
  regionCode: string,
  noticeId: string,
): Promise<NoticeRow | undefined> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from decision_notice where region_code = $1 and notice_id = $2`,
    [regionCode, noticeId],
  )
  return noticeOf(rows[0])
}

/** A notice by the hash of its link's secret; undefined when there is no such link. */
export async function findByLink(db: Queryable, linkHash: Buffer): Promise<NoticeRow | undefined> {
  const { rows } = await db.query<Row>(`select ${COLUMNS} from decision_notice where link_hash = $1`, [
    linkHash,
  ])
  return noticeOf(rows[0])
}

/**
 * Claims one attempt before the second factor is compared, so that no number of guesses at once gets more than the
 * limit.
 *
 * @returns false when the link is locked
 */
export async function claimAttempt(
  db: Queryable,
  linkHash: Buffer,
  limit: number,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update decision_notice
        set attempts = attempts + 1, locked_at = case when attempts + 1 >= $2 then $3::timestamptz end
      where link_hash = $1 and locked_at is null`,
    [linkHash, limit, now],
  )
  return rowCount === 1
}

/** Gives back the attempt that was claimed for a right answer; the wrong ones stay counted. */
export async function giveAttemptBack(db: Queryable, linkHash: Buffer): Promise<void> {
  await db.query(
    'update decision_notice set attempts = attempts - 1, locked_at = null where link_hash = $1',
    [linkHash],
  )
}
