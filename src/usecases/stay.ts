import type { AdjudicationInput } from '../domain/settlement/adjudication.ts'
import type { Queryable } from '../storage/database.ts'
import { deductibleLeft } from '../storage/stay-deductible.ts'
import type { Case } from './judge-stored.ts'

/** A case with the stay of an inpatient. */
export type CaseOfStay<Of extends Pick<Case, 'facts' | 'document'>> = Of & {
  readonly stay?: NonNullable<AdjudicationInput['stay']>
}

/**
 * Adds the stay with what is left of its deductible, for inpatients.
 *
 * Nothing is left unless the hospital stated a deductible: it settles the stay as a whole, with this amount counted
 * into it (MZ-7.4), and charges the deductible there. Where the purchase is settled by the rules of the stay itself
 * (CQ-2.3), the hospital states what is still to be charged.
 *
 * @param db under the lock of the person's year when the result is posted
 * @see MZ-7.4, CQ-2.3
 */
export async function withStay<Of extends Pick<Case, 'facts' | 'document'>>(
  db: Queryable,
  judged: Of,
): Promise<CaseOfStay<Of>> {
  const { facts, document } = judged
  if (facts.prescription.setting !== 'inpatient') return judged
  const stayNo = document.visit.inpatientNo ?? document.visit.visitId
  const { hospitalId, personId } = facts.prescription
  const left = await deductibleLeft(db, facts.regionCode, hospitalId, stayNo, personId)
  return { ...judged, stay: { stayNo, deductibleLeftFen: left ?? 0n } }
}
