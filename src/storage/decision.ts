import type { Queryable } from './database.ts'
import type { StoredDecision } from './prescription/insert.ts'

/** Keeps a judgement with the facts it rests on, so that it can be made again. */
export async function keep(
  tx: Queryable,
  regionCode: string,
  prescriptionNo: string,
  decision: StoredDecision,
): Promise<void> {
  await tx.query({
    name: 'decision-keep',
    text: `insert into decision
             (region_code, decision_id, prescription_no, step, policy_version, decided_at, refused, facts, findings)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      regionCode,
      decision.decisionId,
      prescriptionNo,
      decision.step,
      decision.policyVersion,
      decision.decidedAt,
      decision.isRefused,
      decision.facts,
      decision.findings,
    ],
  })
}

/** The decisions on a prescription, oldest first. */
export async function list(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<StoredDecision[]> {
  const { rows } = await db.query<{
    decision_id: string
    step: string
    policy_version: string
    decided_at: Date
    refused: boolean
    facts: string
    findings: string
  }>(
    `select decision_id, step, policy_version, decided_at, refused, facts, findings
       from decision where region_code = $1 and prescription_no = $2 order by decided_at, decision_id`,
    [regionCode, prescriptionNo],
  )
  return rows.map((row) => ({
    decisionId: row.decision_id,
    step: row.step,
    policyVersion: row.policy_version,
    decidedAt: row.decided_at,
    isRefused: row.refused,
    facts: row.facts,
    findings: row.findings,
  }))
}

/** The findings of the newest decision on a step, as stored JSON; undefined when the step was never judged. */
export async function findingsOf(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
  step: string,
): Promise<string | undefined> {
  const { rows } = await db.query<{ findings: string }>({
    name: 'decision-findings',
    text: `select findings from decision
            where region_code = $1 and prescription_no = $2 and step = $3
            order by decided_at desc, decision_id desc limit 1`,
    values: [regionCode, prescriptionNo, step],
  })
  return rows[0]?.findings
}
