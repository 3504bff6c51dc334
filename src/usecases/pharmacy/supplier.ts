import { Problem } from '../../domain/problems.ts'
import type { Queryable } from '../../storage/database.ts'
import { concerns } from '../../storage/pharmacy/dossier.ts'
import type { Caller } from '../deps.ts'

/** Who supplies medicine: a pharmacy, or a hospital where the policy lets it. */
export type Supplier = Caller & { readonly institutionId: string }

/**
 * Answers whoever isn't concerned by a prescription as if there were none. Whether a concerned pharmacy may do what it
 * asks is decided afterwards, under the lock.
 *
 * @throws Problem prescription-unknown
 */
export async function requireConcerned(
  db: Queryable,
  supplier: Supplier,
  prescriptionNo: string,
): Promise<void> {
  if (!(await concerns(db, supplier.regionCode, prescriptionNo, supplier.institutionId)))
    throw new Problem('prescription-unknown')
}
