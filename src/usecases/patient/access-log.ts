import type { StoredEvent } from '../../storage/prescription/read.ts'

/** What somebody did with the prescription. */
export interface LogEntry {
  readonly at: Date
  /** The type of the event: `taken`, `settled`… */
  readonly event: string
  readonly by: 'patient' | 'hospital' | 'pharmacy' | 'agency' | 'hub'
  /** The pharmacy concerned, by name. */
  readonly pharmacyName?: string
  /** At the counter by the pick-up code, instead of on the page. */
  readonly atCounter: boolean
  /** A code of the API. */
  readonly reason?: string
}

const BY: Readonly<Record<string, LogEntry['by']>> = {
  patient: 'patient',
  hospital: 'hospital',
  pharmacy: 'pharmacy',
  agency: 'agency',
  operator: 'agency',
}

/**
 * The access log of a prescription, newest first.
 *
 * @param nameOf the name of an institution
 */
export function accessLog(
  events: readonly StoredEvent[],
  nameOf: (institutionId: string) => string | undefined,
): LogEntry[] {
  return events
    .map((event) => {
      const data = JSON.parse(event.data) as { pharmacyId?: string; at?: string; reason?: string }
      const pharmacyName = data.pharmacyId === undefined ? undefined : nameOf(data.pharmacyId)
      return {
        at: event.at,
        event: event.type,
        by: BY[event.actorKind] ?? ('hub' as const),
        atCounter: data.at === 'counter',
        ...(pharmacyName === undefined ? {} : { pharmacyName }),
        ...(data.reason === undefined ? {} : { reason: data.reason }),
      }
    })
    .reverse()
}
