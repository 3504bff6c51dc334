import { dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import type { Designation, Sanction } from '../../domain/registers.ts'
import * as applications from '../../storage/admissions/application.ts'
import * as complaints from '../../storage/admissions/complaints.ts'
import { countRefusals } from '../../storage/admissions/refusal-count.ts'
import { listEntries, type StoredEntry } from '../../storage/registers.ts'
import type { Caller, Deps } from '../deps.ts'
import { type ComplaintView, complaintView } from './complaints.ts'

interface Period {
  readonly validFrom: string
  readonly validTo?: string
  readonly isLive: boolean
}

/** What stands to an institution's credit and against it (信用记录). */
export interface CreditRecord {
  readonly institutionId: string
  readonly designations: readonly (Period & {
    readonly kind: string
    readonly basis: string
    readonly endReason?: string
  })[]
  readonly sanctions: readonly (Period & {
    readonly key: string
    readonly kind: Sanction['kind']
    readonly reason: string
    readonly decidedBy: string
    readonly decidedAt: string
    readonly endReason?: string
  })[]
  /** Of practitioners who are filed with the institution today. */
  readonly practitionerSanctions: readonly (Period & {
    readonly practitionerId: string
    readonly kind: Sanction['kind']
    readonly reason: string
  })[]
  readonly complaints: readonly ComplaintView[]
  readonly complaintsUpheld: number
  /** Requests for outside prescriptions that the hospital refused (MZ-9.3). */
  readonly outsideRefusals: number
  /** Applications and yearly assessments of the institution. */
  readonly applications: readonly {
    readonly applicationNo: string
    readonly workflow: string
    readonly status: string
    readonly assessment?: string
    readonly decidedAt: string
  }[]
}

/** Entries of each kind that a record shows. */
const MOST = 200

/**
 * The credit record of an institution, for the agency and for the institution itself.
 *
 * @throws Problem not-yours
 * @see CQ-5.3, SC-P1, SC-P2, MZ-5
 */
export async function readCreditRecord(
  deps: Deps,
  caller: Caller,
  institutionId: string,
): Promise<CreditRecord> {
  const { pool } = deps
  const { regionCode } = caller
  if (caller.kind !== 'agency' && caller.institutionId !== institutionId) throw new Problem('not-yours')
  const known = await listEntries(pool, regionCode, 'institution', { key: institutionId, limit: 1 })
  if (known.length === 0) throw new Problem('not-yours')
  const today = dayOf(deps.clock())
  const about = { subject: institutionId, limit: MOST }
  const designations = await listEntries(pool, regionCode, 'designation', about)
  const sanctions = await listEntries(pool, regionCode, 'sanction', about)
  const filed = await complaints.list(pool, regionCode, { subjectId: institutionId, limit: MOST })
  const own = await applications.list(pool, regionCode, { subjectId: institutionId, limit: MOST })
  return {
    institutionId,
    designations: designations.map((entry) => {
      const { kind, basis } = entry.data as Designation
      return { kind, basis, ...periodOf(entry, today) }
    }),
    sanctions: sanctions.map((entry) => {
      const { kind, reason } = entry.data as Sanction
      const { key, author, recordedAt } = entry
      return { key, kind, reason, decidedBy: author, decidedAt: recordedAt, ...periodOf(entry, today) }
    }),
    practitionerSanctions: await sanctionsOfStaff(deps, regionCode, institutionId, today),
    complaints: filed.map((row) => complaintView(row, caller.kind === 'agency')),
    complaintsUpheld: filed.filter(({ outcome }) => outcome === 'upheld' || outcome === 'partly-upheld')
      .length,
    outsideRefusals: await countRefusals(pool, regionCode, institutionId),
    applications: own
      .filter(({ status }) => status !== 'open')
      .map((row) => ({
        applicationNo: row.applicationNo,
        workflow: row.workflow,
        status: row.status,
        ...(row.fields.assessment === undefined ? {} : { assessment: row.fields.assessment }),
        decidedAt: row.changedAt.toISOString(),
      })),
  }
}

async function sanctionsOfStaff(
  deps: Pick<Deps, 'pool' | 'registers'>,
  regionCode: string,
  institutionId: string,
  today: string,
): Promise<CreditRecord['practitionerSanctions']> {
  const snapshot = await deps.registers.latest(deps.pool, regionCode)
  const staff = snapshot
    .all('filing', today)
    .filter((filing) => filing.institutionId === institutionId)
    .map(({ practitionerId }) => practitionerId)
  return [...new Set(staff)].sort().flatMap((practitionerId) =>
    snapshot
      .about('sanction', practitionerId)
      .filter(({ subject }) => subject === 'practitioner')
      .map(({ kind, reason, validFrom, validTo }) => ({
        practitionerId,
        kind,
        reason,
        ...periodOf({ validFrom, ...(validTo === undefined ? {} : { validTo }) }, today),
      })),
  )
}

function periodOf(
  entry: Pick<StoredEntry, 'validFrom' | 'validTo' | 'endReason'>,
  today: string,
): Period & { readonly endReason?: string } {
  const { validFrom, validTo, endReason } = entry
  return {
    validFrom,
    ...(validTo === undefined ? {} : { validTo }),
    isLive: validFrom <= today && (validTo === undefined || today <= validTo),
    ...(endReason === undefined ? {} : { endReason }),
  }
}
