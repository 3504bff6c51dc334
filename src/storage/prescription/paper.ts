import type { PaperType } from '../../domain/workflows/paper-type.ts'
import type { Queryable } from '../database.ts'

/** What the hospital said: nothing yet, yes, or no. */
const PAPER_STATES = ['unconfirmed', 'confirmed', 'objected'] as const
export type PaperState = (typeof PAPER_STATES)[number]

/** What an objection came to. */
export type ObjectionEffect = 'cancelled' | 'cancel-pending' | 'recorded'

/** A paper prescription as it is entered. */
export interface NewPaperPrescription {
  readonly prescriptionNo: string
  readonly entryId: string
  readonly hospitalId: string
  readonly pharmacyId: string
  readonly reasonCode: string
  readonly presentedAt: Date
  readonly enteredAt: Date
  readonly enteredBy: string
  readonly scanType: PaperType
  readonly scanSha256: Buffer
  /** True when the bytes of the scan are in `paper_file`. */
  readonly isScanStored: boolean
}

/** The hospital's answer. */
export interface PaperAnswer {
  readonly state: 'confirmed' | 'objected'
  readonly objectionCode?: string
  readonly effect?: ObjectionEffect
  readonly answeredAt: Date
  readonly answeredBy: string
}

/** A paper prescription as the agency sees it. */
export interface PaperRow {
  readonly entryId: string
  readonly prescriptionNo: string
  readonly hospitalPrescriptionNo: string
  readonly hospitalId: string
  readonly pharmacyId: string
  readonly reasonCode: string
  readonly presentedAt: Date
  readonly enteredAt: Date
  readonly scanType: PaperType
  /** Lower-case hex. */
  readonly scanSha256: string
  readonly scanKeptBy: 'pharmacy' | 'hub'
  readonly state: PaperState
  readonly objectionCode: string | null
  readonly effect: ObjectionEffect | null
  readonly answeredAt: Date | null
  readonly prescriptionState: string
  /** A settlement stands, or was left to manual reimbursement. */
  readonly isSettled: boolean
}

/** Records the entry of a paper prescription. @see MZ-7.5 */
export async function addPaper(
  tx: Queryable,
  regionCode: string,
  paper: NewPaperPrescription,
): Promise<void> {
  await tx.query(
    `insert into paper_prescription
       (region_code, prescription_no, entry_id, hospital_id, pharmacy_id, reason_code, presented_at, entered_at,
        entered_by, scan_type, scan_sha256, stored_scan)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      regionCode,
      paper.prescriptionNo,
      paper.entryId,
      paper.hospitalId,
      paper.pharmacyId,
      paper.reasonCode,
      paper.presentedAt,
      paper.enteredAt,
      paper.enteredBy,
      paper.scanType,
      paper.scanSha256,
      paper.isScanStored ? paper.scanSha256 : null,
    ],
  )
}

/** What the hospital said so far; undefined for a prescription that didn't come on paper. Lock its state row first. */
export async function findPaperState(
  tx: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<PaperState | undefined> {
  const { rows } = await tx.query<{ state: PaperState }>(
    'select state from paper_prescription where region_code = $1 and prescription_no = $2',
    [regionCode, prescriptionNo],
  )
  return rows[0]?.state
}

/** Records the hospital's answer, the first and only one. @throws Error when there was one: a bug */
export async function answerPaper(
  tx: Queryable,
  regionCode: string,
  prescriptionNo: string,
  answer: PaperAnswer,
): Promise<void> {
  const { rowCount } = await tx.query(
    `update paper_prescription
        set state = $3, objection_code = $4, effect = $5, answered_at = $6, answered_by = $7
      where region_code = $1 and prescription_no = $2 and state = 'unconfirmed'`,
    [
      regionCode,
      prescriptionNo,
      answer.state,
      answer.objectionCode ?? null,
      answer.effect ?? null,
      answer.answeredAt,
      answer.answeredBy,
    ],
  )
  if (rowCount !== 1) throw new Error(`paper prescription ${prescriptionNo} was answered before`)
}

/**
 * The paper prescriptions of a region by entry, which follows time.
 *
 * @param filter.after the last entry of the page before
 * @see MZ-7.5
 */
export async function listPapers(
  db: Queryable,
  regionCode: string,
  filter: { readonly state?: PaperState; readonly after?: string; readonly limit: number },
): Promise<PaperRow[]> {
  const { rows } = await db.query<PaperRow>(
    `select q.entry_id as "entryId", q.prescription_no as "prescriptionNo",
            p.hospital_prescription_no as "hospitalPrescriptionNo", q.hospital_id as "hospitalId",
            q.pharmacy_id as "pharmacyId", q.reason_code as "reasonCode", q.presented_at as "presentedAt",
            q.entered_at as "enteredAt", q.scan_type as "scanType", encode(q.scan_sha256, 'hex') as "scanSha256",
            case when q.stored_scan is null then 'pharmacy' else 'hub' end as "scanKeptBy",
            q.state, q.objection_code as "objectionCode", q.effect, q.answered_at as "answeredAt",
            s.state as "prescriptionState",
            exists (select from settlement x
                     where x.region_code = q.region_code and x.prescription_no = q.prescription_no
                       and x.status in ('settled', 'deferred')) as "isSettled"
       from paper_prescription q
       join prescription p using (region_code, prescription_no)
       join prescription_state s using (region_code, prescription_no)
      where q.region_code = $1
        and ($2::text is null or q.state = $2)
        and ($3::uuid is null or q.entry_id > $3)
      order by q.entry_id
      limit $4`,
    [regionCode, filter.state ?? null, filter.after ?? null, filter.limit],
  )
  return rows
}

/** The stored bytes of a scan; undefined when the pharmacy keeps it, or the prescription didn't come on paper. */
export async function readScan(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<{ readonly mediaType: PaperType; readonly content: Buffer } | undefined> {
  const { rows } = await db.query<{ mediaType: PaperType; content: Buffer }>(
    `select f.media_type as "mediaType", f.content
       from paper_prescription q
       join paper_file f on f.region_code = q.region_code and f.sha256 = q.stored_scan
      where q.region_code = $1 and q.prescription_no = $2`,
    [regionCode, prescriptionNo],
  )
  return rows[0]
}
