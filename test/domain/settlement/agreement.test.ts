import t from 'tap'
import { adjudicate } from '../../../src/domain/settlement/adjudicate.ts'
import type { LineResult, PersonYear } from '../../../src/domain/settlement/adjudication.ts'
import { movementsOf, personYearOf } from '../../../src/domain/settlement/year-movements.ts'
import { randomFrom, randomYear, toInput } from './random-years.ts'
import { type Purchase, type Shares, type Stride, splitYear } from './reference.ts'
import type { Region } from './reference-figures.ts'

const CASES = Number(process.env['SETTLEMENT_CASES'] ?? 100_000)
const SEED = Number(process.env['SETTLEMENT_SEED'] ?? 20_260_302)
const REGIONS: readonly Region[] = ['MZ', 'CQ', 'SX', 'SC', 'FS']

/** What a run of cases has met, so that agreement on nothing interesting doesn't pass for agreement. */
interface Met {
  deductibleCrossed: number
  maximumCrossed: number
  large: number
  serious: number
  assistance: number
  otherBenefit: number
  /** Purchases after one was taken back that was not the last before it. */
  afterReversal: number
}

t.test(
  `the hub and the independent reference agree on ${CASES} settlements in five regions, some reversed in any order`,
  (t) => {
    for (const region of REGIONS) {
      const met = compare(region, CASES / REGIONS.length, 20_000_000, 'run')
      t.equal(met.disagreement, undefined, region)
      t.ok(met.settlements >= CASES / REGIONS.length, `${region}: ${JSON.stringify(met)}`)
      if (CASES < 100_000) continue
      t.ok(met.deductibleCrossed > 100, `${region} deductible crossed`)
      t.ok(met.maximumCrossed > 100, `${region} maximum crossed`)
      if (region === 'CQ' || region === 'SX') t.ok(met.large > 100, `${region} large-amount insurance`)
      if (region === 'CQ' || region === 'MZ') t.ok(met.serious > 100, `${region} serious-illness insurance`)
      if (region === 'MZ') t.ok(met.assistance > 100, `${region} medical assistance`)
      if (region === 'FS') t.ok(met.otherBenefit > 100, `${region} another benefit`)
      t.ok(met.afterReversal > 1_000, `${region} settled after a reversal out of order`)
    }
    t.end()
  },
)

t.test('the hub and the reference agree when the reference walks fen by fen', (t) => {
  for (const region of REGIONS) {
    t.equal(compare(region, 300, 3_000, 'fen').disagreement, undefined, region)
  }
  t.end()
})

/** Compares years until `settlements` purchases were made; stops at the first disagreement. */
function compare(region: Region, settlements: number, size: number, stride: Stride) {
  const random = randomFrom(SEED + REGIONS.indexOf(region))
  const met: Met & { settlements: number; disagreement?: string } = {
    settlements: 0,
    deductibleCrossed: 0,
    maximumCrossed: 0,
    large: 0,
    serious: 0,
    assistance: 0,
    otherBenefit: 0,
    afterReversal: 0,
  }
  while (met.settlements < settlements && met.disagreement === undefined) {
    // Fushun's maximum is CNY 600, so its purchases are small.
    const year = randomYear(random, region, region === 'FS' ? Math.min(size, 40_000) : size)
    const expected = splitYear(year, stride)
    // As the ledger keeps it: sums of movements, and a reversal moves the opposite of what its settlement moved.
    const sums = new Map<string, bigint>()
    const moved = new Map<number, ReadonlyMap<string, bigint>>()
    let outOfOrder = false
    for (const [place, happening] of year.entries()) {
      const { shares, standing } = expected[place]!
      if ('takesBack' in happening) {
        move(sums, moved.get(happening.takesBack)!, -1n)
        moved.delete(happening.takesBack)
        outOfOrder ||= [...moved.keys()].some((other) => other > happening.takesBack)
      } else {
        const outcome = adjudicate(toInput(happening, personYearOf(sums)))
        met.settlements++
        if (outcome.outcome === 'refused') {
          return { ...met, disagreement: show(happening, place, 'refused', shares) }
        }
        const actual = JSON.stringify(outcome.lines.map(ofLine))
        if (actual !== JSON.stringify(shares.map(ofShares))) {
          return { ...met, disagreement: show(happening, place, actual, shares) }
        }
        count(met, outcome.entries, outcome.benefit)
        if (outOfOrder) met.afterReversal++
        moved.set(place, movementsOf(outcome))
        move(sums, moved.get(place)!, 1n)
      }
      if (!sumsAgree(personYearOf(sums), standing.flat())) {
        return {
          ...met,
          disagreement: `balances of ${region} after ${place}: ${JSON.stringify(year, plain)}`,
        }
      }
    }
  }
  return met
}

function move(sums: Map<string, bigint>, movement: ReadonlyMap<string, bigint>, sign: bigint): void {
  for (const [measure, amount] of movement) sums.set(measure, (sums.get(measure) ?? 0n) + sign * amount)
}

function count(met: Met, entries: readonly { layer: string; lineNo: number }[], benefit: string): void {
  const layers = new Set(entries.map((entry) => entry.layer))
  const both = (a: string, b: string) => layers.has(a) && layers.has(b)
  if (both('deductible', 'basic-fund')) met.deductibleCrossed++
  if (layers.has('basic-fund') && (layers.has('above-maximum') || layers.has('large-amount'))) {
    met.maximumCrossed++
  }
  if (layers.has('large-amount')) met.large++
  if (layers.has('serious-illness')) met.serious++
  if (layers.has('medical-assistance')) met.assistance++
  if (benefit === 'other') met.otherBenefit++
}

function ofLine({ lineNo, payers }: LineResult): string {
  const amounts = [
    payers.patient,
    payers['basic-fund'],
    payers.capitation,
    payers['large-amount'],
    payers['serious-illness'],
    payers['medical-assistance'],
    payers.charity,
    payers.institution,
  ]
  return [lineNo, ...amounts].join(' ')
}

function ofShares(one: Shares): string {
  const { no, patient, fund, elsewhere, capitation, large, serious, assistance, charity, institution } = one
  return [no, patient, fund + elsewhere, capitation, large, serious, assistance, charity, institution].join(
    ' ',
  )
}

/** The year's balances are the sums over all that stands. */
function sumsAgree(balances: PersonYear, standing: readonly Shares[]): boolean {
  const sum = (pick: (one: Shares) => bigint) => standing.reduce((total, one) => total + pick(one), 0n)
  return (
    balances.deductiblePaid === sum((one) => one.deductible) &&
    balances.fundPaid === sum((one) => one.fund + one.capitation) &&
    balances.largeAmountPaid === sum((one) => one.large) &&
    balances.ownPaid === sum((one) => one.own) &&
    balances.seriousIllnessPaid === sum((one) => one.serious) &&
    balances.assistancePaid === sum((one) => one.assistance)
  )
}

function plain(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value instanceof Map ? [...value] : value
}

function show(purchase: Purchase, index: number, actual: string, expected: readonly Shares[]): string {
  return [
    `purchase ${index}: ${JSON.stringify(purchase, plain)}`,
    `hub ${actual}`,
    `reference ${JSON.stringify(expected.map(ofShares))}`,
  ].join('\n')
}
