/** What the hub tells people and systems outside. `id` is the same when it is told again. */
export type Notification = PatientLinkNotification | PrescriptionChangedNotification

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

/** A hospital's prescription has changed; who wants to know more asks the API. */
export interface PrescriptionChangedNotification {
  readonly kind: 'prescription-changed'
  readonly id: string
  readonly regionCode: string
  readonly prescriptionNo: string
  readonly hospitalId: string
  readonly state: string
  readonly revision: number
  readonly changedAt: string
}

/** Where notifications go. Telling the same `id` twice must do no harm. */
export interface Notifier {
  /** @throws when it could not be told; it is tried again later */
  send(notification: Notification): Promise<void>
}
