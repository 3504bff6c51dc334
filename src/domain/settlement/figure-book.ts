import type { AdjudicationInput, MissingFigure, SettlementLine, UsedFigure } from './adjudication.ts'
import type { Band, Condition, CountableLayer, Figure, FigureValue, PlanPart } from './plan.ts'
import { figuresOf } from './plan.ts'

/** Which figures a settlement has consulted, and which it needed and could not use. */
export interface FigureBook {
  readonly mode: 'production' | 'sandbox'
  readonly used: Map<string, UsedFigure>
  readonly missing: Map<string, MissingFigure>
}

/** What a condition is compared with. */
export type Circumstances = { readonly [Key in keyof Condition]?: string | undefined }

/** The circumstances of one line. */
export function circumstancesOf(input: AdjudicationInput, line: SettlementLine): Circumstances {
  return {
    scheme: input.scheme,
    level: input.hospitalLevel,
    setting: input.setting,
    listClass: line.listClass,
    medicineClass: line.medicineClass,
    assistance: input.assistance,
  }
}

/** True when every circumstance that the condition names fits. */
export function fits(condition: Condition | undefined, circumstances: Circumstances): boolean {
  if (condition === undefined) return true
  return (Object.keys(condition) as (keyof Condition)[]).every((key) => {
    const wanted = condition[key]
    const actual = circumstances[key]
    return actual !== undefined && (Array.isArray(wanted) ? wanted.includes(actual) : wanted === actual)
  })
}

/** True when the part has a figure of that name for these circumstances, be it set or not. */
export function hasFigure(part: PlanPart, name: string, circumstances: Circumstances): boolean {
  return figuresOf(part, name).some((figure) => fits(figure.when, circumstances))
}

/**
 * Chooses the first figure that fits and writes down that the result rests on it.
 *
 * @returns undefined when none fits, when it is unset, or when it is a sample in production; then it is among the
 *   missing, and the settlement will be refused
 */
export function consult(
  book: FigureBook,
  part: PlanPart,
  name: string,
  circumstances: Circumstances,
): UsedFigure | undefined {
  const figures = figuresOf(part, name)
  const index = figures.findIndex((figure) => fits(figure.when, circumstances))
  const figure = figures[index]
  const key = `${part.part}/${name}/${index}`
  const known = book.used.get(key)
  if (known !== undefined) return known
  const reason = whyUnusable(figure, book.mode)
  const ruleId = figure?.source ?? part.source
  if (figure === undefined || reason !== undefined) {
    book.missing.set(key, { part: part.part, name, ruleId, reason: reason ?? 'no-case' })
    return undefined
  }
  const used: UsedFigure = {
    part: part.part,
    name,
    value: figure.value as FigureValue,
    status: figure.status,
    source: figure.source,
    ruleId,
    ...(figure.article === undefined ? {} : { article: figure.article }),
    ...(figure.decision === undefined ? {} : { decision: figure.decision }),
  }
  book.used.set(key, used)
  return used
}

function whyUnusable(
  figure: Figure | undefined,
  mode: FigureBook['mode'],
): MissingFigure['reason'] | undefined {
  if (figure === undefined) return 'no-case'
  if (figure.status === 'unset' || figure.value === undefined || figure.value === null) return 'unset'
  return figure.status === 'sample' && mode === 'production' ? 'sample' : undefined
}

/** An amount in fen or a ratio in basis points; 0 for a missing figure, whose settlement is refused anyway. */
export function numberOf(figure: UsedFigure | undefined): bigint {
  return figure === undefined ? 0n : BigInt(figure.value as number)
}

/** The bands of serious-illness insurance. */
export function bandsOf(figure: UsedFigure | undefined): readonly Band[] {
  return figure === undefined ? [] : (figure.value as readonly Band[])
}

/** The counted layers. */
export function layersOf(figure: UsedFigure | undefined): readonly CountableLayer[] {
  return figure === undefined ? [] : (figure.value as readonly CountableLayer[])
}
