import type {
  AdjudicationInput,
  PersonYear,
  SettlementLine,
} from '../../../src/domain/settlement/adjudication.ts'
import { inputOf, notCovered } from './builder.ts'
import { fraction } from './fraction.ts'
import type { Happening, Item, Purchase } from './reference.ts'
import type { Level, Region } from './reference-figures.ts'
import { versionOn } from './region-plans.ts'

/** A small generator of pseudo-random numbers (mulberry32), so that a failing case can be found again. */
export function randomFrom(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (bound: number) => Math.floor(next() * bound)
  const one = <T>(of: readonly T[]): T => of[below(of.length)]!
  const chance = (share: number) => next() < share
  return { below, one, chance }
}
export type Random = ReturnType<typeof randomFrom>

const LIST_CLASSES: Readonly<Record<Region, readonly (string | undefined)[]>> = {
  MZ: [undefined],
  CQ: [undefined],
  SX: [undefined, 'large-amount'],
  SC: [undefined, 'single-payment', 'high-value'],
  FS: [undefined],
}

/**
 * A year in one region: purchases, and between them some are taken back, old and new ones in any order.
 *
 * @param size the greatest price of a unit in fen
 */
export function randomYear(random: Random, region: Region, size: number): Happening[] {
  const year: Happening[] = []
  const standing: number[] = []
  for (const purchase of randomPurchases(random, region, size)) {
    standing.push(year.push(purchase) - 1)
    while (standing.length > 0 && random.chance(0.2)) {
      const [takesBack] = standing.splice(random.below(standing.length), 1)
      year.push({ takesBack: takesBack! })
    }
  }
  return year
}

function randomPurchases(random: Random, region: Region, size: number): Purchase[] {
  const employee = region === 'SX' || (region !== 'FS' && random.chance(0.5))
  const poverty = random.one(['none', 'none', 'minimum-living', 'extreme-poverty', 'low-income'] as const)
  const perHead = region === 'FS' && random.chance(0.5)
  const home = (random.below(region === 'FS' ? 2 : 3) + 1) as Level
  let qualified = random.chance(0.3)
  return Array.from({ length: random.below(8) + 1 }, () => {
    qualified = qualified ? random.chance(0.95) : random.chance(0.1)
    const level = random.chance(0.8) ? home : ((random.below(region === 'FS' ? 2 : 3) + 1) as Level)
    const inpatient = random.chance(0.15) && (region === 'MZ' || region === 'CQ')
    const items = Array.from({ length: random.below(3) + 1 }, (_, index) =>
      randomItem(random, region, index + 1, size),
    )
    return {
      region,
      employee,
      poverty,
      perHead,
      level,
      qualified,
      countedHospitals: Array.from({ length: random.below(3) }, () => (random.below(3) + 1) as Level),
      items: random.chance(0.5) ? items : items.toReversed(),
      ...(inpatient ? { stay: { deductibleLeft: BigInt(random.below(2) * random.below(size)) } } : {}),
      ...(region === 'FS' && random.chance(0.2)
        ? {
            other: {
              paid: random.chance(0.4),
              fund: new Map(
                items.slice(random.below(2)).map(({ no }) => [no, BigInt(random.below(size * 2))]),
              ),
            },
          }
        : {}),
    }
  })
}

function randomItem(random: Random, region: Region, no: number, size: number): Item {
  // Small and great prices alike; half of the quantities are whole.
  const price = BigInt(random.below(random.one([3, 200, Math.ceil(size / 20), size]) + 1))
  const quantity = random.chance(0.5) ? random.below(4) * 10_000 : random.below(40_000)
  const near = (share: number) => (price * BigInt(share)) / 100n
  const listClass = random.one(LIST_CLASSES[region])
  return {
    no,
    classB: random.chance(0.6),
    ...(listClass === undefined ? {} : { listClass }),
    quantity: fraction(quantity, 10_000),
    tooMany: random.chance(0.1) ? fraction(random.below(quantity + 1), 10_000) : fraction(0),
    price,
    standard: random.chance(0.5) ? price : near(random.one([0, 50, 90, 99, 101, 150])),
    purchasePrice: random.chance(0.6) ? price : near(random.one([50, 95, 110])),
    free: region === 'SX' && random.chance(0.1),
    notCovered: random.chance(0.08),
  }
}

const LEVELS = [undefined, 'primary', 'secondary', 'tertiary'] as const
const REGIONS = { MZ: '441400', CQ: '500000', SX: '140000', SC: '510600', FS: '210400' } as const

/** The same purchase in the words of the hub. */
export function toInput(purchase: Purchase, balances: PersonYear): AdjudicationInput {
  const day = purchase.region === 'FS' && !purchase.perHead ? '2020-05-06' : '2026-05-06'
  const { id, settlement } = versionOn(REGIONS[purchase.region], day)
  return inputOf({
    versionId: id,
    plan: settlement,
    day,
    scheme: purchase.employee ? 'employee' : 'resident',
    assistance: purchase.poverty,
    hospitalLevel: LEVELS[purchase.level]!,
    specialDisease: purchase.qualified,
    hospitals: [
      { level: 'tertiary', chosenFor: 'single-disease' },
      ...purchase.countedHospitals.map((level) => ({
        level: LEVELS[level]!,
        chosenFor: 'special-disease' as const,
      })),
    ],
    ...(purchase.stay === undefined
      ? {}
      : { setting: 'inpatient', stay: { stayNo: 'S', deductibleLeftFen: purchase.stay.deductibleLeft } }),
    lines: purchase.items.map(toLine),
    balances,
    notCovered: purchase.items.filter((item) => item.notCovered).map((item) => notCovered('ZZ-9', item.no)),
    ...(purchase.other === undefined
      ? {}
      : {
          otherBenefit: {
            name: { zh: '其他待遇', en: 'Another benefit' },
            state: purchase.other.paid ? 'paid' : 'available',
            lines: [...purchase.other.fund].map(([lineNo, fundFen]) => ({ lineNo, fundFen })),
          },
        }),
  })
}

function toLine(item: Item): SettlementLine {
  const tenThousandths = ({ top, bottom }: Item['quantity']) => (top * 10_000n) / bottom
  return {
    lineNo: item.no,
    drugCode: `drug-${item.no}`,
    medicineClass: item.classB ? 'B' : 'A',
    ...(item.listClass === undefined ? {} : { listClass: item.listClass }),
    quantity: tenThousandths(item.quantity),
    unitPriceFen: item.price,
    paymentStandardFen: item.standard,
    purchasePriceFen: item.purchasePrice,
    charity: item.free,
    ...(item.tooMany.top === 0n
      ? {}
      : { excess: { quantity: tenThousandths(item.tooMany), ruleId: 'SX-17.5' } }),
  }
}
