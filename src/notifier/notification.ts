/** What the hub tells people and systems outside. `id` is the same when it is told again. */
export type Notification =
  | PatientLinkNotification
  | PrescriptionChangedNotification
  | DecisionNotification
  | CallbackOffNotification

/** The patient's way in; the receiver sends it as a short message and keeps neither link nor number. */
export interface PatientLinkNotification {
  readonly kind: 'patient-link'
  readonly id: string
  readonly regionCode: string
  readonly prescriptionNo: string
  /** A secret. */
  readonly link: string
  /** From the register of insured persons; absent when it has none. */
  readonly phone?: string
  /** Exclusive. */
  readonly expiresAt: string
}

/**
 * Somebody else's act changed a prescription: cancelled, refused at the review, returned, a settlement that lapsed, money
 * that is owed back or was paid. The link says why.
 */
export interface PrescriptionChangedNotification {
  readonly kind: 'prescription-changed'
  readonly id: string
  readonly regionCode: string
  readonly prescriptionNo: string
  readonly hospitalId: string
  readonly state: string
  readonly revision: number
  readonly changedAt: string
  /** What pharmacies owe the patient for it now, in fen; absent when nothing. */
  readonly owedFen?: number
  /** A secret; absent when the prescription has none any more. */
  readonly link?: string
  /** From the register of insured persons; absent when it has none. */
  readonly phone?: string
}

/** Something was decided about a person: an application, a sanction. What it was stands behind the link. */
export interface DecisionNotification {
  readonly kind: 'decision'
  readonly id: string
  readonly regionCode: string
  readonly noticeId: string
  /** A secret. */
  readonly link: string
  readonly phone?: string
  readonly decidedAt: string
}

/** A callback was switched off, because it failed for days or its receiver ended it: its institution should know. */
export interface CallbackOffNotification {
  readonly kind: 'callback-switched-off'
  readonly id: string
  readonly regionCode: string
  readonly callbackId: string
  /** Absent for a callback of the agency. */
  readonly institutionId?: string
  /** The institution's, from its register. */
  readonly phone?: string
  readonly failingSince: string
  /** The status of the last answer, or why there was none. */
  readonly answer: string
}

/** Where notifications go. Telling the same `id` twice must do no harm. */
export interface Notifier {
  /** @throws when it could not be told; it is tried again later */
  send(notification: Notification): Promise<void>
}
