import { agreementRunning } from './agreement-running.ts'
import { arrivedAfterIssue } from './arrived-after-issue.ts'
import { awayPurchaseAllowed } from './away-purchase-allowed.ts'
import { buyerIdentified } from './buyer-identified.ts'
import { coldChainKept } from './cold-chain-kept.ts'
import { courseLimit } from './course-limit.ts'
import { coverageBegun } from './coverage-begun.ts'
import { daysAtMost } from './days-at-most.ts'
import { daysFillPeriod } from './days-fill-period.ts'
import { designatedInstitution } from './designated-institution.ts'
import { diagnosisAmong } from './diagnosis-among.ts'
import { diagnosisNamed } from './diagnosis-named.ts'
import { drugAsRegistered } from './drug-as-registered.ts'
import { drugOnList } from './drug-on-list.ts'
import { everyPackTraced } from './every-pack-traced.ts'
import { excludedSpecialDrug } from './excluded-special-drug.ts'
import { geneTestCapability } from './gene-test-capability.ts'
import { institutionKind } from './institution-kind.ts'
import { institutionLevel } from './institution-level.ts'
import { insuredHere } from './insured-here.ts'
import { insuredScheme } from './insured-scheme.ts'
import { insuredStanding } from './insured-standing.ts'
import { licenceLive } from './licence-live.ts'
import { longTermAllowed } from './long-term-allowed.ts'
import { namedAsRegistered } from './named-as-registered.ts'
import { noDuplicateSupply } from './no-duplicate-supply.ts'
import { notSanctioned } from './not-sanctioned.ts'
import { oneDrugPerIndication } from './one-drug-per-indication.ts'
import { outsidePurchaseStated } from './outside-purchase-stated.ts'
import { papersIssued } from './papers-issued.ts'
import { patientMatches } from './patient-matches.ts'
import { physicianTitle } from './physician-title.ts'
import { physicianTreatsDisease } from './physician-treats-disease.ts'
import { practitionerFiled } from './practitioner-filed.ts'
import { preferredEquivalent } from './preferred-equivalent.ts'
import { prescribedQuantity } from './prescribed-quantity.ts'
import { prescriptionOnItsOwn } from './prescription-on-its-own.ts'
import { priceAtMostStandard } from './price-at-most-standard.ts'
import { qualificationLive } from './qualification-live.ts'
import { qualificationMatches } from './qualification-matches.ts'
import { qualificationNames } from './qualification-names.ts'
import { qualificationTerm } from './qualification-term.ts'
import { quantityFitsUse } from './quantity-fits-use.ts'
import { reassessmentPassed } from './reassessment-passed.ts'
import { reassessmentTimely } from './reassessment-timely.ts'
import { restrictedDisease } from './restricted-disease.ts'
import { restrictedScopeConfirmed } from './restricted-scope-confirmed.ts'
import type { Rule } from './rule.ts'
import { settingAllowed } from './setting-allowed.ts'
import { signedBy } from './signed-by.ts'
import { signedWhenIssued } from './signed-when-issued.ts'
import { specialDiseaseQualified } from './special-disease-qualified.ts'
import { specialStorageDelivered } from './special-storage-delivered.ts'
import { statementSigned } from './statement-signed.ts'
import { supplyMatchesPrescription } from './supply-matches-prescription.ts'
import { supplyWindow } from './supply-window.ts'
import { traceableSupply } from './traceable-supply.ts'
import { usePlausible } from './use-plausible.ts'
import { withinValidity } from './within-validity.ts'

const RULES: readonly Rule[] = [
  agreementRunning,
  arrivedAfterIssue,
  awayPurchaseAllowed,
  buyerIdentified,
  coldChainKept,
  courseLimit,
  coverageBegun,
  daysAtMost,
  daysFillPeriod,
  designatedInstitution,
  diagnosisAmong,
  diagnosisNamed,
  drugAsRegistered,
  drugOnList,
  excludedSpecialDrug,
  geneTestCapability,
  institutionKind,
  institutionLevel,
  insuredHere,
  insuredScheme,
  insuredStanding,
  licenceLive,
  longTermAllowed,
  namedAsRegistered,
  noDuplicateSupply,
  notSanctioned,
  oneDrugPerIndication,
  outsidePurchaseStated,
  patientMatches,
  physicianTitle,
  physicianTreatsDisease,
  practitionerFiled,
  preferredEquivalent,
  prescribedQuantity,
  prescriptionOnItsOwn,
  priceAtMostStandard,
  qualificationLive,
  qualificationMatches,
  qualificationNames,
  qualificationTerm,
  quantityFitsUse,
  reassessmentPassed,
  reassessmentTimely,
  restrictedDisease,
  restrictedScopeConfirmed,
  settingAllowed,
  signedBy,
  signedWhenIssued,
  specialDiseaseQualified,
  specialStorageDelivered,
  papersIssued,
  statementSigned,
  supplyMatchesPrescription,
  supplyWindow,
  traceableSupply,
  usePlausible,
  everyPackTraced,
  withinValidity,
]

/** Every rule that a policy file may name. */
export const VOCABULARY: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.name, rule]))
