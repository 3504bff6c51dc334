import type { Transaction } from './database.ts'
import { type WithNulls, withoutNulls } from './without-nulls.ts'

/** Which decisions are read again. */
export interface DecisionRange {
  readonly regions: readonly string[]
  /** Inclusive; no bound when absent. */
  readonly since?: Date
  /** Exclusive; no bound when absent. */
  readonly before?: Date
}

/** A stored decision as it is judged again. */
export interface PastDecision {
  readonly regionCode: string
  readonly decisionId: string
  readonly step: string
  readonly policyVersion: string
  readonly decidedAt: Date
  /** Canonical JSON. */
  readonly facts: string
  readonly findings: string
}

/** A settlement that was worked out, with the facts of the judgements that it rests on. */
export interface PastSettlement {
  readonly regionCode: string
  readonly settlementId: string
  readonly personId: string
  readonly policyVersion: string
  readonly decidedAt: Date
  readonly reversedAt?: Date
  /** Canonical JSON. */
  readonly adjudication: string
  readonly intakeFacts?: string
  readonly settlementFacts?: string
}

const RANGE = `region_code = any($1::text[]) and decided_at >= coalesce($2::timestamptz, '-infinity')
  and decided_at < coalesce($3::timestamptz, 'infinity')`

const DECISION = `region_code as "regionCode", decision_id as "decisionId", step, policy_version as "policyVersion",
  decided_at as "decidedAt", facts, findings`

/**
 * Reads decisions piece by piece through a cursor, so that memory stays the same whatever their number.
 *
 * @param rows how many rows are in memory at once
 */
export function pastDecisions(tx: Transaction, range: DecisionRange, rows: number) {
  return stream<PastDecision>(
    tx,
    `select ${DECISION} from decision where ${RANGE} order by region_code, decision_id`,
    valuesOf(range),
    rows,
  )
}

/** Reads settlements person by person, each person's oldest first: one settlement may move the next one's year. */
export async function* pastSettlements(
  tx: Transaction,
  range: DecisionRange,
  rows: number,
): AsyncGenerator<PastSettlement> {
  const found = stream<WithNulls<PastSettlement>>(
    tx,
    `select s.region_code as "regionCode", s.settlement_id as "settlementId", s.person_id as "personId",
            s.policy_version as "policyVersion", s.decided_at as "decidedAt", s.reversed_at as "reversedAt",
            s.adjudication, i.facts as "intakeFacts", d.facts as "settlementFacts"
       from (select * from settlement where adjudication is not null and ${RANGE}) s
       left join lateral (
         select facts from decision
          where region_code = s.region_code and prescription_no = s.prescription_no and step = 'intake'
          order by decided_at desc, decision_id desc limit 1) i on true
       left join lateral (
         select facts from decision
          where region_code = s.region_code and prescription_no = s.prescription_no and step = 'settlement'
            and decided_at <= s.decided_at
          order by decided_at desc, decision_id desc limit 1) d on true
      order by s.region_code, s.person_id, s.decided_at, s.settlement_id`,
    valuesOf(range),
    rows,
  )
  for await (const row of found) yield withoutNulls<PastSettlement>(row)
}

/** One decision by its id, in whichever of these regions; undefined when there is none. */
export async function findDecision(
  db: Pick<Transaction, 'query'>,
  regions: readonly string[],
  decisionId: string,
): Promise<PastDecision | undefined> {
  const { rows } = await db.query<PastDecision>(
    `select ${DECISION} from decision where region_code = any($1::text[]) and decision_id = $2`,
    [regions, decisionId],
  )
  return rows[0]
}

function valuesOf({ regions, since, before }: DecisionRange): unknown[] {
  return [regions, since ?? null, before ?? null]
}

async function* stream<Row>(
  tx: Transaction,
  query: string,
  values: readonly unknown[],
  rows: number,
): AsyncGenerator<Row> {
  await tx.query(`declare past no scroll cursor for ${query}`, values as unknown[])
  try {
    for (;;) {
      const page = await tx.query(`fetch ${rows} from past`)
      for (const row of page.rows) yield row as Row
      if (page.rows.length < rows) return
    }
  } finally {
    await tx.query('close past')
  }
}
