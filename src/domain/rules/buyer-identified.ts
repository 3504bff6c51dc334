import type { Facts } from '../facts.ts'
import { parameters, texts } from './parameter-schemas.ts'
import { defineRule, type Objection } from './rule.ts'
import { terms } from './terms.ts'

interface Parameters {
  /** Papers that a patient who comes in person must show. */
  readonly patientPapers?: readonly string[]
  /** Papers that an agent must show. */
  readonly agentPapers?: readonly string[]
}

/**
 * Has the pharmacist checked who buys, with the papers that the policy lists? Before the settlement a buyer who isn't
 * at the counter may be left to whoever delivers; at the delivery the receiver shows a paper and signs.
 *
 * @see MZ-6.5, SX-10.1
 */
export const buyerIdentified = defineRule<Parameters>({
  name: 'buyer-identified',
  sentence: {
    zh: '须核实购药人身份；本人须带：{patientPapers}；代办人须带：{agentPapers}。',
    en: 'The buyer is identified; the patient shows: {patientPapers}; an agent shows: {agentPapers}.',
  },
  parameters: parameters({}, { patientPapers: texts, agentPapers: texts }),
  needs: () => ['buyer'],
  check(facts, { patientPapers = [], agentPapers = [] }) {
    const { relation, identityChecked, checkedAt, papers = [] } = facts.buyer!
    if (facts.step === 'settlement' && checkedAt === 'delivery') return []
    const lacking = (relation === 'agent' ? agentPapers : patientPapers).filter(
      (paper) => !papers.includes(paper),
    )
    return [
      ...(identityChecked ? [] : [{ message: UNCHECKED }]),
      ...(lacking.length === 0
        ? []
        : [
            {
              message: {
                zh: `购药人缺少：${terms(lacking).zh}，请补齐后再办理。`,
                en: `The buyer lacks: ${terms(lacking).en}; go on once they are shown.`,
              },
            },
          ]),
      ...(isDelivered(facts) ? unreceived(facts.buyer!) : []),
    ]
  },
})

const UNCHECKED = {
  zh: '尚未核实购药人身份，请核对证件并记录后再办理。',
  en: 'The buyer has not been identified; check the papers, record it and go on.',
}

function isDelivered({ step, delivery }: Facts): boolean {
  return step === 'hand-over' && delivery !== undefined && delivery.way !== 'counter'
}

function unreceived({ papers = [], receiptSigned }: NonNullable<Facts['buyer']>): Objection[] {
  return [
    ...(papers.length > 0
      ? []
      : [
          {
            message: {
              zh: '配送交付须查验收药人证件并记录证件种类。',
              en: 'Goods are delivered to a receiver who shows a paper; record which.',
            },
          },
        ]),
    ...(receiptSigned === true
      ? []
      : [
          {
            message: {
              zh: '配送交付须由收药人签收，请填写签收凭证编号。',
              en: 'The receiver of delivered goods signs; give the reference of the signature.',
            },
          },
        ]),
  ]
}
