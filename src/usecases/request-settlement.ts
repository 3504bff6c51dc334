import { v7 as uuid } from 'uuid'
import type { DispenseLine } from '../domain/prescription/supply.ts'
import { parseQuantity, priceOf } from '../domain/primitives/quantity.ts'
import { Problem } from '../domain/problems.ts'
import { leave, together } from '../storage/database.ts'
import * as dispenses from '../storage/dispense.ts'
import * as outbox from '../storage/outbox.ts'
import * as settlements from '../storage/settlement.ts'
import { recheckRevocation } from '../trust/revocation.ts'
import type { Caller, Deps } from './deps.ts'
import { allow, type Case, judgeStored } from './judge-stored.ts'
import { give, lockPrescription } from './lifecycle.ts'
import type { StoredVerdict } from './verify-signed.ts'
import { type Answer, type WriteRequest, write } from './write.ts'

/** What the pharmacy is about to supply. */
export interface SettlementRequest {
  readonly lines: readonly {
    readonly lineNo: number
    /** Decimal text in the unit of the line. */
    readonly quantity: string
    readonly unitPriceFen: number
  }[]
}

export interface SettlementRequested {
  readonly prescriptionNo: string
  readonly settlementId: string
  readonly state: 'settling'
}

/**
 * Asks for the settlement of a reviewed prescription. State and outgoing work commit together, so nothing is lost
 * when the queue is down.
 *
 * @throws Problem rules-failed, quantity-exceeded, prescription-expired, cancel-pending, hold-lost, certificate-revoked
 * @see MZ-6.3, MZ-6.5, MZ-6.7
 */
export async function requestSettlement(
  deps: Deps,
  pharmacy: Caller & { readonly institutionId: string },
  request: WriteRequest,
  prescriptionNo: string,
  wanted: SettlementRequest,
): Promise<Answer<SettlementRequested>> {
  return await write<SettlementRequested>(deps, request, async (tx, now) => {
    const before = await lockPrescription(tx, pharmacy.regionCode, prescriptionNo, now)
    const settlementId = uuid()
    const given = give(tx, before, {
      command: 'request-settlement',
      by: 'pharmacy',
      caller: pharmacy,
      now,
      patch: { settlementRequestedAt: now },
      data: { settlementId },
    })
    const [row, judged] = await together(
      given,
      judgeStored(deps, tx, before.regionCode, prescriptionNo, 'settlement', now, {
        pharmacyId: pharmacy.institutionId,
        supply: wanted.lines,
      }),
    )
    allow(tx, judged, now)
    const lines = linesWithin(judged, wanted)
    await requireUnrevoked(deps, judged, now)
    const dispenseId = row.dispenseId!
    leave(tx, dispenses.setLines(tx, row.regionCode, dispenseId, lines))
    const requested = settlements.request(tx, {
      regionCode: row.regionCode,
      settlementId,
      prescriptionNo,
      dispenseId,
      personId: judged.prescription.personId,
      pharmacyId: pharmacy.institutionId,
      hospitalId: row.hospitalId,
      requestedAt: now,
      request: JSON.stringify({ lines }),
    })
    leave(tx, requested)
    leave(tx, outbox.add(tx, row.regionCode, 'settlement', { settlementId }, now))
    return { status: 202, body: { prescriptionNo, settlementId, state: 'settling' } }
  })
}

/**
 * The lines of a request with their drugs.
 *
 * @throws Problem quantity-exceeded for an unknown or repeated line, nothing, more than remains, or more than can be
 *   charged
 */
export function linesWithin(judged: Case, wanted: SettlementRequest): DispenseLine[] {
  const known = new Map(judged.prescription.lines.map((line) => [line.lineNo, line]))
  const seen = new Set<number>()
  // More than a JSON number holds is no price of medicine.
  const charge = wanted.lines.reduce(
    (sum, { quantity, unitPriceFen }) => sum + priceOf(BigInt(unitPriceFen), parseQuantity(quantity)),
    0n,
  )
  if (charge > BigInt(Number.MAX_SAFE_INTEGER)) throw new Problem('quantity-exceeded')
  return wanted.lines.map(({ lineNo, quantity, unitPriceFen }) => {
    const line = known.get(lineNo)
    if (
      line === undefined ||
      seen.has(lineNo) ||
      parseQuantity(quantity) === 0n ||
      parseQuantity(quantity) > parseQuantity(line.remaining)
    ) {
      throw new Problem('quantity-exceeded', { details: { lineNo, remaining: line?.remaining ?? '0' } })
    }
    seen.add(lineNo)
    return { lineNo, drugCode: line.drugCode, quantity, unitPriceFen }
  })
}

/** A signature accepted while its revocation status was unknown is asked about again before any money moves. */
export async function requireUnrevoked(
  deps: Pick<Deps, 'trust' | 'settings'>,
  judged: Case,
  now: Date,
): Promise<void> {
  const verdict = JSON.parse(judged.prescription.verdict) as StoredVerdict
  const status = await recheckRevocation(verdict.evidence, deps.trust, now, deps.settings.clockSkewSeconds)
  if (status === 'revoked') throw new Problem('certificate-revoked')
}
