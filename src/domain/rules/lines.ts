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

/**
 * Asks one question of each supplied line. Its path points to the prescribed line of the same number.
 *
 * @param ask says what is wrong, or undefined; `line` is undefined when nothing with that number was prescribed
 */
export function eachSupply(
  facts: Facts,
  field: string,
  ask: (
    supply: SupplyLineFacts,
    line: PrescriptionLineFacts | undefined,
    drug: DrugFacts | undefined,
  ) => Bilingual | undefined,
): Objection[] {
  return (facts.supply ?? []).flatMap((supply) => {
    const index = facts.prescription.lines.findIndex((line) => line.lineNo === supply.lineNo)
    const message = ask(supply, facts.prescription.lines[index], facts.drugs[supply.drugCode])
    if (message === undefined) return []
    const at = { lineNo: supply.lineNo, message }
    return [index < 0 ? at : { ...at, path: `/lines/${index}/${field}` }]
  })
}
