import { canonicalJson, type Json } from '../primitives/canonical-json.ts'

/** What happened to a prescription. `data` holds codes and ids, never personal data. */
export interface PrescriptionEvent {
  readonly regionCode: string
  readonly prescriptionNo: string
  /** 1, 2, 3… within the prescription. */
  readonly revision: number
  readonly type: string
  readonly at: Date
  readonly actorKind: string
  readonly actorId: string
  readonly data: Json
}

/** What the first event of a prescription is chained to. */
export const CHAIN_START: Uint8Array = new Uint8Array(32)

/**
 * The bytes that an event's hash covers: the hash before it, then the event in canonical form (RFC 8785).
 *
 * @param previous 32 bytes: the hash of the revision before, or `CHAIN_START`
 */
export function chainedBytes(previous: Uint8Array, event: PrescriptionEvent): Uint8Array {
  const text = canonicalJson({
    regionCode: event.regionCode,
    prescriptionNo: event.prescriptionNo,
    revision: event.revision,
    type: event.type,
    at: event.at.toISOString(),
    actorKind: event.actorKind,
    actorId: event.actorId,
    data: event.data,
  })
  return Buffer.concat([previous, Buffer.from(text)])
}
