import type { Fen } from '../primitives/money.ts'
import { priceOf } from '../primitives/price.ts'
import {
  type Adjudication,
  type AdjudicationInput,
  type AdjudicationRefused,
  type Entry,
  PAYERS,
  type Payer,
  type Rounding,
} from './adjudication.ts'
import { applyCapitation } from './parts/capitation.ts'
import { applyCharity } from './parts/charity.ts'
import { applyClassBSelfPaid } from './parts/class-b-self-paid.ts'
import { setAsideNotCovered } from './parts/coverage.ts'
import { applyDeductible } from './parts/deductible.ts'
import { applyDoubleBenefit, takeBetterBenefit } from './parts/double-benefit.ts'
import { applyInpatient } from './parts/inpatient.ts'
import { applyLargeAmount } from './parts/large-amount.ts'
import { applyMedicalAssistance } from './parts/medical-assistance.ts'
import { applyPaymentStandard } from './parts/payment-standard.ts'
import { applyRatio } from './parts/ratio.ts'
import { applySeriousIllness } from './parts/serious-illness.ts'
import { applyYearlyMaximum } from './parts/yearly-maximum.ts'
import { applyZeroMarkUp } from './parts/zero-mark-up.ts'
import { COUNTABLE_LAYERS, type PartName } from './plan.ts'
import { type ApplyPart, countOwn, type LineWork, openWorkspace, type Workspace } from './workspace.ts'

const PARTS: Readonly<Record<PartName, { readonly apply: ApplyPart; readonly rounding: Rounding }>> = {
  charity: { apply: applyCharity, rounding: 'exact' },
  'zero-mark-up': { apply: applyZeroMarkUp, rounding: 'half-up' },
  'double-benefit': { apply: applyDoubleBenefit, rounding: 'exact' },
  'payment-standard': { apply: applyPaymentStandard, rounding: 'half-up' },
  'class-b-self-paid': { apply: applyClassBSelfPaid, rounding: 'fund-down' },
  inpatient: { apply: applyInpatient, rounding: 'fund-down' },
  deductible: { apply: applyDeductible, rounding: 'exact' },
  ratio: { apply: applyRatio, rounding: 'fund-down' },
  'yearly-maximum': { apply: applyYearlyMaximum, rounding: 'exact' },
  'large-amount': { apply: applyLargeAmount, rounding: 'fund-down' },
  'serious-illness': { apply: applySeriousIllness, rounding: 'year-down' },
  'medical-assistance': { apply: applyMedicalAssistance, rounding: 'fund-down' },
  capitation: { apply: applyCapitation, rounding: 'exact' },
}

/** Parts that come before the question of coverage: what they take, nobody is charged, covered or not. */
const BEFORE_COVERAGE: readonly PartName[] = ['charity', 'zero-mark-up']

/**
 * Splits the charge of a supply between patient, funds and institution, by the parts of the region's plan. The same
 * function gives the quote and the bill; it reads nothing but its input.
 *
 * Charges are rounded half up to a fen; every fund pays whole fen cut down, so the patient carries the odd one
 * (`rounding` says so for each part). Lines use up deductible and maxima in the order of their numbers.
 *
 * @param input facts, plan and balances before; the plan has passed `planFaults`
 * @returns the split, with `charge === sum of totals`; or a refusal that lists each figure and fact that is missing
 * @throws RangeError for negative amounts or repeated lines: a bug in the caller
 * @see MZ-6.6, MZ-7.1, MZ-7.2, CQ-2.3, CQ-2.4a, CQ-2.5a, SX-5, SX-17.4, SC-P2, FS-3.1, FS-3.5a
 */
export function adjudicate(input: AdjudicationInput): Adjudication | AdjudicationRefused {
  const work = openWorkspace(input, (line) => priceOf(line.unitPriceFen, line.quantity))
  const parts = input.plan.parts
  for (const part of parts.filter(({ part }) => BEFORE_COVERAGE.includes(part))) {
    PARTS[part.part].apply(work, part)
  }
  setAsideNotCovered(work)
  const coverage = work.lines.map((line) => ({ ...line, slices: line.slices.map((slice) => ({ ...slice })) }))
  for (const part of parts.filter(({ part }) => !BEFORE_COVERAGE.includes(part))) {
    PARTS[part.part].apply(work, part)
  }
  if (work.facts.length > 0 || work.book.missing.size > 0) return refusal(work)
  if (!work.ownCounted)
    countOwn(
      work,
      COUNTABLE_LAYERS.filter((layer) => layer !== 'class-b'),
    )
  const guard = parts.find(({ part }) => part === 'double-benefit')
  const other = guard !== undefined && takeBetterBenefit(work, guard, coverage)
  return result(work, other ? 'other' : 'own')
}

function refusal(work: Workspace): AdjudicationRefused {
  const figures = [...work.book.missing.values()]
  return {
    outcome: 'refused',
    versionId: work.input.versionId,
    code: figures.length > 0 ? 'policy-not-cited' : 'facts-missing',
    figures,
    facts: work.facts,
  }
}

function result(work: Workspace, benefit: Adjudication['benefit']): Adjudication {
  const { input, stay } = work
  const figures = [...work.book.used.values()]
  const samples = figures.filter((figure) => figure.status === 'sample')
  const lines = work.lines.map((line) => ({
    lineNo: line.line.lineNo,
    drugCode: line.line.drugCode,
    charge: line.charge,
    payers: payersOf([line]),
  }))
  const charge = lines.reduce((sum, line) => sum + line.charge, 0n)
  const rounding: Partial<Record<PartName | 'charge', Rounding>> = { charge: 'half-up' }
  for (const { part } of input.plan.parts) rounding[part] = PARTS[part].rounding
  return {
    outcome: 'adjudicated',
    input,
    charge,
    lines,
    entries: work.lines.flatMap((line) => entriesOf(line, input.versionId)),
    totals: payersOf(work.lines),
    balancesAfter: work.balances,
    ...(stay === undefined ? {} : { stay: { ...stay, countedFen: charge } }),
    benefit,
    figures,
    restsOnSample: samples.length > 0 || input.notCovered.some((finding) => finding.restsOnSample === true),
    samples,
    rounding,
  }
}

function payersOf(lines: readonly LineWork[]): Record<Payer, Fen> {
  const totals = Object.fromEntries(PAYERS.map((payer) => [payer, 0n])) as Record<Payer, Fen>
  for (const line of lines) for (const slice of line.slices) totals[slice.payer] += slice.amount
  return totals
}

function entriesOf(line: LineWork, version: string): Entry[] {
  if (line.open !== 0n)
    throw new RangeError(`line ${line.line.lineNo} has ${line.open} fen that nobody bears`)
  return line.slices
    .filter((slice) => slice.amount > 0n)
    .map(({ layer, payer, amount, reason }) => ({
      lineNo: line.line.lineNo,
      layer,
      payer,
      amount,
      ruleId: reason.ruleId,
      ...(reason.article === undefined ? {} : { article: reason.article }),
      part: reason.part,
      parameters: reason.parameters,
      version,
      explanation: reason.explain(amount),
    }))
}
