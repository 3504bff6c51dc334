import { v7 as uuid } from 'uuid'
import { type Finding, isRefused } from '../../domain/finding.ts'
import { canonicalJson, type Json } from '../../domain/primitives/canonical-json.ts'
import { dayOf, yearOf } from '../../domain/primitives/civil-day.ts'
import { fenToJson } from '../../domain/primitives/money.ts'
import { Problem } from '../../domain/problems.ts'
import { reimbursedFen, reimbursementPostings } from '../../domain/reimbursement/payment.ts'
import type { Adjudication } from '../../domain/settlement/adjudication.ts'
import { toJson } from '../../domain/settlement/adjudication-json.ts'
import { movementsOf } from '../../domain/settlement/year-movements.ts'
import type { Transaction } from '../../storage/database.ts'
import * as ledger from '../../storage/ledger.ts'
import { isYearAsked } from '../../storage/payer-request.ts'
import type * as files from '../../storage/reimbursement.ts'
import type { Caller, Deps } from '../deps.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'
import { type FileChanged, giveFile, lockFile } from './change-file.ts'
import { type Examined, examineFile } from './examine-file.ts'

/** A duty that the agency doesn't hold against the patient, and why: the consent that SX-15 speaks of. */
export interface Waiver {
  readonly ruleId: string
  readonly reason: string
}

/** What the agency decides. */
export type FileDecision =
  | { readonly decision: 'approve'; readonly reason: string; readonly waivers: readonly Waiver[] }
  | { readonly decision: 'decline'; readonly reason: string }

/** What is kept of a decision. */
export interface StoredDecision {
  readonly decision: 'approve' | 'decline'
  readonly reason: string
  readonly policyVersion: string
  readonly waivers: readonly Waiver[]
  readonly findings: readonly Finding[]
  readonly adjudication?: Json
}

/**
 * Decides a submitted file after its examination.
 *
 * Only findings of effect `not-covered` can be waived; a rule that rejects leaves nothing but declining.
 *
 * @throws Problem file-unknown, file-wrong-state, rules-failed, policy-not-cited, settlement-facts-missing
 * @see MZ-6.7, CQ-4.7b, SX-15, SX-16
 */
export async function decideFile(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  fileId: string,
  wanted: FileDecision,
): Promise<Answer<FileChanged>> {
  return await write<FileChanged>(deps, request, async (tx, now) => {
    const file = await lockFile(tx, caller, fileId)
    const { decision, reason } = wanted
    // The table decides first: whether this may be asked at all needs no examination.
    if (file.status !== 'submitted') {
      throw new Problem('file-wrong-state', { details: { status: file.status, command: decision } })
    }
    const found = await examineFile(deps, tx, file)
    const kept = { decision, reason, policyVersion: found.policyVersion, findings: found.findings }
    const data = { reason, rules: [...new Set(found.findings.map(({ ruleId }) => ruleId))] }
    if (wanted.decision === 'decline') {
      const text = canonicalJson({ ...kept, waivers: [] })
      return { status: 200, body: await giveFile(tx, file, caller, 'decline', now, { decision: text, data }) }
    }
    if (isRefused(found.findings)) {
      throw new Problem('rules-failed', {
        findings: found.findings,
        details: { policyVersion: found.policyVersion, step: 'reimbursement' },
      })
    }
    const adjudication = await adjudicateNow(tx, file, found, wanted.waivers)
    const text = canonicalJson({
      ...kept,
      waivers: wanted.waivers,
      adjudication: toJson(adjudication),
    })
    const amountFen = fenToJson(reimbursedFen(adjudication))
    const body = await giveFile(tx, file, caller, 'approve', now, { decision: text, amountFen, data })
    return { status: 200, body }
  })
}

/**
 * Enters the payment of an approved file: funds pay the patient, and the year of the expense moves.
 *
 * The amount is worked out again under the lock of the year. When it differs from the approved one, because the
 * person's year moved in between, nothing is paid and the file has to be approved anew.
 *
 * @throws Problem file-unknown, file-wrong-state, reimbursement-changed
 */
export async function payFile(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  fileId: string,
  paymentReference: string,
): Promise<Answer<FileChanged>> {
  return await write<FileChanged>(deps, request, async (tx, now) => {
    const file = await lockFile(tx, caller, fileId)
    if (file.status !== 'approved') {
      throw new Problem('file-wrong-state', { details: { status: file.status, command: 'pay' } })
    }
    const stored = JSON.parse(file.decision!) as StoredDecision
    const found = await examineFile(deps, tx, file)
    const adjudication = await adjudicateNow(tx, file, found, stored.waivers)
    const amountFen = fenToJson(reimbursedFen(adjudication))
    if (amountFen !== file.amountFen) {
      throw new Problem('reimbursement-changed', {
        details: { approvedFen: file.amountFen ?? 0, nowFen: amountFen },
      })
    }
    const postingId = uuid()
    await ledger.post(tx, {
      regionCode: file.regionCode,
      postingId,
      kind: 'reimbursement',
      day: dayOf(now),
      at: now,
      lines: reimbursementPostings(adjudication, found.capitationHolderId),
      movements: {
        personId: file.personId,
        year: yearOf(found.day),
        measures: movementsOf(adjudication, found.hospitalId),
      },
    })
    const body = await giveFile(tx, file, caller, 'pay', now, {
      decision: file.decision,
      amountFen,
      postingId,
      paymentReference,
      data: { paymentReference, amountFen },
    })
    return { status: 200, body }
  })
}

/** Adjudicates with the person's year locked. */
async function adjudicateNow(
  tx: Transaction,
  file: files.FileRow,
  found: Examined,
  waivers: readonly Waiver[],
): Promise<Adjudication> {
  const year = yearOf(found.day)
  const balances = await ledger.lockYear(tx, file.regionCode, file.personId, year)
  // A core system is just being asked about this year: its answer moves the balances.
  if (await isYearAsked(tx, file.regionCode, file.personId, year)) throw new Problem('unavailable')
  return found.adjudicate(
    balances,
    waivers.map(({ ruleId }) => ruleId),
  )
}
