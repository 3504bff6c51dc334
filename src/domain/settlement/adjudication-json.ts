import { fenToJson } from '../primitives/money.ts'
import { type PriceJson, priceToJson } from '../primitives/price.ts'
import { formatQuantity } from '../primitives/quantity.ts'
import type { Adjudication, AdjudicationInput, AdjudicationRefused, SettlementLine } from './adjudication.ts'

/** Data whose fen are JSON numbers. */
export type Plain<T> = T extends bigint
  ? number
  : T extends object
    ? { readonly [Name in keyof T]: Plain<T[Name]> }
    : T

/** A line as JSON: quantities as decimal text, what is undefined left out. */
export type LineJson = Plain<
  Omit<SettlementLine, 'quantity' | 'excess' | 'unitPriceFen' | 'paymentStandardFen' | 'purchasePriceFen'> & {
    readonly quantity: string
    readonly unitPriceFen: PriceJson
    readonly paymentStandardFen?: PriceJson
    readonly purchasePriceFen?: PriceJson
    readonly excess?: Omit<NonNullable<SettlementLine['excess']>, 'quantity'> & { readonly quantity: string }
  }
>

/** The facts of a settlement as JSON. */
export type InputJson = Plain<Omit<AdjudicationInput, 'plan' | 'lines'>> & {
  readonly lines: readonly LineJson[]
}

/** A settlement as JSON: in memory for a quote, read from its row for a bill. */
export type AdjudicationJson = Plain<Omit<Adjudication, 'input'>> & {
  readonly input: InputJson
  /** Set when the amounts are those of a core system and not the hub's own. */
  readonly decidedBy?: 'payer'
}

/**
 * A settlement as plain JSON, for `canonicalJson`, storage and answers: fen as safe integers, quantities as decimal
 * text. The plan is named by its version and not repeated; the figures it gave are listed.
 *
 * @throws RangeError for an amount beyond 2^53 - 1
 */
export function toJson(settlement: Adjudication): AdjudicationJson
export function toJson(settlement: Adjudication | AdjudicationRefused): AdjudicationJson | AdjudicationRefused
export function toJson(
  settlement: Adjudication | AdjudicationRefused,
): AdjudicationJson | AdjudicationRefused {
  if (settlement.outcome === 'refused') return plain(settlement)
  const { input, ...result } = settlement
  return { ...plain(result), input: inputToJson(input) }
}

/** The facts of a settlement as plain JSON. */
export function inputToJson({ plan: _, lines, ...rest }: AdjudicationInput): InputJson {
  return { ...plain(rest), lines: lines.map(lineToJson) }
}

function lineToJson({
  excess,
  unitPriceFen,
  paymentStandardFen,
  purchasePriceFen,
  ...line
}: SettlementLine): LineJson {
  return plain({
    ...line,
    quantity: formatQuantity(line.quantity),
    unitPriceFen: priceToJson(unitPriceFen),
    ...(paymentStandardFen === undefined ? {} : { paymentStandardFen: priceToJson(paymentStandardFen) }),
    ...(purchasePriceFen === undefined ? {} : { purchasePriceFen: priceToJson(purchasePriceFen) }),
    ...(excess && { excess: { ...excess, quantity: formatQuantity(excess.quantity) } }),
  })
}

/** Leaves out what is undefined. */
function plain<T>(value: T): Plain<T> {
  const write = (value: unknown): unknown => {
    if (typeof value === 'bigint') return fenToJson(value)
    if (Array.isArray(value)) return value.map(write)
    if (value === null || typeof value !== 'object') return value
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    return Object.fromEntries(members.map(([key, member]) => [key, write(member)]))
  }
  return write(value) as Plain<T> // a walk by members has no type; `Plain` says what it does
}
