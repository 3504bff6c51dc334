import type { NewRefund, RefundState } from '../domain/settlement/refund.ts'
import type { Queryable } from './database.ts'
import { type WithNulls, withoutNulls } from './without-nulls.ts'

/** Opens a refund: from now on the supplier owes it. */
export async function openRefund(
  tx: Queryable,
  regionCode: string,
  prescriptionNo: string,
  refund: NewRefund,
  at: Date,
): Promise<void> {
  await tx.query({
    name: 'refund-open',
    text: `
    insert into refund (region_code, refund_id, settlement_id, dispense_id, prescription_no, person_id, pharmacy_id, cause,
                        amount_fen, opened_at, due_on, state)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'owed')`,
    values: [
      regionCode,
      refund.refundId,
      refund.settlementId,
      refund.dispenseId,
      prescriptionNo,
      refund.personId,
      refund.pharmacyId,
      refund.cause,
      refund.amountFen,
      at,
      refund.dueOn,
    ],
  })
}

/** A refund as stored. */
export interface RefundRow {
  readonly refundId: string
  readonly prescriptionNo: string
  readonly dispenseId: string
  readonly settlementId: string
  readonly pharmacyId: string
  readonly cause: NewRefund['cause']
  readonly amountFen: number
  readonly openedAt: Date
  readonly dueOn: string
  readonly state: RefundState
  readonly closedAt?: Date
  readonly reference?: string
}

type StoredRefund = WithNulls<Omit<RefundRow, 'amountFen'>> & { readonly amountFen: string }

const COLUMNS = `refund_id as "refundId", prescription_no as "prescriptionNo", dispense_id as "dispenseId",
  settlement_id as "settlementId", pharmacy_id as "pharmacyId", cause, amount_fen as "amountFen",
  opened_at as "openedAt", due_on::text as "dueOn", state, closed_at as "closedAt", reference`

function refundOf({ amountFen, ...row }: StoredRefund): RefundRow {
  return { ...withoutNulls<Omit<RefundRow, 'amountFen'>>(row), amountFen: Number(amountFen) }
}

/** Which refunds a list has. */
export interface RefundFilter {
  readonly pharmacyId?: string
  readonly state?: RefundRow['state']
  /** Only those owed and due before this day. */
  readonly overdueOn?: string
}

/** Refunds of a region, oldest first. @param after the id at which the page before ended */
export async function listRefunds(
  db: Queryable,
  regionCode: string,
  filter: RefundFilter,
  after: string | undefined,
  limit: number,
): Promise<RefundRow[]> {
  const { rows } = await db.query<StoredRefund>({
    name: 'refund-list',
    text: `
    select ${COLUMNS} from refund
     where region_code = $1 and ($2::text is null or pharmacy_id = $2) and ($3::text is null or state = $3)
       and ($4::date is null or (state = 'owed' and due_on < $4)) and ($5::uuid is null or refund_id > $5)
     order by refund_id limit $6`,
    values: [
      regionCode,
      filter.pharmacyId ?? null,
      filter.state ?? null,
      filter.overdueOn ?? null,
      after ?? null,
      limit,
    ],
  })
  return rows.map(refundOf)
}

/** What is owed to patients in all, in fen. */
export async function owedToPatients(
  db: Queryable,
  regionCode: string,
  pharmacyId: string | undefined,
): Promise<number> {
  const { rows } = await db.query<{ fen: string }>({
    name: 'refund-owed',
    text: `select coalesce(sum(amount_fen), 0) as fen from refund
            where region_code = $1 and ($2::text is null or pharmacy_id = $2) and state = 'owed'`,
    values: [regionCode, pharmacyId ?? null],
  })
  return Number(rows[0]!.fen)
}

/** The refunds of a prescription, oldest first. */
export async function refundsOfPrescription(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<RefundRow[]> {
  const { rows } = await db.query<StoredRefund>({
    name: 'refunds-of-prescription',
    text: `select ${COLUMNS} from refund where region_code = $1 and prescription_no = $2 order by refund_id`,
    values: [regionCode, prescriptionNo],
  })
  return rows.map(refundOf)
}

/** The refund of a settlement that was taken back; undefined when nothing is owed for it. */
export async function refundOfSettlement(
  db: Queryable,
  regionCode: string,
  settlementId: string,
): Promise<RefundRow | undefined> {
  const { rows } = await db.query<StoredRefund>({
    name: 'refund-of-settlement',
    text: `select ${COLUMNS} from refund where region_code = $1 and settlement_id = $2`,
    values: [regionCode, settlementId],
  })
  return rows[0] === undefined ? undefined : refundOf(rows[0])
}

/** Locks a refund; undefined when the region has none of that id. */
export async function lockRefund(
  tx: Queryable,
  regionCode: string,
  refundId: string,
): Promise<RefundRow | undefined> {
  const { rows } = await tx.query<StoredRefund>({
    name: 'refund-lock',
    text: `select ${COLUMNS} from refund where region_code = $1 and refund_id = $2 for update`,
    values: [regionCode, refundId],
  })
  return rows[0] === undefined ? undefined : refundOf(rows[0])
}

/** Closes a refund that is owed. */
export async function closeRefund(
  tx: Queryable,
  regionCode: string,
  refundId: string,
  closed: {
    readonly state: 'paid-back' | 'nothing-taken'
    readonly at: Date
    readonly by: string
    readonly reference?: string
  },
): Promise<void> {
  await tx.query({
    name: 'refund-close',
    text: `update refund set state = $3, closed_at = $4, closed_by = $5, reference = $6
            where region_code = $1 and refund_id = $2`,
    values: [regionCode, refundId, closed.state, closed.at, closed.by, closed.reference ?? null],
  })
}

/** What a supplier owed patients in a month, for its statement. */
export interface RefundsOfMonth {
  readonly opened: number
  readonly openedFen: number
  readonly paidBack: number
  readonly paidBackFen: number
  /** At the end of the month. */
  readonly owed: number
  readonly owedFen: number
}

/**
 * Counts and sums of a supplier's refunds in a month. What the supplier denied was never owed.
 *
 * @param begins and ends: instants, the end exclusive
 */
export async function refundsOfMonth(
  db: Queryable,
  regionCode: string,
  pharmacyId: string,
  begins: Date,
  ends: Date,
): Promise<RefundsOfMonth> {
  const { rows } = await db.query<Record<keyof RefundsOfMonth, string>>({
    name: 'refunds-of-month',
    text: `
    select count(*) filter (where opened_at >= $3) as opened,
           coalesce(sum(amount_fen) filter (where opened_at >= $3), 0) as "openedFen",
           count(*) filter (where closed_at >= $3 and closed_at < $4) as "paidBack",
           coalesce(sum(amount_fen) filter (where closed_at >= $3 and closed_at < $4), 0) as "paidBackFen",
           count(*) filter (where closed_at is null or closed_at >= $4) as owed,
           coalesce(sum(amount_fen) filter (where closed_at is null or closed_at >= $4), 0) as "owedFen"
      from refund
     where region_code = $1 and pharmacy_id = $2 and opened_at < $4 and state <> 'nothing-taken'`,
    values: [regionCode, pharmacyId, begins, ends],
  })
  const row = rows[0]!
  return {
    opened: Number(row.opened),
    openedFen: Number(row.openedFen),
    paidBack: Number(row.paidBack),
    paidBackFen: Number(row.paidBackFen),
    owed: Number(row.owed),
    owedFen: Number(row.owedFen),
  }
}
