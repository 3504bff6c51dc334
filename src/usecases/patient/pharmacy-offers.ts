import { type Finding, isRefused } from '../../domain/finding.ts'
import { institutionFactsOf } from '../../domain/prescription-facts.ts'
import { type CivilDay, dayOf } from '../../domain/primitives/civil-day.ts'
import { fenToJson } from '../../domain/primitives/money.ts'
import { priceFromJson, priceOf } from '../../domain/primitives/price.ts'
import { parseQuantity } from '../../domain/primitives/quantity.ts'
import { Problem } from '../../domain/problems.ts'
import type { Institution } from '../../domain/registers.ts'
import { judge } from '../../domain/rules/judge.ts'
import { type Queryable, together } from '../../storage/database.ts'
import type { RegisterSnapshot } from '../../storage/register-cache.ts'
import * as stocks from '../../storage/stock.ts'
import type { Deps } from '../deps.ts'
import { type Case, judgeLoaded, type LoadedPrescription } from '../judge-stored.ts'
import { isConfidential } from '../pharmacy/split-view.ts'
import { type QuoteBasis, quoteBasis, quoteFrom } from '../quote.ts'
import { metresBetween, positionOf } from './distance.ts'

/** A pharmacy that the patient may choose, with what it has. */
export interface PharmacyOffer {
  readonly pharmacyId: string
  readonly name: string
  readonly address: string
  readonly phone: string
  readonly openingHours?: string
  /** From the prescribing hospital; absent when a register states no coordinates. */
  readonly metres?: number
  /** For everything that is left to dispense. `unknown`: never reported. */
  readonly stock: 'all' | 'part' | 'none' | 'unknown'
  /** The oldest of the reports that `stock` rests on. */
  readonly reportedAt?: Date
  /** Fen for everything that is left; absent without full stock, `confidential` when it may not be shown. */
  readonly price?: number | 'confidential'
  readonly ownPayment?: OwnPayment
}

/** What the patient would pay by today's balances. */
export interface OwnPayment {
  readonly fen: number
  readonly chargeFen: number
  /** A figure of the policy behind it is only a sample of the sandbox. */
  readonly restsOnSample: boolean
}

/** The pharmacies to choose from; when there is none, what stands against it. */
export interface Offers {
  readonly pharmacies: readonly PharmacyOffer[]
  readonly obstacles: readonly Finding[]
}

/** A quote is a judgement and an adjudication; far pharmacies go without one. */
const QUOTED = 20

/**
 * The designated pharmacies that the rules of the choice accept, those with stock first, each group by distance from
 * the prescribing hospital.
 *
 * @see MZ-4.2, MZ-5, MZ-6.4
 */
export async function pharmacyOffers(
  deps: Deps,
  db: Queryable,
  loaded: LoadedPrescription,
  now: Date,
): Promise<Offers> {
  const lines = linesLeft(loaded.prescription)
  const codes = lines.map((line) => line.drugCode)
  const [stock, basis] = await together(
    stocks.of(db, loaded.prescription.regionCode, codes),
    quoteBasis(db, loaded, now),
  )
  const judged = judgeLoaded(deps, loaded, 'choice', now)
  const { accepted, obstacles } = candidates(deps, judged, dayOf(now))
  const origin = positionOf(judged.snapshot.find('institution', judged.prescription.hospitalId, dayOf(now)))
  const offers = accepted
    .map((pharmacy) => {
      const place = positionOf(pharmacy)
      const shelf = stock.filter((row) => row.pharmacyId === pharmacy.institutionId)
      return {
        pharmacyId: pharmacy.institutionId,
        name: pharmacy.name,
        address: pharmacy.address,
        phone: pharmacy.phone,
        ...(pharmacy.openingHours === undefined ? {} : { openingHours: pharmacy.openingHours }),
        ...(origin === undefined || place === undefined ? {} : { metres: metresBetween(origin, place) }),
        ...shelfOf(lines, shelf, judged.snapshot, dayOf(now)),
      }
    })
    .sort(byUse)
  const priced: PharmacyOffer[] = []
  for (const { supply, ...offer } of offers) {
    const own =
      // While the deductible is open the own payment is the price, and beyond it nearly so: neither is told.
      supply === undefined || offer.price === 'confidential' || priced.length >= QUOTED
        ? undefined
        : ownPayment(deps, basis, offer.pharmacyId, supply, now)
    priced.push({ ...offer, ...(own === undefined ? {} : { ownPayment: own }) })
  }
  return { pharmacies: priced, obstacles }
}

/** Judges the choice of every institution in memory: the facts differ in the pharmacy alone. */
function candidates(deps: Deps, judged: Case, today: CivilDay) {
  const { snapshot, version, facts } = judged
  const accepted: Institution[] = []
  const refused: Finding[][] = []
  for (const institution of snapshot.all('institution', today)) {
    const pharmacy = institutionFactsOf(snapshot, institution.institutionId, today)
    if (pharmacy === undefined) continue
    const { findings } = judge(version, 'choice', { ...facts, pharmacy }, deps.mode)
    if (isRefused(findings)) refused.push(findings.filter(({ effect }) => effect === 'reject'))
    else accepted.push(institution)
  }
  // What stands against every pharmacy is about the prescription, not about a pharmacy.
  const [first = [], ...others] = accepted.length > 0 ? [] : refused
  const isIn = (finding: Finding) => (list: readonly Finding[]) =>
    list.some(({ ruleId, message }) => ruleId === finding.ruleId && message.zh === finding.message.zh)
  return { accepted, obstacles: first.filter((finding) => others.every(isIn(finding))) }
}

type Line = Case['prescription']['lines'][number]

/** The lines of which something is left to dispense. */
export function linesLeft({ lines }: Pick<Case['prescription'], 'lines'>): Line[] {
  return lines.filter((line) => parseQuantity(line.remaining) > 0n)
}

export type Supply = { lineNo: number; quantity: string; unitPriceFen: number }[]

/** What a pharmacy has of the lines, and its price where it has all of them. */
export function shelfOf(
  lines: readonly Line[],
  shelf: readonly stocks.StockRow[],
  snapshot: RegisterSnapshot,
  today: CivilDay,
): Pick<PharmacyOffer, 'stock' | 'reportedAt' | 'price'> & { supply?: Supply } {
  if (shelf.length === 0) return { stock: 'unknown' }
  const rowOf = new Map(shelf.map((row) => [row.drugCode, row]))
  const enough = lines.filter((line) => {
    const row = rowOf.get(line.drugCode)
    return row !== undefined && parseQuantity(row.quantity) >= parseQuantity(line.remaining)
  })
  const some = shelf.some((row) => parseQuantity(row.quantity) > 0n)
  const reportedAt = new Date(Math.min(...shelf.map((row) => row.reportedAt.getTime())))
  if (enough.length < lines.length) return { stock: some ? 'part' : 'none', reportedAt }
  const supply = lines.map(({ lineNo, drugCode, remaining }) => ({
    lineNo,
    quantity: remaining,
    unitPriceFen: rowOf.get(drugCode)!.unitPriceFen,
  }))
  const total = supply.reduce(
    (sum, line) => sum + priceOf(priceFromJson(line.unitPriceFen), parseQuantity(line.quantity)),
    0n,
  )
  const secret = lines.some((line) => isConfidential(snapshot, line.drugCode, today))
  return { stock: 'all', reportedAt, price: secret ? 'confidential' : fenToJson(total), supply }
}

/** @returns undefined when it can't be said now; the pharmacy will say it at the counter */
function ownPayment(
  deps: Deps,
  basis: QuoteBasis,
  pharmacyId: string,
  supply: Supply,
  now: Date,
): OwnPayment | undefined {
  try {
    const answer = quoteFrom(deps, basis, pharmacyId, supply, now)
    if (!answer.accepted) return undefined
    const { patientFen, chargeFen, restsOnSample } = answer.split
    return { fen: patientFen, chargeFen, restsOnSample }
  } catch (error) {
    // A figure or fact is missing: an estimate that can't be made is no reason to hide the pharmacy.
    if (error instanceof Problem) return undefined
    throw error
  }
}

const RANK: Readonly<Record<PharmacyOffer['stock'], number>> = { all: 0, part: 0, unknown: 1, none: 1 }

function byUse(a: PharmacyOffer, b: PharmacyOffer): number {
  return (
    RANK[a.stock] - RANK[b.stock] ||
    (a.metres ?? Number.MAX_SAFE_INTEGER) - (b.metres ?? Number.MAX_SAFE_INTEGER) ||
    (a.pharmacyId < b.pharmacyId ? -1 : 1)
  )
}
