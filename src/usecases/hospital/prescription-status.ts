import { type NationalStatus, nationalStatus } from '../../domain/lifecycle/national-status.ts'
import { stateAt } from '../../domain/lifecycle/state-at.ts'
import type { State } from '../../domain/lifecycle/transitions.ts'
import { balancesIn, type LineBalance } from '../../domain/prescription/line-balance.ts'
import { Problem } from '../../domain/problems.ts'
import type { Queryable } from '../../storage/database.ts'
import { type NewestReview, newestReview } from '../../storage/dispense.ts'
import {
  findByHospitalNo,
  findHospitalNo,
  listSettlements,
  type SettlementFigures,
} from '../../storage/prescription/query.ts'
import { findPrescription, listEvents } from '../../storage/prescription/read.ts'
import { find as findState } from '../../storage/prescription/state.ts'
import type { Caller, Deps } from '../deps.ts'
import type { Review } from '../review-prescription.ts'
import { type RowView, rowView } from '../row-view.ts'

/** How a prescription stands, for its hospital. Codes and ids, no personal data. */
export interface PrescriptionStatus {
  readonly prescriptionNo: string
  readonly hospitalPrescriptionNo: string
  readonly state: State
  readonly national: NationalStatus
  readonly issuedAt: string
  readonly receivedAt: string
  /** Exclusive. */
  readonly expiresAt: string
  readonly changedAt: string
  readonly policyVersion: string
  /** The pharmacy chosen or holding. */
  readonly pharmacyId?: string
  /** Exclusive end of the hold, while a pharmacy holds it. */
  readonly holdUntil?: string
  readonly cancelPending: boolean
  readonly cancelReason?: string
  readonly lines: readonly LineBalance[]
  /** The newest review of a pharmacist. */
  readonly review?: ReviewView
  /** The newest settlement. */
  readonly settlement?: SettlementView
  readonly events: readonly EventView[]
}

/** What a pharmacist decided, and his words to the hospital: here and nowhere in feeds, because they may name a person. */
export interface ReviewView {
  readonly pharmacyId: string
  readonly pharmacistId: string
  readonly reviewedAt: string
  readonly decision: 'approve' | 'refuse'
  readonly reasonCode?: string
  readonly opinion?: string
}

/** A settlement in figures, with instants as text; what is not decided is left out. */
export type SettlementView = RowView<SettlementFigures>

/** One event without who acted behind an institution. */
export interface EventView {
  readonly revision: number
  readonly type: string
  readonly at: string
  readonly actorKind: string
  readonly data: Readonly<Record<string, unknown>>
}

const HELD: readonly State[] = ['held', 'reviewed', 'settling', 'settled', 'deferred']

/**
 * Reads one prescription for the hospital that wrote it.
 *
 * @throws Problem prescription-unknown, also when it is another hospital's
 * @see MZ-10
 */
export async function readForHospital(
  deps: Deps,
  hospital: Caller,
  prescriptionNo: string,
): Promise<PrescriptionStatus> {
  const row = await findState(deps.pool, hospital.regionCode, prescriptionNo)
  if (row === undefined || row.hospitalId !== hospital.institutionId)
    throw new Problem('prescription-unknown')
  return await readStatus(deps, deps.pool, hospital.regionCode, prescriptionNo)
}

/** Reads the prescription that the hospital gave this number; a list, empty when it has sent none. */
export async function findForHospital(
  deps: Deps,
  hospital: Caller,
  hospitalPrescriptionNo: string,
): Promise<{ items: readonly PrescriptionStatus[] }> {
  const found = await findByHospitalNo(
    deps.pool,
    hospital.regionCode,
    hospital.institutionId ?? '',
    hospitalPrescriptionNo,
  )
  return { items: found === undefined ? [] : [await readForHospital(deps, hospital, found)] }
}

/**
 * Reads how a prescription stands now; who may see it is the caller's question.
 *
 * @throws Problem prescription-unknown
 */
export async function readStatus(
  deps: Pick<Deps, 'clock'>,
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<PrescriptionStatus> {
  const row = await findState(db, regionCode, prescriptionNo)
  const stored = await findPrescription(db, regionCode, prescriptionNo)
  const hospitalPrescriptionNo = await findHospitalNo(db, regionCode, prescriptionNo)
  if (row === undefined || stored === undefined || hospitalPrescriptionNo === undefined)
    throw new Problem('prescription-unknown')
  const settlement = (await listSettlements(db, regionCode, prescriptionNo)).at(-1)
  const events = await listEvents(db, regionCode, prescriptionNo)
  const reviewed = await newestReview(db, regionCode, prescriptionNo)
  const state = stateAt(row, deps.clock())
  const lines = balancesIn(state, stored.lines)
  return {
    prescriptionNo,
    hospitalPrescriptionNo,
    state,
    national: nationalStatus(state, lines, row.expiresAt <= deps.clock()),
    issuedAt: stored.issuedAt.toISOString(),
    receivedAt: stored.receivedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    policyVersion: stored.policyVersion,
    ...(row.pharmacyId === undefined ? {} : { pharmacyId: row.pharmacyId }),
    ...(HELD.includes(state) && row.holdUntil !== undefined
      ? { holdUntil: row.holdUntil.toISOString() }
      : {}),
    cancelPending: row.cancelPendingAt !== undefined && state !== 'cancelled',
    ...(row.cancelReason === undefined ? {} : { cancelReason: row.cancelReason }),
    lines,
    ...(reviewed === undefined ? {} : { review: reviewView(reviewed) }),
    ...(settlement === undefined ? {} : { settlement: rowView(settlement) }),
    events: events.map(({ revision, type, at, actorKind, data }) => ({
      revision,
      type,
      at: at.toISOString(),
      actorKind,
      data: JSON.parse(data) as Record<string, unknown>,
    })),
  }
}

function reviewView({ pharmacyId, reviewedAt, review }: NewestReview): ReviewView {
  const { pharmacistId, decision, reasonCode, opinion } = JSON.parse(review) as Review
  return {
    pharmacyId,
    pharmacistId,
    reviewedAt: reviewedAt.toISOString(),
    decision,
    ...(reasonCode === undefined ? {} : { reasonCode }),
    ...(opinion === undefined ? {} : { opinion }),
  }
}
