import type { Facts, PrescriptionLineFacts } from '../facts.ts'
import { addDays, type CivilDay } from '../primitives/civil-day.ts'
import type { Quantity } from '../primitives/quantity.ts'
import { usedUpOn } from '../used-up.ts'
import { eachSupply } from './lines.ts'
import { parameters, whole } from './parameter-schemas.ts'
import { amount, UNREADABLE } from './readable-amount.ts'
import { defineRule } from './rule.ts'

interface Parameters {
  /** Most days of use that one hand-over may cover. */
  readonly windowDays: number
  /** How many days before the last supply is used up the next may come. */
  readonly earlyDays: number
}

/**
 * Does each window of a long-term prescription supply no more days of use than allowed, and not before the last
 * supply is nearly used up?
 *
 * A line's days of use are spread evenly over its quantity; a day that is only partly covered counts as used up. Two
 * entries for one line (two batches) count together.
 *
 * @see SC-N3, FS-3.4
 */
export const supplyWindow = defineRule<Parameters>({
  name: 'supply-window',
  sentence: {
    zh: '长期处方每次供药不超过{windowDays}日用量，下一次供药不得早于上次药品用完前{earlyDays}日。',
    en: 'Each supply of a long-term prescription covers at most {windowDays} days, and the next comes at most {earlyDays} days before the last is used up.',
  },
  parameters: parameters({ windowDays: whole(1), earlyDays: whole(0) }),
  needs: () => ['supply'],
  check(facts, { windowDays, earlyDays }) {
    const totals = new Map<number, Quantity>()
    return eachSupply(facts, 'quantity', (supply, line) => {
      if (line === undefined) return undefined
      const quantity = (totals.get(line.lineNo) ?? 0n) + amount(supply.quantity, UNREADABLE)
      totals.set(line.lineNo, quantity)
      if (quantity * BigInt(line.days) > amount(line.quantity, 0n) * BigInt(windowDays)) {
        return {
          zh: `第${line.lineNo}行本次供药超过${windowDays}日用量，请减少本次供药数量。`,
          en: `Line ${line.lineNo}: this supply covers more than ${windowDays} days; supply less at once.`,
        }
      }
      const usedUp = usedUpOfLine(facts, line)
      const from = usedUp === undefined ? undefined : addDays(usedUp, -earlyDays)
      if (from === undefined || facts.today >= from) return undefined
      return {
        zh: `第${line.lineNo}行上次供药尚未用完，${from}起方可再次供药。`,
        en: `Line ${line.lineNo}: the last supply is not used up; the next may come from ${from}.`,
      }
    })
  },
})

/** The first day that the supplies so far do not cover; undefined when nothing of the line was supplied. */
function usedUpOfLine(facts: Facts, line: PrescriptionLineFacts): CivilDay | undefined {
  const parts = (facts.supplied ?? []).flatMap(({ handedOverOn, lines }) => {
    const own = lines.filter(({ lineNo }) => lineNo === line.lineNo)
    const quantity = own.reduce((sum, each) => sum + amount(each.quantity, 0n), 0n)
    return own.length === 0 ? [] : [{ handedOverOn, quantity }]
  })
  return usedUpOn(line.days, amount(line.quantity, 0n), parts)
}
