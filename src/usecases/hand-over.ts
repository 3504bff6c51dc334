import type { Finding } from '../domain/finding.ts'
import { formatQuantity, parseQuantity } from '../domain/primitives/quantity.ts'
import { Problem } from '../domain/problems.ts'
import { isUniqueViolation, together } from '../storage/database.ts'
import * as dispenses from '../storage/dispense.ts'
import type { LineBalance } from '../storage/prescription/read.ts'
import type { Caller, Deps } from './deps.ts'
import { allow, judgeLoaded, loadPrescription } from './judge-stored.ts'
import { give, lockPrescription, systemCaller } from './lifecycle.ts'
import { type Answer, type WriteRequest, write } from './write.ts'

/** What leaves the pharmacy, and to whom. */
export interface HandOver {
  readonly pharmacistId: string
  readonly buyer: {
    readonly relation: 'patient' | 'agent'
    readonly identityChecked: boolean
    /** Papers seen, as codes: `resident-id`, `insurance-card`, `handbook`… */
    readonly papers?: readonly string[]
    /** Last four characters of the agent's paper; kept for the file, never in events or logs. */
    readonly paperNoEnding?: string
  }
  /** Reference of the statement that patient or agent signed. */
  readonly statementSignatureRef?: string
  readonly delivery: {
    readonly way: 'counter' | 'home' | 'hospital'
    readonly feeFen: number
    readonly coldChain?: 'ice-pack' | 'cold-delivery'
    readonly adviceGiven?: boolean
  }
  readonly lines: readonly dispenses.HandedLine[]
}

export interface HandedOver {
  readonly prescriptionNo: string
  readonly dispenseId: string
  /** `open` when lines remain for a later window; `cancelled` when the hospital asked to cancel them meanwhile. */
  readonly state: 'dispensed' | 'open' | 'cancelled'
  readonly lines: readonly LineBalance[]
  readonly findings: readonly Finding[]
}

/**
 * Hands the medicine over (交付), after the statement was signed. Batches, expiry dates and trace codes are kept; a
 * trace code sells once in the whole hub.
 *
 * @throws Problem rules-failed, trace-code-used, quantity-exceeded, prescription-expired, hold-lost, wrong-state
 * @see MZ-6.3, MZ-6.5, MZ-9.4b, MZ-4.3a
 */
export async function handOver(
  deps: Deps,
  pharmacy: Caller & { readonly institutionId: string },
  request: WriteRequest,
  prescriptionNo: string,
  given: HandOver,
): Promise<Answer<HandedOver>> {
  return await write<HandedOver>(deps, request, async (tx, now) => {
    const [before, loaded] = await together(
      lockPrescription(tx, pharmacy.regionCode, prescriptionNo, now),
      loadPrescription(deps, tx, pharmacy.regionCode, prescriptionNo, now),
    )
    const supplied =
      before.dispenseId === undefined ? [] : await dispenses.lines(tx, before.regionCode, before.dispenseId)
    const balances = afterwards(loaded.prescription.lines, supplied)
    const linesRemain = balances.some((line) => line.remaining !== '0')
    const row = await give(tx, before, {
      command: 'hand-over',
      by: 'pharmacy',
      caller: pharmacy,
      now,
      linesRemain,
      patch: linesRemain
        ? {
            pharmacyId: undefined,
            dispenseId: undefined,
            holdUntil: undefined,
            settlementRequestedAt: undefined,
          }
        : {},
      data: { dispenseId: before.dispenseId ?? '', relation: given.buyer.relation, way: given.delivery.way },
    })
    const { paperNoEnding: _ending, ...buyer } = given.buyer
    const handed = new Map(given.lines.map((line) => [line.lineNo, line]))
    const judged = judgeLoaded(deps, loaded, 'hand-over', now, {
      pharmacyId: pharmacy.institutionId,
      pharmacistId: given.pharmacistId,
      supply: supplied.map((line) => ({ ...line, ...handed.get(line.lineNo) })),
      more: {
        buyer,
        delivery: given.delivery,
        statement: { signed: given.statementSignatureRef !== undefined },
        ...(before.settlementRequestedAt === undefined
          ? {}
          : { purchaseBegunAt: before.settlementRequestedAt.toISOString() }),
      },
    })
    requireSameLines(supplied, given.lines)
    allow(tx, judged, now)
    const dispenseId = before.dispenseId!
    try {
      await dispenses.handOver(
        tx,
        row.regionCode,
        dispenseId,
        prescriptionNo,
        JSON.stringify(given),
        given.lines,
        now,
      )
    } catch (error) {
      if (isUniqueViolation(error, 'trace_code_sold_once')) throw new Problem('trace-code-used')
      throw error
    }
    // A cancel that waited while the settlement ran: this purchase is finished, and nothing follows it.
    const isCancelled = linesRemain && before.cancelPendingAt !== undefined
    if (isCancelled) {
      await give(tx, row, {
        command: 'cancel',
        by: 'hospital',
        caller: systemCaller(row.regionCode),
        now,
        data: { reason: before.cancelReason ?? '' },
      })
    }
    return {
      status: 200,
      body: {
        prescriptionNo,
        dispenseId,
        state: isCancelled ? 'cancelled' : (row.state as HandedOver['state']),
        lines: isCancelled ? balances.map(withoutRest) : balances,
        findings: judged.findings,
      },
    }
  })
}

function afterwards(
  lines: readonly LineBalance[],
  supplied: readonly dispenses.DispenseLine[],
): LineBalance[] {
  const moved = new Map(supplied.map((line) => [line.lineNo, parseQuantity(line.quantity)]))
  return lines.map((line) => {
    const quantity = moved.get(line.lineNo) ?? 0n
    return {
      ...line,
      dispensed: formatQuantity(parseQuantity(line.dispensed) + quantity),
      remaining: formatQuantity(parseQuantity(line.remaining) - quantity),
    }
  })
}

function withoutRest(line: LineBalance): LineBalance {
  const cancelled = formatQuantity(parseQuantity(line.cancelled) + parseQuantity(line.remaining))
  return { ...line, cancelled, remaining: '0' }
}

/** What leaves must be what was settled, line for line. */
function requireSameLines(
  supplied: readonly dispenses.DispenseLine[],
  handed: readonly dispenses.HandedLine[],
): void {
  const settled = supplied.map((line) => line.lineNo).sort((a, b) => a - b)
  const leaving = handed.map((line) => line.lineNo).sort((a, b) => a - b)
  if (settled.join() !== leaving.join()) {
    throw new Problem('quantity-exceeded', { details: { settledLines: settled.map(String) } })
  }
  const codes = handed.flatMap((line) => line.traceCodes)
  if (new Set(codes).size !== codes.length) throw new Problem('trace-code-used')
}
