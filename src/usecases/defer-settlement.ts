import { v7 as uuid } from 'uuid'
import { collectUntil } from '../domain/prescription/collection.ts'
import { dayOf } from '../domain/primitives/civil-day.ts'
import { Problem } from '../domain/problems.ts'
import { collectionTerms } from '../domain/rules/cited.ts'
import type { Transaction } from '../storage/database.ts'
import type { StateRow } from '../storage/prescription/state.ts'
import * as settlements from '../storage/settlement.ts'
import type { Caller, Deps } from './deps.ts'
import { give, lockPrescription, systemCaller } from './lifecycle.ts'
import { leavePayerQuestion } from './payer/cancel-at-payer.ts'
import type { SettlementJob } from './settle-prescription.ts'
import { type Answer, type WriteRequest, write } from './write.ts'

export interface Deferred {
  readonly prescriptionNo: string
  readonly settlementId: string
  readonly state: 'deferred'
  readonly manualFileId: string
}

/**
 * Gives up settling in real time: the pharmacy may hand over against full payment, and a file for manual
 * reimbursement (零星报销) is opened for the patient.
 *
 * @throws Problem wrong-state, hold-lost; settlement-not-overdue when a pharmacy asks too early
 * @see MZ-6.7
 */
export async function deferSettlement(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  prescriptionNo: string,
  reasonCode: string,
): Promise<Answer<Deferred>> {
  return await write<Deferred>(deps, request, async (tx, now) => {
    const row = await lockPrescription(tx, caller.regionCode, prescriptionNo, now)
    const settlement =
      row.dispenseId === undefined
        ? undefined
        : await settlements.findOfDispense(tx, row.regionCode, row.dispenseId)
    const by = caller.kind === 'agency' ? 'agency' : 'pharmacy'
    const { fileId, settlementId } = await defer(deps, tx, row, settlement, by, caller, reasonCode, now)
    return { status: 200, body: { prescriptionNo, settlementId, state: 'deferred', manualFileId: fileId } }
  })
}

/**
 * The same by the hub itself, when the job has used up its tries; in the transaction that records the failure of the
 * job, so that neither is known without the other. Idempotent: what is decided stays decided.
 */
export async function deferExhausted(deps: Deps, tx: Transaction, job: SettlementJob): Promise<void> {
  const now = deps.clock()
  const seen = await settlements.find(tx, job.regionCode, job.settlementId)
  if (seen?.status !== 'requested') return
  const row = await lockPrescription(tx, job.regionCode, seen.prescriptionNo, now)
  const settlement = await settlements.find(tx, job.regionCode, job.settlementId)
  if (settlement?.status !== 'requested') return
  const caller = systemCaller(row.regionCode)
  await defer(deps, tx, row, settlement, 'system', caller, 'settlement-unavailable', now)
}

async function defer(
  deps: Deps,
  tx: Transaction,
  row: StateRow,
  settlement: settlements.SettlementRow | undefined,
  by: 'pharmacy' | 'agency' | 'system',
  caller: Caller,
  reason: string,
  now: Date,
): Promise<{ fileId: string; settlementId: string }> {
  const version = deps.policies.inForce(row.regionCode, dayOf(now))
  if (version === undefined) throw new Problem('policy-missing', { details: { regionCode: row.regionCode } })
  const patience = deps.settings.settlementPatienceSeconds * 1000
  const fileId = uuid()
  await give(tx, row, {
    command: 'defer',
    by,
    caller,
    now,
    settlementOverdue:
      row.settlementRequestedAt !== undefined &&
      now.getTime() - row.settlementRequestedAt.getTime() >= patience,
    patch: { holdUntil: collectUntil(collectionTerms(version, deps.mode), row.expiresAt, now) },
    data: {
      reason,
      manualFileId: fileId,
      ...(settlement === undefined ? {} : { settlementId: settlement.settlementId }),
    },
  })
  if (
    settlement === undefined ||
    !(await settlements.decide(tx, row.regionCode, settlement.settlementId, { status: 'deferred', at: now }))
  ) {
    throw new Error(`prescription ${row.prescriptionNo} was settling without a requested settlement`)
  }
  await leavePayerQuestion(tx, row.regionCode, settlement.settlementId, now)
  await settlements.openManualFile(
    tx,
    {
      regionCode: row.regionCode,
      fileId,
      settlementId: settlement.settlementId,
      prescriptionNo: row.prescriptionNo,
      personId: settlement.personId,
      reason,
      openedAt: now,
    },
    caller,
  )
  return { fileId, settlementId: settlement.settlementId }
}
