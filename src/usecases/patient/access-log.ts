import type { LinkUse } from '../../storage/patient-view.ts'
import type { StoredEvent } from '../../storage/prescription/read.ts'

/** What somebody did with the prescription. */
export interface LogEntry {
  readonly at: Date
  /** The type of the event: `taken`, `settled`…, or what happened at the link: `page-opened`, `second-factor-wrong`… */
  readonly event: string
  /** `link-holder` is whoever had the link but not the second factor. */
  readonly by: 'patient' | 'link-holder' | 'hospital' | 'pharmacy' | 'agency' | 'hub'
  /** The pharmacy concerned, by name. */
  readonly pharmacyName?: string
  /** At the counter by the pick-up code, instead of on the page. */
  readonly atCounter: boolean
  /** What was shown there instead of the pick-up code: `identity-card`, `insurance-card`… */
  readonly shown?: string
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

const BY_USE: Readonly<Record<LinkUse['what'], LogEntry['by']>> = {
  'page-opened': 'patient',
  'second-factor-wrong': 'link-holder',
  'link-locked': 'hub',
  'link-renewed': 'hospital',
}

/** That an institution asked about the person. */
interface Asked {
  readonly at: Date
  readonly institutionId: string
}

/**
 * The access log of a prescription, newest first: what was done with it, and who came by its link.
 *
 * A visit is one entry, made when its second factor was passed; looking again within it makes none.
 *
 * @param uses oldest first, as the events
 * @param nameOf the name of an institution
 * @param mismatches calls that named the person wrongly, for whatever prescription
 * @param inquiries of pharmacies to which the person's card or certificate was shown, for whatever prescription
 */
export function accessLog(
  events: readonly StoredEvent[],
  uses: readonly LinkUse[],
  nameOf: (institutionId: string) => string | undefined,
  mismatches: readonly Asked[] = [],
  inquiries: readonly Asked[] = [],
): LogEntry[] {
  const done = events.map((event) => {
    const data = JSON.parse(event.data) as {
      pharmacyId?: string
      at?: string
      shown?: string
      reason?: string
    }
    const pharmacyName = data.pharmacyId === undefined ? undefined : nameOf(data.pharmacyId)
    return {
      at: event.at,
      event: event.type,
      by: BY[event.actorKind] ?? ('hub' as const),
      atCounter: data.at === 'counter',
      ...(data.shown === undefined ? {} : { shown: data.shown }),
      ...(pharmacyName === undefined ? {} : { pharmacyName }),
      ...(data.reason === undefined ? {} : { reason: data.reason }),
    }
  })
  const visits = uses.map(({ at, what }) => ({ at, event: what, by: BY_USE[what], atCounter: false }))
  const entryOf = (event: string, { at, institutionId }: Asked): LogEntry => {
    const name = nameOf(institutionId)
    return {
      at,
      event,
      by: institutionId.startsWith('H') ? ('hospital' as const) : ('pharmacy' as const),
      atCounter: false,
      ...(name === undefined ? {} : { pharmacyName: name }),
    }
  }
  const misnamed = mismatches.map((each) => entryOf('person-misnamed', each))
  const asked = inquiries.map((each) => entryOf('asked-at-counter', each))
  return [...done, ...visits, ...misnamed, ...asked].sort((a, b) => a.at.getTime() - b.at.getTime()).reverse()
}
