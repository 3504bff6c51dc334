import { canonicalJson } from '../../domain/primitives/canonical-json.ts'
import { type Fen, fenToJson } from '../../domain/primitives/money.ts'
import type { Scheme } from '../../domain/registers.ts'
import { type Payer as Bearer, PAYERS } from '../../domain/settlement/adjudication.ts'
import type { PaidTotals } from '../../domain/settlement/payer-gateway.ts'
import type { Parties } from '../../domain/settlement/postings.ts'
import type { Prepared } from '../settle-prescription.ts'

interface Stored {
  readonly policyVersion: string
  readonly adjudication: string
  readonly findings: string
  readonly chargeFen: number
  readonly totals: PaidTotals
  readonly hasStay: boolean
  readonly scheme: Scheme
  readonly parties: {
    readonly supplierId: string
    readonly hospitalId: string
    readonly capitationHolderId?: string
  }
  readonly year: number
  readonly measures: Readonly<Record<string, number>>
  readonly quoteDifferences?: string
}

/** Totals as JSON numbers. */
export function totalsToJson(totals: Readonly<Record<Bearer, Fen>>): PaidTotals {
  return Object.fromEntries(PAYERS.map((bearer) => [bearer, fenToJson(totals[bearer])])) as PaidTotals
}

/** A prepared settlement as text, to be posted by whichever process gets the answer. */
export function preparedToText({ split, measures, parties, ...rest }: Prepared): string {
  const stored: Stored = {
    ...rest,
    chargeFen: fenToJson(split.charge),
    totals: totalsToJson(split.totals),
    hasStay: split.stay !== undefined,
    scheme: split.input.scheme,
    parties: { ...parties },
    measures: Object.fromEntries([...measures].map(([name, amount]) => [name, fenToJson(amount)])),
  }
  return canonicalJson(stored as never)
}

/** The settlement that `preparedToText` wrote. */
export function preparedOf(text: string): Prepared {
  const stored = JSON.parse(text) as Stored
  return {
    policyVersion: stored.policyVersion,
    adjudication: stored.adjudication,
    findings: stored.findings,
    split: splitOf(stored, stored.totals),
    parties: stored.parties satisfies Parties,
    year: stored.year,
    measures: new Map(Object.entries(stored.measures).map(([name, amount]) => [name, BigInt(amount)])),
    ...(stored.quoteDifferences === undefined ? {} : { quoteDifferences: stored.quoteDifferences }),
  }
}

function splitOf(
  stored: Pick<Stored, 'chargeFen' | 'hasStay' | 'scheme'>,
  totals: PaidTotals,
): Prepared['split'] {
  return {
    charge: BigInt(stored.chargeFen),
    totals: Object.fromEntries(PAYERS.map((bearer) => [bearer, BigInt(totals[bearer])])) as Record<
      Bearer,
      Fen
    >,
    ...(stored.hasStay ? { stay: {} } : {}),
    input: { scheme: stored.scheme },
  }
}

/** What each bearer's part moves in the year. */
const MOVED_BY: Readonly<Partial<Record<Bearer, string>>> = {
  'basic-fund': 'fundPaid',
  capitation: 'fundPaid',
  'large-amount': 'largeAmountPaid',
  'serious-illness': 'seriousIllnessPaid',
  'medical-assistance': 'assistancePaid',
  patient: 'ownPaid',
}

/**
 * The same settlement with the payer's totals. The year moves by the differences; the deductible stays as the hub
 * worked it out, because a payer doesn't report it. Own payments that count never move below zero.
 *
 * @param totals make up the charge
 */
export function withTotals(prepared: Prepared, totals: PaidTotals): Prepared {
  const split = {
    ...prepared.split,
    totals: Object.fromEntries(PAYERS.map((bearer) => [bearer, BigInt(totals[bearer])])) as Record<
      Bearer,
      Fen
    >,
  }
  const measures = new Map(prepared.measures)
  for (const bearer of PAYERS) {
    const measure = MOVED_BY[bearer]
    const more = split.totals[bearer] - prepared.split.totals[bearer]
    if (measure !== undefined && more !== 0n) measures.set(measure, (measures.get(measure) ?? 0n) + more)
  }
  for (const measure of ['ownPaid', 'fundPaid']) {
    if ((measures.get(measure) ?? 0n) < 0n) measures.set(measure, 0n)
  }
  return { ...prepared, split, measures }
}
