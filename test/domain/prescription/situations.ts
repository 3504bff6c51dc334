import type { Caller } from '../../../src/domain/caller.ts'
import type { Situation } from '../../../src/domain/prescription/decision.ts'
import type { Prescription } from '../../../src/domain/prescription/prescription.ts'
import type { Supply } from '../../../src/domain/prescription/supply.ts'
import { Problem } from '../../../src/domain/problems.ts'
import type { SettlementRecord } from '../../../src/domain/settlement/settlement-record.ts'

/** Things that decisions look at, made without a database. */

export const NOW = new Date('2026-11-22T02:00:00.000Z')

/** @param minutes from NOW; negative before it */
export function at(minutes: number): Date {
  return new Date(NOW.getTime() + minutes * 60_000)
}

export const PHARMACY: Caller & { readonly institutionId: string } = {
  kind: 'pharmacy',
  id: 'till',
  regionCode: '441400',
  institutionId: 'P1',
}
export const OTHER_PHARMACY = { ...PHARMACY, institutionId: 'P2' }
export const HOSPITAL: Caller = { kind: 'hospital', id: 'his', regionCode: '441400', institutionId: 'H1' }
export const AGENCY: Caller = { kind: 'agency', id: 'office', regionCode: '441400' }

/** A prescription in a state, held by P1 wherever somebody holds it. */
export function aPrescription(
  state: Prescription['state'],
  change: Partial<Prescription> = {},
): Prescription {
  const isHeld = ['held', 'reviewed', 'settling', 'settled', 'deferred', 'dispensed'].includes(state)
  return {
    regionCode: '441400',
    prescriptionNo: '1',
    state,
    revision: 5,
    changedAt: at(-10),
    expiresAt: at(24 * 60),
    hospitalId: 'H1',
    ...(state === 'open' ? {} : { pharmacyId: 'P1' }),
    ...(isHeld ? { dispenseId: 'D1', holdUntil: at(30) } : {}),
    ...change,
  }
}

/** What every decision sees; ids are counted. */
export function situationOf(prescription: Prescription): Situation {
  let ids = 0
  return {
    now: NOW,
    prescription,
    newId: () => {
      ids += 1
      return `id-${ids}`
    },
  }
}

/** A settled settlement of D1 that took the balances of the year and posted nothing yet. */
export function aSettlement(change: Partial<SettlementRecord> = {}): SettlementRecord {
  return {
    settlementId: 'S1',
    dispenseId: 'D1',
    personId: 'person',
    pharmacyId: 'P1',
    hospitalId: 'H1',
    status: 'settled',
    requestedAt: at(-5),
    entries: [
      { account: 'fund:basic:employee', amount: -70n },
      { account: 'institution:P1:receivable', amount: 70n },
    ],
    posted: {
      postingId: 'posting-1',
      lines: [],
      movements: { personId: 'person', year: 2026, measures: new Map([['fundPaid', 70n]]) },
    },
    isAskedOfPayer: false,
    hospitalCollects: false,
    patientFen: 70,
    ...change,
  }
}

export function aSupply(change: Partial<Supply> = {}): Supply {
  return {
    dispenseId: 'D1',
    pharmacyId: 'P1',
    takenAt: at(-20),
    lines: [{ lineNo: 1, drugCode: 'X', quantity: '14', unitPriceFen: 10 }],
    settlement: aSettlement(),
    ...change,
  }
}

/** The code of the refusal; anything else that is thrown is a fault. */
export function refusalOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}
