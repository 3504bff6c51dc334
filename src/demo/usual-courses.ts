import type { Drug } from '../domain/registers.ts'

/** How much of a drug for how long. */
export interface Course {
  readonly days: number
  /** Whole units. */
  readonly quantity: number
}

interface Usual {
  readonly unitsADay: number
  readonly days: number
}

const ORDINARY: Usual = { unitsADay: 1, days: 14 }

/** By national code, after the label (说明书): enough at once that a fund pays more than nothing. */
const USUAL: Readonly<Record<string, Usual>> = {
  /** 丁苯酞软胶囊 0.1 g: two, three times a day. */
  XN07XXD130E002010102774: { unitsADay: 6, days: 14 },
  /** 丁苯酞氯化钠注射液 25 mg: twice a day. */
  XN07XXD221B002010102774: { unitsADay: 2, days: 14 },
  /** 瑞维鲁胺片 80 mg: 240 mg a day. */
  XL02BBR121A001010101445: { unitsADay: 3, days: 14 },
  /** 醋酸阿比特龙片 250 mg: 1 g a day. */
  XL02BBA292A001010100647: { unitsADay: 4, days: 14 },
  /** 利司那肽注射液, a pen of 0.15 mg: 20 µg a day. */
  XA10BJL366B002010181708: { unitsADay: 1 / 7, days: 28 },
}

/** True for a drug whose usual course is known. */
export function isUsual({ drugCode }: Drug): boolean {
  return drugCode in USUAL
}

/**
 * What is usually prescribed of a drug: within the longest course that its restriction covers.
 *
 * @param atMostDays a shorter course
 */
export function courseOf(drug: Drug, atMostDays = Number.POSITIVE_INFINITY): Course {
  const { unitsADay, days: usual } = USUAL[drug.drugCode] ?? ORDINARY
  const days = Math.min(usual, atMostDays, drug.maxDays ?? usual)
  return { days, quantity: Math.max(1, Math.ceil(unitsADay * days)) }
}
