import { createHash } from 'node:crypto'
import { find } from '../../storage/prescription/state.ts'
import { choosePharmacy } from '../choose-pharmacy.ts'
import type { Deps } from '../deps.ts'
import type { Patient } from './find-patient.ts'

/**
 * The patient chooses a pharmacy, or another one, from the page. Choosing the chosen one again changes nothing.
 *
 * A page has no Idempotency-Key: the revision that the choice replaces stands for it, so a form that is sent twice
 * at once is one choice, and coming back to an earlier pharmacy later is a new one.
 *
 * @throws Problem held-by-another, prescription-expired, wrong-state, rules-failed
 * @see MZ-6.3, MZ-6.4
 */
export async function chooseFromPage(deps: Deps, patient: Patient, pharmacyId: string): Promise<void> {
  const { regionCode, prescriptionNo } = patient.link
  const row = await find(deps.pool, regionCode, prescriptionNo)
  if (row?.state === 'chosen' && row.pharmacyId === pharmacyId && deps.clock() < row.expiresAt) return
  const key = `choose/${prescriptionNo}/${row?.revision ?? 0}/${pharmacyId}`
  const request = { callerId: patient.caller.id, key, digest: createHash('sha256').update(key).digest() }
  await choosePharmacy(deps, patient.caller, request, prescriptionNo, pharmacyId)
}
