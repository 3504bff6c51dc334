import type { CivilDay } from './primitives/civil-day.ts'
import { type Price, scaledPrice, unitPrice } from './primitives/price.ts'

/**
 * The registers (名录) of a region. Every entry is dated and never overwritten: a change ends the old entry and
 * adds a new one, with author and reason. Entries are plain JSON; money is integer fen as a JSON number.
 */
export interface Registers {
  readonly institution: Institution
  readonly designation: Designation
  readonly practitioner: Practitioner
  readonly filing: Filing
  readonly certificate: RegisteredCertificate
  readonly drug: Drug
  readonly 'payment-standard': PaymentStandard
  readonly 'drug-list': DrugListEntry
  readonly person: Person
  readonly qualification: Qualification
  readonly sanction: Sanction
  readonly 'other-benefit': BenefitStatement
  readonly diagnosis: RegisteredDiagnosis
}

export type RegisterName = keyof Registers

/** One dated entry. `validTo` is the last day on which it holds; absent means until further notice. */
export interface RegisterEntry<Name extends RegisterName = RegisterName> {
  readonly register: Name
  readonly key: string
  readonly validFrom: CivilDay
  readonly validTo?: CivilDay
  readonly data: Registers[Name]
}

/** Hospital level (医院等级), from the national code list. */
export type HospitalLevel = 'tertiary' | 'secondary' | 'primary'

/** Key: national institution code, `H…` hospital or `P…` pharmacy. */
export interface Institution {
  readonly institutionId: string
  readonly kind: 'hospital' | 'internet-hospital' | 'pharmacy'
  readonly name: string
  /** Hospitals only. */
  readonly level?: HospitalLevel
  readonly ownership: 'public' | 'private'
  readonly countyCode: string
  readonly address: string
  readonly phone: string
  /** Degrees. */
  readonly longitude?: number
  readonly latitude?: number
  readonly openingHours?: string
  /** Cold-chain storage and delivery. */
  readonly coldChain?: boolean
  /** Can do gene tests (CQ-4.2). */
  readonly geneTesting?: boolean
  /** Hospitals: the departments that prescribe; absent: not stated. */
  readonly departments?: readonly { readonly code: string; readonly name: string }[]
}

/** Key: the code. A diagnosis of the insurance edition of ICD-10 (医保版), or of Chinese medicine. */
export interface RegisteredDiagnosis {
  readonly code: string
  readonly name: string
  /** Other words for the same, which hospitals may write as well. */
  readonly otherNames?: readonly string[]
}

/** Key: `institutionId:kind`. A live agreement that makes an institution a fixed point (定点) for one purpose. */
export interface Designation {
  readonly institutionId: string
  /** `dual-channel`, `special-drug`, `assessing`, `treating`, `supplying`, `two-disease`, `settling`… named by policy files. */
  readonly kind: string
  readonly agreementNo: string
  /** How it came about: by right or by decided application (MZ-4.1). */
  readonly basis: 'by-right' | 'application'
}

/** Professional title (职称), ascending. */
export const TITLES = ['resident', 'attending', 'associate-chief', 'chief'] as const
export type Title = (typeof TITLES)[number]

/** Key: national practitioner code. */
export interface Practitioner {
  readonly practitionerId: string
  readonly kind: 'physician' | 'pharmacist'
  readonly name: string
  /** Physicians only. */
  readonly title?: Title
  readonly licenceNo: string
  /** Last day on which the licence holds. */
  readonly licenceValidTo: CivilDay
}

/** Key: `practitionerId:institutionId:role`. A practitioner filed (备案) with the agency for an institution. */
export interface Filing {
  readonly practitionerId: string
  readonly institutionId: string
  readonly role: 'responsible-physician' | 'assessor' | 'pharmacist'
  /** ICD-10 prefixes of the diseases the physician treats; empty means all. */
  readonly diseases: readonly string[]
  /** Day of publication; a filing that is not published is not yet effective (MZ-4.3b). */
  readonly publishedOn?: CivilDay
  /** Filed below the title that the policy asks for in principle (原则上): who approved it, when and why (MZ-4.3b). */
  readonly titleException?: {
    readonly approvedBy: string
    readonly approvedOn: CivilDay
    readonly reason: string
  }
}

/** Key: SHA-256 of the certificate's DER, lower-case hex. */
export interface RegisteredCertificate {
  /** Absent where `identity` stands. */
  readonly fingerprint?: string
  /** Every certificate that an authority issues to this subject: event certificates live a day, and each is new. */
  readonly identity?: CertificateIdentity
  /** DER in base64, where it is filed whole: then signatures may leave it out. */
  readonly certificate?: string
  readonly purpose: 'physician' | 'hospital-seal' | 'insurance-office'
  /** The physician, for purpose `physician`. */
  readonly practitionerId?: string
  readonly institutionId: string
}

/** By whom a certificate was issued, and to whom. */
export interface CertificateIdentity {
  /** SHA-256 of the certificate of the authority that issues, lower-case hex. */
  readonly authority: string
  /** Parts of the subject's name that must be there, by short name or object identifier: `CN`, `serialNumber`… */
  readonly subject: Readonly<Record<string, string>>
}

/** Key: national drug code (23 or 20 characters). */
export interface Drug {
  readonly drugCode: string
  readonly genericName: string
  readonly form: string
  readonly specification: string
  /** Unit of prescribing, stock and price: 片, 支, 袋… */
  readonly unit: string
  readonly medicineClass: 'A' | 'B'
  readonly negotiated: boolean
  /** ATC-like class of the national code. */
  readonly atcClass: string
  /** Substances that count as one for duplicate supply; the generic name without its form when nothing better is known. */
  readonly ingredient: string
  readonly special?: 'narcotic' | 'psychotropic' | 'toxic' | 'radioactive'
  readonly coldChain?: boolean
  /** Printed restriction (限定支付范围). */
  readonly restriction?: string
  /** ICD-10 prefixes that satisfy the restriction; absent means no restriction by disease. */
  readonly restrictedIcd?: readonly string[]
  /** Longest covered course in days, where the restriction states one. */
  readonly maxDays?: number
  readonly essential?: boolean
  readonly consistencyEvaluated?: boolean
  readonly centrallyProcured?: boolean
  readonly injectable?: boolean
  /** Units of the drug in the smallest pack that is sold (最小销售包装), where it is known. */
  readonly packSize?: number
  /** The restriction rests on a gene test (CQ-4.2, SX-4.1). */
  readonly geneTestRequired?: boolean
}

/** Products that count as one medicine: of one generic name, and where it matters of one form and strength. */
export interface GenericProduct {
  readonly genericName: string
  readonly form?: string
  readonly specification?: string
}

/**
 * Key: `drugCode`, for what was paid for it `drugCode:purchase`; of a generic name `generic:` and a hash. Dated by its
 * agreement or procurement period.
 */
export interface PaymentStandard {
  /** The product; absent where `generic` stands. */
  readonly drugCode?: string
  /** The standard of all products of this name (FS-3.5b). */
  readonly generic?: GenericProduct
  /** Fen for one unit of the drug, in decimals where one unit costs no whole fen; or for `per` units. */
  readonly fen: number
  /** Units that `fen` is for; absent: one. */
  readonly per?: number
  /** True: the figure may not be published (保密价格). */
  readonly confidential: boolean
  /** `negotiated`, `procured` (集采) or `purchase` price. */
  readonly basis: 'negotiated' | 'procured' | 'purchase'
  /** True: the figure is made up for the sandbox. */
  readonly sample?: true
}

/** The key of a product's standard: what was paid for it stands beside what the fund pays by. */
export function productStandardKey(drugCode: string, basis: PaymentStandard['basis']): string {
  return basis === 'purchase' ? `${drugCode}:purchase` : drugCode
}

/** The exact price that an entry states. */
export function standardPrice({ fen, per }: Pick<PaymentStandard, 'fen' | 'per'>): Price {
  return scaledPrice(unitPrice(fen), per ?? 1)
}

/** Key: `listId:drugCode`. */
export interface DrugListEntry {
  /** `dual-channel`, `special-disease`, `outpatient-security`, `negotiated`, `two-disease`… named by policy files. */
  readonly listId: string
  readonly drugCode: string
  /** Last day of the negotiation agreement, when the listing rests on one (CQ-2.6). */
  readonly agreementEnd?: CivilDay
  /** Class within the list: `single-payment`, `high-value` (SC-P2), `large-amount` (SX-2)… */
  readonly class?: string
}

export type Scheme = 'employee' | 'resident'

/** Key: person number. Subject: the person. */
export interface Person {
  readonly personId: string
  readonly name: string
  readonly idNumber: string
  readonly phone: string
  readonly birthDate: CivilDay
  readonly sex: 'male' | 'female'
  readonly scheme: Scheme
  readonly standing: 'active' | 'suspended'
  readonly assistance: 'none' | 'minimum-living' | 'extreme-poverty' | 'low-income'
  readonly insuredRegion: string
  readonly countyCode: string
  readonly specialDisease?: boolean
}

/** Key: free. Subject: the person. An admission (准入) that a workflow or the agency filed. */
export interface Qualification {
  readonly personId: string
  /**
   * `drug` (CQ-4.1, SX-4, SC-D2), `two-disease` (FS-2.1), `hospital-choice` (FS-3.6, SX-6), `drug-combination` (SX-9),
   * `charity` (SX-5), `away-purchase` (SX-15), `living-elsewhere` (SX-16)…
   */
  readonly kind: string
  /** The drugs it covers, by national code; absent means it isn't tied to drugs. */
  readonly drugCodes?: readonly string[]
  readonly diagnoses?: readonly string[]
  /** Where the person is treated. */
  readonly hospitalId?: string
  readonly assessingHospitalId?: string
  readonly supplierId?: string
  /** One or two responsible physicians (CQ-4.4). */
  readonly physicianIds?: readonly string[]
  readonly regimen?: string
  readonly documentNo?: string
  /** Last re-assessment (SX-7): `continues` or a reason why payment ends. */
  readonly assessment?: 'continues' | 'cured' | 'progressed'
  readonly assessedOn?: CivilDay
}

/** Key: free. Subject: the institution, practitioner or person. */
export interface Sanction {
  readonly subject: 'institution' | 'practitioner' | 'person'
  readonly subjectId: string
  readonly kind: 'suspension' | 'qualification-lost' | 'benefit-excluded' | 'watch-list' | 'removed'
  readonly reason: string
}

/**
 * Key: free. Subject: the person. What another benefit of the same insurance does for the person's medicines, as the
 * agency's own system or an institution's statement says (FS-3.1). Its period says when it holds; a hospital stay that
 * pays for medicines is `paid` for as long as it lasts.
 */
export interface BenefitStatement {
  readonly personId: string
  /** Names the benefit across entries: `chronic-disease`, `ordinary-outpatient`, `inpatient`… */
  readonly benefit: string
  readonly name: { readonly zh: string; readonly en: string }
  /** `paid`: it has paid. `available`: it would pay, if it is better for the patient. */
  readonly state: 'paid' | 'available'
  /** The drug that it is about; absent: all. */
  readonly drugCode?: string
  /** `paid`: the prescription that was paid for; absent: all of the period. */
  readonly prescriptionNo?: string
  /** `available`: the part of the charge that its fund pays, in basis points. */
  readonly ratioBp?: number
  /** `available`: what its fund may still pay this year through the hub, in fen; absent: without limit. */
  readonly maximumFen?: number
  /** `paid`: what its fund paid, in fen. */
  readonly paidFen?: number
}
