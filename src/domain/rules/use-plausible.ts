import { formatQuantity, ONE, type Quantity } from '../primitives/quantity.ts'
import { isMeasure } from '../words/drug-words.ts'
import { eachLine } from './lines.ts'
import { parameters, whole } from './parameter-schemas.ts'
import { amount, UNREADABLE } from './readable-amount.ts'
import { defineRule, type Objection } from './rule.ts'
import { unitsATime as takenAtOnce, usedIn } from './use-of-line.ts'

interface Parameters {
  /** Most pieces (片, 支, 袋…) in one taking. */
  readonly unitsATime?: number
  /** Most pieces a day that a quantity may come to, whatever the dose says. */
  readonly unitsADay?: number
  /** The same for drugs whose unit measures (g, ml). */
  readonly measureADay?: number
  /** How many times over the quantity may hold what dose and frequency use up. */
  readonly timesUse?: number
}

/**
 * Can a person use what each line says? A bound that is left out isn't asked for. Beside `quantity-fits-use`, which
 * counts to the unit, these bounds tell a slip of the pen or a wrong unit from a prescription.
 *
 * @see MZ-8, CQ-5.3, SX-10.1, SC-P3, FS-4.2a
 */
export const usePlausible = defineRule<Parameters>({
  name: 'use-plausible',
  sentence: {
    zh: '用量合理：单次不超过{unitsATime}个单位，日均不超过{unitsADay}个单位（按量计的为{measureADay}），开药量不超过用法用量所需的{timesUse}倍。',
    en: 'Use is plausible: at most {unitsATime} units at a time, {unitsADay} a day ({measureADay} of a measure), and a quantity of at most {timesUse} times what the dose uses up.',
  },
  parameters: parameters(
    {},
    { unitsATime: whole(1), unitsADay: whole(1), measureADay: whole(1), timesUse: whole(1) },
  ),
  check(facts, { unitsATime, unitsADay, measureADay, timesUse }): Objection[] {
    const doses = eachLine(facts, 'dose/amount', (line, drug) => {
      const taken = takenAtOnce(line, drug)
      if (unitsATime === undefined || taken === undefined || isMeasure(line.unit)) return undefined
      if (taken.numerator <= BigInt(unitsATime) * ONE * taken.denominator) return undefined
      return {
        zh: `第${line.lineNo}行单次用量超过${unitsATime}${line.unit}，请核对单次用量及其单位。`,
        en: `Line ${line.lineNo}: more than ${unitsATime} ${line.unit} at a time; check the dose and its unit.`,
      }
    })
    const quantities = eachLine(facts, 'quantity', (line, drug) => {
      const used = usedIn(line, drug, line.days)
      const perDay = isMeasure(line.unit) ? measureADay : unitsADay
      const bounds = [
        ...(perDay === undefined ? [] : [BigInt(perDay) * BigInt(line.days) * ONE]),
        ...(timesUse === undefined || used === undefined ? [] : [BigInt(timesUse) * used]),
      ]
      const most = bounds.reduce<Quantity | undefined>(
        (least, bound) => (least === undefined || bound < least ? bound : least),
        undefined,
      )
      if (most === undefined || amount(line.quantity, UNREADABLE) <= most) return undefined
      return {
        zh: `第${line.lineNo}行的数量超过按用法用量${line.days}日可能用完的最大数量（${formatQuantity(most)}${line.unit}），请核对数量和单位。`,
        en: `Line ${line.lineNo}: more than could be used in ${line.days} days (${formatQuantity(most)} ${line.unit}); check quantity and unit.`,
      }
    })
    return [...doses, ...quantities]
  },
})
