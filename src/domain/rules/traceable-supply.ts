import { eachSupply } from './lines.ts'
import { parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

/** Can every pack be traced, by batch, expiry date and trace code, and is none past its date? @see MZ-4.3a */
export const traceableSupply = defineRule<object>({
  name: 'traceable-supply',
  sentence: {
    zh: '所供药品须登记批号、有效期和追溯码，且未过有效期。',
    en: 'Batch, expiry date and trace codes are recorded, and nothing is past its date.',
  },
  parameters: parameters(),
  needs: () => ['supply'],
  check: (facts) =>
    eachSupply(facts, 'drugCode', ({ lineNo, batchNo, expiresOn, traceCodes }) => {
      if (batchNo === undefined || expiresOn === undefined || (traceCodes?.length ?? 0) === 0) {
        return {
          zh: `第${lineNo}行缺少批号、有效期或追溯码，请扫码登记。`,
          en: `Line ${lineNo} lacks batch, expiry date or trace code; scan and record them.`,
        }
      }
      if (facts.today <= expiresOn) return undefined
      return {
        zh: `第${lineNo}行药品已过有效期，不得供药。`,
        en: `Line ${lineNo} is past its expiry date and may not be supplied.`,
      }
    }),
})
