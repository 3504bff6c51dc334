import type { CivilDay } from '../domain/primitives/civil-day.ts'
import type { HospitalLevel } from '../domain/registers.ts'
import type { OutsideAmounts, OutsideSource } from '../domain/settlement/outside-amount.ts'
import type { Queryable, Transaction } from './database.ts'

/** One revision of a statement of amounts from elsewhere. */
export interface OutsideStatement {
  readonly source: OutsideSource
  readonly reference: string
  readonly revision: number
  readonly personId: string
  readonly year: number
  readonly on: CivilDay
  readonly amounts: OutsideAmounts
  readonly reason: string
  readonly statedBy: string
  readonly statedAt: Date
}

interface Row extends Record<keyof Omit<OutsideAmounts, 'deductibleLevel'>, string> {
  readonly source: OutsideSource
  readonly reference: string
  readonly revision: number
  readonly personId: string
  readonly year: number
  readonly on: CivilDay
  readonly deductibleLevel: HospitalLevel | null
  readonly reason: string
  readonly statedBy: string
  readonly statedAt: Date
}

const COLUMNS = `source, reference, revision, person_id as "personId", year, on_day::text as "on",
  deductible_fen as "deductibleFen", deductible_level as "deductibleLevel", fund_fen as "fundFen",
  large_amount_fen as "largeAmountFen", own_fen as "ownFen", serious_illness_fen as "seriousIllnessFen",
  assistance_fen as "assistanceFen", expense_fen as "expenseFen", reason, stated_by as "statedBy",
  stated_at as "statedAt"`

function statementOf(row: Row): OutsideStatement {
  const { deductibleLevel } = row
  return {
    source: row.source,
    reference: row.reference,
    revision: row.revision,
    personId: row.personId,
    year: row.year,
    on: row.on,
    amounts: {
      deductibleFen: Number(row.deductibleFen),
      ...(deductibleLevel === null ? {} : { deductibleLevel }),
      fundFen: Number(row.fundFen),
      largeAmountFen: Number(row.largeAmountFen),
      ownFen: Number(row.ownFen),
      seriousIllnessFen: Number(row.seriousIllnessFen),
      assistanceFen: Number(row.assistanceFen),
      expenseFen: Number(row.expenseFen),
    },
    reason: row.reason,
    statedBy: row.statedBy,
    statedAt: row.statedAt,
  }
}

/** One at a time in a region, so that of two revisions at once the second sees the first. */
export async function lockOutsideAmounts(tx: Transaction, regionCode: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtext('outside-amounts'), $1::int)", [regionCode])
}

/** The newest revision of a statement. Call under `lockOutsideAmounts`. */
export async function newestStatement(
  tx: Queryable,
  regionCode: string,
  { source, reference }: Pick<OutsideStatement, 'source' | 'reference'>,
): Promise<OutsideStatement | undefined> {
  const { rows } = await tx.query<Row>({
    name: 'outside-amount-newest',
    text: `select ${COLUMNS} from outside_amount
            where region_code = $1 and source = $2 and reference = $3 order by revision desc limit 1`,
    values: [regionCode, source, reference],
  })
  return rows[0] === undefined ? undefined : statementOf(rows[0])
}

/** Adds a revision, whose movement has been posted. */
export async function addStatement(
  tx: Queryable,
  regionCode: string,
  statement: OutsideStatement,
  postingId: string,
): Promise<void> {
  const { amounts } = statement
  await tx.query({
    name: 'outside-amount-add',
    text: `insert into outside_amount
             (region_code, source, reference, revision, person_id, year, on_day, deductible_fen, deductible_level,
              fund_fen, large_amount_fen, own_fen, serious_illness_fen, assistance_fen, expense_fen, reason, stated_by,
              stated_at, posting_id)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    values: [
      regionCode,
      statement.source,
      statement.reference,
      statement.revision,
      statement.personId,
      statement.year,
      statement.on,
      amounts.deductibleFen,
      amounts.deductibleLevel ?? null,
      amounts.fundFen,
      amounts.largeAmountFen,
      amounts.ownFen,
      amounts.seriousIllnessFen,
      amounts.assistanceFen,
      amounts.expenseFen,
      statement.reason,
      statement.statedBy,
      statement.statedAt,
      postingId,
    ],
  })
}

/** Every revision of a person's year, in the order in which they came. */
export async function statementsOfYear(
  db: Queryable,
  regionCode: string,
  personId: string,
  year: number,
): Promise<OutsideStatement[]> {
  const { rows } = await db.query<Row>({
    name: 'outside-amounts-of-year',
    text: `select ${COLUMNS} from outside_amount
            where region_code = $1 and person_id = $2 and year = $3 order by stated_at, source, reference, revision`,
    values: [regionCode, personId, year],
  })
  return rows.map(statementOf)
}

/** A settlement of a person's year that stands, with its adjudication as stored. */
export interface SettlementOfYear {
  readonly settlementId: string
  /** When it found the balances of the year: where a payer outside decides, when that was asked. */
  readonly balancesAt: Date
  readonly adjudication: string
}

/** The settlements of a person's year that stand, in the order in which they found its balances. */
export async function settlementsOfYear(
  db: Queryable,
  regionCode: string,
  personId: string,
  year: number,
): Promise<SettlementOfYear[]> {
  const { rows } = await db.query<SettlementOfYear>({
    name: 'settlements-of-year',
    text: `select s.settlement_id as "settlementId", coalesce(r.asked_at, s.decided_at) as "balancesAt", s.adjudication
             from settlement s left join payer_request r using (region_code, settlement_id)
            where s.region_code = $1 and s.person_id = $2 and s.status = 'settled' and s.adjudication is not null
              and extract(year from s.requested_at at time zone 'Asia/Shanghai') = $3
            order by "balancesAt", s.settlement_id`,
    values: [regionCode, personId, year],
  })
  return rows
}
