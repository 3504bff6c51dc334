import { canonicalJson } from '../../domain/primitives/canonical-json.ts'
import { type Fen, fenToJson } from '../../domain/primitives/money.ts'
import type { Scheme } from '../../domain/registers.ts'
import { type Payer as Bearer, PAYERS } from '../../domain/settlement/adjudication.ts'
import { type BillJson, withPayerTotals } from '../../domain/settlement/payer-amounts.ts'
import { type PaidTotals, totalsToJson } from '../../domain/settlement/payer-gateway.ts'
import type { Parties } from '../../domain/settlement/postings.ts'
import type { Prepared } from '../settle-prescription.ts'

interface Stored {
  readonly policyVersion: string
  readonly adjudication: string
  readonly findings: string
  readonly chargeFen: number
  readonly totals: PaidTotals
  readonly hasStay: boolean
  /** Absent as well in what was prepared before it was known. */
  readonly paysWhere?: 'supplier'
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

/** A prepared settlement as text, to be posted by whichever process gets the answer. */
export function preparedToText({ split, measures, parties, ...rest }: Prepared): string {
  const stored: Stored = {
    ...rest,
    chargeFen: fenToJson(split.charge),
    totals: totalsToJson(split.totals),
    hasStay: split.stay !== undefined,
    ...(split.stay?.paysWhere === undefined ? {} : { paysWhere: split.stay.paysWhere }),
    scheme: split.input.scheme,
    parties: { ...parties },
    measures: Object.fromEntries([...measures].map(([name, amount]) => [name, fenToJson(amount)])),
  }
  return canonicalJson(stored)
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
  stored: Pick<Stored, 'chargeFen' | 'hasStay' | 'paysWhere' | 'scheme'>,
  totals: PaidTotals,
): Prepared['split'] {
  return {
    charge: BigInt(stored.chargeFen),
    totals: fenOf(totals),
    ...(stored.hasStay
      ? { stay: stored.paysWhere === undefined ? {} : { paysWhere: stored.paysWhere } }
      : {}),
    input: { scheme: stored.scheme },
  }
}

function fenOf(totals: PaidTotals): Record<Bearer, Fen> {
  return Object.fromEntries(PAYERS.map((bearer) => [bearer, BigInt(totals[bearer])])) as Record<Bearer, Fen>
}

/**
 * The same settlement with the payer's totals: its bill, its entries, and what it moves in the year.
 *
 * @param totals make up the charge
 */
export function withTotals(prepared: Prepared, totals: PaidTotals): Prepared {
  const bill = withPayerTotals(JSON.parse(prepared.adjudication) as BillJson, totals)
  const { charge, stay, input } = prepared.split
  const split = {
    charge,
    totals: fenOf(totals),
    ...(stay === undefined ? {} : { stay }),
    input,
  }
  const measures = new Map(prepared.measures)
  for (const [name, before] of Object.entries(bill.input.balances)) {
    const after = bill.balancesAfter[name as keyof BillJson['balancesAfter']]
    if (typeof before === 'number') measures.set(name, BigInt(after - before))
  }
  return { ...prepared, adjudication: canonicalJson(bill), split, measures }
}
