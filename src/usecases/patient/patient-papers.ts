import type { Readable } from 'node:stream'
import { Problem } from '../../domain/problems.ts'
import type { SettlementPaperKind } from '../../papers/settlement-papers.ts'
import { findPapered } from '../../storage/clearing/papers.ts'
import type { Queryable } from '../../storage/database.ts'
import { type PaperKind, settlementPaper } from '../clearing/papers.ts'
import type { Deps } from '../deps.ts'
import type { Patient } from './find-patient.ts'

/** The papers of one settlement that can be had now. */
export interface PapersOfSettlement {
  readonly settlementId: string
  readonly pharmacyId: string
  readonly settledAt: Date
  /** Taken back: the papers are marked void (作废). */
  readonly isReversed: boolean
  readonly papers: readonly SettlementPaperKind[]
}

/**
 * The papers of all settlements of a prescription, newest first: one for each supply of a long-term prescription.
 *
 * @param pharmacyId only what this supplier settled
 * @see MZ-6.5
 */
export async function papersOf(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
  pharmacyId?: string,
): Promise<readonly PapersOfSettlement[]> {
  const found = await findPapered(db, regionCode, prescriptionNo, pharmacyId)
  return found.map(({ decidedAt, ...rest }) => ({
    settlementId: rest.settlementId,
    pharmacyId: rest.pharmacyId,
    settledAt: decidedAt,
    isReversed: rest.isReversed,
    papers: ['settlement', 'fee-list', 'receipt'],
  }))
}

/**
 * One of the patient's papers as PDF. The link names the prescription, so nobody can ask for a settlement of another.
 *
 * @param settlementId one of the prescription's; the newest when absent
 * @throws Problem paper-unavailable while there is no such paper
 */
export async function patientPaper(
  deps: Deps,
  patient: Patient,
  kind: PaperKind,
  settlementId?: string,
): Promise<Readable> {
  const { regionCode, prescriptionNo } = patient.link
  // A refund may be of a settlement that has no other paper: one that was deferred, or lapsed.
  if (kind === 'refund' && settlementId !== undefined) {
    return await settlementPaper(deps, patient.caller, settlementId, kind, prescriptionNo)
  }
  const all = await findPapered(deps.pool, regionCode, prescriptionNo)
  const found = settlementId === undefined ? all[0] : all.find((each) => each.settlementId === settlementId)
  if (found === undefined) throw new Problem('paper-unavailable')
  return await settlementPaper(deps, patient.caller, found.settlementId, kind, prescriptionNo)
}
