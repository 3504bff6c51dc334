import type { DrugFacts, Facts, PrescriptionLineFacts, SupplyLineFacts } from '../facts.ts'
import type { Bilingual } from '../finding.ts'
import type { Objection } from './rule.ts'

/**
 * Asks one question of each prescribed line.
 *
 * @param field the field of the line at fault, for the JSON pointer: `drugCode`
 * @param ask says what is wrong, or undefined; `drug` is undefined for a code that no register knows
 */
export function eachLine(
  facts: Facts,
  field: string,
  ask: (line: PrescriptionLineFacts, drug: DrugFacts | undefined, index: number) => Bilingual | undefined,
): Objection[] {
  return facts.prescription.lines.flatMap((line, index) => {
    const message = ask(line, facts.drugs[line.drugCode], index)
    return message === undefined ? [] : [{ path: `/lines/${index}/${field}`, lineNo: line.lineNo, message }]
  })
}

/** What is wrong with one member of a supplied line. */
export type Amiss = Bilingual & { readonly field?: string }

/**
 * Asks one question of each supplied line. Its path points to the line of the request that supplies it.
 *
 * @param field the member of the line at fault, where the answer names no other
 * @param ask says what is wrong, or undefined; `line` is undefined when nothing with that number was prescribed
 */
export function eachSupply(
  facts: Facts,
  field: string,
  ask: (
    supply: SupplyLineFacts,
    line: PrescriptionLineFacts | undefined,
    drug: DrugFacts | undefined,
  ) => Amiss | undefined,
): Objection[] {
  return (facts.supply ?? []).flatMap((supply, index) => {
    const line = facts.prescription.lines.find(({ lineNo }) => lineNo === supply.lineNo)
    const amiss = ask(supply, line, facts.drugs[supply.drugCode])
    if (amiss === undefined) return []
    const { field: own = field, ...message } = amiss
    return [{ path: `/lines/${index}/${own}`, lineNo: supply.lineNo, message }]
  })
}
