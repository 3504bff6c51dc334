import type { CivilDay } from './primitives/civil-day.ts'
import type { PriceJson } from './primitives/price.ts'
import type {
  BenefitStatement,
  Designation,
  Drug,
  DrugListEntry,
  Filing,
  Institution,
  PaymentStandard,
  Person,
  Practitioner,
  Qualification,
  RegisterEntry,
  Sanction,
} from './registers.ts'
import type { Occasion } from './reimbursement/terms.ts'
import type { Frequency } from './times-a-day.ts'
import type { NamedFacts } from './words/named.ts'

/** The steps at which a policy judges. */
export const STEPS = [
  'intake',
  'choice',
  'taking',
  'review',
  'settlement',
  'hand-over',
  'reimbursement',
] as const
export type Step = (typeof STEPS)[number]

/** A dated entry as the rules see it: with its period, because a rule may ask about another day. */
export type Dated<T> = T & { readonly validFrom: CivilDay; readonly validTo?: CivilDay }

/** What the signed document says, reduced to what rules ask about. Same names as the document. */
export interface PrescriptionFacts {
  /** The hub's number, once it has one. */
  readonly prescriptionNo?: string
  /**
   * Absent for a document that its physician signed; `paper` when a pharmacy entered it while circulation was down
   * (MZ-7.5); `national` when it came over the national interface, signed for the hospital by the centre.
   */
  readonly origin?: 'paper' | 'national'
  /** The patient was told that the fund won't pay and wants to go on (CQ-4.4). */
  readonly selfPay?: boolean
  /** The special case in which an inpatient buys outside, as the hospital states it (CQ-2.3). */
  readonly outsidePurchase?: { readonly reasonCode: string; readonly hasStatement: boolean }
  readonly issuedAt: string
  readonly issuedOn: CivilDay
  readonly receivedAt: string
  readonly type: string
  readonly setting: 'outpatient' | 'inpatient'
  readonly longTerm: boolean
  readonly hospitalId: string
  readonly physicianId: string
  readonly personId: string
  readonly diagnoses: readonly { readonly code: string; readonly name: string }[]
  readonly lines: readonly PrescriptionLineFacts[]
  /** Exclusive end of validity, once the hub has stored it. */
  readonly expiresAt?: string
}

export interface PrescriptionLineFacts {
  readonly lineNo: number
  readonly drugCode: string
  readonly genericName: string
  /** Absent in what was judged before they were compared with the register. */
  readonly form?: string
  readonly specification?: string
  /** Decimal text in `unit`. */
  readonly quantity: string
  readonly unit: string
  readonly days: number
  readonly startsOn: CivilDay
  readonly endsOn: CivilDay
  readonly restrictedScopeConfirmed: boolean
  /** One taking; `amount` is decimal text. */
  readonly dose?: { readonly amount: string; readonly unit: string }
  /** Absent when neither the hospital's name for it nor its code has a fixed count. */
  readonly frequency?: Frequency
  /** Decimal text in `unit`: what is still to be supplied; the whole quantity when absent. */
  readonly remaining?: string
  readonly [extension: string]: unknown
}

/** What the patient of a document is compared by with the registered person. */
export type PatientMember = 'name' | 'idNumber' | 'sex' | 'birthDate'

/** One institution with everything the registers hold of it around the day of judgement. */
export interface InstitutionFacts
  extends Omit<
    Institution,
    'name' | 'address' | 'phone' | 'longitude' | 'latitude' | 'openingHours' | 'departments'
  > {
  /** Live and past designations, each with its period. */
  readonly designations: readonly Dated<Designation>[]
  readonly sanctions: readonly Dated<Sanction>[]
}

export interface PractitionerFacts extends Omit<Practitioner, 'name'> {
  readonly filings: readonly Dated<Filing>[]
  readonly sanctions: readonly Dated<Sanction>[]
}

export interface PersonFacts extends Omit<Person, 'name' | 'idNumber' | 'phone'> {
  readonly qualifications: readonly Dated<Qualification>[]
  /** Other benefits for the same medicines (FS-3.1); absent: none was stated. */
  readonly benefits?: readonly Dated<BenefitStatement>[]
  readonly sanctions: readonly Dated<Sanction>[]
}

export interface DrugFacts extends Drug {
  readonly lists: readonly Dated<DrugListEntry>[]
  readonly paymentStandards: readonly Dated<PaymentStandard>[]
  /** Other registered products with the same ingredient and form that have a virtue which this one lacks. */
  readonly equivalents?: readonly EquivalentFacts[]
}

/** As much of an equivalent product as policies that prefer some of them ask about (FS-2.2, SC-N3). */
export type EquivalentFacts = Pick<
  Drug,
  'drugCode' | 'genericName' | 'medicineClass' | 'essential' | 'consistencyEvaluated' | 'centrallyProcured'
>

/** A supply in the person's own history, over all hospitals and pharmacies. */
export interface SupplyFacts {
  readonly prescriptionNo: string
  readonly drugCode: string
  readonly ingredient: string
  readonly issuedOn: CivilDay
  readonly startsOn: CivilDay
  readonly endsOn: CivilDay
  /** As of the judgement. Open prescriptions count as well as handed-over ones. */
  readonly state: string
  /** Ended before all of it was supplied: the days which that covers that was handed over and kept. */
  readonly kept?: { readonly startsOn: CivilDay; readonly endsOn: CivilDay }
  readonly hospitalId: string
  readonly negotiated?: boolean
  /** Classes within the lists that the drug is on, on the day of the judgement: `large-amount` (SX-2)… */
  readonly listClasses?: readonly string[]
  /** ICD-10 codes of the prescription. */
  readonly diagnoses?: readonly string[]
}

/** An earlier hand-over of the same prescription that was not given back. */
export interface EarlierSupplyFacts {
  readonly handedOverOn: CivilDay
  /** Quantities as decimal text in the unit of the prescribed line. */
  readonly lines: readonly { readonly lineNo: number; readonly quantity: string }[]
}

/** Who signed the document, as the trust room found. */
export interface SignerFacts {
  readonly purpose: 'physician' | 'hospital-seal' | 'insurance-office'
  readonly practitionerId?: string
  readonly institutionId: string
  readonly signedAt?: string
}

/** What the pharmacy is about to hand over, at settlement request and hand-over. */
export interface SupplyLineFacts {
  readonly lineNo: number
  readonly drugCode: string
  readonly quantity: string
  /** Fen for one unit, or for a number of units. */
  readonly unitPriceFen: PriceJson
  readonly batchNo?: string
  readonly expiresOn?: CivilDay
  readonly traceCodes?: readonly string[]
  /** What all of its packs give together, where each is split: decimal text. */
  readonly splitQuantity?: string
  /** Why there is no trace code, of the list `no-trace-reasons`. */
  readonly noTraceReason?: string
  readonly [extension: string]: unknown
}

/**
 * Everything a rule may ask about, loaded before the rules run. Plain JSON without names, identity numbers or
 * telephones, so that it can be stored with the decision and judged again years later.
 */
export interface Facts {
  readonly step: Step
  /** Instant of the judgement, ISO 8601 UTC. */
  readonly now: string
  /** The civil day of `now`. */
  readonly today: CivilDay
  readonly regionCode: string
  readonly prescription: PrescriptionFacts
  /** Hand-over: when the settlement was requested. A purchase begun within validity is finished, not lost. */
  readonly purchaseBegunAt?: string
  readonly signers: readonly SignerFacts[]
  readonly hospital?: InstitutionFacts
  readonly physician?: PractitionerFacts
  readonly person?: PersonFacts
  /** Intake: the name, identity number, sex and birth date in the document are those of the registered person. */
  readonly patientMatches?: boolean
  /** Which of them differ, when it doesn't match; absent in facts that were kept before it was recorded. */
  readonly patientDiffers?: readonly PatientMember[]
  /** Intake: whether the names beside the codes are those of the registers. */
  readonly named?: NamedFacts
  /** By drug code; a code that no register knows is absent. */
  readonly drugs: Readonly<Record<string, DrugFacts>>
  readonly history: readonly SupplyFacts[]
  readonly pharmacy?: InstitutionFacts
  readonly pharmacist?: PractitionerFacts
  /** Drug code → suppliers fixed for the patient that cannot supply what is left of it; absent: none. */
  readonly shortSuppliers?: Readonly<Record<string, readonly string[]>>
  /** Long-term prescriptions: what was handed over before, oldest first. */
  readonly supplied?: readonly EarlierSupplyFacts[]
  /** Lines as supplied. */
  readonly supply?: readonly SupplyLineFacts[]
  /** Who buys, checked by the pharmacist or at the delivery: never a name or number. */
  readonly buyer?: {
    readonly relation: 'patient' | 'agent'
    readonly identityChecked: boolean
    /** `delivery`: whoever hands over checks; `counter` when absent. */
    readonly checkedAt?: 'counter' | 'delivery'
    readonly papers?: readonly string[]
    /** The receiver of delivered goods has signed. */
    readonly receiptSigned?: boolean
  }
  /** How the medicine leaves the pharmacy. */
  readonly delivery?: {
    readonly way: 'counter' | 'home' | 'hospital'
    readonly feeFen: number
    readonly coldChain?: 'ice-pack' | 'cold-delivery'
    readonly adviceGiven?: boolean
  }
  /** The settlement statement, at hand-over (MZ-6.5). */
  readonly statement?: {
    readonly signed: boolean
    /** The sale came over the national interface, which has no place for a signature. */
    readonly door?: 'national'
  }
  /** What was given out for the money, as the supplier says; absent when it says nothing (MZ-6.5). */
  readonly papersIssued?: readonly string[]
  /** A claim by hand: on what occasion. */
  readonly claim?: { readonly occasion: Occasion }
  /** Further facts that only some policies ask about, by name. */
  readonly extra?: Readonly<Record<string, unknown>>
}

/** The entry of a register that holds on a day. */
export function inForce<T extends Dated<object>>(entries: readonly T[], day: CivilDay): T[] {
  return entries.filter(
    (entry) => entry.validFrom <= day && (entry.validTo === undefined || day <= entry.validTo),
  )
}

export type { RegisterEntry }
