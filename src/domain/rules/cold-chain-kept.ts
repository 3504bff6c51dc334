import { eachSupply } from './lines.ts'
import { parameters, yesNo } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

interface Parameters {
  /** Advice on storage must be given, too. */
  readonly advice: boolean
}

/** Does a cold-chain drug leave cold, with advice on storage? @see SX-10.3 */
export const coldChainKept = defineRule<Parameters>({
  name: 'cold-chain-kept',
  sentence: {
    zh: '冷链药品须配冰袋或冷链配送（并说明保管事项：{advice}）。',
    en: 'A cold-chain drug leaves with ice packs or by cold delivery (with advice on storage: {advice}).',
  },
  parameters: parameters({ advice: yesNo }),
  needs: () => ['supply', 'delivery'],
  check(facts, { advice }) {
    const { coldChain, adviceGiven } = facts.delivery!
    if (coldChain !== undefined && (!advice || adviceGiven === true)) return []
    return eachSupply(facts, 'lineNo', (supply, _line, drug) =>
      drug?.coldChain === true
        ? {
            zh: `第${supply.lineNo}行为冷链药品，须配冰袋或冷链配送${advice ? '，并说明保管注意事项' : ''}。`,
            en: `Line ${supply.lineNo} needs the cold chain: ice packs or cold delivery${advice ? ', with advice on storage' : ''}.`,
          }
        : undefined,
    )
  },
})
