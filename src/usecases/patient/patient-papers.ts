import type { Readable } from 'node:stream'
import { Problem } from '../../domain/problems.ts'
import type { SettlementPaperKind } from '../../papers/settlement-papers.ts'
import { findPapered } from '../../storage/clearing/papers.ts'
import { settlementPaper } from '../clearing/papers.ts'
import type { Deps } from '../deps.ts'
import type { Patient } from './find-patient.ts'

/**
 * The papers that the patient can have now: statement and fee list of the newest settlement, and the receipt once
 * the medicine was handed over.
 *
 * @see MZ-6.5
 */
export async function papersOf(deps: Deps, patient: Patient): Promise<readonly SettlementPaperKind[]> {
  const { regionCode, prescriptionNo } = patient.link
  const found = await findPapered(deps.pool, regionCode, prescriptionNo)
  if (found === undefined) return []
  return found.handedOver ? ['settlement', 'fee-list', 'receipt'] : ['settlement', 'fee-list']
}

/**
 * One of the patient's papers as PDF. The link names the prescription, so nobody can ask for a settlement of another.
 *
 * @throws Problem paper-unavailable while there is no such paper
 */
export async function patientPaper(
  deps: Deps,
  patient: Patient,
  kind: SettlementPaperKind,
): Promise<Readable> {
  const { regionCode, prescriptionNo } = patient.link
  const found = await findPapered(deps.pool, regionCode, prescriptionNo)
  if (found === undefined) throw new Problem('paper-unavailable')
  return await settlementPaper(deps, patient.caller, found.settlementId, kind, prescriptionNo)
}
