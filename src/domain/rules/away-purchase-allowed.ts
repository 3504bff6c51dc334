import { inForce } from '../facts.ts'
import { judgedDay } from './judged-day.ts'
import { eachLine } from './lines.ts'
import { liveQualifications } from './live-qualifications.ts'
import { parameters, text, texts } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

interface Parameters {
  /** Kind of the filing by which the agency consented. */
  readonly consent: string
  /** A supplier designated for one of these is a home place. */
  readonly homeKinds: readonly string[]
}

/**
 * Was it allowed to buy the drug where the patient is treated? A drug under special storage: when the agency had consented
 * by the day of purchase. Any other is had at the home region's places, and from there anything may be taken along.
 *
 * @see SX-15
 */
export const awayPurchaseAllowed = defineRule<Parameters>({
  name: 'away-purchase-allowed',
  sentence: {
    zh: '转外就医期间，药品应在参保地{homeKinds}定点机构购取；需特殊条件保管的药品须在购药前取得{consent}，方可在就医地购买。',
    en: 'While treated elsewhere, drugs are had at home places ({homeKinds}); one under special storage may be bought there after {consent}.',
  },
  parameters: parameters({ consent: text, homeKinds: texts }),
  check(facts, { consent, homeKinds }) {
    const designations = inForce(facts.pharmacy?.designations ?? [], judgedDay(facts))
    if (designations.some(({ kind }) => homeKinds.includes(kind))) return []
    return eachLine(facts, 'drugCode', (line, drug) => {
      if (drug?.coldChain !== true) {
        return {
          zh: `${line.genericName}无需特殊条件保管，应持社保卡在参保地定点机构购取，在就医地购买的费用基金不予支付。`,
          en: `${line.genericName} needs no special storage and is had at home places; bought elsewhere it is not covered.`,
        }
      }
      return liveQualifications(facts, consent, line.drugCode).length > 0
        ? undefined
        : {
            zh: `在就医地购买${line.genericName}前未经医保中心同意，费用基金不予支付；今后请先申请。`,
            en: `Nobody had consented to buying ${line.genericName} there before the purchase; ask first the next time.`,
          }
    })
  },
})
