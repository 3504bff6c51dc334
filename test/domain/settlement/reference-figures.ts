import { type Fraction, percent } from './fraction.ts'

export type Region = 'MZ' | 'CQ' | 'SX' | 'SC' | 'FS'
export type Level = 1 | 2 | 3

/** What the figures of a region depend on. */
export interface Who {
  readonly region: Region
  readonly employee: boolean
  readonly poverty: 'none' | 'minimum-living' | 'extreme-poverty' | 'low-income'
  /** Of the hospital that prescribes. */
  readonly level: Level
}

interface SeriousIllness {
  /** Yuan. */
  readonly threshold: number
  /** Ratio up to so many yuan above the threshold, then the second ratio. */
  readonly first: Fraction
  readonly firstWidth: number
  readonly second: Fraction
  readonly maximum: number
  readonly countsAboveMaximum: boolean
}

/** Figures copied by hand, in yuan and per cent, so that they share nothing with the policy files. */
export interface Figures {
  readonly firstShare: Fraction
  readonly deductible: (level: Level) => number
  readonly ratio: Fraction
  readonly stayRatio?: Fraction
  readonly maximum: number
  readonly large?: { readonly ratio: Fraction; readonly maximum: number }
  readonly serious?: SeriousIllness
  readonly assistance?: { readonly ratio: Fraction; readonly maximum: number }
}

/** The figures for one line of a person's purchase. */
export function figuresFor(who: Who, classB: boolean, listClass: string | undefined): Figures {
  const { employee, level } = who
  const nothing = percent(0)
  switch (who.region) {
    case 'MZ': {
      const helped = { 'extreme-poverty': 100, 'minimum-living': 80, 'low-income': 70, none: 0 }[who.poverty]
      const poor = who.poverty === 'extreme-poverty' || who.poverty === 'minimum-living'
      return {
        firstShare: classB ? percent(employee ? 10 : 15) : nothing,
        deductible: (at) => at * 200,
        ratio: percent(employee ? 75 : 60),
        stayRatio: percent(employee ? (level === 3 ? 80 : 85) : level === 3 ? 65 : 75),
        maximum: employee ? 300_000 : 200_000,
        serious: {
          threshold: poor ? 3_000 : who.poverty === 'low-income' ? 6_000 : 15_000,
          first: percent(60),
          firstWidth: 50_000,
          second: percent(70),
          maximum: 200_000,
          countsAboveMaximum: false,
        },
        ...(helped === 0 ? {} : { assistance: { ratio: percent(helped), maximum: 50_000 } }),
      }
    }
    case 'CQ':
      return {
        firstShare: classB ? percent(10) : nothing,
        deductible: (at) => (employee ? [0, 200, 440, 880] : [0, 100, 300, 800])[at]!,
        ratio: percent(employee ? 80 : [0, 80, 60, 40][level]!),
        stayRatio: percent(employee ? 85 : level === 3 ? 50 : 70),
        maximum: employee ? 50_000 : 120_000,
        ...(employee
          ? { large: { ratio: percent(95), maximum: 500_000 } }
          : {
              serious: {
                threshold: 16_000,
                first: percent(60),
                firstWidth: 200_000,
                second: percent(70),
                maximum: 200_000,
                countsAboveMaximum: true,
              },
            }),
      }
    case 'SX':
      return {
        firstShare: classB ? percent(20) : nothing,
        deductible: () => 1_000,
        ratio: percent(listClass === 'large-amount' ? 80 : 75),
        maximum: 150_000,
        large: { ratio: percent(90), maximum: 300_000 },
      }
    case 'SC': {
      if (listClass === 'single-payment') {
        return {
          firstShare: nothing,
          deductible: () => 0,
          ratio: percent(employee ? 75 : 60),
          maximum: 150_000,
        }
      }
      const high = listClass === 'high-value'
      return {
        firstShare: high ? percent(20) : classB ? percent(10) : nothing,
        deductible: () => (employee ? 500 : 300),
        ratio: percent((high ? 65 : 70) + (employee ? 15 : 0)),
        maximum: employee ? 200_000 : 150_000,
      }
    }
    case 'FS':
      return {
        firstShare: classB ? percent(10) : nothing,
        deductible: (at) => (at === 1 ? 100 : 200),
        ratio: percent(level === 1 ? 60 : 50),
        maximum: 600,
      }
  }
}
