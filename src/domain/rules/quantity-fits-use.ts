import { formatQuantity } from '../primitives/quantity.ts'
import { eachLine } from './lines.ts'
import { parameters, whole } from './parameter-schemas.ts'
import { amount, UNREADABLE } from './readable-amount.ts'
import { defineRule } from './rule.ts'
import { usedIn } from './use-of-line.ts'

interface Parameters {
  readonly days?: number
}

/**
 * Is no more prescribed than dose and frequency use up in the days stated, or in the days allowed? Rounded up to
 * whole units. Silent where it can't be known: a dose that can't be counted in the unit of the line, a frequency without
 * count.
 *
 * @see SX-8.1, FS-4.2a, MZ-8, CQ-5.3, SC-P3
 */
export const quantityFitsUse = defineRule<Parameters>({
  name: 'quantity-fits-use',
  sentence: {
    zh: '按用法用量，开药数量不超过限定天数（{days}）的用量；未限定天数的，按处方天数。',
    en: 'By dose and frequency, no more is prescribed than is used up in the days allowed ({days}), or stated where none are set.',
  },
  parameters: parameters({}, { days: whole(1) }),
  check: (facts, { days }) =>
    eachLine(facts, 'quantity', (line, drug) => {
      const used = usedIn(line, drug, days ?? line.days)
      if (used === undefined || amount(line.quantity, UNREADABLE) <= used) return undefined
      const most = formatQuantity(used)
      return {
        zh: `${line.genericName}的数量超过${days ?? line.days}日用量（${most}${line.unit}），请核对数量与用法用量。`,
        en: `${line.genericName}: more than ${days ?? line.days} days use up (${most} ${line.unit}); check quantity and dose.`,
      }
    }),
})
