import { addDays } from '../domain/primitives/civil-day.ts'
import type { Fault } from './version-faults.ts'

interface Period {
  readonly id: string
  readonly from: string
  readonly to?: string
  /** Says why nothing holds before it. */
  readonly gapBefore?: string
}

/**
 * Finds versions of one region that overlap, leave an unexplained gap, end before they begin, or share an id.
 *
 * @param periods in the order of the file, which must be the order of time
 */
export function periodFaults(periods: readonly Period[]): Fault[] {
  return periods.flatMap((period, index) => {
    const faults: Fault[] = []
    const fault = (key: string, message: string) =>
      faults.push({ path: `/versions/${index}/${key}`, message })
    if (period.to !== undefined && period.to < period.from) fault('to', 'The version ends before it begins.')
    if (periods.findIndex(({ id }) => id === period.id) < index) {
      fault('id', `Two versions have the id "${period.id}".`)
    }
    const before = periods[index - 1]
    if (before === undefined) return faults
    if (before.to === undefined || period.from <= before.to) {
      fault(
        'from',
        `The version overlaps "${before.id}", which ${before.to ? `ends on ${before.to}` : 'has no end'}.`,
      )
    } else if (period.from > addDays(before.to, 1) && period.gapBefore === undefined) {
      fault('from', `No version holds after ${before.to} until ${period.from}; say why with "gapBefore".`)
    }
    return faults
  })
}
