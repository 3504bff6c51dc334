import { eachLine } from './lines.ts'
import { parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

/** Can the hospital do the gene test on which the drug's restriction rests? @see CQ-4.2 */
export const geneTestCapability = defineRule<object>({
  name: 'gene-test-capability',
  sentence: {
    zh: '药品限定条件以基因检测为依据时，医院须具备基因检测能力。',
    en: 'Where the restriction of a drug rests on a gene test, the hospital can do gene tests.',
  },
  parameters: parameters(),
  needs: () => ['hospital'],
  check: (facts) =>
    eachLine(facts, 'drugCode', (line, drug) =>
      drug?.geneTestRequired === true && facts.hospital!.geneTesting !== true
        ? {
            zh: `${line.genericName}须以基因检测结果为依据，该医院不具备基因检测能力，请转有条件的医院。`,
            en: `${line.genericName} rests on a gene test, which the hospital cannot do; refer the patient.`,
          }
        : undefined,
    ),
})
