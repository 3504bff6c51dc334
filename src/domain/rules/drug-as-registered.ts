import type { DrugFacts, PrescriptionLineFacts } from '../facts.ts'
import type { Bilingual } from '../finding.ts'
import { isSameName } from '../primitives/folded-name.ts'
import { sameForm, sameSpecification, sameUnit } from '../words/drug-words.ts'
import { parameters } from './parameter-schemas.ts'
import { defineRule, type Objection } from './rule.ts'

interface Member {
  readonly field: 'genericName' | 'form' | 'specification' | 'unit'
  readonly words: Bilingual
  readonly agrees: (line: PrescriptionLineFacts, drug: DrugFacts) => boolean
}

/** What names a product. The unit is money too: one price is for one unit. */
const MEMBERS: readonly Member[] = [
  {
    field: 'genericName',
    words: { zh: '通用名', en: 'generic name' },
    agrees: (line, drug) => isSameName(line.genericName, drug.genericName),
  },
  {
    field: 'form',
    words: { zh: '剂型', en: 'form' },
    agrees: (line, drug) => line.form === undefined || sameForm(line.form, drug.form),
  },
  {
    field: 'specification',
    words: { zh: '规格', en: 'specification' },
    agrees: (line, drug) =>
      line.specification === undefined || sameSpecification(line.specification, drug.specification),
  },
  {
    field: 'unit',
    words: { zh: '单位', en: 'unit' },
    agrees: (line, drug) => sameUnit(line.unit, drug.unit),
  },
]

/**
 * Are generic name, form, specification and unit of each line those that the register keeps for its code? Width, case,
 * blanks and the way a strength is written (100mg, 0.1g) don't count. A code that no register knows is for
 * `drug-on-list` to refuse.
 *
 * @see MZ-4.3a, SX-10.1, CQ-4.5, SC-D4, FS-3.4
 */
export const drugAsRegistered = defineRule<object>({
  name: 'drug-as-registered',
  sentence: {
    zh: '处方所载通用名、剂型、规格和单位须与药品编码在药品名录中的登记一致。',
    en: 'Generic name, form, specification and unit are those that the register keeps for the drug code.',
  },
  parameters: parameters(),
  check: (facts) =>
    facts.prescription.lines.flatMap((line, index): Objection[] => {
      const drug = facts.drugs[line.drugCode]
      if (drug === undefined) return []
      return MEMBERS.filter(({ agrees }) => !agrees(line, drug)).map(({ field, words }) => ({
        path: `/lines/${index}/${field}`,
        lineNo: line.lineNo,
        message: {
          zh: `第${line.lineNo}行的${words.zh}与药品编码不符，名录登记为“${drug[field]}”；请核对药品编码或更正${words.zh}。`,
          en: `Line ${line.lineNo}: the ${words.en} is not that of the drug code; the register says "${drug[field]}". Correct the code or the ${words.en}.`,
        },
      }))
    }),
})
