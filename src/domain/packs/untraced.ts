import type { CodeOf } from '../codes.ts'
import type { Drug } from '../registers.ts'

/** Why goods have no trace code; the codes are those of the list `no-trace-reasons`. */
export type NoTraceReason = CodeOf<'no-trace-reasons'>

/**
 * The kinds of goods that have no trace codes by the insurance bureau's notice on trace codes of 2025: herbal pieces (中药饮片)
 * and granules made of them (中药配方颗粒), told by the form of the drug.
 */
export function untracedKindOf(drug: Pick<Drug, 'form'> | undefined): NoTraceReason | undefined {
  if (drug === undefined) return undefined
  if (drug.form.includes('配方颗粒')) return 'herbal-granules'
  return drug.form.includes('饮片') ? 'herbal-pieces' : undefined
}

/** Whether a reason may stand for the codes of a drug: those about the kind of goods need goods of that kind. */
export function mayLackCodes(reason: string, drug: Pick<Drug, 'form'> | undefined): boolean {
  const isOfKind = reason === 'herbal-pieces' || reason === 'herbal-granules'
  return !isOfKind || untracedKindOf(drug) === reason
}
