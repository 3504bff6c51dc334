import type { Scope } from '../../../schemas/access.ts'
import type { Bilingual } from '../../domain/finding.ts'
import type { CivilDay } from '../../domain/primitives/civil-day.ts'
import type { Drug, Institution, Person, Practitioner, RegisterEntry } from '../../domain/registers.ts'
import type { ReferenceDiagnosis } from './reference-data.ts'

/** What a policy file says about the region itself. */
export interface SandboxRegion {
  readonly regionCode: string
  readonly name: Bilingual
  /** County codes; the region's own code stands in when there are none. */
  readonly counties: readonly string[]
}

export interface SandboxOptions {
  /** The civil day on which the sandbox begins; periods are laid around it. */
  readonly today: CivilDay
  readonly seed: number
}

/** What a pharmacy says it has. */
export interface SandboxStock {
  readonly pharmacyId: string
  readonly drugCode: string
  /** Whole units, decimal text. */
  readonly quantity: string
  readonly unitPriceFen: number
}

/** A system that may call; its keys are made elsewhere. */
export interface SandboxClient {
  readonly clientId: string
  readonly kind: 'hospital' | 'pharmacy' | 'agency' | 'operator'
  readonly name: string
  /** Absent for the agency and the operator. */
  readonly institutionId?: string
  readonly scopes: readonly Scope[]
}

/** Who plays which part, for the demonstration, `GET /sandbox` and tests. */
export interface SandboxCast {
  /** The region's ordinary prescribing hospital: one of the next two. */
  readonly hospital: Institution
  readonly tertiaryHospital: Institution
  readonly secondaryHospital: Institution
  readonly primaryHospital: Institution
  /** Suspended within the last year. */
  readonly suspendedHospital: Institution
  readonly privateHospital: Institution
  readonly internetHospital: Institution

  /** The region's ordinary supplier, with stock: a pharmacy, or the ordinary hospital where only hospitals supply. */
  readonly designatedPharmacy: Institution
  /** Designated, with stock; sells one drug above the payment standard. */
  readonly secondPharmacy: Institution
  readonly noStockPharmacy: Institution
  readonly undesignatedPharmacy: Institution
  /** Its agreement ended a month ago. */
  readonly endedPharmacy: Institution

  /** The region's ordinary responsible physician: the chief or the associate chief. */
  readonly physician: Practitioner
  readonly chief: Practitioner
  readonly associateChief: Practitioner
  /** Filed and published; the title is attending. */
  readonly attending: Practitioner
  readonly unpublishedPhysician: Practitioner
  readonly notFiledPhysician: Practitioner
  /** Filed for the private hospital only. */
  readonly filedElsewherePhysician: Practitioner
  readonly expiredLicencePhysician: Practitioner
  readonly sanctionedPhysician: Practitioner
  /** At the primary hospital. */
  readonly generalPractitioner: Practitioner

  /** At the designated pharmacy. */
  readonly pharmacist: Practitioner
  /** At the second pharmacy. */
  readonly secondPharmacist: Practitioner
  /** At the designated pharmacy; the licence has run out. */
  readonly expiredPharmacist: Practitioner

  /** The region's ordinary patient: the employee or the resident. */
  readonly person: Person
  readonly employee: Person
  readonly resident: Person
  /** Resident scheme, minimum living guarantee (低保). */
  readonly assisted: Person
  readonly extremePoverty: Person
  readonly lowIncome: Person
  readonly suspendedPerson: Person
  readonly specialDiseasePerson: Person
  /** Insured in another region. */
  readonly outsider: Person
  /** Excluded from the benefit for cheating. */
  readonly excludedPerson: Person
  /** Insured, without any admission. */
  readonly unqualifiedPerson: Person
  /** The admission has run out. */
  readonly lapsedPerson: Person
  /** The last re-assessment ended payment. */
  readonly progressedPerson: Person
  /** Approved by a charity programme. */
  readonly charityPerson: Person

  /** The drug of the region's ordinary prescription. */
  readonly drug: Drug
  readonly publicPriceDrug: Drug
  readonly confidentialDrug: Drug
  readonly endedAgreementDrug: Drug
  readonly excludedDrug: Drug
  readonly psychotropicDrug: Drug
  readonly unlistedDrug: Drug
  readonly coldChainDrug: Drug
  readonly sameIndicationDrug: Drug
  readonly sameIngredientDrug: Drug
  readonly unrestrictedDrug: Drug
  readonly lessPreferredDrug: Drug
  readonly preferredDrug: Drug
}

/** Everything a region's sandbox begins with. Plain data: the same region, day and seed give the same world. */
export interface SandboxWorld {
  readonly regionCode: string
  readonly name: Bilingual
  readonly today: CivilDay
  readonly seed: number
  readonly entries: readonly RegisterEntry[]
  readonly stock: readonly SandboxStock[]
  readonly clients: readonly SandboxClient[]
  readonly cast: SandboxCast
  /** Diagnoses to choose from, insurance edition ICD-10. */
  readonly diagnoses: readonly ReferenceDiagnosis[]
}
