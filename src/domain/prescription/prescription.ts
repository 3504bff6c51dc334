import type { State } from '../lifecycle/transitions.ts'

/** The changing part of a prescription (处方). */
export interface Prescription {
  readonly regionCode: string
  readonly prescriptionNo: string
  readonly state: State
  /** Number of its newest event. */
  readonly revision: number
  readonly changedAt: Date
  /** Exclusive end of validity. */
  readonly expiresAt: Date
  readonly hospitalId: string
  /** The pharmacy that the patient chose, and that has the prescription once it is taken. */
  readonly pharmacyId?: string
  /** The supply under way. */
  readonly dispenseId?: string
  /** Exclusive end of the hold. */
  readonly holdUntil?: Date
  readonly settlementRequestedAt?: Date
  readonly cancelPendingAt?: Date
  readonly cancelReason?: string
}
