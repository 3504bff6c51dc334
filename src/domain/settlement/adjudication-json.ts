import type { Json } from '../primitives/canonical-json.ts'
import { fenToJson } from '../primitives/money.ts'
import { formatQuantity } from '../primitives/quantity.ts'
import type { Adjudication, AdjudicationInput, AdjudicationRefused, SettlementLine } from './adjudication.ts'

/**
 * A settlement as plain JSON, for `canonicalJson`, storage and answers: fen as safe integers, quantities as decimal
 * text. The plan is named by its version and not repeated; the figures it gave are listed.
 *
 * @throws RangeError for an amount beyond 2^53 - 1
 */
export function toJson(settlement: Adjudication | AdjudicationRefused): Json {
  if (settlement.outcome === 'refused') return plain(settlement)
  const { input, ...result } = settlement
  return { ...(plain(result) as object), input: inputToJson(input) }
}

/** The facts of a settlement as plain JSON. */
export function inputToJson(input: AdjudicationInput): Json {
  const { plan: _, lines, ...rest } = input
  return { ...(plain(rest) as object), lines: lines.map(lineToJson) }
}

function lineToJson(line: SettlementLine): Json {
  const excess = line.excess && { ...line.excess, quantity: formatQuantity(line.excess.quantity) }
  return plain({ ...line, quantity: formatQuantity(line.quantity), excess })
}

function plain(value: unknown): Json {
  if (typeof value === 'bigint') return fenToJson(value)
  if (Array.isArray(value)) return value.map(plain)
  if (value === null || typeof value !== 'object') return value as Json
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(members.map(([key, member]) => [key, plain(member)]))
}
