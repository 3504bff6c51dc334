import { differingBearers, type PaidTotals, type PayerRecord } from './payer-gateway.ts'

/** A settlement as the hub knows it: what became of the question to the payer, and what it answered. */
export interface OurEntry {
  readonly settlementId: string
  readonly status:
    | 'asked'
    | 'asked-anew'
    | 'unresolved'
    | 'accepted'
    | 'refused'
    | 'cancelling'
    | 'cancelled'
    | 'kept'
  /** What the payer said that it paid, once it said so. */
  readonly totals?: PaidTotals
}

/** The two books of one day, and what the days beside it know of what one of them lacks. */
export interface DayBooks {
  /** What the hub asked on the day. */
  readonly ours: readonly OurEntry[]
  /** What the payer lists under the day. */
  readonly theirs: readonly PayerRecord[]
  /** What the payer lists under the day before and after. */
  readonly theirsBeside: readonly PayerRecord[]
  /** What the hub asked on the day before and after. */
  readonly oursBeside: readonly OurEntry[]
}

/** A disagreement of the two books. */
export interface BookDifference {
  readonly kind: 'amount-differs' | 'missing-there' | 'paid-there-only' | 'unknown-here'
  readonly settlementId: string
  readonly ours: { readonly status: string } | PaidTotals | Record<string, never>
  readonly theirs: { readonly state: string | null } & Partial<PaidTotals>
}

/**
 * Compares the books of a day. Pure.
 *
 * A settlement that was asked before midnight and booked after it stands under two days and is one: it is looked for
 * under the days beside before it counts as missing or unknown, and is compared on the day on which the hub asked.
 * What is still asked, or being taken back, is no difference yet.
 */
export function compareBooks({ ours, theirs, theirsBeside, oursBeside }: DayBooks): BookDifference[] {
  const listed = new Map([...theirsBeside, ...theirs].map((record) => [record.settlementId, record]))
  const known = new Set([...ours, ...oursBeside].map(({ settlementId }) => settlementId))
  return [
    ...ours.flatMap((entry) => differenceOf(entry, listed.get(entry.settlementId))),
    ...theirs
      .filter(({ settlementId, state }) => state === 'paid' && !known.has(settlementId))
      .map(({ settlementId, state, totals }) => ({
        kind: 'unknown-here' as const,
        settlementId,
        ours: {},
        theirs: { state, ...totals },
      })),
  ]
}

function differenceOf(entry: OurEntry, record: PayerRecord | undefined): BookDifference[] {
  const { settlementId, status } = entry
  const isPaid = record?.state === 'paid'
  if (status === 'accepted') {
    if (!isPaid) {
      const theirs = { state: record?.state ?? null }
      return [{ kind: 'missing-there', settlementId, ours: { status }, theirs }]
    }
    const asked = entry.totals
    if (asked === undefined || differingBearers(asked, record.totals).length === 0) return []
    return [
      {
        kind: 'amount-differs',
        settlementId,
        ours: asked,
        theirs: { state: record.state, ...record.totals },
      },
    ]
  }
  if (isPaid && (status === 'refused' || status === 'cancelled' || status === 'unresolved')) {
    const theirs = { state: record.state, ...record.totals }
    return [{ kind: 'paid-there-only', settlementId, ours: { status }, theirs }]
  }
  return []
}
