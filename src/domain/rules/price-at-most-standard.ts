import { inForce } from '../facts.ts'
import { comparePrices, priceFromJson } from '../primitives/price.ts'
import { standardPrice } from '../registers.ts'
import { eachSupply } from './lines.ts'
import { parameters, someOf } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { term } from './terms.ts'

interface Parameters {
  /** Which registered prices bind the seller. */
  readonly bases: readonly string[]
}

/**
 * Is the price not above the payment standard, or the purchase price where no mark-up is allowed? The standard of a
 * generic name bounds what the fund pays, not what a product costs.
 *
 * @see CQ-5.1, FS-3.4
 */
export const priceAtMostStandard = defineRule<Parameters>({
  name: 'price-at-most-standard',
  sentence: {
    zh: '售价不得高于以下价格：{bases}。',
    en: 'The price is not above the registered price of these kinds: {bases}.',
  },
  parameters: parameters({ bases: someOf(['negotiated', 'procured', 'purchase']) }),
  needs: () => ['supply'],
  check: (facts, { bases }) =>
    eachSupply(facts, 'unitPriceFen', (supply, _line, drug) => {
      const binding = inForce(drug?.paymentStandards ?? [], facts.today).filter(
        ({ basis, generic }) => generic === undefined && bases.includes(basis),
      )
      const asked = priceFromJson(supply.unitPriceFen)
      const broken = binding.find((standard) => comparePrices(asked, standardPrice(standard)) > 0)
      if (broken === undefined) return undefined
      return {
        zh: `第${supply.lineNo}行售价高于规定价格（${term(broken.basis).zh}），请按规定价格销售。`,
        en: `Line ${supply.lineNo}: the price is above the ${term(broken.basis).en} price; sell at that price.`,
      }
    }),
})
