import { endOf, type Month } from '../../domain/clearing/month.ts'
import type { StatementFigures } from '../../domain/clearing/statement.ts'
import type { StatementCommand, StatementState } from '../../domain/clearing/transitions.ts'
import type { Fen } from '../../domain/primitives/money.ts'
import type { Queryable } from '../database.ts'

/** A clearing statement (清算单) of an institution for a month. */
export interface Statement {
  readonly regionCode: string
  readonly month: Month
  readonly institutionId: string
  readonly status: StatementState
  readonly opening: Fen
  readonly due: Fen
  readonly paid: Fen
  readonly closing: Fen
  readonly changedAt: Date
  readonly sentAt?: Date
  readonly confirmedAt?: Date
  readonly paidAt?: Date
  readonly paymentId?: string
}

interface Row {
  region_code: string
  month: string
  institution_id: string
  status: StatementState
  opening_fen: string
  due_fen: string
  paid_fen: string
  closing_fen: string
  changed_at: Date
  sent_at: Date | null
  confirmed_at: Date | null
  paid_at: Date | null
  payment_id: string | null
}

function statementOf(row: Row): Statement {
  return {
    regionCode: row.region_code,
    month: row.month,
    institutionId: row.institution_id,
    status: row.status,
    opening: BigInt(row.opening_fen),
    due: BigInt(row.due_fen),
    paid: BigInt(row.paid_fen),
    closing: BigInt(row.closing_fen),
    changedAt: row.changed_at,
    ...(row.sent_at === null ? {} : { sentAt: row.sent_at }),
    ...(row.confirmed_at === null ? {} : { confirmedAt: row.confirmed_at }),
    ...(row.paid_at === null ? {} : { paidAt: row.paid_at }),
    ...(row.payment_id === null ? {} : { paymentId: row.payment_id }),
  }
}

const COLUMNS = `region_code, month, institution_id, status, opening_fen, due_fen, paid_fen, closing_fen, changed_at,
  sent_at, confirmed_at, paid_at, payment_id`

/** Adds the drafts of a month in one statement. */
export async function addDrafts(
  tx: Queryable,
  regionCode: string,
  month: Month,
  drafts: readonly { readonly institutionId: string; readonly figures: StatementFigures }[],
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into clearing_statement (region_code, month, institution_id, status, last_command, opening_fen, due_fen,
                                     paid_fen, closing_fen, changed_at)
     select $1, $2, d.institution_id, 'draft', 'draft', d.opening, d.due, d.paid, d.closing, $8
       from unnest($3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
            as d(institution_id, opening, due, paid, closing)`,
    [
      regionCode,
      month,
      drafts.map(({ institutionId }) => institutionId),
      drafts.map(({ figures }) => figures.opening),
      drafts.map(({ figures }) => figures.due),
      drafts.map(({ figures }) => figures.paid),
      drafts.map(({ figures }) => figures.closing),
      at,
    ],
  )
}

/** Reads a statement; undefined when the month has none for the institution. @param lock until the transaction ends */
export async function findStatement(
  db: Queryable,
  regionCode: string,
  month: Month,
  institutionId: string,
  lock = false,
): Promise<Statement | undefined> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from clearing_statement
      where region_code = $1 and month = $2 and institution_id = $3 ${lock ? 'for update' : ''}`,
    [regionCode, month, institutionId],
  )
  return rows[0] === undefined ? undefined : statementOf(rows[0])
}

/** The statements of a month by institution. @param after institution at which the page before ended */
export async function listStatements(
  db: Queryable,
  regionCode: string,
  month: Month,
  after: string,
  limit: number,
): Promise<Statement[]> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from clearing_statement
      where region_code = $1 and month = $2 and institution_id > $3
      order by institution_id limit $4`,
    [regionCode, month, after, limit],
  )
  return rows.map(statementOf)
}

/** The statements of an institution, newest month first. */
export async function listOfInstitution(
  db: Queryable,
  regionCode: string,
  institutionId: string,
  limit: number,
): Promise<Statement[]> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from clearing_statement
      where region_code = $1 and institution_id = $2 order by month desc limit $3`,
    [regionCode, institutionId, limit],
  )
  return rows.map(statementOf)
}

/** Which column keeps the instant of a command. */
const INSTANT: Readonly<Partial<Record<StatementCommand, string>>> = {
  send: 'sent_at',
  confirm: 'confirmed_at',
  pay: 'paid_at',
}

/** Moves a statement on; false when it isn't in the old state any more. */
export async function moveStatement(
  tx: Queryable,
  before: Statement,
  command: StatementCommand,
  to: StatementState,
  at: Date,
  paymentId?: string,
): Promise<boolean> {
  const instant = INSTANT[command]
  const { rowCount } = await tx.query(
    `update clearing_statement
        set status = $5, last_command = $6, changed_at = $7, payment_id = coalesce($8, payment_id)
            ${instant === undefined ? '' : `, ${instant} = $7`}
      where region_code = $1 and month = $2 and institution_id = $3 and status = $4`,
    [
      before.regionCode,
      before.month,
      before.institutionId,
      before.status,
      to,
      command,
      at,
      paymentId ?? null,
    ],
  )
  return rowCount === 1
}

/** How many statements of a month are in each state, and their sums. */
export async function summary(
  db: Queryable,
  regionCode: string,
  month: Month,
): Promise<{ status: StatementState; statements: number; due: Fen; closing: Fen }[]> {
  const { rows } = await db.query<{ status: StatementState; n: string; due: string; closing: string }>(
    `select status, count(*) as n, sum(due_fen) as due, sum(closing_fen) as closing
       from clearing_statement where region_code = $1 and month = $2 group by status order by status`,
    [regionCode, month],
  )
  return rows.map((row) => ({
    status: row.status,
    statements: Number(row.n),
    due: BigInt(row.due),
    closing: BigInt(row.closing),
  }))
}

/** True when the closings of a month's statements add up to the owed accounts as they were when it ended. */
export async function statementsBalance(db: Queryable, regionCode: string, month: Month): Promise<boolean> {
  const { rows } = await db.query<{ same: boolean }>(
    `select coalesce((select sum(closing_fen) from clearing_statement where region_code = $1 and month = $2), 0)
          = coalesce((select sum(l.amount_fen) from posting_line l
                        join posting p on p.region_code = l.region_code and p.posting_id = l.posting_id
                       where l.region_code = $1 and p.day < $3
                         and (l.account like 'institution:%:receivable' or l.account like 'institution:%:deduction')), 0) as same`,
    [regionCode, month, endOf(month)],
  )
  return rows[0]!.same
}
