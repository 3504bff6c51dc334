import { mayLackCodes, untracedKindOf } from '../packs/untraced.ts'
import { eachSupply } from './lines.ts'
import { parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

/**
 * Can every pack be traced, by batch, expiry date and trace code, and is none past its date? Goods of a kind that has no
 * codes, and those for which a reason is kept, need none; see `every-pack-traced`.
 *
 * @see MZ-4.3a
 */
export const traceableSupply = defineRule<object>({
  name: 'traceable-supply',
  sentence: {
    zh: '所供药品须登记批号、有效期和追溯码（无码药品须说明原因），且未过有效期。',
    en: 'Batch, expiry date and trace codes are recorded, or why there is no code, and nothing is past its date.',
  },
  parameters: parameters(),
  needs: () => ['supply'],
  check: (facts) =>
    eachSupply(
      facts,
      'traceCodes',
      ({ lineNo, batchNo, expiresOn, traceCodes, noTraceReason }, _line, drug) => {
        if (noTraceReason !== undefined && !mayLackCodes(noTraceReason, drug)) {
          return {
            field: 'noTraceReason',
            zh: `第${lineNo}行不是饮片或配方颗粒，所填无追溯码原因不适用。`,
            en: `Line ${lineNo} is neither herbal pieces nor granules; the reason for having no code does not fit.`,
          }
        }
        const isWithoutCode = (traceCodes?.length ?? 0) === 0
        const mayBe = noTraceReason !== undefined || untracedKindOf(drug) !== undefined
        if (batchNo === undefined || expiresOn === undefined || (isWithoutCode && !mayBe)) {
          return {
            ...(batchNo === undefined
              ? { field: 'batchNo' }
              : expiresOn === undefined
                ? { field: 'expiresOn' }
                : {}),
            zh: `第${lineNo}行缺少批号、有效期或追溯码，请扫码登记；确无追溯码的填写原因。`,
            en: `Line ${lineNo} lacks batch, expiry date or trace code; scan and record them, or say why there is no code.`,
          }
        }
        if (facts.today <= expiresOn) return undefined
        return {
          field: 'expiresOn',
          zh: `第${lineNo}行药品已过有效期，不得供药。`,
          en: `Line ${lineNo} is past its expiry date and may not be supplied.`,
        }
      },
    ),
})
