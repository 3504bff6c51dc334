import type { Readable } from 'node:stream'
import type { Month } from '../../domain/clearing/month.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import type { AdjudicationJson } from '../../domain/settlement/adjudication-json.ts'
import { refundPdf } from '../../papers/refund-paper.ts'
import { type SettlementPaperKind, settlementPdf } from '../../papers/settlement-papers.ts'
import { statementCsv, statementPdf, statementXlsx, staysCsv } from '../../papers/statement-papers.ts'
import { findDispenseTimes, findGoodsHanded } from '../../storage/clearing/papers.ts'
import { findPrescription } from '../../storage/prescription/read.ts'
import { refundOfSettlement } from '../../storage/refund.ts'
import * as settlements from '../../storage/settlement.ts'
import type { Caller, Deps } from '../deps.ts'
import { storedDocument } from '../parse-document.ts'
import { quoteDifferencesOf } from '../pharmacy/statement.ts'
import { signedByCentre } from '../signed-by-centre.ts'
import { openStays, readStatement, streamLines } from './statement.ts'

/** A paper of a settlement that stands, or of the refund of one that was taken back. */
export type PaperKind = SettlementPaperKind | 'refund'

/** The forms in which a clearing statement goes out. */
export const STATEMENT_FORMS = ['csv', 'xlsx', 'pdf'] as const
export type StatementForm = (typeof STATEMENT_FORMS)[number]

/**
 * A clearing statement as a file, written while it is read.
 *
 * @throws Problem one of `NO_STATEMENT`
 */
export async function exportStatement(
  deps: Deps,
  caller: Caller,
  month: Month,
  institutionId: string | undefined,
  form: StatementForm,
): Promise<Readable> {
  const { statement, figures, refunds } = await readStatement(deps, caller, month, institutionId)
  const lines = streamLines(deps, caller, month, statement.institutionId)
  if (form === 'csv') return statementCsv(lines)
  const now = deps.clock()
  const snapshot = await deps.registers.latest(deps.pool, caller.regionCode)
  const paper = {
    regionName: regionName(deps, caller.regionCode),
    institutionId: statement.institutionId,
    institutionName: snapshot.find('institution', statement.institutionId, `${month}-01`)?.name ?? '',
    month,
    status: statement.status,
    figures,
    refunds,
    madeAt: now,
    isSample: deps.mode === 'sandbox',
  }
  return form === 'xlsx' ? statementXlsx(paper, lines) : statementPdf(paper, lines)
}

/**
 * What counts into a hospital's stays in a month, as CSV, written while it is read.
 *
 * @throws Problem one of `NO_STATEMENT`
 * @see MZ-7.4
 */
export async function exportStays(
  deps: Pick<Deps, 'pool'>,
  caller: Caller,
  month: Month,
  institutionId: string | undefined,
): Promise<Readable> {
  return staysCsv(await openStays(deps, caller, month, institutionId))
}

/**
 * A paper of one settlement: settlement statement (结算单), fee list (费用清单) or receipt (收据).
 *
 * Pharmacy and hospital of the settlement may have it, the agency of its region, and the patient of its prescription.
 * Receipt and fee list go out before the medicine (MZ-6.5); what was taken back is marked void.
 *
 * @param prescriptionNo for a patient: the prescription that the session is for
 * @throws Problem not-yours; paper-unavailable before there is an amount
 */
export async function settlementPaper(
  deps: Deps,
  caller: Caller,
  settlementId: string,
  kind: PaperKind,
  prescriptionNo?: string,
): Promise<Readable> {
  const settlement = await settlements.find(deps.pool, caller.regionCode, settlementId)
  if (settlement === undefined || !mayRead(caller, settlement, prescriptionNo)) throw new Problem('not-yours')
  if (kind === 'refund') return await refundPaper(deps, caller, settlement)
  if (settlement.adjudication === undefined || settlement.decidedAt === undefined) {
    throw new Problem('paper-unavailable', { details: { settlement: settlement.status } })
  }
  const times = await findDispenseTimes(deps.pool, caller.regionCode, settlement.dispenseId)
  const prescription = await findPrescription(deps.pool, caller.regionCode, settlement.prescriptionNo)
  if (prescription === undefined) throw new Error(`settlement ${settlementId} has no prescription`)
  const document = storedDocument(prescription.document)
  const centre = signedByCentre(prescription.verdict)
  const snapshot = await deps.registers.latest(deps.pool, caller.regionCode)
  const day = dayOf(settlement.decidedAt)
  const adjudication = JSON.parse(settlement.adjudication) as AdjudicationJson
  const drugs = adjudication.lines.map(({ drugCode }) => {
    const drug = snapshot.find('drug', drugCode, day)
    return [
      drugCode,
      { name: drug?.genericName ?? '', specification: drug?.specification ?? '', unit: drug?.unit ?? '' },
    ] as const
  })
  return settlementPdf(kind, {
    settlementId,
    prescriptionNo: settlement.prescriptionNo,
    regionName: regionName(deps, caller.regionCode),
    hospitalName: document.hospital.name,
    pharmacyName: snapshot.find('institution', settlement.pharmacyId, day)?.name ?? settlement.pharmacyId,
    patientName: document.patient.name,
    ...(centre === undefined ? {} : { signedByCentre: centre.zh }),
    personId: settlement.personId,
    settledAt: settlement.decidedAt,
    ...times,
    ...(kind === 'fee-list'
      ? { goods: await findGoodsHanded(deps.pool, caller.regionCode, settlement.dispenseId) }
      : {}),
    ...(settlement.reversedAt === undefined ? {} : { reversedAt: settlement.reversedAt }),
    drugs: Object.fromEntries(drugs),
    adjudication,
    quotes: quoteDifferencesOf(settlement),
    madeAt: deps.clock(),
  })
}

/** @throws Problem paper-unavailable when nothing is owed for it */
async function refundPaper(
  deps: Deps,
  { regionCode }: Caller,
  { settlementId, prescriptionNo, personId }: settlements.SettlementRow,
): Promise<Readable> {
  const refund = await refundOfSettlement(deps.pool, regionCode, settlementId)
  if (refund === undefined) throw new Problem('paper-unavailable')
  const prescription = await findPrescription(deps.pool, regionCode, prescriptionNo)
  if (prescription === undefined) throw new Error(`settlement ${settlementId} has no prescription`)
  const document = storedDocument(prescription.document)
  const snapshot = await deps.registers.latest(deps.pool, regionCode)
  const day = dayOf(refund.openedAt)
  return refundPdf({
    ...refund,
    personId,
    patientName: document.patient.name,
    regionName: deps.policies.inForce(regionCode, day)?.name.zh ?? regionCode,
    pharmacyName: snapshot.find('institution', refund.pharmacyId, day)?.name ?? refund.pharmacyId,
    madeAt: deps.clock(),
  })
}

function mayRead(caller: Caller, settlement: settlements.SettlementRow, prescriptionNo?: string): boolean {
  switch (caller.kind) {
    case 'agency':
      return true
    case 'pharmacy':
      return caller.institutionId === settlement.pharmacyId
    case 'hospital':
      // A hospital may supply too.
      return caller.institutionId === settlement.hospitalId || caller.institutionId === settlement.pharmacyId
    case 'patient':
      return prescriptionNo === settlement.prescriptionNo
    default:
      return false
  }
}

/** The Chinese name of a region, in or out of service. */
function regionName({ policies }: Pick<Deps, 'policies'>, regionCode: string): string {
  return policies.regions().find(({ region }) => region === regionCode)?.name.zh ?? regionCode
}
