import { createHash } from 'node:crypto'
import type { Finding } from '../../domain/finding.ts'
import { CHAIN_START, chainedBytes } from '../../domain/lifecycle/event.ts'
import type { Json } from '../../domain/primitives/canonical-json.ts'
import { Problem } from '../../domain/problems.ts'
import { inTransaction } from '../../storage/database.ts'
import { list as listDecisions } from '../../storage/decision.ts'
import {
  type DispenseTimes,
  listDispenses,
  listPostings,
  listSettlements,
  type PostingRecord,
} from '../../storage/prescription/query.ts'
import { findPrescription, listEvents, type StoredEvent } from '../../storage/prescription/read.ts'
import { find as findState } from '../../storage/prescription/state.ts'
import type { Caller, Deps } from '../deps.ts'
import {
  type EventView,
  type PrescriptionStatus,
  readStatus,
  type SettlementView,
} from '../hospital/prescription-status.ts'
import { type RowView, rowView } from '../row-view.ts'

/** The whole story of a prescription, for the agency of its region. */
export interface PrescriptionTrace {
  readonly status: Omit<PrescriptionStatus, 'events'>
  readonly hospitalId: string
  readonly physicianId: string
  readonly personId: string
  /** SHA-256 of the signed bytes, lower-case hex. */
  readonly documentSha256: string
  readonly chain: ChainVerdict
  readonly events: readonly (EventView & { readonly actorId: string; readonly hash: string })[]
  readonly decisions: readonly {
    readonly decisionId: string
    readonly step: string
    readonly policyVersion: string
    readonly decidedAt: string
    readonly refused: boolean
    readonly findings: readonly Finding[]
  }[]
  readonly dispenses: readonly RowView<DispenseTimes>[]
  readonly settlements: readonly SettlementView[]
  readonly postings: readonly RowView<PostingRecord>[]
}

/** Whether the events are the ones that were written, all of them, in their order. */
export interface ChainVerdict {
  readonly intact: boolean
  readonly length: number
  /** Hash of the newest event, lower-case hex. */
  readonly head: string
  /** The first revision that does not fit, when one doesn't. */
  readonly brokenAt?: number
}

/**
 * Reads everything that is recorded of a prescription, and verifies the chain of its events.
 *
 * @throws Problem prescription-unknown, also when it is another region's
 * @see MZ-10
 */
export async function tracePrescription(
  deps: Deps,
  agency: Caller,
  prescriptionNo: string,
): Promise<PrescriptionTrace> {
  const { regionCode } = agency
  return await inTransaction(deps.pool, async (tx) => {
    // One snapshot: a change between two statements must not look like a broken chain.
    await tx.query('set transaction isolation level repeatable read read only')
    const stored = await findPrescription(tx, regionCode, prescriptionNo)
    const row = await findState(tx, regionCode, prescriptionNo)
    if (stored === undefined || row === undefined) throw new Problem('prescription-unknown')
    const { events: _events, ...status } = await readStatus(deps, tx, regionCode, prescriptionNo)
    const events = await listEvents(tx, regionCode, prescriptionNo)
    const decisions = await listDecisions(tx, regionCode, prescriptionNo)
    const dispenses = await listDispenses(tx, regionCode, prescriptionNo)
    const settlements = await listSettlements(tx, regionCode, prescriptionNo)
    const postings = await listPostings(tx, regionCode, prescriptionNo)
    return {
      status,
      hospitalId: stored.hospitalId,
      physicianId: stored.physicianId,
      personId: stored.personId,
      documentSha256: createHash('sha256').update(stored.document).digest('hex'),
      chain: verifyChain(regionCode, events, row),
      events: events.map(({ revision, type, at, actorKind, actorId, data, hash }) => ({
        revision,
        type,
        at: at.toISOString(),
        actorKind,
        actorId,
        data: JSON.parse(data) as Record<string, unknown>,
        hash: hash.toString('hex'),
      })),
      decisions: decisions.map(({ decisionId, step, policyVersion, decidedAt, isRefused, findings }) => ({
        decisionId,
        step,
        policyVersion,
        decidedAt: decidedAt.toISOString(),
        refused: isRefused,
        findings: JSON.parse(findings) as Finding[],
      })),
      dispenses: dispenses.map(rowView),
      settlements: settlements.map(rowView),
      postings: postings.map(rowView),
    }
  })
}

/**
 * Recomputes every hash from the events alone, and compares the end with the state.
 *
 * @param head revision and hash of the state row
 */
export function verifyChain(
  regionCode: string,
  events: readonly StoredEvent[],
  head: { readonly revision: number; readonly hash: Buffer },
): ChainVerdict {
  let previous: Uint8Array = CHAIN_START
  let brokenAt: number | undefined
  for (const [index, event] of events.entries()) {
    const bytes = chainedBytes(previous, { ...event, regionCode, data: JSON.parse(event.data) as Json })
    const hash = createHash('sha256').update(bytes).digest()
    if (brokenAt === undefined && (event.revision !== index + 1 || !hash.equals(event.hash))) {
      brokenAt = index + 1
    }
    previous = event.hash
  }
  const last = events.at(-1)
  if (brokenAt === undefined && (last?.revision !== head.revision || !last.hash.equals(head.hash)))
    brokenAt = head.revision
  return {
    intact: brokenAt === undefined,
    length: events.length,
    head: head.hash.toString('hex'),
    ...(brokenAt === undefined ? {} : { brokenAt }),
  }
}
