import type { Bilingual } from '../finding.ts'
import { type BasisPoints, type Fen, least } from '../primitives/money.ts'
import { comparePrices, type Price } from '../primitives/price.ts'
import type {
  AdjudicationInput,
  Layer,
  MissingFact,
  Payer,
  PersonYear,
  SettlementLine,
  UsedFigure,
} from './adjudication.ts'
import { type Circumstances, circumstancesOf, type FigureBook } from './figure-book.ts'
import type { CountableLayer, PartName, PlanPart } from './plan.ts'

/** Why a slice is where it is; the sentence is written at the end, when its amount is final. */
export interface Reason {
  readonly ruleId: string
  readonly article?: string | undefined
  readonly part: PartName | 'coverage'
  readonly parameters: readonly UsedFigure[]
  readonly explain: (amount: Fen) => Bilingual
}

export interface Slice {
  readonly layer: Layer
  payer: Payer
  amount: Fen
  readonly reason: Reason
}

/** One line while its charge is being divided. `charge === open + sum of slices`, always. */
export interface LineWork {
  readonly line: SettlementLine
  readonly circumstances: Circumstances
  readonly charge: Fen
  /** Price of one unit that may be charged at all; lowered by `zero-mark-up`. */
  unitPriceFen: Price
  /** Eligible and not yet allotted. */
  open: Fen
  /** What the ratio was applied to, and the ratio; set by `ratio` or `inpatient`. */
  eligible: Fen
  ratio: BasisPoints
  slices: Slice[]
}

/** The state of one adjudication. It changes as the parts run, and is seen by nothing outside it. */
export interface Workspace {
  readonly input: AdjudicationInput
  readonly book: FigureBook
  readonly lines: LineWork[]
  readonly facts: MissingFact[]
  balances: PersonYear
  stay: { stayNo: string; deductibleChargedFen: Fen; paysWhere?: 'supplier' } | undefined
  /** Layers of own payment that count over the year; those of `serious-illness` where it applies. */
  ownCounted: boolean
}

/** One part of the vocabulary, applied to the whole settlement. */
export type ApplyPart = (work: Workspace, part: PlanPart) => void

/**
 * A workspace with each charge open.
 *
 * @throws RangeError for a negative amount, a repeated line number or an excess above the quantity: a bug of the caller
 */
export function openWorkspace(input: AdjudicationInput, charge: (line: SettlementLine) => Fen): Workspace {
  const lines = [...input.lines].sort((a, b) => a.lineNo - b.lineNo)
  lines.forEach((line, index) => {
    const prices = [line.unitPriceFen, line.paymentStandardFen ?? 0n]
    if (line.quantity < 0n || prices.some((price) => comparePrices(price, 0n) < 0)) {
      throw new RangeError(`line ${line.lineNo} has a negative amount`)
    }
    if (line.lineNo === lines[index + 1]?.lineNo) throw new RangeError(`line ${line.lineNo} stands twice`)
    if (line.excess !== undefined && line.excess.quantity > line.quantity) {
      throw new RangeError(`line ${line.lineNo} has more excess than quantity`)
    }
  })
  return {
    input,
    book: { mode: input.mode, used: new Map(), missing: new Map() },
    lines: lines.map((line) => {
      const amount = charge(line)
      return {
        line,
        circumstances: circumstancesOf(input, line),
        charge: amount,
        unitPriceFen: line.unitPriceFen,
        open: amount,
        eligible: 0n,
        ratio: 0n,
        slices: [],
      }
    }),
    facts: [],
    balances: input.balances,
    stay: undefined,
    ownCounted: false,
  }
}

/** Lines of which something is still eligible. */
export function openLines(work: Workspace): LineWork[] {
  return work.lines.filter((line) => line.open > 0n)
}

/** Takes an amount out of what is open and lays it on a layer. */
export function allot(line: LineWork, layer: Layer, payer: Payer, amount: Fen, reason: Reason): void {
  if (amount < 0n || amount > line.open) throw new RangeError(`cannot allot ${amount} of ${line.open} fen`)
  if (amount === 0n) return
  line.open -= amount
  line.slices.push({ layer, payer, amount, reason })
}

/** The amount of a line that lies on the given layers. */
export function amountOn(line: LineWork, layers: readonly Layer[]): Fen {
  return line.slices.reduce((sum, slice) => (layers.includes(slice.layer) ? sum + slice.amount : sum), 0n)
}

/** Moves an amount to another layer, from the first of the given layers that hold any. */
export function shift(
  line: LineWork,
  from: readonly Layer[],
  to: { readonly layer: Layer; readonly payer: Payer },
  amount: Fen,
  reason: Reason,
): void {
  let left = amount
  for (const layer of from) {
    for (const slice of line.slices) {
      if (slice.layer !== layer || left === 0n) continue
      const taken = least(slice.amount, left)
      slice.amount -= taken
      left -= taken
    }
  }
  if (left !== 0n) throw new RangeError(`cannot shift ${amount} fen, ${left} too many`)
  const there = line.slices.find((slice) => slice.layer === to.layer)
  if (there !== undefined) there.amount += amount
  else if (amount > 0n) line.slices.push({ ...to, amount, reason })
}

/** True for a line of which something reached the fund's rules: not all of it free, not covered or above the standard. */
export function isEligible(line: LineWork): boolean {
  return line.eligible > 0n || amountOn(line, ['class-b', 'deductible']) > 0n
}

/** Adds own payments on the counted layers to the year's sum. */
export function countOwn(work: Workspace, layers: readonly CountableLayer[]): void {
  const own = work.lines.reduce((sum, line) => sum + amountOn(line, layers), 0n)
  work.balances = { ...work.balances, ownPaid: work.balances.ownPaid + own }
  work.ownCounted = true
}

/** What is left of a yearly amount; never negative. */
export function leftOf(maximum: Fen, used: Fen): Fen {
  return maximum > used ? maximum - used : 0n
}
