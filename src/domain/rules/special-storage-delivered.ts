import { eachSupply } from './lines.ts'
import { parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

/** Is a drug with special storage needs brought to the hospital, and free of charge? @see MZ-9.4b */
export const specialStorageDelivered = defineRule<object>({
  name: 'special-storage-delivered',
  sentence: {
    zh: '有特殊存储、配送要求的药品须免费配送至定点医疗机构供患者使用。',
    en: 'Drugs with special storage or delivery needs are brought to the hospital free of charge.',
  },
  parameters: parameters(),
  needs: () => ['supply', 'delivery'],
  check(facts) {
    const { way, feeFen } = facts.delivery!
    if (way === 'hospital' && feeFen === 0) return []
    return eachSupply(facts, 'lineNo', (supply, _line, drug) =>
      drug?.coldChain === true
        ? {
            zh: `第${supply.lineNo}行药品有特殊存储要求，须免费配送至定点医疗机构。`,
            en: `Line ${supply.lineNo} needs special storage; bring it to the hospital free of charge.`,
          }
        : undefined,
    )
  },
})
