import type { CivilDay } from '../domain/primitives/civil-day.ts'
import { fenToJson } from '../domain/primitives/money.ts'
import type { FileStatus } from '../domain/reimbursement/transitions.ts'
import type { Queryable } from './database.ts'

/** A file for manual reimbursement (零星报销). */
export interface FileRow {
  readonly regionCode: string
  readonly fileId: string
  readonly origin: 'deferral' | 'application'
  readonly occasion: string
  readonly personId: string
  readonly reason: string
  readonly status: FileStatus
  readonly revision: number
  readonly openedAt: Date
  readonly closedAt?: Date
  readonly counterKind: string
  readonly counterId: string
  readonly settlementId?: string
  readonly prescriptionNo?: string
  readonly expenseOn?: CivilDay
  /** JSON. */
  readonly application?: string
  readonly invoiceNo?: string
  readonly supplier?: string
  /** JSON. */
  readonly decision?: string
  readonly amountFen?: number
  readonly postingId?: string
  readonly paymentReference?: string
}

interface Row {
  region_code: string
  file_id: string
  origin: FileRow['origin']
  occasion: string
  person_id: string
  reason: string
  status: FileStatus
  revision: number
  opened_at: Date
  closed_at: Date | null
  counter_kind: string
  counter_id: string
  settlement_id: string | null
  prescription_no: string | null
  expense_on: CivilDay | null
  application: string | null
  invoice_no: string | null
  supplier: string | null
  decision: string | null
  amount_fen: string | null
  posting_id: string | null
  payment_reference: string | null
}

const COLUMNS = `region_code, file_id, origin, occasion, person_id, reason, status, revision, opened_at, closed_at,
  counter_kind, counter_id, settlement_id, prescription_no, expense_on::text, application, invoice_no, supplier, decision,
  amount_fen, posting_id, payment_reference`

function fileOf(row: Row): FileRow {
  return {
    regionCode: row.region_code,
    fileId: row.file_id,
    origin: row.origin,
    occasion: row.occasion,
    personId: row.person_id,
    reason: row.reason,
    status: row.status,
    revision: row.revision,
    openedAt: row.opened_at,
    counterKind: row.counter_kind,
    counterId: row.counter_id,
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
    ...(row.settlement_id === null ? {} : { settlementId: row.settlement_id }),
    ...(row.prescription_no === null ? {} : { prescriptionNo: row.prescription_no }),
    ...(row.expense_on === null ? {} : { expenseOn: row.expense_on }),
    ...(row.application === null ? {} : { application: row.application }),
    ...(row.invoice_no === null ? {} : { invoiceNo: row.invoice_no }),
    ...(row.supplier === null ? {} : { supplier: row.supplier }),
    ...(row.decision === null ? {} : { decision: row.decision }),
    ...(row.amount_fen === null ? {} : { amountFen: fenToJson(BigInt(row.amount_fen)) }),
    ...(row.posting_id === null ? {} : { postingId: row.posting_id }),
    ...(row.payment_reference === null ? {} : { paymentReference: row.payment_reference }),
  }
}

/** Who changed a file. */
export interface Author {
  readonly kind: string
  readonly id: string
}

/** Adds a file by application, with its first event. @throws unique violation of `manual_file_invoice` */
export async function add(
  tx: Queryable,
  file: Required<Pick<FileRow, 'expenseOn' | 'application' | 'invoiceNo' | 'supplier'>> &
    Pick<FileRow, 'regionCode' | 'fileId' | 'occasion' | 'personId' | 'reason' | 'openedAt'>,
  by: Author,
): Promise<void> {
  await tx.query(
    `insert into manual_file (region_code, file_id, origin, occasion, person_id, reason, status, opened_at, expense_on,
                              application, invoice_no, supplier, counter_kind, counter_id)
     values ($1, $2, 'application', $3, $4, $5, 'open', $6, $7, $8, $9, $10, $11, $12)`,
    [
      file.regionCode,
      file.fileId,
      file.occasion,
      file.personId,
      file.reason,
      file.openedAt,
      file.expenseOn,
      file.application,
      file.invoiceNo,
      file.supplier,
      by.kind,
      by.id,
    ],
  )
  await addEvent(tx, file.regionCode, file.fileId, 1, 'open', 'open', by, '{}', file.openedAt)
}

/** Locks a file; undefined when the region has none of that id. */
export async function lock(tx: Queryable, regionCode: string, fileId: string): Promise<FileRow | undefined> {
  const { rows } = await tx.query<Row>(
    `select ${COLUMNS} from manual_file where region_code = $1 and file_id = $2 for update`,
    [regionCode, fileId],
  )
  return rows[0] === undefined ? undefined : fileOf(rows[0])
}

/** Reads a file; undefined when the region has none of that id. */
export async function find(db: Queryable, regionCode: string, fileId: string): Promise<FileRow | undefined> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from manual_file where region_code = $1 and file_id = $2`,
    [regionCode, fileId],
  )
  return rows[0] === undefined ? undefined : fileOf(rows[0])
}

/** True when what the file is about has left the pharmacy and did not come back; always so for an application. */
export async function isSupplied(
  db: Queryable,
  { regionCode, settlementId }: Pick<FileRow, 'regionCode' | 'settlementId'>,
): Promise<boolean> {
  if (settlementId === undefined) return true
  const { rowCount } = await db.query(
    `select from settlement s join dispense d using (region_code, dispense_id)
      where s.region_code = $1 and s.settlement_id = $2 and d.handed_over_at is not null and d.returned_at is null`,
    [regionCode, settlementId],
  )
  return rowCount === 1
}

/** What a change of a file sets. */
export interface FileChange {
  readonly command: string
  readonly to: FileStatus
  readonly at: Date
  readonly by: Author
  /** JSON for the event. */
  readonly data: string
  readonly decision?: string | undefined
  readonly amountFen?: number | undefined
  readonly postingId?: string | undefined
  readonly paymentReference?: string | undefined
}

/**
 * Changes a file as read, and records it with its author.
 *
 * @throws Error when it isn't as read any more
 */
export async function change(tx: Queryable, file: FileRow, change: FileChange): Promise<void> {
  const ends = change.to === 'withdrawn' || change.to === 'paid' || change.to === 'declined'
  const { rowCount } = await tx.query(
    `update manual_file
        set status = $4, revision = revision + 1, closed_at = $5, decision = $6, amount_fen = $7,
            posting_id = $8, payment_reference = $9
      where region_code = $1 and file_id = $2 and revision = $3 and status = $10`,
    [
      file.regionCode,
      file.fileId,
      file.revision,
      change.to,
      ends ? change.at : null,
      change.decision ?? null,
      change.amountFen ?? null,
      change.postingId ?? null,
      change.paymentReference ?? null,
      file.status,
    ],
  )
  if (rowCount !== 1) throw new Error(`file ${file.fileId} changed under its lock`)
  const { regionCode, fileId, revision } = file
  await addEvent(
    tx,
    regionCode,
    fileId,
    revision + 1,
    change.command,
    change.to,
    change.by,
    change.data,
    change.at,
  )
}

async function addEvent(
  tx: Queryable,
  regionCode: string,
  fileId: string,
  revision: number,
  command: string,
  to: string,
  by: Author,
  data: string,
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into manual_file_event (region_code, file_id, revision, command, to_status, at, actor_kind, actor_id, data)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [regionCode, fileId, revision, command, to, at, by.kind, by.id, data],
  )
}

/** One change of a file. */
export interface FileEvent {
  readonly revision: number
  readonly command: string
  readonly to: FileStatus
  readonly at: Date
  readonly actorKind: string
  readonly actorId: string
}

/** The changes of a file, oldest first. */
export async function eventsOf(db: Queryable, regionCode: string, fileId: string): Promise<FileEvent[]> {
  const { rows } = await db.query<{
    revision: number
    command: string
    to_status: FileStatus
    at: Date
    actor_kind: string
    actor_id: string
  }>(
    `select revision, command, to_status, at, actor_kind, actor_id from manual_file_event
      where region_code = $1 and file_id = $2 order by revision`,
    [regionCode, fileId],
  )
  return rows.map((row) => ({
    revision: row.revision,
    command: row.command,
    to: row.to_status,
    at: row.at,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
  }))
}

/** Files of a region, oldest first; the id of a file grows with time. */
export async function list(
  db: Queryable,
  regionCode: string,
  filter: {
    readonly status?: string | undefined
    readonly counterId?: string | undefined
    readonly after?: string | undefined
    readonly limit: number
  },
): Promise<FileRow[]> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from manual_file
      where region_code = $1 and ($2::text is null or status = $2) and ($3::text is null or counter_id = $3)
        and ($4::uuid is null or file_id > $4)
      order by file_id limit $5`,
    [regionCode, filter.status ?? null, filter.counterId ?? null, filter.after ?? null, filter.limit],
  )
  return rows.map(fileOf)
}
