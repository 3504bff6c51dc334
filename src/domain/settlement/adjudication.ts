import type { Bilingual, FigureStatus, Finding } from '../finding.ts'
import type { CivilDay } from '../primitives/civil-day.ts'
import type { Fen } from '../primitives/money.ts'
import type { Price } from '../primitives/price.ts'
import type { Quantity } from '../primitives/quantity.ts'
import type { HospitalLevel, Person, Scheme } from '../registers.ts'
import type { FigureDecision } from '../rules/founded.ts'
import type { FigureValue, PartName, SettlementPlan } from './plan.ts'

/** Who bears an amount. `institution`: the supplier waives it, because nobody may be charged it (FS-3.4). */
export const PAYERS = [
  'patient',
  'basic-fund',
  'large-amount',
  'serious-illness',
  'medical-assistance',
  'charity',
  'capitation',
  'institution',
] as const
export type Payer = (typeof PAYERS)[number]

/** Why an amount falls where it does. The patient's layers stand first. */
const LAYERS = [
  'not-covered',
  'paid-elsewhere',
  'above-standard',
  'class-b',
  'deductible',
  'coinsurance',
  'above-maximum',
  'basic-fund',
  'other-benefit',
  'large-amount',
  'serious-illness',
  'medical-assistance',
  'charity',
  'mark-up',
  'payer-decided',
] as const
export type Layer = (typeof LAYERS)[number]

/** A line as supplied, or as it would be supplied. */
export interface SettlementLine {
  readonly lineNo: number
  readonly drugCode: string
  /** Class within the drug list: `single-payment`, `high-value`… (SC-P2). */
  readonly listClass?: string
  readonly medicineClass: 'A' | 'B'
  /** Ten-thousandths of a unit. */
  readonly quantity: Quantity
  readonly unitPriceFen: Price
  /** For one unit on the day; undefined when the register has none. */
  readonly paymentStandardFen: Price | undefined
  /** What the institution paid for one unit; needed where the plan forbids a mark-up (FS-3.4). */
  readonly purchasePriceFen?: Price
  /** Supplied free by an approved charity programme (SX-5). */
  readonly charity?: boolean
  /** The part of `quantity` above what may be covered, and the duty that says so (SX-17.5). */
  readonly excess?: { readonly quantity: Quantity; readonly ruleId: string; readonly article?: string }
}

/** What a person has used up in a calendar year before a settlement. Fen, all zero or more. */
export interface PersonYear {
  readonly deductiblePaid: Fen
  /** The level at which the year's deductible was charged; absent as long as none was. */
  readonly deductibleLevel?: HospitalLevel
  /** By the basic fund, directly or through capitation. */
  readonly fundPaid: Fen
  readonly largeAmountPaid: Fen
  /** Own payments that count towards serious-illness insurance, before its relief. */
  readonly ownPaid: Fen
  readonly seriousIllnessPaid: Fen
  readonly assistancePaid: Fen
}

/** A hospital that the person has chosen, for the combined deductible (CQ-2.4b). */
export interface ChosenHospital {
  readonly level: HospitalLevel
  readonly chosenFor: 'special-disease' | 'security-drug' | 'single-disease'
}

/** What another benefit does for the same supply (FS-3.1). */
export interface OtherBenefit {
  /** Its code in the register; under it the year's use is counted. */
  readonly benefit?: string
  readonly name: Bilingual
  /** `paid`: it has paid for these lines. `available`: it would pay, if chosen instead. */
  readonly state: 'paid' | 'available'
  /** Fen that its fund paid or would pay. */
  readonly lines: readonly { readonly lineNo: number; readonly fundFen: Fen }[]
}

/** Everything a settlement rests on. No names, no numbers of persons. */
export interface AdjudicationInput {
  /** Policy version in force on `day`. */
  readonly versionId: string
  readonly plan: SettlementPlan
  /** In production a figure that is only a sample is refused. */
  readonly mode: 'production' | 'sandbox'
  readonly day: CivilDay
  readonly scheme: Scheme
  readonly assistance: Person['assistance']
  readonly setting: 'outpatient' | 'inpatient'
  /** Level of the hospital that prescribes. */
  readonly hospitalLevel: HospitalLevel
  /** Holds a special-disease qualification (特病资质). */
  readonly specialDisease: boolean
  readonly hospitals: readonly ChosenHospital[]
  /** The hospital stay, for inpatients where the plan has the part `inpatient`. */
  readonly stay?: { readonly stayNo: string; readonly deductibleLeftFen: Fen }
  readonly lines: readonly SettlementLine[]
  readonly balances: PersonYear
  /** Findings of effect `not-covered`; others are ignored. */
  readonly notCovered: readonly Finding[]
  readonly otherBenefit?: OtherBenefit
}

/** A figure that was consulted. */
export interface UsedFigure {
  readonly part: PartName
  readonly name: string
  readonly value: FigureValue
  readonly status: FigureStatus
  readonly source: string
  readonly ruleId: string
  readonly article?: string
  readonly decision?: FigureDecision
}

/** One amount of the result. */
export interface Entry {
  readonly lineNo: number
  readonly layer: Layer
  readonly payer: Payer
  readonly amount: Fen
  readonly ruleId: string
  readonly article?: string
  readonly part: PartName | 'coverage'
  readonly parameters: readonly UsedFigure[]
  /** Policy version. */
  readonly version: string
  readonly explanation: Bilingual
}

export interface LineResult {
  readonly lineNo: number
  readonly drugCode: string
  readonly charge: Fen
  readonly payers: Readonly<Record<Payer, Fen>>
}

/**
 * How a part makes whole fen. `exact`: nothing to round. `fund-down`: what a fund pays, or what stays eligible for
 * it, is cut to a whole fen and the patient carries the odd one. `year-down`: the same, on the sum of the year.
 * `half-up`: a price times a quantity.
 */
export type Rounding = 'exact' | 'fund-down' | 'year-down' | 'half-up'

/** The whole split. `charge === sum of totals`, for each line too. */
export interface Adjudication {
  readonly outcome: 'adjudicated'
  readonly input: AdjudicationInput
  readonly charge: Fen
  readonly lines: readonly LineResult[]
  readonly entries: readonly Entry[]
  readonly totals: Readonly<Record<Payer, Fen>>
  readonly balancesAfter: PersonYear
  /** Set when the part `inpatient` applied. */
  readonly stay?: {
    readonly stayNo: string
    readonly countedFen: Fen
    readonly deductibleChargedFen: Fen
    /** The patient pays where he buys, and the supplier is owed the funds' part (CQ-4.6). Absent: as MZ-7.4 says. */
    readonly paysWhere?: 'supplier'
  }
  /** `other` when another benefit was better and was taken instead (FS-3.1). */
  readonly benefit: 'own' | 'other'
  readonly figures: readonly UsedFigure[]
  readonly restsOnSample: boolean
  readonly samples: readonly UsedFigure[]
  readonly rounding: Readonly<Partial<Record<PartName | 'charge', Rounding>>>
}

/** A figure that the settlement needs and may not use. */
export interface MissingFigure {
  readonly part: PartName
  readonly name: string
  readonly ruleId: string
  readonly reason: 'unset' | 'sample' | 'no-case'
}

/** A fact that the settlement needs and was not given. */
export interface MissingFact {
  readonly fact: 'payment-standard' | 'purchase-price' | 'stay'
  readonly lineNo?: number
}

/** No amount is stated as long as something is missing; all that is missing is listed. */
export interface AdjudicationRefused {
  readonly outcome: 'refused'
  readonly versionId: string
  /** `policy-not-cited` when at least one figure is missing. */
  readonly code: 'policy-not-cited' | 'facts-missing'
  readonly figures: readonly MissingFigure[]
  readonly facts: readonly MissingFact[]
}
