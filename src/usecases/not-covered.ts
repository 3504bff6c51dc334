import type { Finding } from '../domain/finding.ts'
import type { Queryable } from '../storage/database.ts'
import * as decisions from '../storage/decision.ts'
import type { Case } from './judge-stored.ts'

/**
 * What the fund doesn't pay: found at intake by the policy of the day of issue, or now by that of the day of settlement.
 * Each duty counts once per line.
 */
export async function notCoveredOf(db: Queryable, judged: Case): Promise<Finding[]> {
  const atIntake = await intakeFindings(db, judged.facts.regionCode, judged.prescription.prescriptionNo)
  return notCoveredAmong([...atIntake, ...judged.findings])
}

/** What intake found, and accepted all the same. */
export async function intakeFindings(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<readonly Finding[]> {
  const stored = await decisions.findingsOf(db, regionCode, prescriptionNo, 'intake')
  return stored === undefined ? [] : (JSON.parse(stored) as Finding[])
}

/** The findings of effect `not-covered`; each duty counts once per line, as it was found last. */
export function notCoveredAmong(findings: readonly Finding[]): Finding[] {
  const byDuty = new Map<string, Finding>()
  for (const finding of findings) {
    if (finding.effect === 'not-covered')
      byDuty.set(`${finding.ruleId}/${finding.rule}/${finding.lineNo ?? ''}`, finding)
  }
  return [...byDuty.values()]
}
