import { type Fraction, fraction, isAtLeast, minus, ONE, plus, times, wholePart, ZERO } from './fraction.ts'
import { type Figures, figuresFor, type Level, type Who } from './reference-figures.ts'

/** One line of a purchase. Prices in fen for one unit, quantities as fractions of a unit. */
export interface Item {
  readonly no: number
  readonly classB: boolean
  readonly listClass?: string
  readonly quantity: Fraction
  readonly tooMany: Fraction
  readonly price: bigint
  readonly standard: bigint
  readonly purchasePrice: bigint
  readonly free: boolean
  readonly notCovered: boolean
}

/** One purchase of a person's year. */
export interface Purchase extends Who {
  /** Fushun from 2021 on. */
  readonly perHead: boolean
  readonly qualified: boolean
  /** Levels of the hospitals chosen for special diseases or security drugs. */
  readonly countedHospitals: readonly Level[]
  readonly stay?: { readonly deductibleLeft: bigint }
  readonly items: readonly Item[]
  readonly other?: { readonly paid: boolean; readonly fund: ReadonlyMap<number, bigint> }
}

/** Who bears how many fen of one line. */
export interface Shares {
  readonly no: number
  patient: bigint
  fund: bigint
  capitation: bigint
  /** Paid by the fund under another benefit, which has a year of its own. */
  elsewhere: bigint
  large: bigint
  serious: bigint
  assistance: bigint
  charity: bigint
  institution: bigint
  /** Deductible of the year that the line used up, and the level. */
  deductible: bigint
  level: Level | undefined
  /** Own payments that count for the year. */
  own: bigint
  /** What lay above the fund's maximum, whoever bore it. */
  above: bigint
}

/** How the reference walks: one fen after the other, or by runs of fen that fare alike. */
export type Stride = 'fen' | 'run'

/** What happens in a year: a purchase, or the purchase that happened at a place of the year is taken back. */
export type Happening = Purchase | { readonly takesBack: number }

/** The year after something happened. */
export interface Told {
  /** Of the purchase; none when one was taken back. */
  readonly shares: readonly Shares[]
  /** The purchases that were not taken back so far. */
  readonly standing: readonly (readonly Shares[])[]
}

/**
 * Tells one person's year, in order. Nothing is carried from one purchase to the next but the list of what was paid
 * and still stands: each balance is summed up afresh from the start of the year. A purchase that is taken back is
 * struck from the list, and what others paid stays as it was.
 */
export function splitYear(year: readonly Happening[], stride: Stride = 'run'): Told[] {
  const told: Told[] = []
  const standing = new Map<number, readonly Shares[]>()
  for (const [place, happening] of year.entries()) {
    if ('takesBack' in happening) {
      standing.delete(happening.takesBack)
      told.push({ shares: [], standing: [...standing.values()] })
    } else {
      const shares = splitPurchase(happening, [...standing.values()], stride)
      standing.set(place, shares)
      told.push({ shares, standing: [...standing.values()] })
    }
  }
  return told
}

function splitPurchase(
  purchase: Purchase,
  earlier: readonly (readonly Shares[])[],
  stride: Stride,
): Shares[] {
  const done: Shares[] = []
  let stayLeft =
    purchase.region === 'SX' || purchase.region === 'SC' ? undefined : purchase.stay?.deductibleLeft
  for (const item of [...purchase.items].sort((a, b) => a.no - b.no)) {
    const shares = empty(item.no)
    const covered = coveredFen(purchase, item, shares)
    if (covered > 0n) {
      const figures = figuresFor(purchase, item.classB, item.listClass)
      stayLeft = cover(purchase, figures, covered, shares, [...earlier.flat(), ...done], stayLeft, stride)
    }
    if (purchase.perHead) [shares.fund, shares.capitation] = [0n, shares.fund]
    done.push(shares)
  }
  return orOtherBenefit(purchase, done)
}

function empty(no: number): Shares {
  return {
    no,
    patient: 0n,
    fund: 0n,
    capitation: 0n,
    elsewhere: 0n,
    large: 0n,
    serious: 0n,
    assistance: 0n,
    charity: 0n,
    institution: 0n,
    deductible: 0n,
    level: undefined,
    own: 0n,
    above: 0n,
  }
}

/** A price times a quantity in whole fen, half a fen up. */
function cost(price: bigint, quantity: Fraction): bigint {
  return wholePart(plus(times(fraction(price), quantity), fraction(1, 2)))
}

/** What of a line can come before the fund at all; the rest is given to whoever bears it. */
function coveredFen(purchase: Purchase, item: Item, shares: Shares): bigint {
  const full = cost(item.price, item.quantity)
  if (item.free) {
    shares.charity = full
    return 0n
  }
  let price = item.price
  if (purchase.region === 'FS' && item.purchasePrice < price) price = item.purchasePrice
  const charged = cost(price, item.quantity)
  shares.institution = full - charged
  const elsewhere = purchase.other?.paid === true && purchase.other.fund.has(item.no)
  if (item.notCovered || elsewhere) {
    shares.patient = charged
    return 0n
  }
  const right = minus(item.quantity, item.tooMany)
  const standard = cost(atMost(item.standard, price), right)
  shares.patient = charged - standard
  return standard
}

/** Walks through the covered fen of a line; returns what is left of the stay's deductible. */
function cover(
  purchase: Purchase,
  figures: Figures,
  covered: bigint,
  shares: Shares,
  before: readonly Shares[],
  stayLeft: bigint | undefined,
  stride: Stride,
): bigint | undefined {
  const total = (pick: (shares: Shares) => bigint) => before.reduce((sum, one) => sum + pick(one), 0n)
  const eligible = share(covered, minus(ONE, figures.firstShare), stride)
  const firstShare = covered - eligible

  const level = levelOf(purchase, before)
  const unpaid = fen(figures.deductible(level)) - total((one) => one.deductible)
  const due = stayLeft ?? (unpaid > 0n ? unpaid : 0n)
  const deductible = due < eligible ? due : eligible
  if (stayLeft === undefined && deductible > 0n) Object.assign(shares, { deductible, level })

  const fundLeft = fen(figures.maximum) - total((one) => one.fund + one.capitation)
  const ratio = stayLeft === undefined ? figures.ratio : (figures.stayRatio ?? figures.ratio)
  const { fund, coinsurance, above } = walkFund(eligible - deductible, ratio, fundLeft, stride)
  Object.assign(shares, { fund, above })
  if (figures.large !== undefined) {
    const room = fen(figures.large.maximum) - total((one) => one.large)
    shares.large = atMost(share(above, figures.large.ratio, stride), room)
  }
  const aboveOwn = above - shares.large
  const { serious } = figures
  const counted = deductible + coinsurance + (serious?.countsAboveMaximum === false ? 0n : aboveOwn)
  shares.own = counted
  if (serious !== undefined) {
    const ownBefore = total((one) => one.own)
    const owed = (own: bigint) => {
      const over = own > fen(serious.threshold) ? own - fen(serious.threshold) : 0n
      const inFirst = atMost(over, fen(serious.firstWidth))
      const exact = plus(
        times(fraction(inFirst), serious.first),
        times(fraction(over - inFirst), serious.second),
      )
      return wholePart(exact)
    }
    const had = total((one) => one.serious)
    // What a reversal left too much of is not paid for again.
    const fresh = atMost(owed(ownBefore + counted) - owed(ownBefore), owed(ownBefore + counted) - had)
    shares.serious = atMost(fresh, fen(serious.maximum) - had)
  }
  if (figures.assistance !== undefined) {
    const room = fen(figures.assistance.maximum) - total((one) => one.assistance)
    shares.assistance = atMost(share(counted - shares.serious, figures.assistance.ratio, stride), room)
  }
  shares.patient += firstShare + deductible + coinsurance + aboveOwn - shares.serious - shares.assistance
  return stayLeft === undefined ? undefined : stayLeft - deductible
}

/** The level at which the year's deductible is charged: without qualification the one of what was charged already. */
function levelOf(purchase: Purchase, before: readonly Shares[]): Level {
  if (purchase.region === 'CQ' && purchase.qualified) {
    return Math.max(purchase.level, ...purchase.countedHospitals) as Level
  }
  const charged = before.map((one) => one.level).filter((level) => level !== undefined)
  return charged.length === 0 ? purchase.level : (Math.max(...charged) as Level)
}

/** Whole fen out of `count` when each fen adds `ratio` of a fen. */
function share(count: bigint, ratio: Fraction, stride: Stride): bigint {
  if (stride === 'run') return wholePart(times(fraction(count), ratio))
  let [whole, rest] = [0n, ZERO]
  for (let k = 0n; k < count; k++) {
    rest = plus(rest, ratio)
    if (isAtLeast(rest, ONE)) {
      rest = minus(rest, ONE)
      whole++
    }
  }
  return whole
}

/** Sends each fen to the fund's purse until that is empty; every fen after it lies above the maximum. */
function walkFund(count: bigint, ratio: Fraction, left: bigint, stride: Stride) {
  if (ratio.top === 0n) return { fund: 0n, coinsurance: count, above: 0n }
  const purse = left > 0n ? left : 0n
  let within = 0n
  if (stride === 'fen') {
    let [paid, rest] = [0n, ZERO]
    while (within < count && paid < purse) {
      within++
      rest = plus(rest, ratio)
      if (isAtLeast(rest, ONE)) {
        rest = minus(rest, ONE)
        paid++
      }
    }
  } else if (purse > 0n) {
    // The least number of fen that empties the purse, by bisection.
    let [low, high] = [0n, count]
    while (low < high) {
      const middle = (low + high) / 2n
      if (isAtLeast(times(fraction(middle), ratio), fraction(purse))) high = middle
      else low = middle + 1n
    }
    within = low
  }
  const fund = atMost(wholePart(times(fraction(within), ratio)), purse)
  return { fund, coinsurance: within - fund, above: count - within }
}

/** FS-3.1: the benefit that leaves the patient less to pay. */
function orOtherBenefit(purchase: Purchase, done: readonly Shares[]): Shares[] {
  const { other } = purchase
  if (other === undefined || other.paid) return [...done]
  const instead = done.map((own) => {
    const item = purchase.items.find((one) => one.no === own.no)!
    const open = item.free || item.notCovered ? 0n : openFen(purchase, item)
    const charge = cost(item.price, item.quantity)
    const elsewhere = atMost(open, other.fund.get(own.no) ?? 0n)
    const shares = { ...empty(own.no), elsewhere, charity: own.charity, institution: own.institution }
    return { ...shares, patient: charge - elsewhere - own.charity - own.institution }
  })
  const patientPays = (all: readonly Shares[]) => all.reduce((sum, one) => sum + one.patient, 0n)
  return patientPays(instead) < patientPays(done) ? instead : [...done]
}

/** The other benefit doesn't know this one's payment standard. */
function openFen(purchase: Purchase, item: Item): bigint {
  const cheaper = purchase.region === 'FS' && item.purchasePrice < item.price
  return cost(cheaper ? item.purchasePrice : item.price, minus(item.quantity, item.tooMany))
}

function fen(yuan: number): bigint {
  return BigInt(yuan) * 100n
}

function atMost(amount: bigint, limit: bigint): bigint {
  return amount < limit ? amount : limit > 0n ? limit : 0n
}
