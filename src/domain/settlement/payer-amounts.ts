import type { Bilingual } from '../finding.ts'
import { formatYuan } from '../primitives/money.ts'
import { type Payer as Bearer, type Layer, PAYERS, type PersonYear } from './adjudication.ts'
import type { PaidTotals } from './payer-gateway.ts'

interface EntryJson {
  readonly lineNo: number
  readonly layer: Layer
  readonly payer: Bearer
  readonly amount: number
  readonly ruleId: string
  readonly article?: string
  readonly part: string
  readonly parameters: readonly unknown[]
  readonly version: string
  readonly explanation: Bilingual
}

interface LineJson {
  readonly lineNo: number
  readonly payers: PaidTotals
}

type YearJson = { readonly [Measure in Exclude<keyof PersonYear, 'deductibleLevel'>]: number }

/** As much of a stored settlement (see `toJson`) as the amounts of a payer change. Fen as numbers. */
export interface BillJson {
  readonly totals: PaidTotals
  readonly lines: readonly LineJson[]
  readonly entries: readonly EntryJson[]
  readonly input: { readonly balances: YearJson }
  readonly balancesAfter: YearJson
  /** Set when the amounts are those of a core system and not the hub's own. */
  readonly decidedBy?: 'payer'
}

/** What each bearer's part moves in the year. */
const MOVED_BY: Readonly<Partial<Record<Bearer, keyof YearJson>>> = {
  'basic-fund': 'fundPaid',
  capitation: 'fundPaid',
  'large-amount': 'largeAmountPaid',
  'serious-illness': 'seriousIllnessPaid',
  'medical-assistance': 'assistancePaid',
  patient: 'ownPaid',
}

/**
 * The same bill with the amounts of a core system, so that what is signed, posted and reported is one.
 *
 * What the hub worked out stays to be read; each amount that another bears is taken off and added again by entries of
 * the layer `payer-decided`, under the duty that the hub's amount rests on, from the last line upwards. The year moves
 * by the differences; the deductible stays, because a payer doesn't report it. No balance moves below where it began.
 *
 * @param totals make up the charge
 * @see MZ-6.6
 */
export function withPayerTotals<Bill extends BillJson>(
  bill: Bill,
  totals: PaidTotals,
): Bill & { readonly decidedBy: 'payer' } {
  const lines = bill.lines.map((line) => ({ ...line, payers: { ...line.payers } }))
  const entries = [...bill.entries]
  for (const taker of PAYERS) {
    let wanted = totals[taker] - bill.totals[taker]
    for (const giver of PAYERS) {
      for (const line of lines.toReversed()) {
        const left = sumOf(lines, giver) - totals[giver]
        const amount = Math.min(wanted, left, line.payers[giver])
        if (amount <= 0) continue
        const source = bill.entries.find((each) => each.lineNo === line.lineNo && each.payer === giver)
        if (source === undefined) throw new RangeError(`line ${line.lineNo} has no entry of ${giver}`)
        entries.push(corrected(source, giver, -amount), corrected(source, taker, amount))
        line.payers[giver] -= amount
        line.payers[taker] += amount
        wanted -= amount
      }
    }
    if (wanted > 0) throw new RangeError(`${wanted} fen of ${taker} are borne by nobody`)
  }
  return {
    ...bill,
    lines,
    entries,
    totals: { ...totals },
    balancesAfter: yearAfter(bill, totals),
    decidedBy: 'payer',
  }
}

function sumOf(lines: readonly LineJson[], bearer: Bearer): number {
  return lines.reduce((sum, { payers }) => sum + payers[bearer], 0)
}

function corrected(source: EntryJson, payer: Bearer, amount: number): EntryJson {
  const yuan = formatYuan(BigInt(amount))
  return {
    ...source,
    layer: 'payer-decided',
    payer,
    amount,
    part: 'payer',
    explanation: {
      zh: `医保核心系统核定的金额与平台计算不同，按其核定调整 ${yuan} 元。`,
      en: `The core system decided another amount than the hub worked out: CNY ${yuan}.`,
    },
  }
}

function yearAfter(bill: BillJson, totals: PaidTotals): YearJson {
  const after = { ...bill.balancesAfter }
  for (const bearer of PAYERS) {
    const measure = MOVED_BY[bearer]
    if (measure !== undefined) after[measure] += totals[bearer] - bill.totals[bearer]
  }
  for (const measure of Object.values(MOVED_BY))
    after[measure] = Math.max(after[measure], bill.input.balances[measure])
  return after
}
