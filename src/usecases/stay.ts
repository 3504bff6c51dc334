import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import type { AdjudicationInput } from '../domain/settlement/adjudication.ts'
import type { Queryable } from '../storage/database.ts'
import { deductibleLeft, lockStay } from '../storage/stay-deductible.ts'
import type { Case } from './judge-stored.ts'

/** A case with the stay of an inpatient. */
export type CaseOfStay<Of extends Pick<Case, 'document'>> = Of & {
  readonly stay?: NonNullable<AdjudicationInput['stay']>
}

/**
 * The stay of an inpatient with what is left of its deductible; undefined for others.
 *
 * Nothing is left unless the hospital stated a deductible: it settles the stay as a whole, with this amount counted
 * into it (MZ-7.4), and charges the deductible there. Where the purchase is settled by the rules of the stay itself
 * (CQ-2.3), the hospital states what is still to be charged.
 *
 * @param db under the lock of the person's year when the result is posted
 * @see MZ-7.4, CQ-2.3
 */
export async function stayOf(
  db: Queryable,
  document: PrescriptionDocument,
): Promise<NonNullable<AdjudicationInput['stay']> | undefined> {
  if (document.setting !== 'inpatient') return undefined
  const { regionCode, hospital, patient } = document
  const stayNo = stayNoOf(document)
  const left = await deductibleLeft(db, regionCode, hospital.institutionId, stayNo, patient.personId)
  return { stayNo, deductibleLeftFen: left ?? 0n }
}

function stayNoOf({ visit }: PrescriptionDocument): string {
  return visit.inpatientNo ?? visit.visitId
}

/** Adds the stay to the case of an inpatient, as `stayOf` finds it once nobody else is charging it. */
export async function withStay<Of extends Pick<Case, 'document'>>(
  db: Queryable,
  judged: Of,
): Promise<CaseOfStay<Of>> {
  const { document } = judged
  // A statement of its own before the reading, so that it sees what the one waited for has charged.
  if (document.setting === 'inpatient') {
    await lockStay(db, document.regionCode, document.hospital.institutionId, stayNoOf(document))
  }
  const stay = await stayOf(db, document)
  return stay === undefined ? judged : { ...judged, stay }
}
