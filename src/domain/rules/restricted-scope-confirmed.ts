import { eachLine } from './lines.ts'
import { parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

/** Has the physician confirmed that the patient meets the drug's restricted payment scope? @see MZ-6.1 */
export const restrictedScopeConfirmed = defineRule<object>({
  name: 'restricted-scope-confirmed',
  sentence: {
    zh: '医师须确认患者符合药品的医保限定支付范围。',
    en: 'The physician confirms that the patient meets the restricted payment scope of the drug.',
  },
  parameters: parameters(),
  check: (facts) =>
    eachLine(facts, 'restrictedScopeConfirmed', (line, drug) => {
      const unrestricted =
        drug !== undefined && drug.restriction === undefined && drug.restrictedIcd === undefined
      if (unrestricted || line.restrictedScopeConfirmed) return undefined
      return {
        zh: `医师尚未确认患者符合${line.genericName}的限定支付范围，请确认后重新签名。`,
        en: `The physician has not confirmed the restricted scope of ${line.genericName}; confirm and sign again.`,
      }
    }),
})
