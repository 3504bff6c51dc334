import { createHash } from 'node:crypto'
import { systemCaller } from '../../domain/caller.ts'
import { isRefused } from '../../domain/finding.ts'
import type { Change } from '../../domain/prescription/change.ts'
import type {
  Decision,
  Judgement,
  SettlementChange,
  SupplyChange,
} from '../../domain/prescription/decision.ts'
import { canonicalJson } from '../../domain/primitives/canonical-json.ts'
import { fenToJson } from '../../domain/primitives/money.ts'
import { toJson } from '../../domain/settlement/adjudication-json.ts'
import { PAYER_CANCEL_QUEUE, PAYER_QUESTION_QUEUE } from '../../domain/settlement/payer-gateway.ts'
import { leave, type Transaction, together } from '../database.ts'
import * as decisions from '../decision.ts'
import * as dispenses from '../dispense.ts'
import * as ledger from '../ledger.ts'
import * as outbox from '../outbox.ts'
import * as packs from '../pack.ts'
import * as requests from '../payer-request.ts'
import { openRefund } from '../refund.ts'
import * as settlements from '../settlement.ts'
import { returnSupply } from '../supply-return.ts'
import { cancelRemaining } from './line-balance.ts'
import { type StateRow, writeChange } from './state.ts'

/**
 * States to which somebody else brings a prescription: the patient is told. The end of validity came with the link; but
 * whoever has a settlement is told when it lapses.
 */
const TOLD: ReadonlySet<string> = new Set(['cancelled', 'refused', 'returned'])

/**
 * Writes all that was decided about a locked prescription. The statements travel together with the commit; the first
 * one that the database refuses fails the transaction.
 *
 * @param locked the row as locked in this transaction
 * @returns the row as it will be
 */
export function saveDecision(
  tx: Transaction,
  locked: StateRow,
  decision: Omit<Decision<unknown>, 'answer'>,
  now: Date,
): StateRow {
  const { regionCode, prescriptionNo } = locked
  const { changes, judgements = [], supplies = [], settlements = [], postings = [] } = decision
  const { refunds = [], work = [] } = decision
  const row = saveChanges(tx, locked, changes)
  // Returns and entries name their settlements, so these come first.
  for (const change of settlements) leave(tx, saveSettlement(tx, locked, change, now))
  for (const change of supplies) leave(tx, saveSupply(tx, locked, change, now))
  // What nobody may dispense any more is cancelled, line by line: prescribed = dispensed + cancelled + remaining.
  if (changes.some(({ after }) => after.state === 'cancelled')) {
    leave(tx, cancelRemaining(tx, regionCode, prescriptionNo))
  }
  for (const posting of postings) leave(tx, ledger.post(tx, posting))
  for (const refund of refunds) leave(tx, openRefund(tx, regionCode, prescriptionNo, refund, now))
  const atPayer = settlements.flatMap(({ kind, settlementId }) => {
    const queue = kind in PAYER_QUEUES ? PAYER_QUEUES[kind as keyof typeof PAYER_QUEUES] : undefined
    return queue === undefined ? [] : [{ queue, body: { settlementId } }]
  })
  const entries = [
    ...(changes.some(isTold) || refunds.length > 0
      ? [{ queue: 'notification', body: { kind: 'prescription-changed', prescriptionNo } }]
      : []),
    ...atPayer,
    ...work,
  ]
  const left = entries.map((entry) => ({ regionCode, ...entry }))
  if (left.length > 0) leave(tx, outbox.addAll(tx, left, now))
  for (const judgement of judgements) leave(tx, saveJudgement(tx, locked, judgement, now))
  return row
}

/** Which worker tells the payer of a change. */
const PAYER_QUEUES = {
  'cancelled-at-payer': PAYER_CANCEL_QUEUE,
  'claimed-anew': PAYER_QUESTION_QUEUE,
} as const satisfies Partial<Record<SettlementChange['kind'], string>>

function isTold({ before, after, event }: Change): boolean {
  if (event.type === 'settlement-lapsed' || isChosenByCard(event)) return true
  return TOLD.has(after.state) && after.state !== before.state
}

/** A choice that a pharmacy entered for whoever showed a card: not the holder of the link, so he is told. */
function isChosenByCard({ type, data }: Change['event']): boolean {
  const { shown } = data as { readonly shown?: string }
  return type === 'pharmacy-chosen' && shown !== undefined && shown !== 'pickup-code'
}

/** Writes the changes in their order, each chained to the one before. */
function saveChanges(tx: Transaction, locked: StateRow, changes: readonly Change[]): StateRow {
  let { hash } = locked
  for (const change of changes) {
    const next = writeChange(tx, hash, change)
    leave(tx, next.written)
    hash = next.hash
  }
  const after = changes.at(-1)?.after
  return after === undefined ? locked : { ...after, hash }
}

function saveSupply(
  tx: Transaction,
  { regionCode, prescriptionNo }: StateRow,
  change: SupplyChange,
  now: Date,
): Promise<unknown> {
  const { dispenseId } = change
  switch (change.kind) {
    case 'ended':
      return dispenses.end(tx, regionCode, dispenseId, now, change.reason)
    case 'handed-over': {
      const { record, lines, packs: takings } = change
      return together(
        dispenses.handOver(tx, regionCode, dispenseId, prescriptionNo, record, lines, now),
        packs.take(tx, regionCode, dispenseId, takings, 'sold', now),
      )
    }
    case 'returned':
      return returnSupply(tx, regionCode, prescriptionNo, change, now)
  }
}

function saveSettlement(
  tx: Transaction,
  { regionCode, prescriptionNo }: StateRow,
  change: SettlementChange,
  now: Date,
): Promise<unknown> {
  const { settlementId } = change
  switch (change.kind) {
    case 'reversed':
      return settlements.reverse(tx, regionCode, settlementId, now)
    case 'file-withdrawn':
      return settlements.withdrawManualFile(tx, regionCode, settlementId, now, change.by)
    case 'cancelled-at-payer': {
      const { reason } = change
      return requests.move(tx, regionCode, settlementId, requests.CANCELLABLE, 'cancelling', {
        at: now,
        reason,
      })
    }
    case 'claimed-anew':
      return claimAnew(tx, change, now)
    case 'settled-anew': {
      const { adjudication, entries } = change
      const chargeFen = fenToJson(adjudication.charge)
      const patientFen = fenToJson(adjudication.totals.patient)
      return settlements.addInPlaceOf(
        tx,
        regionCode,
        change.before.settlementId,
        settlementId,
        change.request,
        {
          status: 'settled',
          at: now,
          adjudication: canonicalJson(toJson(adjudication)),
          entries,
          chargeFen,
          fundFen: chargeFen - patientFen,
          patientFen,
        },
      )
    }
    case 'deferred-anew':
      return deferAnew(tx, regionCode, prescriptionNo, change, now)
  }
}

/** What the payer will be asked; nothing waits for its answer. */
function claimAnew(
  tx: Transaction,
  { claim, year }: Extract<SettlementChange, { kind: 'claimed-anew' }>,
  now: Date,
): Promise<void> {
  const text = canonicalJson({ ...claim, totals: { ...claim.totals } })
  const { regionCode, settlementId, personId, day } = claim
  const digest = createHash('sha256').update(text).digest()
  return requests.add(
    tx,
    { regionCode, settlementId, personId, year, day, digest, claim: text, status: 'asked-anew' },
    now,
  )
}

/** Keeps a judgement with its facts, so that it can be made again. */
function saveJudgement(
  tx: Transaction,
  { regionCode, prescriptionNo }: StateRow,
  { decisionId, step, policyVersion, facts, findings }: Judgement,
  now: Date,
): Promise<void> {
  return decisions.keep(tx, regionCode, prescriptionNo, {
    decisionId,
    step,
    policyVersion,
    decidedAt: now,
    isRefused: isRefused(findings),
    facts: canonicalJson(facts),
    findings: canonicalJson(findings),
  })
}

/** A settlement of what is kept, deferred like the one before, with a file for manual reimbursement of its own. */
async function deferAnew(
  tx: Transaction,
  regionCode: string,
  prescriptionNo: string,
  { before, settlementId, request, fileId }: Extract<SettlementChange, { kind: 'deferred-anew' }>,
  now: Date,
): Promise<void> {
  const added = settlements.addInPlaceOf(tx, regionCode, before.settlementId, settlementId, request, {
    status: 'deferred',
    at: now,
  })
  const { personId } = before
  const file = {
    regionCode,
    fileId,
    settlementId,
    prescriptionNo,
    personId,
    reason: 'goods-returned',
    openedAt: now,
  }
  await together(added, settlements.openManualFile(tx, file, systemCaller(regionCode)))
}
