import { parameters, texts } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { terms } from './terms.ts'

interface Parameters {
  /** Papers that a patient who comes in person must show. */
  readonly patientPapers?: readonly string[]
  /** Papers that an agent must show. */
  readonly agentPapers?: readonly string[]
}

/** Has the pharmacist checked who collects, with the papers that the policy lists? @see MZ-6.5, SX-10.1 */
export const buyerIdentified = defineRule<Parameters>({
  name: 'buyer-identified',
  sentence: {
    zh: '须核实购药人身份；本人须带：{patientPapers}；代办人须带：{agentPapers}。',
    en: 'The buyer is identified; the patient shows: {patientPapers}; an agent shows: {agentPapers}.',
  },
  parameters: parameters({}, { patientPapers: texts, agentPapers: texts }),
  needs: () => ['buyer'],
  check(facts, { patientPapers = [], agentPapers = [] }) {
    const { relation, identityChecked, papers = [] } = facts.buyer!
    const unchecked = {
      zh: '尚未核实购药人身份，请核对证件后再供药。',
      en: 'The buyer has not been identified; check the papers before supply.',
    }
    const lacking = (relation === 'agent' ? agentPapers : patientPapers).filter(
      (paper) => !papers.includes(paper),
    )
    const incomplete = {
      zh: `购药人缺少：${terms(lacking).zh}，请补齐后再供药。`,
      en: `The buyer lacks: ${terms(lacking).en}; supply once they are shown.`,
    }
    return [
      ...(identityChecked ? [] : [{ message: unchecked }]),
      ...(lacking.length === 0 ? [] : [{ message: incomplete }]),
    ]
  },
})
