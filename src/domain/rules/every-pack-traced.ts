import { packsNeeded } from '../packs/supplied-batches.ts'
import { untracedKindOf } from '../packs/untraced.ts'
import { parseQuantity } from '../primitives/quantity.ts'
import { eachSupply } from './lines.ts'
import { parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

/**
 * Has every pack its trace code? Goods without codes are allowed with a reason and kept for the file; fewer codes than the
 * quantity has packs are told, and split packs that give less than is supplied. Meant to warn.
 *
 * @see MZ-4.3a
 */
export const everyPackTraced = defineRule<object>({
  name: 'every-pack-traced',
  sentence: {
    zh: '每盒药品均有追溯码；无码供应留档备查。',
    en: 'Every pack has its trace code; what is supplied without one is kept for the file.',
  },
  parameters: parameters(),
  needs: () => ['supply'],
  check: (facts) =>
    eachSupply(facts, 'traceCodes', (supply, _line, drug) => {
      const { lineNo, quantity, traceCodes = [], splitQuantity, noTraceReason } = supply
      if (traceCodes.length === 0) {
        if (noTraceReason === undefined && untracedKindOf(drug) === undefined) return undefined
        return {
          zh: `第${lineNo}行无追溯码供应，原因已留档。`,
          en: `Line ${lineNo} is supplied without trace codes; the reason is kept for the file.`,
        }
      }
      if (splitQuantity !== undefined && parseQuantity(splitQuantity) < parseQuantity(quantity)) {
        return {
          zh: `第${lineNo}行数量 ${quantity}，各拆零包装合计只有 ${splitQuantity}。`,
          en: `Line ${lineNo}: a quantity of ${quantity} is supplied; the split packs give ${splitQuantity}.`,
        }
      }
      if (drug?.packSize === undefined || !/^\d{1,12}(\.\d{1,4})?$/.test(quantity)) return undefined
      const needed = packsNeeded(parseQuantity(quantity), parseQuantity(String(drug.packSize)))
      if (traceCodes.length >= needed) return undefined
      return {
        zh: `第${lineNo}行数量 ${quantity} 需要 ${needed} 个追溯码，只登记了 ${traceCodes.length} 个。`,
        en: `Line ${lineNo}: a quantity of ${quantity} needs ${needed} trace codes; ${traceCodes.length} are recorded.`,
      }
    }),
})
