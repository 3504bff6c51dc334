// Made from the API description by generate.mjs; not to be changed by hand.

export type AddCertificateEntryRequest = {
  /** The first day on which it holds */
  readonly validFrom: string
  /** Last day on which it holds; absent means until further notice */
  readonly validTo?: string
  /** Why, in words or by code */
  readonly reason: string
  readonly data: SignerCertificate
}

export type AddDesignationEntryRequest = {
  /** The first day on which it holds */
  readonly validFrom: string
  /** Last day on which it holds; absent means until further notice */
  readonly validTo?: string
  /** Why, in words or by code */
  readonly reason: string
  readonly data: Designation
}

export type AddDiagnosisEntryRequest = {
  /** The first day on which it holds */
  readonly validFrom: string
  /** Last day on which it holds; absent means until further notice */
  readonly validTo?: string
  /** Why, in words or by code */
  readonly reason: string
  readonly data: Diagnosis
}

export type AddDrugEntryRequest = {
  /** The first day on which it holds */
  readonly validFrom: string
  /** Last day on which it holds; absent means until further notice */
  readonly validTo?: string
  /** Why, in words or by code */
  readonly reason: string
  readonly data: Drug
}

export type AddDrugListEntryRequest = {
  /** The first day on which it holds */
  readonly validFrom: string
  /** Last day on which it holds; absent means until further notice */
  readonly validTo?: string
  /** Why, in words or by code */
  readonly reason: string
  readonly data: DrugListEntry
}

export type AddFilingEntryRequest = {
  /** The first day on which it holds */
  readonly validFrom: string
  /** Last day on which it holds; absent means until further notice */
  readonly validTo?: string
  /** Why, in words or by code */
  readonly reason: string
  readonly data: Filing
}

/** Taken in · 已受理并保存 */
export type AddInstitutionEntryAnswer = {
  /** Which register */
  readonly register: "institution" | "designation" | "practitioner" | "filing" | "certificate" | "drug" | "payment-standard" | "drug-list" | "person" | "qualification" | "sanction" | "other-benefit" | "diagnosis"
  /** The key of the register entry */
  readonly key: string
  /** The first day on which it holds */
  readonly validFrom: string
  /** The last day on which it holds; absent: without end */
  readonly validTo?: string
}

export type AddInstitutionEntryRequest = {
  /** The first day on which it holds */
  readonly validFrom: string
  /** Last day on which it holds; absent means until further notice */
  readonly validTo?: string
  /** Why, in words or by code */
  readonly reason: string
  readonly data: Institution
}

export type AddOtherBenefitEntryRequest = {
  /** The first day on which it holds */
  readonly validFrom: string
  /** Last day on which it holds; absent means until further notice */
  readonly validTo?: string
  /** Why, in words or by code */
  readonly reason: string
  readonly data: OtherBenefit
  /** Of your own choice; made up when absent */
  readonly key?: string
}

export type AddPaymentStandardEntryRequest = {
  /** The first day on which it holds */
  readonly validFrom: string
  /** Last day on which it holds; absent means until further notice */
  readonly validTo?: string
  /** Why, in words or by code */
  readonly reason: string
  readonly data: PaymentStandard
}

export type AddPersonEntryRequest = {
  /** The first day on which it holds */
  readonly validFrom: string
  /** Last day on which it holds; absent means until further notice */
  readonly validTo?: string
  /** Why, in words or by code */
  readonly reason: string
  readonly data: Person
}

export type AddPractitionerEntryRequest = {
  /** The first day on which it holds */
  readonly validFrom: string
  /** Last day on which it holds; absent means until further notice */
  readonly validTo?: string
  /** Why, in words or by code */
  readonly reason: string
  readonly data: Practitioner
}

export type AddQualificationEntryRequest = {
  /** The first day on which it holds */
  readonly validFrom: string
  /** Last day on which it holds; absent means until further notice */
  readonly validTo?: string
  /** Why, in words or by code */
  readonly reason: string
  readonly data: Qualification
  /** Of your own choice; made up when absent */
  readonly key?: string
}

/** Done · 成功 */
export type AddReimbursementPapersAnswer = {
  /** Names the file */
  readonly fileId: string
  /** Where it stands */
  readonly status: "open" | "withdrawn" | "submitted" | "approved" | "declined" | "paid"
  /** Fen (1/100 yuan) */
  readonly amountFen?: number
}

export type AddReimbursementPapersRequest = {
  /** Papers, by code */
  readonly papers: readonly (ReimbursementPaper)[]
}

export type AddSanctionEntryRequest = {
  /** The first day on which it holds */
  readonly validFrom: string
  /** Last day on which it holds; absent means until further notice */
  readonly validTo?: string
  /** Why, in words or by code */
  readonly reason: string
  readonly data: Sanction
  /** Of your own choice; made up when absent */
  readonly key?: string
}

/** Done · 成功 */
export type Application = {
  /** A, region (6), day (8), sequence (8) */
  readonly applicationNo: string
  /** Which procedure of the region */
  readonly workflow: string
  readonly title: Bilingual
  /** The version of the policy that was applied */
  readonly policyVersion: string
  readonly subject: ListApplicationsAnswerItemSubject
  /** The institution that applies */
  readonly applicantId?: string
  /** Where it stands */
  readonly status: "open" | "approved" | "refused" | "withdrawn"
  /** Counts the changes, from 1 */
  readonly revision: number
  readonly fields: OpenApplicationRequestFields
  readonly waitsFor?: ApplicationWaitsFor
  /** Papers that have to be there */
  readonly papersNeeded: readonly (ApplicationPapersNeededItem)[]
  /** Papers, by code */
  readonly papers: readonly (ApplicationPaper)[]
  /** The steps that were taken, the oldest first */
  readonly steps: readonly (ApplicationStep)[]
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly openedAt: string
}

export type ApplicationPaper = {
  /** Counts the papers */
  readonly paperNo: number
  /** The code, as its list has it */
  readonly code: string
  /** SHA-256 of the file, in hexadecimal */
  readonly sha256: string
  /** Media type of the file */
  readonly mediaType: string
  /** Size of the file */
  readonly bytes: number
  /** The client that added it */
  readonly addedBy: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly addedAt: string
}

export type ApplicationPapersNeededItem = {
  /** The code, as its list has it */
  readonly code: string
  readonly title: Bilingual
}

export type ApplicationStep = {
  /** The step */
  readonly step: string
  /** What was decided */
  readonly decision: string
  /** Who does it, or decided it */
  readonly by: string
  /** Who signed the step */
  readonly signedBy: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Why, in words or by code */
  readonly reason?: string
  /** Whether what was decided was explained */
  readonly explained: boolean
  /** What the rules found */
  readonly findings: readonly (Finding)[]
}

/** What the next step is, and who takes it */
export type ApplicationWaitsFor = {
  /** The step */
  readonly step: string
  readonly title: Bilingual
  readonly by: ApplicationWaitsForBy
  readonly lacks: OpenApplicationAnswerLacks
  /** What has to be fulfilled */
  readonly criteria: readonly (ApplicationWaitsForCriteriaItem)[]
  /** The day by which it is due */
  readonly dueOn?: string
  readonly dueUnknown?: ApplicationWaitsForDueUnknown
  /** Whether its day has passed */
  readonly isOverdue: boolean
}

/** Who does it, or decided it */
export type ApplicationWaitsForBy = {
  /** Which kind of system takes the step */
  readonly caller: "hospital" | "agency"
  /** Where the step is taken */
  readonly at?: string
  /** In which capacity the step is taken */
  readonly as: "physician" | "insurance-office" | "officer"
  /** Who may, by role */
  readonly roles?: readonly (string)[]
  /** Not by whoever took these steps */
  readonly otherThan?: readonly (string)[]
}

export type ApplicationWaitsForCriteriaItem = {
  /** The code, as its list has it */
  readonly code: string
  readonly text: ApplicationWaitsForCriteriaItemText
}

/** In words, in Chinese and English */
export type ApplicationWaitsForCriteriaItemText = {
  /** In Chinese */
  readonly zh: string
  /** In English */
  readonly en: string
}

/** Instead of `dueOn` while the calendar of the year into which the working days run has not been entered: count them from `from` once it is · 该年度工作日历尚未录入，期限待定 */
export type ApplicationWaitsForDueUnknown = {
  /** How many working days */
  readonly workingDays: number
  /** The first, inclusive */
  readonly from: string
  /** The year whose working days are not known */
  readonly missingYear: number
}

/** Taken in · 已受理并保存 */
export type AttachPaperAnswer = {
  /** A, region (6), day (8), sequence (8) */
  readonly applicationNo: string
  /** Counts the papers */
  readonly paperNo: number
  /** The code, as its list has it */
  readonly code: string
  /** SHA-256 of the file, in hexadecimal */
  readonly sha256: string
  /** Size of the file */
  readonly bytes: number
}

/** Its title */
export type Bilingual = {
  /** In Chinese */
  readonly zh: string
  /** In English */
  readonly en: string
}

/** Whether the pack is split; or how the amount is divided */
export type Bill = {
  /** The version of the policy that was applied */
  readonly policyVersion: string
  /** The day whose policy and prices count */
  readonly day: string
  /** Fen (1/100 yuan) */
  readonly chargeFen: number
  /** All that the patient does not pay */
  readonly fundFen: number
  /** Fen (1/100 yuan) */
  readonly patientFen: number
  /** Payers that bear something */
  readonly totals: readonly (BillTotal)[]
  /** The lines, or how many there are */
  readonly lines: readonly (BillLine)[]
  /** The entries, or how many there are */
  readonly entries: readonly (BillEntry)[]
  /** `other`: another benefit was better */
  readonly benefit: "own" | "other"
  /** True when a figure behind it is a sandbox sample */
  readonly restsOnSample: boolean
  /** Sample figures that were used */
  readonly samples: readonly (BillEntryParameter)[]
}

export type BillEntry = {
  /** Number of the line, from 1 */
  readonly lineNo: number
  /** The part of the calculation that the amount comes from */
  readonly layer: "not-covered" | "paid-elsewhere" | "above-standard" | "class-b" | "deductible" | "coinsurance" | "above-maximum" | "basic-fund" | "other-benefit" | "large-amount" | "serious-illness" | "medical-assistance" | "charity" | "mark-up" | "payer-decided"
  /** Who pays */
  readonly payer: "patient" | "basic-fund" | "large-amount" | "serious-illness" | "medical-assistance" | "charity" | "capitation" | "institution"
  /** Fen; negative where a core system decided less than the hub worked out (payer-decided) */
  readonly amountFen: number
  /** The duty in the policy file */
  readonly ruleId: string
  /** The article of the document that says so */
  readonly article?: string
  /** The part of the calculation */
  readonly part: string
  /** The figures of the policy that were used */
  readonly parameters: readonly (BillEntryParameter)[]
  readonly explanation: BillEntryExplanation
}

/** How it came about */
export type BillEntryExplanation = {
  /** In Chinese */
  readonly zh: string
  /** In English */
  readonly en: string
}

export type BillEntryParameter = {
  /** The part of the calculation */
  readonly part: string
  /** Its name */
  readonly name: string
  /** A number, a word, or a list or table of them */
  readonly value: unknown
  /** Where it stands */
  readonly status: "cited" | "decided" | "sample" | "unset"
  /** The id of the rule, with the document it comes from */
  readonly ruleId: string
  /** The article of the document that says so */
  readonly article?: string
  readonly decision?: BillEntryParameterDecision
}

/** The act of the agency that set it, where no document does */
export type BillEntryParameterDecision = {
  /** Who does it, or decided it */
  readonly by: string
  /** The day of it */
  readonly on: string
  /** Number of the decision */
  readonly number: string
  /** Why it was decided so */
  readonly why: string
}

export type BillLine = {
  /** Number of the line, from 1 */
  readonly lineNo: number
  /** National code of the drug */
  readonly drugCode: string
  /** Generic name */
  readonly genericName?: string
  /** The unit that quantities count */
  readonly unit?: string
  /** How much, in units of the drug */
  readonly quantity: string
  /** Fen for one unit, rounded to six decimals where it is no whole fen; `price` is then the exact price */
  readonly unitPriceFen: number
  readonly price?: PharmacyPrescriptionDispenseLinePrice
  /** Fen (1/100 yuan) */
  readonly chargeFen: number
  /** For one unit, rounded to six decimals; left out where the price is confidential */
  readonly paymentStandardFen?: number
  /** Payers that bear something of the line */
  readonly payers: readonly (BillTotal)[]
}

export type BillTotal = {
  /** Who pays */
  readonly payer: "patient" | "basic-fund" | "large-amount" | "serious-illness" | "medical-assistance" | "charity" | "capitation" | "institution"
  /** Fen (1/100 yuan) */
  readonly amountFen: number
}

/** Who buys, when he is at the counter already; else with `/buyer` before the settlement */
export type Buyer = {
  /** The patient or somebody for the patient */
  readonly relation: "patient" | "agent"
  /** Whether the paper was compared with the person */
  readonly identityChecked: boolean
  /** `counter` when left out. `delivery`: the goods are delivered, and whoever hands them over checks the receiver; then nobody need be at the counter before the settlement */
  readonly checkedAt?: "counter" | "delivery"
  /** Papers, by code */
  readonly papers?: readonly ("identity-card" | "insurance-card" | "insurance-code" | "agent-identity-card" | "handbook" | "prescription" | "passport" | "other")[]
  /** Last four characters of the agent's paper as printed; kept for the file */
  readonly paperNoEnding?: string
  /** At the hand-over of delivered goods: reference of the signature of the receiver */
  readonly receiptSignatureRef?: string
}

export type Callback = {
  /** Names the callback */
  readonly callbackId: string
  /** Where to send; in production https and an address that everybody can reach, unless the operator allows the network. Without name and password, and without a fragment */
  readonly url: string
  /** Only events of these types; empty: of all */
  readonly eventTypes: readonly ("pharmacy-chosen" | "pharmacy-unchosen" | "taken" | "hold-renewed" | "released" | "hold-lapsed" | "buyer-checked" | "review-approved" | "review-refused" | "settlement-requested" | "settled" | "settlement-declined" | "settlement-deferred" | "settlement-reversed" | "settlement-lapsed" | "handed-over" | "partly-handed-over" | "returned" | "goods-returned" | "cancel-requested" | "cancelled" | "expired" | "paper-confirmed" | "paper-objected")[]
  /** `switched-off`: it failed for three days, or the subscriber answered 410; the hub told the institution */
  readonly state: "on" | "paused" | "switched-off"
  /** Since when it is in that state */
  readonly stateSince: string
  /** Counts its changes; `If-Match` names it */
  readonly revision: number
  /** The client that subscribed, or changed it last */
  readonly subscribedBy: string
  /** When it was subscribed */
  readonly createdAt: string
  /** The last place of the feed that was delivered or passed over */
  readonly cursor: string
  /** Until then the secret before the last rotation signs too */
  readonly previousSecretUntil?: string
  readonly failing?: CallbackWithSecretFailing
}

/** Taken in · 已受理并保存 */
export type CallbackWithSecret = {
  /** Names the callback */
  readonly callbackId: string
  /** Where to send; in production https and an address that everybody can reach, unless the operator allows the network. Without name and password, and without a fragment */
  readonly url: string
  /** Only events of these types; empty: of all */
  readonly eventTypes: readonly ("pharmacy-chosen" | "pharmacy-unchosen" | "taken" | "hold-renewed" | "released" | "hold-lapsed" | "buyer-checked" | "review-approved" | "review-refused" | "settlement-requested" | "settled" | "settlement-declined" | "settlement-deferred" | "settlement-reversed" | "settlement-lapsed" | "handed-over" | "partly-handed-over" | "returned" | "goods-returned" | "cancel-requested" | "cancelled" | "expired" | "paper-confirmed" | "paper-objected")[]
  /** `switched-off`: it failed for three days, or the subscriber answered 410; the hub told the institution */
  readonly state: "on" | "paused" | "switched-off"
  /** Since when it is in that state */
  readonly stateSince: string
  /** Counts its changes; `If-Match` names it */
  readonly revision: number
  /** The client that subscribed, or changed it last */
  readonly subscribedBy: string
  /** When it was subscribed */
  readonly createdAt: string
  /** The last place of the feed that was delivered or passed over */
  readonly cursor: string
  /** Until then the secret before the last rotation signs too */
  readonly previousSecretUntil?: string
  readonly failing?: CallbackWithSecretFailing
  /** The key of the signatures, as Standard Webhooks writes it; shown in this answer alone */
  readonly secret: string
}

/** There while the next event can’t be delivered */
export type CallbackWithSecretFailing = {
  /** When it first failed */
  readonly since: string
  /** How often it was tried since */
  readonly attempts: number
  /** When it is tried again */
  readonly nextAttemptAt?: string
  /** The status of the last answer, or why there was none: `timeout`, `unreachable`, `address-refused`, `certificate` */
  readonly answer: string
}

/** Done · 成功 */
export type Callbacks = {
  /** The oldest first */
  readonly items: readonly (Callback)[]
}

export type Cancel = {
  /** From the code list cancel-reasons · 撤销处方原因 */
  readonly reasonCode: "prescribing-error" | "patient-request" | "patient-condition-changed" | "adverse-reaction" | "duplicate" | "dispensed-in-hospital" | "other"
}

/** Done · 成功 */
export type CancelHospitalPrescriptionAnswer = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** `pending`: a pharmacy holds it; the cancel takes effect when it is released */
  readonly cancel: "done" | "pending"
  /** As of now: a hold or a validity that has run out counts at once */
  readonly state: "open" | "chosen" | "held" | "reviewed" | "settling" | "settled" | "deferred" | "dispensed" | "returned" | "refused" | "cancelled" | "expired"
}

/** Accepted; it goes on in the background · 已受理，后续处理中 */
export type CancelHospitalPrescriptionAnswer2 = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** `pending`: a pharmacy holds it; the cancel takes effect when it is released */
  readonly cancel: "done" | "pending"
  /** As of now: a hold or a validity that has run out counts at once */
  readonly state: "open" | "chosen" | "held" | "reviewed" | "settling" | "settled" | "deferred" | "dispensed" | "returned" | "refused" | "cancelled" | "expired"
}

/** Done · 成功 */
export type CapitationYear = {
  /** The civil year */
  readonly year: number
  /** The institutions, or how many there are */
  readonly institutions: readonly (CapitationYearInstitution)[]
}

export type CapitationYearInstitution = {
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** How many persons it is for */
  readonly persons: number
  /** How many grants there were */
  readonly grants: number
  /** Fen (1/100 yuan) */
  readonly budgetFen: number
  /** Fen (1/100 yuan) */
  readonly advancedFen: number
  /** The fund's part of what its persons got, wherever they got it */
  readonly usedFen: number
  /** What of that it supplied itself */
  readonly earnedFen: number
  /** Negative: an over-run */
  readonly balanceFen: number
  /** Whether more was used than granted */
  readonly isOverrun: boolean
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly settledAt?: string
  readonly outcome?: SettleCapitationYearAnswerOutcome
}

export type ChangeCallbackRequest = {
  /** Where to send; in production https and an address that everybody can reach, unless the operator allows the network. Without name and password, and without a fragment */
  readonly url: string
  /** Only events of these types; empty: of all */
  readonly eventTypes: readonly ("pharmacy-chosen" | "pharmacy-unchosen" | "taken" | "hold-renewed" | "released" | "hold-lapsed" | "buyer-checked" | "review-approved" | "review-refused" | "settlement-requested" | "settled" | "settlement-declined" | "settlement-deferred" | "settlement-reversed" | "settlement-lapsed" | "handed-over" | "partly-handed-over" | "returned" | "goods-returned" | "cancel-requested" | "cancelled" | "expired" | "paper-confirmed" | "paper-objected")[]
  /** `paused`: nothing is sent and nothing lost; `on` goes on where it stood, also after it was switched off */
  readonly state: "on" | "paused"
}

/** Done · 成功 */
export type CheckBuyerAnswer = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Where it stands */
  readonly state: "held" | "reviewed"
  /** What the rules found */
  readonly findings: readonly (Finding)[]
}

export type CheckBuyerRequest = {
  /** National code of the pharmacist */
  readonly pharmacistId: string
  readonly buyer: CheckBuyerRequestBuyer
}

/** Who buys, and how that was checked */
export type CheckBuyerRequestBuyer = {
  /** The patient or somebody for the patient */
  readonly relation: "patient" | "agent"
  /** Whether the paper was compared with the person */
  readonly identityChecked: boolean
  /** `counter` when left out. `delivery`: the goods are delivered, and whoever hands them over checks the receiver; then nobody need be at the counter before the settlement */
  readonly checkedAt?: "counter" | "delivery"
  /** Papers, by code */
  readonly papers?: readonly ("identity-card" | "insurance-card" | "insurance-code" | "agent-identity-card" | "handbook" | "prescription" | "passport" | "other")[]
  /** Last four characters of the agent's paper as printed; kept for the file */
  readonly paperNoEnding?: string
  /** At the hand-over of delivered goods: reference of the signature of the receiver */
  readonly receiptSignatureRef?: string
}

export type ChoosePharmacyRequest = {
  /** From the form of the session */
  readonly form: string
  /** The pharmacy */
  readonly pharmacy: string
}

/** Done · 成功 */
export type ClearingDifferences = {
  /** Names the file */
  readonly fileId: string
  /** SHA-256 of the file, in hexadecimal */
  readonly sha256: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly uploadedAt: string
  /** What does not agree */
  readonly differences: readonly (ClearingDifferencesDifference)[]
  /** Where the list goes on; absent on the last page */
  readonly next?: string
}

export type ClearingDifferencesDifference = {
  /** Counts the differences of the statement */
  readonly differenceNo: number
  /** What kind it is */
  readonly kind: "missing-here" | "missing-there" | "amount-differs" | "quantity-differs" | "price-differs" | "charge-differs" | "drug-differs" | "batch-differs" | "not-handed-over"
  /** How it came about */
  readonly explanation: string
  readonly message: ImportRegisterAnswerLeftOutFieldMessage
  /** Names the settlement */
  readonly settlementId: string
  /** Number of the line, from 1 */
  readonly lineNo?: number
  /** The line of the statement to dispute */
  readonly postingId?: string
  /** Fen, a quantity, a drug code, or batches with their quantities, by the kind */
  readonly ours?: string
  /** What the institution says */
  readonly theirs?: string
}

/** Done · 成功 */
export type ClearingLines = {
  /** The lines, or how many there are */
  readonly lines: readonly (ClearingLinesLine)[]
  /** Where the list goes on; absent on the last page */
  readonly next?: string
}

export type ClearingLinesLine = {
  /** Names the posting of the ledger */
  readonly postingId: string
  /** Civil day in Asia/Shanghai */
  readonly day: string
  /** What kind it is */
  readonly kind: string
  /** Names the settlement */
  readonly settlementId?: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo?: string
  /** The other institution that the entry concerns */
  readonly counterpartId?: string
  /** Number of the hospital stay */
  readonly stayNo?: string
  /** Fen (1/100 yuan) */
  readonly chargeFen?: number
  /** Fen (1/100 yuan) */
  readonly patientFen?: number
  /** Fen (1/100 yuan) */
  readonly amountFen: number
}

/** Done · 成功 */
export type ClearingMonth = {
  /** Region, six digits */
  readonly regionCode: string
  /** The month, as `2026-11` */
  readonly month: string
  /** Where it stands */
  readonly state: "computing" | "finished"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly closedAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly finishedAt?: string
  /** The next day to add up */
  readonly nextDay: string
  /** Entries added up so far */
  readonly postings: number
  /** The statements, or how many there are */
  readonly statements: readonly (ClearingMonthStatement)[]
  readonly trialBalance: ClearingMonthTrialBalance
  readonly pending: ClearingMonthPending
}

/** As of now in no account of an institution: asked for and not decided, at the prices asked */
export type ClearingMonthPending = {
  /** The settlements, or how many there are */
  readonly settlements: number
  /** Fen (1/100 yuan) */
  readonly chargeFen: number
  readonly uncollected: ClearingMonthPendingUncollected
}

/** Settled and not handed over: payable to nobody until then */
export type ClearingMonthPendingUncollected = {
  /** The settlements, or how many there are */
  readonly settlements: number
  /** Fen (1/100 yuan) */
  readonly chargeFen: number
  /** Fen (1/100 yuan) */
  readonly fundFen: number
}

export type ClearingMonthStatement = {
  /** Where it stands */
  readonly status: "draft" | "sent" | "confirmed" | "disputed" | "paid"
  /** The statements, or how many there are */
  readonly statements: number
  /** Fen (1/100 yuan) */
  readonly dueFen: number
  /** Fen (1/100 yuan) */
  readonly closingFen: number
}

/** Over all accounts of the region as of now; the total is zero */
export type ClearingMonthTrialBalance = {
  /** Fen (1/100 yuan) */
  readonly totalFen: number
  /** The balance of each account */
  readonly accounts: readonly (ClearingMonthTrialBalanceAccount)[]
}

export type ClearingMonthTrialBalanceAccount = {
  /** The account of the ledger that is moved */
  readonly account: string
  /** Fen (1/100 yuan) */
  readonly amountFen: number
  /** The entries, or how many there are */
  readonly entries: number
}

/** Done · 成功 */
export type ClearingStatement = {
  /** The month, as `2026-11` */
  readonly month: string
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** Where it stands */
  readonly status: "draft" | "sent" | "confirmed" | "disputed" | "paid"
  /** Unpaid when the month began */
  readonly openingFen: number
  /** What the month made payable; negative: the institution owes it */
  readonly dueFen: number
  /** Payments made in the month, for this or earlier ones */
  readonly paidFen: number
  /** Unpaid when the month ended: opening + due - paid */
  readonly closingFen: number
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly sentAt?: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly confirmedAt?: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly paidAt?: string
  /** The entries of the page */
  readonly items: readonly (ClearingStatementItem)[]
  /** For information: not paid through clearing */
  readonly memos: readonly (ClearingStatementItem)[]
  readonly refunds: ClearingStatementRefunds
  /** What was disputed, and how it was answered */
  readonly disputes: readonly (ClearingStatementDispute)[]
}

export type ClearingStatementDispute = {
  /** Counts the disputes of the statement */
  readonly disputeNo: number
  /** Names the posting of the ledger */
  readonly postingId: string
  /** Why, by a code of its list in `/codes` */
  readonly reasonCode: string
  /** Why, in words or by code */
  readonly reason: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly raisedAt: string
  /** How it was closed */
  readonly resolution?: "upheld" | "rejected"
  /** What was answered */
  readonly answer?: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly resolvedAt?: string
  /** The entry in the open month that corrects it */
  readonly adjustmentId?: string
}

export type ClearingStatementItem = {
  /** What the amount is for */
  readonly item: string
  /** Fen (1/100 yuan) */
  readonly amountFen: number
  /** The entries, or how many there are */
  readonly entries: number
}

/** What the institution owes patients: not netted with what is cleared */
export type ClearingStatementRefunds = {
  /** Refunds of the month */
  readonly opened: number
  /** Fen (1/100 yuan) */
  readonly openedFen: number
  /** Paid back in the month */
  readonly paidBack: number
  /** Fen (1/100 yuan) */
  readonly paidBackFen: number
  /** Owed when the month ended */
  readonly owed: number
  /** Fen (1/100 yuan) */
  readonly owedFen: number
}

/** Accepted; it goes on in the background · 已受理，后续处理中 */
export type CloseMonthAnswer = {
  /** Region, six digits */
  readonly regionCode: string
  /** The month, as `2026-11` */
  readonly month: string
  /** Where it stands */
  readonly state: "computing"
}

export type CodeList = {
  readonly title: Bilingual
  /** Every code of the list, with its name */
  readonly codes: readonly (CodeListCode)[]
}

export type CodeListCode = {
  /** The code, as its list has it */
  readonly code: string
  /** In Chinese */
  readonly zh: string
  /** In English */
  readonly en: string
}

/** Done · 成功 */
export type ConfirmPaperPrescriptionAnswer = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** What was decided */
  readonly decision: "confirm" | "object"
  /** What an objection came to; `recorded` once money has moved: the agency looks into it */
  readonly effect?: "cancelled" | "cancel-pending" | "recorded"
  /** Of the prescription */
  readonly state: string
}

export type ConfirmPaperPrescriptionRequest = ConfirmPaperPrescriptionRequestChoice1 | ConfirmPaperPrescriptionRequestChoice2

export type ConfirmPaperPrescriptionRequestChoice1 = {
  /** What was decided */
  readonly decision: "confirm"
}

export type ConfirmPaperPrescriptionRequestChoice2 = {
  /** What was decided */
  readonly decision: "object"
  /** From the code list paper-objection-reasons · 医院对纸质处方的异议 */
  readonly reasonCode: "not-issued-here" | "content-differs" | "withdrawn" | "supplied-already" | "other"
}

/** Done · 成功 */
export type DecideApplicationStepAnswer = {
  /** A, region (6), day (8), sequence (8) */
  readonly applicationNo: string
  /** Where it stands */
  readonly status: "open" | "approved" | "refused" | "withdrawn"
  /** The step */
  readonly step: string
  /** Last day for the next step */
  readonly dueOn?: string
  readonly dueUnknown?: ApplicationWaitsForDueUnknown
  /** What the rules found */
  readonly findings: readonly (Finding)[]
  /** Register entries that the approval wrote; the rules know them from `validFrom` on */
  readonly registered: readonly (DecideApplicationStepAnswerRegisteredItem)[]
  /** Register entries that this ended */
  readonly ended: readonly (DecideApplicationStepAnswerEndedItem)[]
}

export type DecideApplicationStepAnswerEndedItem = {
  /** Which register */
  readonly register: string
  /** The key of the register entry */
  readonly key: string
  /** The last day on which it holds */
  readonly lastDay: string
}

export type DecideApplicationStepAnswerRegisteredItem = {
  /** Which register */
  readonly register: string
  /** The key of the register entry */
  readonly key: string
  /** The first day on which it holds */
  readonly validFrom: string
  /** The last day on which it holds; absent: without end */
  readonly validTo?: string
}

export type DecideApplicationStepRequest = {
  /** The step */
  readonly step: string
  /** What was decided */
  readonly decision: "approve" | "refuse" | "return" | "withdraw"
  readonly signer: OpenApplicationRequestSigner
  readonly fields?: OpenApplicationRequestFields
  /** Refusal and return: for the patient or the applicant */
  readonly reason?: string
  /** Refusal: it was explained to the patient */
  readonly explained?: boolean
}

export type DecideReimbursementRequest = {
  /** What was decided */
  readonly decision: "approve" | "decline"
  /** Why, in words or by code */
  readonly reason: string
  /** Findings of effect `not-covered` that the agency does not hold against the patient */
  readonly waivers?: readonly (ReimbursementDecisionWaiver)[]
}

/** Done · 成功 */
export type DeferAgencySettlementAnswer = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Names the settlement */
  readonly settlementId: string
  /** Where it stands */
  readonly state: "deferred"
  /** The file for manual reimbursement */
  readonly manualFileId: string
}

export type DeferAgencySettlementRequest = {
  /** From the code list defer-reasons · 转手工报销原因 */
  readonly reasonCode: "settlement-unavailable" | "settlement-overdue" | "facts-disputed" | "patient-request" | "other"
}

export type Delivery = {
  /** `webhook-id`: number of the prescription and revision; the same however often it is sent */
  readonly messageId: string
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Which change of the prescription it tells of */
  readonly revision: number
  /** A type of event, as the feed names it */
  readonly type: "pharmacy-chosen" | "pharmacy-unchosen" | "taken" | "hold-renewed" | "released" | "hold-lapsed" | "buyer-checked" | "review-approved" | "review-refused" | "settlement-requested" | "settled" | "settlement-declined" | "settlement-deferred" | "settlement-reversed" | "settlement-lapsed" | "handed-over" | "partly-handed-over" | "returned" | "goods-returned" | "cancel-requested" | "cancelled" | "expired" | "paper-confirmed" | "paper-objected"
  /** `failing`: it is tried again, and what follows waits for it */
  readonly state: "delivered" | "failing"
  /** How often it was sent */
  readonly attempts: number
  /** When it was first sent */
  readonly firstAttemptAt: string
  /** When it was last sent */
  readonly lastAttemptAt: string
  /** The status of the last answer, or why there was none: `timeout`, `unreachable`, `address-refused`, `certificate` */
  readonly answer: string
  /** There while it waits to be sent again on demand: when that was asked */
  readonly againAt?: string
}

/** Done · 成功 */
export type DeliveryPage = {
  /** The entries of the page */
  readonly items: readonly (Delivery)[]
  /** Where the list goes on, as `before`; absent on the last page */
  readonly next?: string
}

/** Live agreement for one purpose · 定点协议 */
export type Designation = {
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** Named by policy files */
  readonly kind: string
  /** Number of the agreement */
  readonly agreementNo: string
  /** What it rests on */
  readonly basis: "by-right" | "application"
}

/** Diagnosis with its name · 疾病诊断（医保版 ICD-10） */
export type Diagnosis = {
  /** The code, as its list has it */
  readonly code: string
  /** Its name */
  readonly name: string
  /** Other words for the same, which hospitals may write as well */
  readonly otherNames?: readonly (string)[]
}

export type DisputePharmacyLineRequest = {
  /** Names the posting of the ledger */
  readonly postingId: string
  /** Why, by a code of its list in `/codes` */
  readonly reasonCode: "not-ours" | "amount" | "quantity" | "price" | "missing-return" | "other"
  /** Why, in words or by code */
  readonly reason: string
}

/** Drug by national code · 药品 */
export type Drug = {
  /** National code of the drug */
  readonly drugCode: string
  /** Generic name */
  readonly genericName: string
  /** Dosage form, or the format of a file */
  readonly form: string
  /** Strength and pack, as in the register */
  readonly specification: string
  /** The unit that quantities count */
  readonly unit: string
  /** Class of the medicine in the insurance catalogue */
  readonly medicineClass: "A" | "B"
  /** Whether its price was negotiated nationally */
  readonly negotiated: boolean
  /** Class in the ATC system */
  readonly atcClass: string
  /** The active ingredient */
  readonly ingredient: string
  /** Special medicines that may not circulate */
  readonly special?: "narcotic" | "psychotropic" | "toxic" | "radioactive"
  /** Whether it is kept cold, or by what on the way */
  readonly coldChain?: boolean
  /** For what it is paid, in the words of the catalogue */
  readonly restriction?: string
  /** Diagnoses for which it is paid, as ICD-10 prefixes */
  readonly restrictedIcd?: readonly (string)[]
  /** Days that one prescription may cover */
  readonly maxDays?: number
  /** Whether it is an essential medicine */
  readonly essential?: boolean
  /** Whether it has passed the evaluation of consistency */
  readonly consistencyEvaluated?: boolean
  /** Whether it is bought centrally */
  readonly centrallyProcured?: boolean
  /** Whether it is injected */
  readonly injectable?: boolean
  /** Whether a gene test comes first */
  readonly geneTestRequired?: boolean
  /** Units of the drug in the smallest pack that is sold · 最小销售包装数量 */
  readonly packSize?: number
}

/** Drug on a list · 药品目录 */
export type DrugListEntry = {
  /** Named by policy files */
  readonly listId: string
  /** National code of the drug */
  readonly drugCode: string
  /** Last day of the agreement */
  readonly agreementEnd?: string
  /** Named by policy files */
  readonly class?: string
}

/** Done · 成功 */
export type EndCallbackAnswer = {
  /** Names the callback */
  readonly callbackId: string
  /** When it ended */
  readonly endedAt: string
}

/** Done · 成功 */
export type EndRegisterEntryAnswer = {
  /** Which register */
  readonly register: "institution" | "designation" | "practitioner" | "filing" | "certificate" | "drug" | "payment-standard" | "drug-list" | "person" | "qualification" | "sanction" | "other-benefit" | "diagnosis"
  /** The key of the register entry */
  readonly key: string
  /** The last day on which it holds */
  readonly lastDay: string
}

export type EndRegisterEntryRequest = {
  /** The last day on which it still holds; the day before its first withdraws it at once */
  readonly lastDay: string
  /** Why, in words or by code */
  readonly reason: string
}

/** Taken in · 已受理并保存 */
export type EnterPaperPrescriptionAnswer = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Names the supply: one hold of one pharmacy */
  readonly dispenseId: string
  /** Where it stands */
  readonly state: "held" | "reviewed"
  /** Exclusive end of your hold */
  readonly holdUntil: string
  /** Exclusive end of validity */
  readonly expiresAt: string
  /** What the physician signed: the component `PrescriptionDocument`. Only while you hold the prescription, or once you supplied it. */
  readonly prescription: PrescriptionDocument
  /** The lines, or how many there are */
  readonly lines: readonly (PharmacyPrescriptionLine)[]
  /** What the rules found */
  readonly findings: readonly (Finding)[]
  /** Where it comes from */
  readonly origin: "paper"
}

export type EnterPaperPrescriptionRequest = {
  /** The content of the paper as a prescription document (电子处方文书), JSON in UTF-8 as the component `PrescriptionDocument` describes it; stored as received */
  readonly document: string
  readonly scan: EnterPaperPrescriptionRequestScan
  /** When the patient presented the paper at the counter */
  readonly presentedAt: string
  /** From the code list paper-reasons · 使用纸质处方原因 */
  readonly reason: "hub-unreachable" | "hospital-not-connected" | "pharmacy-not-connected" | "hospital-system-down"
}

/** The scan of the paper */
export type EnterPaperPrescriptionRequestScan = {
  /** Media type of the file */
  readonly mediaType: "application/pdf" | "image/jpeg" | "image/png"
  /** SHA-256 of the scan, lower-case hex */
  readonly sha256: string
  /** The file, at most 5 MiB; absent when the pharmacy keeps it */
  readonly content?: string
}

export type Envelope = {
  /** The exact bytes that were signed: the prescription document (电子处方文书), JSON in UTF-8 as the component `PrescriptionDocument` describes it (`GET /schemas/prescription-document`). Never re-serialised. */
  readonly document: string
  /** Detached CMS SignedData (PKCS#7, DER) over those bytes by the physician and the hospital seal */
  readonly signature: string
}

/** The pharmacist checked who buys */
export type EventBuyerChecked = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "buyer-checked"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
    /** Names the supply */
    readonly dispenseId?: string
    /** The pharmacist */
    readonly pharmacistId: string
    /** The patient or an agent; never a name */
    readonly relation: string
  }
}

/** The hospital wants it cancelled; it takes effect when the pharmacy lets go */
export type EventCancelRequested = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "cancel-requested"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
    /** Why, by code */
    readonly reason: string
  }
}

/** It is cancelled; `reason` is that of the hospital or agency */
export type EventCancelled = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "cancelled"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
    /** Why, by code */
    readonly reason?: string
    /** Why the pharmacy gave it back, where `reason` is that of a cancel */
    readonly releaseReason?: string
    /** Names the supply */
    readonly dispenseId?: string
  }
}

/** Its validity ended */
export type EventExpired = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "expired"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
  }
}

/** Some goods came back, and what the patient keeps was settled anew */
export type EventGoodsReturned = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "goods-returned"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId: string
    /** Why, by code */
    readonly reason: string
    /** Names the supply */
    readonly dispenseId: string
    /** Names the return */
    readonly returnId: string
    /** What came back, by line */
    readonly lines: readonly ({
      /** Number of the line */
      readonly lineNo: number
      /** How much came back, as a decimal */
      readonly quantity: string
    })[]
  }
}

/** Everything prescribed has been handed over */
export type EventHandedOver = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "handed-over"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
    /** Names the supply */
    readonly dispenseId: string
    /** The patient or an agent; never a name */
    readonly relation?: string
    /** Over the counter, to the home, or to the hospital */
    readonly way: string
  }
}

/** The hold ran out; the choice of the patient stands */
export type EventHoldLapsed = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "hold-lapsed"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
    /** Why, by code */
    readonly reason?: string
    /** Why the pharmacy gave it back, where `reason` is that of a cancel */
    readonly releaseReason?: string
    /** Names the supply */
    readonly dispenseId?: string
  }
}

/** The pharmacy holds it for longer */
export type EventHoldRenewed = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "hold-renewed"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId: string
    /** Names the supply */
    readonly dispenseId: string
    /** When the hold ends now, exclusive */
    readonly holdUntil: string
  }
}

/** The hospital confirmed a paper prescription that was entered */
export type EventPaperConfirmed = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "paper-confirmed"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
  }
}

/** The hospital objected to it */
export type EventPaperObjected = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "paper-objected"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
    /** Why, by code */
    readonly reason: string
  }
}

/** A part was handed over; the rest is open again */
export type EventPartlyHandedOver = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "partly-handed-over"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
    /** Names the supply */
    readonly dispenseId: string
    /** The patient or an agent; never a name */
    readonly relation?: string
    /** Over the counter, to the home, or to the hospital */
    readonly way: string
  }
}

/** The patient chose a pharmacy, by the link or at its counter */
export type EventPharmacyChosen = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "pharmacy-chosen"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId: string
    /** The one that was chosen before */
    readonly previousPharmacyId?: string
    /** `counter` when it was chosen by presenting the code or the paper there */
    readonly at?: string
    /** `paper` for a prescription that was entered from paper */
    readonly origin?: string
    /** Why it was entered from paper, by code */
    readonly reason?: string
    /** The hospital’s own number, for one that was entered from paper */
    readonly hospitalPrescriptionNo?: string
  }
}

/** Only for a pharmacy: the patient went to another one, which is not named */
export type EventPharmacyUnchosen = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "pharmacy-unchosen"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The reader */
    readonly previousPharmacyId: string
  }
}

/** The pharmacy gave it back; the choice of the patient stands */
export type EventReleased = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "released"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
    /** Why, by code */
    readonly reason?: string
    /** Why the pharmacy gave it back, where `reason` is that of a cancel */
    readonly releaseReason?: string
    /** Names the supply */
    readonly dispenseId?: string
  }
}

/** The last goods came back and the settlement was reversed */
export type EventReturned = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "returned"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId: string
    /** Why, by code */
    readonly reason: string
    /** Names the supply */
    readonly dispenseId: string
    /** Names the return */
    readonly returnId: string
    /** What came back, by line */
    readonly lines: readonly ({
      /** Number of the line */
      readonly lineNo: number
      /** How much came back, as a decimal */
      readonly quantity: string
    })[]
  }
}

/** The pharmacist approved it */
export type EventReviewApproved = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "review-approved"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
    /** The pharmacist */
    readonly pharmacistId: string
    /** Why, by code */
    readonly reason?: string
  }
}

/** The pharmacist refused it; the words are in the status of the prescription */
export type EventReviewRefused = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "review-refused"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
    /** The pharmacist */
    readonly pharmacistId: string
    /** Why, by code */
    readonly reason?: string
  }
}

/** It was settled */
export type EventSettled = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "settled"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
    /** Names the settlement */
    readonly settlementId: string
    /** The charge, in fen */
    readonly chargeFen: number
    /** All that the patient does not pay, in fen */
    readonly fundFen: number
    /** What the patient pays, in fen */
    readonly patientFen: number
  }
}

/** It was not settled; the sentences are in the settlement */
export type EventSettlementDeclined = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "settlement-declined"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
    /** Names the settlement */
    readonly settlementId: string
    /** The code of the refusal */
    readonly code: string
    /** Ids of the rules that stood against it */
    readonly rules: readonly (string)[]
    /** The rules that stood against it */
    readonly findings: readonly ({
      /** Id of the rule */
      readonly ruleId?: string
      /** Its name in the policy */
      readonly rule?: string
      /** Where the document says so */
      readonly article?: string
      /** What the rule does */
      readonly effect?: string
    })[]
    /** What to do */
    readonly remedy: {
      /** In Chinese */
      readonly zh?: string
      /** In English */
      readonly en?: string
    }
  }
}

/** The patient pays in full and has it reimbursed by hand */
export type EventSettlementDeferred = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "settlement-deferred"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
    /** Why, by code */
    readonly reason: string
    /** The file for reimbursement */
    readonly manualFileId: string
    /** Names the settlement */
    readonly settlementId?: string
  }
}

/** Nobody collected the goods in time: the settlement was taken back, the choice of the patient stands */
export type EventSettlementLapsed = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "settlement-lapsed"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
    /** Names the settlement */
    readonly settlementId: string
    /** Names the supply */
    readonly dispenseId?: string
  }
}

/** A settlement was asked for */
export type EventSettlementRequested = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "settlement-requested"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
    /** Names the settlement */
    readonly settlementId: string
  }
}

/** The settlement was taken back before the hand-over */
export type EventSettlementReversed = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "settlement-reversed"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId?: string
    /** Why, by code */
    readonly reason: string
  }
}

/** The pharmacy holds the prescription until its hold ends */
export type EventTaken = {
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened */
  readonly type: "taken"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Codes and ids, never personal data; more members may come */
  readonly data: {
    /** The pharmacy that it is about, by its national code */
    readonly pharmacyId: string
    /** Names the supply */
    readonly dispenseId: string
    /** When the hold ends, exclusive */
    readonly holdUntil: string
  }
}

export type FailedJob = {
  /** Names the failure */
  readonly failureId: string
  /** Region, six digits */
  readonly regionCode: string
  /** Names the work in the outbox */
  readonly outboxId: string
  /** Which queue */
  readonly queue: string
  /** Ids only */
  readonly body: { readonly [name: string]: unknown }
  /** A refusal stays one however often it is asked; a fault may be over */
  readonly kind: "refusal" | "fault"
  /** A problem code, an SQLSTATE or the name of an error */
  readonly reason: string
  /** How often it was tried */
  readonly attempts: number
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly failedAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly resolvedAt?: string
  /** How it was closed */
  readonly resolution?: "retried" | "done-by-hand" | "dropped"
  /** Who closed it */
  readonly resolvedBy?: string
}

/** One event; `type` says which */
export type FeedEntry = EventPharmacyChosen | EventPharmacyUnchosen | EventTaken | EventHoldRenewed | EventReleased | EventHoldLapsed | EventBuyerChecked | EventReviewApproved | EventReviewRefused | EventSettlementRequested | EventSettled | EventSettlementDeclined | EventSettlementDeferred | EventSettlementReversed | EventSettlementLapsed | EventHandedOver | EventPartlyHandedOver | EventReturned | EventGoodsReturned | EventCancelRequested | EventCancelled | EventExpired | EventPaperConfirmed | EventPaperObjected

/** Done · 成功 */
export type FeedPage = {
  /** The entries, or how many there are */
  readonly entries: readonly (FeedEntry)[]
  /** Where to go on; the same as before when nothing is new */
  readonly next: string
}

/** Taken in · 已受理并保存 */
export type FileComplaintAnswer = {
  /** Names the complaint */
  readonly complaintId: string
}

export type FileComplaintRequest = {
  /** What kind it is */
  readonly kind: "complaint" | "report"
  /** What or whom it is about */
  readonly subject: "institution" | "practitioner"
  /** What or whom it is about, by its code */
  readonly subjectId: string
  /** Why, by a code of its list in `/codes` */
  readonly reasonCode: string
  /** Names no patient */
  readonly statement: string
}

/** Practitioner filed for an institution · 备案 */
export type Filing = {
  /** Physician or pharmacist, by register */
  readonly practitionerId: string
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** For what the practitioner is filed */
  readonly role: "responsible-physician" | "assessor" | "pharmacist"
  /** ICD-10 prefixes; empty means all */
  readonly diseases: readonly (string)[]
  /** The day it was published */
  readonly publishedOn?: string
  readonly titleException?: FilingTitleException
}

/** Filed below the title that the policy asks for in principle: who approved it and why (MZ-4.3b) · 原则上职称要求的例外审批 */
export type FilingTitleException = {
  /** Who approved it */
  readonly approvedBy: string
  /** The day it was approved */
  readonly approvedOn: string
  /** Why, in words or by code */
  readonly reason: string
}

export type Finding = {
  /** The duty in the policy file */
  readonly ruleId: string
  /** The rule, by its name in the policy */
  readonly rule: string
  /** Where the duty stands in its document */
  readonly article: string
  /** What the rule does: refuse, leave to the patient, or warn */
  readonly effect: "reject" | "not-covered" | "warn"
  /** JSON pointer into the prescription document; for what is supplied, into the request */
  readonly path?: string
  /** Number of the line, from 1 */
  readonly lineNo?: number
  /** With `not-covered`: only what lies above this part of the prescribed quantity is not covered */
  readonly coveredQuantity?: string
  /** True when a figure behind it is a sandbox sample */
  readonly restsOnSample?: boolean
  /** Further duties that say the same of the same field: an unknown physician is told once */
  readonly alsoRuleIds?: readonly (string)[]
  /** The same in words, in Chinese and English */
  readonly message: {
    /** In Chinese */
    readonly zh: string
    /** In English */
    readonly en: string
  }
}

/** Taken in · 已受理并保存 */
export type GrantCapitationAnswer = {
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** The civil year */
  readonly year: number
  /** Counts the grants of the year */
  readonly grantNo: number
  /** Fen (1/100 yuan) */
  readonly budgetFen: number
  /** Names the posting of the ledger */
  readonly postingId: string
}

export type GrantCapitationRequest = {
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** Insurance scheme */
  readonly scheme: "employee" | "resident"
  /** How many persons it is for */
  readonly persons: number
  /** Fen a head and year; all grants of the year together at most 1000000000000 */
  readonly perPersonFen: number
  /** What of the budget is paid in advance, with the clearing of this month */
  readonly advanceFen: number
  /** Why, in words or by code */
  readonly reason: string
}

export type HandOver = {
  /** National code of the pharmacist */
  readonly pharmacistId: string
  readonly buyer?: HandOverBuyer
  /** Reference of the settlement statement that patient or agent signed */
  readonly statementSignatureRef?: string
  /** What was given out for the money before the medicine: receipt, fee list, and the seal for fees on them; a policy that asks for them warns when nothing is said, and refuses when one is left out · 专用收据、费用清单、收费专用章 */
  readonly papersIssued?: readonly ("receipt" | "fee-list" | "fee-seal")[]
  readonly delivery: HandOverDelivery
  /** The lines that were settled; a line from several batches comes once a batch */
  readonly lines: readonly (HandOverLine)[]
}

/** Whoever fetches or, of what is delivered, receives; may be left out at the counter, where it is then whoever was checked before the settlement */
export type HandOverBuyer = {
  /** The patient or somebody for the patient */
  readonly relation: "patient" | "agent"
  /** Whether the paper was compared with the person */
  readonly identityChecked: boolean
  /** `counter` when left out. `delivery`: the goods are delivered, and whoever hands them over checks the receiver; then nobody need be at the counter before the settlement */
  readonly checkedAt?: "counter" | "delivery"
  /** Papers, by code */
  readonly papers?: readonly ("identity-card" | "insurance-card" | "insurance-code" | "agent-identity-card" | "handbook" | "prescription" | "passport" | "other")[]
  /** Last four characters of the agent's paper as printed; kept for the file */
  readonly paperNoEnding?: string
  /** At the hand-over of delivered goods: reference of the signature of the receiver */
  readonly receiptSignatureRef?: string
}

/** How the goods get to the patient */
export type HandOverDelivery = {
  /** By which way */
  readonly way: "counter" | "home" | "hospital"
  /** What the patient pays for it */
  readonly feeFen: number
  /** Whether it is kept cold, or by what on the way */
  readonly coldChain?: "ice-pack" | "cold-delivery"
  /** Advice on storage and use was given */
  readonly adviceGiven?: boolean
}

export type HandOverLine = {
  /** Number of the line, from 1 */
  readonly lineNo: number
  /** Batch, as printed on the pack */
  readonly batchNo: string
  /** Last day on which the goods may be used */
  readonly expiresOn: string
  /** Of the batch; may be left out where the line comes once, and is then all that was settled */
  readonly quantity?: string
  /** The short form: one for each whole pack (药品追溯码). A whole pack is supplied once in the whole hub. How many a quantity needs is in the answer of the quote (`packs`). */
  readonly traceCodes?: readonly (string)[]
  /** The long form, for packs that are split (拆零); both forms may stand together, each pack once */
  readonly packs?: readonly (SettlementLinePack)[]
  /** From the code list no-trace-reasons · 无追溯码供应原因 */
  readonly noTraceReason?: "herbal-pieces" | "herbal-granules" | "exempt-drug" | "before-duty" | "unreadable"
}

/** Done · 成功 */
export type HandedOver = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Names the supply: one hold of one pharmacy */
  readonly dispenseId: string
  /** `open`: lines remain for a later window; `cancelled`: the hospital cancelled them meanwhile */
  readonly state: "dispensed" | "open" | "cancelled"
  /** The lines, or how many there are */
  readonly lines: readonly (PharmacyPrescriptionLine)[]
  /** What the rules found */
  readonly findings: readonly (Finding)[]
}

/** Done · 成功 */
export type HandleComplaintAnswer = {
  /** Names the complaint */
  readonly complaintId: string
  /** What came of it */
  readonly outcome: "upheld" | "partly-upheld" | "rejected" | "withdrawn"
}

export type HandleComplaintRequest = {
  /** What came of it */
  readonly outcome: "upheld" | "partly-upheld" | "rejected" | "withdrawn"
  /** How it was handled */
  readonly handling: string
  /** Staff number */
  readonly officerNo: string
}

export type HospitalPrescription = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** The number that the hospital itself gave the prescription */
  readonly hospitalPrescriptionNo: string
  /** As of now: a hold or a validity that has run out counts at once */
  readonly state: "open" | "chosen" | "held" | "reviewed" | "settling" | "settled" | "deferred" | "dispensed" | "returned" | "refused" | "cancelled" | "expired"
  readonly national: HospitalPrescriptionNational
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly issuedAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly receivedAt: string
  /** Exclusive: valid while the clock shows less */
  readonly expiresAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly changedAt: string
  /** The version of the policy that was applied */
  readonly policyVersion: string
  /** The pharmacy chosen or holding */
  readonly pharmacyId?: string
  /** Exclusive end of the hold */
  readonly holdUntil?: string
  /** Whether a cancel waits for the pharmacy to let go */
  readonly cancelPending: boolean
  /** The code of the reason for the cancel */
  readonly cancelReason?: string
  /** The lines, or how many there are */
  readonly lines: readonly (HospitalPrescriptionLine)[]
  readonly review?: HospitalPrescriptionReview
  readonly settlement?: HospitalPrescriptionSettlement
  /** What happened, the oldest first */
  readonly events: readonly (HospitalPrescriptionEvent)[]
}

export type HospitalPrescriptionEvent = {
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened, or what kind it is */
  readonly type: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** What kind of actor it was */
  readonly actorKind: string
  /** Codes and ids, never personal data; which members there are depends on the type */
  readonly data: { readonly [name: string]: unknown }
}

export type HospitalPrescriptionLine = {
  /** Number of the line, from 1 */
  readonly lineNo: number
  /** National code of the drug */
  readonly drugCode: string
  /** The unit that quantities count */
  readonly unit: string
  /** How much was prescribed */
  readonly prescribed: string
  /** How much of it was handed over */
  readonly dispensed: string
  /** How much of it was cancelled */
  readonly cancelled: string
  /** How much is left to be supplied */
  readonly remaining: string
  /** Of what was dispensed, what came back; it is not open again */
  readonly returned?: string
}

/** The axes of the national platform, derived */
export type HospitalPrescriptionNational = {
  /** 医保处方状态: 有效, 已失效, 已撤销 */
  readonly prescription: "valid" | "lapsed" | "revoked"
  /** 处方审核状态: 待审核, 通过, 不通过 */
  readonly review: "pending" | "passed" | "failed"
  /** 处方使用状态: 未使用, 部分使用, 已使用, 已退药 */
  readonly use: "unused" | "partly-used" | "used" | "returned"
}

/** The newest review of a pharmacist */
export type HospitalPrescriptionReview = {
  /** The pharmacy, by its national code */
  readonly pharmacyId: string
  /** The pharmacist, by register */
  readonly pharmacistId: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly reviewedAt: string
  /** What was decided */
  readonly decision: "approve" | "refuse"
  /** Why, by a code of its list in `/codes` */
  readonly reasonCode?: string
  /** The pharmacist's words for the hospital, as he wrote them; in no event, feed or log */
  readonly opinion?: string
}

/** What was settled */
export type HospitalPrescriptionSettlement = {
  /** Names the settlement */
  readonly settlementId: string
  /** Names the supply: one hold of one pharmacy */
  readonly dispenseId: string
  /** The pharmacy, by its national code */
  readonly pharmacyId: string
  /** Where it stands */
  readonly status: "requested" | "settled" | "declined" | "deferred" | "reversed"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly requestedAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly decidedAt?: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly reversedAt?: string
  /** The version of the policy that was applied */
  readonly policyVersion?: string
  /** Fen (1/100 yuan) */
  readonly chargeFen?: number
  /** All that the patient does not pay */
  readonly fundFen?: number
  /** Fen (1/100 yuan) */
  readonly patientFen?: number
}

/** Done · 成功 */
export type HospitalPrescriptions = {
  /** The entries of the page */
  readonly items: readonly (HospitalPrescription)[]
}

/** Done · 成功 */
export type ImportRegisterAnswer = {
  /** A register that comes as a table */
  readonly register: "institution" | "designation" | "practitioner" | "filing" | "drug" | "payment-standard" | "drug-list" | "person" | "qualification" | "diagnosis"
  /** SHA-256 of the table as it came */
  readonly sha256: string
  /** Lines with content, the header not among them */
  readonly lines: number
  /** Lines that add an entry */
  readonly added: number
  /** Lines whose entry takes the place of one that holds */
  readonly changed: number
  /** Lines that say what the register says already */
  readonly unchanged: number
  /** Whether anything was kept: not when it was only tried */
  readonly kept: boolean
  readonly leftOut?: ImportRegisterAnswerLeftOut
}

/** There when good lines were taken and others were not */
export type ImportRegisterAnswerLeftOut = {
  /** How many faults there are */
  readonly faults: number
  /** How many of each cause, the most frequent first */
  readonly causes: readonly (string)[]
  /** The first hundred, by line and column */
  readonly fields: readonly (ImportRegisterAnswerLeftOutField)[]
}

export type ImportRegisterAnswerLeftOutField = {
  /** `/lines/{line}/{column}` */
  readonly path: string
  /** The cause */
  readonly keyword: string
  readonly message: ImportRegisterAnswerLeftOutFieldMessage
}

/** The same in words, in Chinese and English */
export type ImportRegisterAnswerLeftOutFieldMessage = {
  /** In Chinese */
  readonly zh: string
  /** In English */
  readonly en: string
}

/** Taken in · 已受理并保存 */
export type ImposeSanctionAnswer = {
  /** What was imposed */
  readonly sanctions: readonly (ImposeSanctionAnswerSanction)[]
}

export type ImposeSanctionAnswerSanction = {
  /** The key of the register entry */
  readonly key: string
  /** What kind it is */
  readonly kind: "suspension" | "qualification-lost" | "benefit-excluded" | "watch-list" | "removed"
  /** The first day on which it holds */
  readonly validFrom: string
  /** The last day on which it holds; absent: without end */
  readonly validTo?: string
}

export type ImposeSanctionRequest = {
  /** What kind it is */
  readonly kind: "suspension" | "qualification-lost" | "benefit-excluded" | "watch-list" | "removed"
  /** What or whom it is about */
  readonly subject: "institution" | "practitioner" | "person"
  /** What or whom it is about, by its code */
  readonly subjectId: string
  /** Why, in words or by code */
  readonly reason: string
  /** Staff number */
  readonly officerNo: string
  /** Last day; not where the document fixes the term */
  readonly validTo?: string
}

/** Done · 成功 */
export type Inbox = {
  /** The entries, or how many there are */
  readonly entries: readonly (InboxEntry)[]
  /** Absent on the last page */
  readonly next?: string
}

export type InboxEntry = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Where it stands */
  readonly state: "chosen" | "held" | "reviewed" | "settling" | "settled" | "deferred"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly changedAt: string
  readonly hospital: InboxEntryHospital
  /** Exclusive end of validity */
  readonly expiresAt: string
  /** Whole seconds left, 0 once over */
  readonly secondsLeft: number
  /** Exclusive end of your hold */
  readonly holdUntil?: string
  /** Whole seconds left, 0 once over */
  readonly holdSecondsLeft?: number
  /** The hospital asks to cancel: release it */
  readonly cancelPending: boolean
  /** The lines, or how many there are */
  readonly lines: readonly (InboxEntryLine)[]
}

/** The hospital */
export type InboxEntryHospital = {
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** Its name */
  readonly name?: string
  /** Telephone */
  readonly phone?: string
}

export type InboxEntryLine = {
  /** Number of the line, from 1 */
  readonly lineNo: number
  /** National code of the drug */
  readonly drugCode: string
  /** The unit that quantities count */
  readonly unit: string
  /** How much is left to be supplied */
  readonly remaining: string
  /** Generic name */
  readonly genericName?: string
  /** Dosage form, or the format of a file */
  readonly form?: string
  /** Strength and pack, as in the register */
  readonly specification?: string
  /** Whether it is kept cold, or by what on the way */
  readonly coldChain?: boolean
}

/** Hospital or pharmacy · 定点医药机构 */
export type Institution = {
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** What kind it is */
  readonly kind: "hospital" | "internet-hospital" | "pharmacy"
  /** Its name */
  readonly name: string
  /** Level of the hospital */
  readonly level?: "tertiary" | "secondary" | "primary"
  /** Public or private */
  readonly ownership: "public" | "private"
  /** County, six digits */
  readonly countyCode: string
  /** Where it is, as on the licence */
  readonly address: string
  /** Telephone */
  readonly phone: string
  /** Degrees east */
  readonly longitude?: number
  /** Degrees north */
  readonly latitude?: number
  /** When it is open */
  readonly openingHours?: string
  /** Whether it is kept cold, or by what on the way */
  readonly coldChain?: boolean
  /** Whether it can make gene tests */
  readonly geneTesting?: boolean
  /** Hospitals: the departments that prescribe; absent means not stated */
  readonly departments?: readonly (InstitutionDepartment)[]
}

export type InstitutionDepartment = {
  /** The code, as its list has it */
  readonly code: string
  /** Its name */
  readonly name: string
}

/** Done · 成功 */
export type IssueTokenAnswer = {
  /** The token, for `Authorization: Bearer` */
  readonly access_token: string
  /** How the token is used */
  readonly token_type: "Bearer"
  /** Seconds */
  readonly expires_in: number
  /** Permissions, separated by blanks */
  readonly scope: string
}

export type IssueTokenRequest = {
  /** How the token is asked for (RFC 6749) */
  readonly grant_type: string
  /** What kind of assertion follows (RFC 7523) */
  readonly client_assertion_type: string
  /** A JWT signed with ES256, ES384, PS256 or RS256 by a registered key: `iss` and `sub` the client id, `aud` the issuer (the token endpoint is still taken, see the header `Deprecation`), `jti` never used before, `exp` at most five minutes ahead. */
  readonly client_assertion: string
  /** The client; it may be left out, the assertion names it */
  readonly client_id?: string
  /** Separated by blanks; without it, all scopes of the client. */
  readonly scope?: string
}

export type LeavePatientPageRequest = {
  /** From the form of the session */
  readonly form: string
}

/** Done · 成功 */
export type LiftSanctionAnswer = {
  /** The key of the register entry */
  readonly key: string
  /** The last day on which it holds */
  readonly lastDay: string
}

export type LiftSanctionRequest = {
  /** Kind and subject */
  readonly key: string
  /** Why, in words or by code */
  readonly reason: string
  /** Staff number */
  readonly officerNo: string
}

/** Done · 成功 */
export type ListApplicationsAnswer = {
  /** The entries of the page */
  readonly items: readonly (ListApplicationsAnswerItem)[]
  /** Where the list goes on; absent on the last page */
  readonly next?: string
}

export type ListApplicationsAnswerItem = {
  /** A, region (6), day (8), sequence (8) */
  readonly applicationNo: string
  /** Which procedure of the region */
  readonly workflow: string
  readonly subject: ListApplicationsAnswerItemSubject
  /** The institution that applies */
  readonly applicantId?: string
  /** Where it stands */
  readonly status: "open" | "approved" | "refused" | "withdrawn"
  /** The step */
  readonly step: string
  /** The day by which it is due */
  readonly dueOn?: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly openedAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly changedAt: string
}

/** What or whom it is about */
export type ListApplicationsAnswerItemSubject = {
  /** What kind it is */
  readonly kind: "person" | "institution"
  /** Names it */
  readonly id: string
}

/** Done · 成功 */
export type ListClearingStatementsAnswer = {
  /** The statements, or how many there are */
  readonly statements: readonly (ListClearingStatementsAnswerStatement)[]
  /** Where the list goes on; absent on the last page */
  readonly next?: string
}

export type ListClearingStatementsAnswerStatement = {
  /** The month, as `2026-11` */
  readonly month: string
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** Where it stands */
  readonly status: "draft" | "sent" | "confirmed" | "disputed" | "paid"
  /** Unpaid when the month began */
  readonly openingFen: number
  /** What the month made payable; negative: the institution owes it */
  readonly dueFen: number
  /** Payments made in the month, for this or earlier ones */
  readonly paidFen: number
  /** Unpaid when the month ended: opening + due - paid */
  readonly closingFen: number
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly sentAt?: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly confirmedAt?: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly paidAt?: string
}

/** Done · 成功 */
export type ListComplaintsAnswer = {
  /** The entries of the page */
  readonly items: readonly (ListComplaintsAnswerItem)[]
}

export type ListComplaintsAnswerItem = {
  /** Names the complaint */
  readonly complaintId: string
  /** What kind it is */
  readonly kind: string
  /** What or whom it is about */
  readonly subject: string
  /** What or whom it is about, by its code */
  readonly subjectId: string
  /** Why, by a code of its list in `/codes` */
  readonly reasonCode: string
  /** What was stated, or the statement */
  readonly statement: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly filedAt: string
  /** Who filed it */
  readonly filedBy?: string
  /** What came of it */
  readonly outcome?: "upheld" | "partly-upheld" | "rejected" | "withdrawn"
  /** How it was handled */
  readonly handling?: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly handledAt?: string
  /** Who handled it */
  readonly handledBy?: string
}

/** Done · 成功 */
export type ListFailedJobsAnswer = {
  /** The entries of the page */
  readonly items: readonly (FailedJob)[]
  /** Where the list goes on; absent on the last page */
  readonly next?: string
}

/** Done · 成功 */
export type ListManualFilesAnswer = {
  /** The entries of the page */
  readonly items: readonly (ListManualFilesAnswerItem)[]
  /** Where the list goes on; absent on the last page */
  readonly next?: string
}

export type ListManualFilesAnswerItem = {
  /** Names the file */
  readonly fileId: string
  /** Names the settlement */
  readonly settlementId?: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo?: string
  /** The insured person, by register */
  readonly personId: string
  /** Why, in words or by code */
  readonly reason: string
  /** Where it stands */
  readonly status: "open" | "withdrawn" | "submitted" | "approved" | "declined" | "paid"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly openedAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly closedAt?: string
}

/** Done · 成功 */
export type ListOverdueUploadsAnswer = {
  /** The civil day in Asia/Shanghai */
  readonly today: string
  /** Interval of the policy in force; absent where it asks for no uploads */
  readonly uploadDays?: number
  /** What is late, or whether it is */
  readonly overdue: readonly (ListOverdueUploadsAnswerOverdueItem)[]
}

export type ListOverdueUploadsAnswerOverdueItem = {
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** The day of the last upload */
  readonly lastUploadOn?: string
  /** Since when it is late */
  readonly overdueSince?: string
}

/** Done · 成功 */
export type ListOwnOutsideRefusalsAnswer = {
  /** The entries of the page */
  readonly items: readonly (ListOwnOutsideRefusalsAnswerItem)[]
  /** Where the list goes on; absent on the last page */
  readonly next?: string
}

export type ListOwnOutsideRefusalsAnswerItem = {
  /** Names the refusal */
  readonly refusalId: string
  /** The hospital, by its national code */
  readonly hospitalId: string
  /** The physician, by register */
  readonly physicianId: string
  /** National code of the drug */
  readonly drugCode: string
  /** Why, by a code of its list in `/codes` */
  readonly reasonCode: string
  /** The day it was refused */
  readonly refusedOn: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly recordedAt: string
}

/** Done · 成功 */
export type ListOwnSettlementsAnswer = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** The settlements, or how many there are */
  readonly settlements: readonly (ListOwnSettlementsAnswerSettlement)[]
}

export type ListOwnSettlementsAnswerSettlement = {
  /** Names the settlement */
  readonly settlementId: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly settledAt: string
  /** Whether it was taken back */
  readonly isReversed: boolean
  /** To be had at `/papers/settlements/{settlementId}/{paper}` */
  readonly papers: readonly (string)[]
}

/** Done · 成功 */
export type ListPaperPrescriptionsAnswer = {
  /** The entries of the page */
  readonly items: readonly (ListPaperPrescriptionsAnswerItem)[]
  /** Where the list goes on; absent on the last page */
  readonly next?: string
}

export type ListPaperPrescriptionsAnswerItem = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** The number that the hospital itself gave the prescription */
  readonly hospitalPrescriptionNo: string
  /** The hospital, by its national code */
  readonly hospitalId: string
  /** The pharmacy, by its national code */
  readonly pharmacyId: string
  /** Why, by a code of its list in `/codes` */
  readonly reasonCode: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly presentedAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly enteredAt: string
  /** Media type of the scan */
  readonly scanType: "application/pdf" | "image/jpeg" | "image/png"
  /** SHA-256 of the scan, lower-case hex */
  readonly scanSha256: string
  /** Where the scan is kept */
  readonly scanKeptBy: "pharmacy" | "hub"
  /** Where it stands */
  readonly state: "unconfirmed" | "confirmed" | "objected"
  /** The code of the objection */
  readonly objectionCode?: string
  /** What an objection came to; `recorded` once money has moved: the agency looks into it */
  readonly effect?: "cancelled" | "cancel-pending" | "recorded"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly answeredAt?: string
  /** Where the prescription stands */
  readonly prescriptionState: string
  /** A settlement stands, or was left to manual reimbursement */
  readonly settled: boolean
}

/** Done · 成功 */
export type ListPayerDifferencesAnswer = {
  /** Civil day in Asia/Shanghai */
  readonly day: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly reconciledAt?: string
  /** What does not agree */
  readonly differences: readonly (ListPayerDifferencesAnswerDifference)[]
}

export type ListPayerDifferencesAnswerDifference = {
  /** Names the settlement */
  readonly settlementId: string
  /** `amount-differs`: both have it, with other amounts */
  readonly kind: "amount-differs" | "answered-differently" | "missing-there" | "paid-there-only" | "unknown-here" | "answer-unreadable" | "deferred-unanswered" | "refused-anew"
  /** JSON of states and amounts */
  readonly ours: string
  /** JSON of states and amounts */
  readonly theirs: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly foundAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly goneAt?: string
}

/** Done · 成功 */
export type ListReassessmentsAnswer = {
  /** The entries of the page */
  readonly items: readonly (ListReassessmentsAnswerItem)[]
  /** `next` of the page before */
  readonly next?: string
}

export type ListReassessmentsAnswerItem = {
  /** The insured person, by register */
  readonly personId: string
  /** National code of the drug */
  readonly drugCode: string
  /** The hospital, by its national code */
  readonly hospitalId?: string
  /** Number of the document */
  readonly documentNo?: string
  /** The day of the assessment */
  readonly assessedOn?: string
  /** The day by which it is due */
  readonly dueOn: string
  /** What is late, or whether it is */
  readonly overdue: boolean
}

/** Done · 成功 */
export type ListReimbursementsAnswer = {
  /** The files */
  readonly files: readonly (ListReimbursementsAnswerFile)[]
  /** Where the list goes on; absent on the last page */
  readonly next?: string
}

export type ListReimbursementsAnswerFile = {
  /** Names the file */
  readonly fileId: string
  /** Where it comes from */
  readonly origin: "deferral" | "application"
  /** On which occasion it was bought */
  readonly occasion: string
  /** The insured person, by register */
  readonly personId: string
  /** Why, in words or by code */
  readonly reason: string
  /** Where it stands */
  readonly status: "open" | "withdrawn" | "submitted" | "approved" | "declined" | "paid"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly openedAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly closedAt?: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo?: string
  /** Names the settlement */
  readonly settlementId?: string
  /** The day of the expense */
  readonly expenseOn?: string
  /** Fen (1/100 yuan) */
  readonly amountFen?: number
  /** Reference of the payment */
  readonly paymentReference?: string
}

/** Done · 成功 */
export type ListStockAnswer = {
  /** The entries of the page */
  readonly items: readonly (ListStockAnswerItem)[]
  /** Absent on the last page */
  readonly next?: string
}

export type ListStockAnswerItem = {
  /** National code of the drug */
  readonly drugCode: string
  /** How much, in units of the drug */
  readonly quantity: string
  /** Fen for one unit, rounded to six decimals where it is no whole fen; `price` is then the exact price */
  readonly unitPriceFen: number
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly reportedAt: string
  /** Generic name */
  readonly genericName?: string
  /** Dosage form, or the format of a file */
  readonly form?: string
  /** Strength and pack, as in the register */
  readonly specification?: string
  /** Whether it is kept cold, or by what on the way */
  readonly coldChain?: boolean
}

/** Done · 成功 */
export type ListStockUploadsAnswer = {
  /** The uploads, the newest first */
  readonly uploads: readonly (ListStockUploadsAnswerUpload)[]
}

export type ListStockUploadsAnswerUpload = {
  /** Names the upload */
  readonly uploadId: string
  /** SHA-256 of the file, in hexadecimal */
  readonly sha256: string
  /** The lines, or how many there are */
  readonly lines: number
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly receivedAt: string
}

/** Done · 成功 */
export type ListWorkflowsAnswer = {
  /** The version of the policy that was applied */
  readonly policyVersion: string
  /** As the policy file has them: papers, checks, steps, deadlines, outcomes, each with its source */
  readonly workflows: readonly ({ readonly [name: string]: unknown })[]
}

/** Accepted; it goes on in the background · 已受理，后续处理中 */
export type MakeSandboxFailureAnswer = {
  /** Region, six digits */
  readonly regionCode: string
  /** Names the work in the outbox */
  readonly outboxId: string
}

export type MakeSandboxFailureRequest = {
  /** Region, six digits */
  readonly regionCode: string
}

/** Done · 成功 */
export type MatchPharmacyFileAnswer = {
  /** Absent when the file was only tried */
  readonly fileId?: string
  /** SHA-256 of the file, in hexadecimal */
  readonly sha256: string
  /** The rows, or how many there are */
  readonly rows: number
  /** How many of each kind; empty when all agree */
  readonly differences: { readonly [name: string]: number }
}

/** Done · 成功 */
export type NationalGatewayAnswer = {
  /** 0: done */
  readonly infcode: 0 | -1
  /** The answer’s own number */
  readonly inf_refmsgid: string
  /** When the call came: yyyyMMddHHmmssSSS */
  readonly refmsg_time: string
  /** When it was answered */
  readonly respond_time: string
  /** `[code]` of the hub and the reason; empty when done */
  readonly err_msg: string
  /** The business object; sealed when the call was */
  readonly output: { readonly [name: string]: unknown }
}

export type NationalGatewayRequest = {
  /** 交易编号: which function */
  readonly infno: string
  /** 发送方报文ID: institution, time and a sequence; the same one again is the same call */
  readonly msgid: string
  /** 就医地医保区划 */
  readonly mdtrtarea_admvs?: string
  /** `yyyy-MM-dd HH:mm:ss` of Shanghai */
  readonly inf_time?: string
  /** The institution that calls */
  readonly fixmedins_code: string
  /** The business object, in plain or sealed: `appid`, `encType`, `signType`, `encData`, `signData`; may be JSON in a string */
  readonly input: { readonly [name: string]: unknown } | string
}

/** Done · 成功 */
export type NationalPreCheckAnswer = {
  /** 0: done. Else the status that the same refusal has in the hub’s own interface */
  readonly code: number
  /** For a person, with the code of `/problems` in brackets */
  readonly message: string
  /** The application that calls */
  readonly appId?: string
  /** Milliseconds since 1970 */
  readonly timestamp?: string
  /** How the body is encrypted */
  readonly encType?: "SM4"
  /** How the message is signed */
  readonly signType?: "SM2"
  /** Business object; an empty one with a refusal. Absent when the application is not known */
  readonly encData?: string
  /** By the platform’s key of the application */
  readonly signData?: string
}

export type NationalPreCheckRequest = {
  /** Given with the registration */
  readonly appId: string
  /** `1.0.0`; may be left out */
  readonly version?: string
  /** `SM4`, in any case */
  readonly encType: string
  /** `SM2`, in any case */
  readonly signType: string
  /** Milliseconds since 1970, as a number or text, with or without a fraction */
  readonly timestamp?: string | number
  /** Business object: JSON in UTF-8 under SM4-ECB with PKCS#7 padding, in hex */
  readonly encData: string
  /** SM2 with SM3 over the sign text: r and s, 64 bytes, in base64 */
  readonly signData: string
}

export type OAuthError = {
  /** The code that RFC 6749 has for it */
  readonly error: "invalid_request" | "invalid_client" | "invalid_scope" | "unsupported_grant_type" | "temporarily_unavailable" | "server_error"
  /** The same in words */
  readonly error_description: string
}

/** Taken in · 已受理并保存 */
export type OpenApplicationAnswer = {
  /** A, region (6), day (8), sequence (8) */
  readonly applicationNo: string
  /** Where it stands */
  readonly status: "open" | "approved" | "refused" | "withdrawn"
  /** The step */
  readonly step: string
  readonly lacks: OpenApplicationAnswerLacks
  /** What the rules found */
  readonly findings: readonly (Finding)[]
}

/** What is still missing */
export type OpenApplicationAnswerLacks = {
  /** The fields that are meant */
  readonly fields: readonly (string)[]
  /** Papers, by code */
  readonly papers: readonly (string)[]
  /** What has to be fulfilled */
  readonly criteria: readonly (string)[]
}

export type OpenApplicationRequest = {
  /** Which procedure of the region */
  readonly workflow: string
  /** Person number or institution code, as the workflow asks */
  readonly subjectId: string
  readonly fields: OpenApplicationRequestFields
  readonly signer: OpenApplicationRequestSigner
}

/** The fields that are meant */
export type OpenApplicationRequestFields = {
  /** National codes of drugs */
  readonly drugCodes?: readonly (string)[]
  /** Diagnoses, by code */
  readonly diagnoses?: readonly (string)[]
  /** The treatment as planned */
  readonly regimen?: string
  /** The hospital, by its national code */
  readonly hospitalId?: string
  /** The supplier, by its national code */
  readonly supplierId?: string
  /** Physicians, by register */
  readonly physicianIds?: readonly (string)[]
  /** Why, by a code of its list in `/codes` */
  readonly reasonCode?: string
  /** What the assessment found */
  readonly assessment?: string
  /** Number of the document */
  readonly documentNo?: string
  /** Number of the agreement */
  readonly agreementNo?: string
  /** What was stated, or the statement */
  readonly statement?: string
  /** Criterion → met or not; each must be answered */
  readonly criteria?: { readonly [name: string]: "met" | "not-met" }
}

/** Who signs for the step */
export type OpenApplicationRequestSigner = {
  /** The physician, by register */
  readonly physicianId?: string
  /** Staff number */
  readonly officerNo?: string
}

export type OpenPatientSessionRequest = {
  /** Last six characters of the identity number of the patient, as printed on the paper; the whole number is taken too */
  readonly ending: string
}

/** Taken in · 已受理并保存 */
export type OpenReimbursementAnswer = {
  /** Names the file */
  readonly fileId: string
  /** Where it stands */
  readonly status: "open" | "withdrawn" | "submitted" | "approved" | "declined" | "paid"
  /** Fen (1/100 yuan) */
  readonly amountFen?: number
}

/** Another benefit of a person · 其他待遇（分层管理、不重复享受） */
export type OtherBenefit = {
  /** The insured person, by register */
  readonly personId: string
  /** Named by policy files */
  readonly benefit: string
  readonly name: OtherBenefitName
  /** It has paid, or it would pay if it is better for the patient */
  readonly state: "paid" | "available"
  /** Absent: all drugs */
  readonly drugCode?: string
  /** `paid`: the prescription paid for; absent: all of the period */
  readonly prescriptionNo?: string
  /** `available`: the part of the charge that its fund pays, in basis points */
  readonly ratioBp?: number
  /** `available`: what its fund may still pay this year through the hub; absent: without limit */
  readonly maximumFen?: number
  /** `paid`: what its fund paid */
  readonly paidFen?: number
}

/** Its name */
export type OtherBenefitName = {
  /** In Chinese */
  readonly zh: string
  /** In English */
  readonly en: string
}

/** Done · 成功 */
export type PayRefundBackAnswer = {
  /** Names what is owed */
  readonly refundId: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Names the supply: one hold of one pharmacy */
  readonly dispenseId: string
  /** The settlement that was taken back */
  readonly settlementId: string
  /** Who owes it */
  readonly pharmacyId: string
  /** Why money is owed, or what differs */
  readonly cause: "goods-returned" | "settlement-reversed" | "settlement-lapsed" | "payer-withdrew"
  /** Fen (1/100 yuan) */
  readonly amountFen: number
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly openedAt: string
  /** Last day to pay it back */
  readonly dueOn: string
  /** `nothing-taken`: the supplier said that nothing was paid at the till */
  readonly state: "owed" | "paid-back" | "nothing-taken"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly closedAt?: string
  /** Of the payment */
  readonly reference?: string
}

export type PayRefundBackRequest = {
  /** Of the payment: a number at the till or the bank */
  readonly reference: string
}

export type PayReimbursementRequest = {
  /** Reference of the payment */
  readonly paymentReference: string
}

/** Payment standard of a product, or of all products of a generic name · 医保支付标准（按产品或按通用名） */
export type PaymentStandard = {
  /** The product; or else `generic` */
  readonly drugCode?: string
  readonly generic?: PaymentStandardGeneric
  /** Fen for one unit, at most six decimals; or for `per` units */
  readonly fen: number
  /** Units that `fen` is for, where one unit costs no whole fen: a pack */
  readonly per?: number
  /** Whether the standard is not to be published */
  readonly confidential: boolean
  /** What it rests on */
  readonly basis: "negotiated" | "procured" | "purchase"
  /** Not cited yet: a sample figure */
  readonly sample?: true
}

/** All products of this generic name, as the register of drugs writes it; of one form and specification where they are named */
export type PaymentStandardGeneric = {
  /** Generic name */
  readonly genericName: string
  /** Dosage form, or the format of a file */
  readonly form?: string
  /** Strength and pack, as in the register */
  readonly specification?: string
}

/** Insured person · 参保人员 */
export type Person = {
  /** The insured person, by register */
  readonly personId: string
  /** Name of a person, as on the paper; compared without blanks, width, case and kinds of dots */
  readonly name: string
  /** Number of the identity paper as printed, with its characters and brackets; a newborn without one: the number of the birth certificate, as `other` */
  readonly idNumber: string
  /** Telephone */
  readonly phone: string
  /** Day of birth */
  readonly birthDate: string
  /** Sex, as in the register */
  readonly sex: "male" | "female"
  /** Insurance scheme */
  readonly scheme: "employee" | "resident"
  /** Whether the insurance is active */
  readonly standing: "active" | "suspended"
  /** Medical assistance that the person has */
  readonly assistance: "none" | "minimum-living" | "extreme-poverty" | "low-income"
  /** Region of the insurance, six digits */
  readonly insuredRegion: string
  /** County, six digits */
  readonly countyCode: string
  /** Whether a special disease is recognised */
  readonly specialDisease?: boolean
}

/** Done · 成功 */
export type PharmacyPrescription = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** As of now: a hold that ran out counts as over */
  readonly state: "open" | "chosen" | "held" | "reviewed" | "settling" | "settled" | "deferred" | "dispensed" | "returned" | "refused" | "cancelled" | "expired"
  readonly hospital: InboxEntryHospital
  readonly signedByCentre?: PharmacyPrescriptionSignedByCentre
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly issuedAt: string
  /** Exclusive end of validity */
  readonly expiresAt: string
  /** Whole seconds left, 0 once over */
  readonly secondsLeft: number
  /** Exclusive end of your hold */
  readonly holdUntil?: string
  /** Whole seconds left, 0 once over */
  readonly holdSecondsLeft?: number
  readonly cancelPending?: PharmacyPrescriptionCancelPending
  /** The lines, or how many there are */
  readonly lines: readonly (PharmacyPrescriptionLine)[]
  /** The trace codes that all that remains will need at the hand-over */
  readonly packs?: readonly (PharmacyPrescriptionPack)[]
  readonly dispense?: PharmacyPrescriptionDispense
  readonly settlement?: PharmacyPrescriptionSettlement
  /** What the physician signed: the component `PrescriptionDocument`. Only while you hold the prescription, or once you supplied it. */
  readonly prescription?: PrescriptionDocument
}

/** The hospital asks to cancel: release it; no settlement begins */
export type PharmacyPrescriptionCancelPending = {
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly since: string
  /** Why, by a code of its list in `/codes` */
  readonly reasonCode?: string
}

/** The supply under way, or the last one */
export type PharmacyPrescriptionDispense = {
  /** Names the supply: one hold of one pharmacy */
  readonly dispenseId: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly takenAt: string
  /** By what the pharmacy took it */
  readonly takenBy: "inbox" | "pickup-code" | "paper" | "counter"
  readonly review?: PharmacyPrescriptionDispenseReview
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly handedOverAt?: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly returnedAt?: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly endedAt?: string
  /** Why it ended */
  readonly endReason?: string
  /** The lines, or how many there are */
  readonly lines: readonly (PharmacyPrescriptionDispenseLine)[]
}

export type PharmacyPrescriptionDispenseLine = {
  /** Number of the line, from 1 */
  readonly lineNo: number
  /** National code of the drug */
  readonly drugCode: string
  /** How much, in units of the drug */
  readonly quantity: string
  /** Fen for one unit, rounded to six decimals where it is no whole fen; `price` is then the exact price */
  readonly unitPriceFen: number
  readonly price?: PharmacyPrescriptionDispenseLinePrice
  /** Batch, as printed on the pack */
  readonly batchNo?: string
  /** Last day on which the goods may be used */
  readonly expiresOn?: string
}

/** Fen for a number of units: a pack of 28 for 10.00 yuan is `{"fen":1000,"per":"28"}` */
export type PharmacyPrescriptionDispenseLinePrice = {
  /** In fen (1/100 yuan) */
  readonly fen: number
  /** Units that the fen are for */
  readonly per: string
}

/** What the pharmacist decided */
export type PharmacyPrescriptionDispenseReview = {
  /** The pharmacist, by register */
  readonly pharmacistId: string
  /** Name of the pharmacist */
  readonly pharmacistName?: string
  /** What was decided */
  readonly decision: "approve" | "refuse"
  /** Why, by a code of its list in `/codes` */
  readonly reasonCode?: string
  /** In words, for the hospital */
  readonly opinion?: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly reviewedAt: string
}

export type PharmacyPrescriptionLine = {
  /** Number of the line, from 1 */
  readonly lineNo: number
  /** National code of the drug */
  readonly drugCode: string
  /** The unit that quantities count */
  readonly unit: string
  /** How much was prescribed */
  readonly prescribed: string
  /** How much of it was handed over */
  readonly dispensed: string
  /** How much of it was cancelled */
  readonly cancelled: string
  /** prescribed - dispensed - cancelled */
  readonly remaining: string
  /** Of what was dispensed, what came back; it is not open again */
  readonly returned?: string
  /** Generic name */
  readonly genericName?: string
  /** Dosage form, or the format of a file */
  readonly form?: string
  /** Strength and pack, as in the register */
  readonly specification?: string
  /** Whether it is kept cold, or by what on the way */
  readonly coldChain?: boolean
}

export type PharmacyPrescriptionPack = {
  /** Number of the line, from 1 */
  readonly lineNo: number
  /** `none`: goods of this kind have no trace codes (herbal pieces, granules) */
  readonly traceCodes: "needed" | "none"
  /** Packs that the quantity needs; absent: the pack size is unknown */
  readonly count?: number
  /** Units in a pack, by the drug register */
  readonly packSize?: number
}

/** What was settled */
export type PharmacyPrescriptionSettlement = {
  /** Names the settlement */
  readonly settlementId: string
  /** Where it stands */
  readonly status: "requested" | "settled" | "declined" | "deferred" | "reversed"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly requestedAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly decidedAt?: string
  /** Fen (1/100 yuan) */
  readonly chargeFen?: number
  /** Fen (1/100 yuan) */
  readonly fundFen?: number
  /** Fen (1/100 yuan) */
  readonly patientFen?: number
}

/** Of a prescription that came over the national interface: who signed it, and who did not */
export type PharmacyPrescriptionSignedByCentre = {
  /** In Chinese */
  readonly zh: string
  /** In English */
  readonly en: string
}

/** Physician or pharmacist · 医师、药师 */
export type Practitioner = {
  /** Physician or pharmacist, by register */
  readonly practitionerId: string
  /** What kind it is */
  readonly kind: "physician" | "pharmacist"
  /** Name of a person, as on the paper; compared without blanks, width, case and kinds of dots */
  readonly name: string
  /** Its title */
  readonly title?: "resident" | "attending" | "associate-chief" | "chief"
  /** Number of the licence */
  readonly licenceNo: string
  /** Last day of the licence */
  readonly licenceValidTo: string
}

/** Done · 成功 */
export type PreCheck = {
  /** Whether it would be taken in */
  readonly accepted: boolean
  /** The version of the policy that was applied */
  readonly policyVersion: string
  /** Exclusive: valid while the clock shows less */
  readonly expiresAt: string
  /** What the rules found */
  readonly findings: readonly (Finding)[]
}

export type PreCheckPrescriptionRequest = {
  /** The exact bytes that were signed: the prescription document (电子处方文书), JSON in UTF-8 as the component `PrescriptionDocument` describes it (`GET /schemas/prescription-document`). Never re-serialised. */
  readonly document: string
  /** Detached CMS SignedData (PKCS#7, DER) over those bytes by the physician and the hospital seal */
  readonly signature?: string
}

/** What the physician signs: JSON in UTF-8, sent in base64 as `document`. Codes come from the lists of `GET /codes`; names, form, specification and unit must be those that the registers keep for their codes. */
export type PrescriptionDocument = {
  /** The version of the form */
  readonly version: "1.0"
  /** Region (统筹区) whose policy judges it */
  readonly regionCode: string
  /** In-house number, unique within the hospital · 定点医疗机构处方编号 (hospRxno) */
  readonly hospitalPrescriptionNo: string
  /** Instant of issue · 开方时间 (prscTime) */
  readonly issuedAt: string
  /** From the code list `prescription-types` of `GET /codes` · 处方类型 */
  readonly type: "western" | "patent" | "herbal"
  /** From the code list `prescription-categories` of `GET /codes` · 处方类别 · 处方类别代码 (rxTypeCode) */
  readonly category?: "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "99"
  /** From the code list `settings` of `GET /codes` · 门诊住院标识 · 门诊住院标识 (otpIptFlag) */
  readonly setting: "outpatient" | "inpatient"
  /** From the code list `channels` of `GET /codes` · 就诊方式 · 业务类型代码 (bizTypeCode) */
  readonly channel?: "institution" | "internet"
  /** From the code list `circulations` of `GET /codes` · 处方附加属性 · 处方附加属性代码 (rxExraAttrCode) */
  readonly circulation?: "dual-channel" | "outpatient-pooling" | "other"
  /** Long-term prescription (长期处方), where the policy allows it · 长期处方标志 (longRxFlag) */
  readonly longTerm?: boolean
  /** The patient was told that the fund won’t pay and wants to go on (CQ-4.4) */
  readonly selfPay?: boolean
  /** The special case in which an inpatient buys outside (特殊情况外购, CQ-2.3) */
  readonly outsidePurchase?: {
    /** From the code list outside-purchase-reasons; `other` needs the statement */
    readonly reasonCode: "not-stocked" | "out-of-stock" | "storage-unavailable" | "other"
    /** What was stated, or the statement */
    readonly statement?: string
  }
  /** As the hospital prints it; the policy of the region decides (MZ-6.3) */
  readonly validity?: {
    /** 处方有效天数 (valiDays) */
    readonly days?: number
    /** 有效截止时间 (valiEndTime) */
    readonly endsAt?: string
  }
  /** Of a prescription that goes on with an earlier one */
  readonly renewal?: {
    /** 续方标志 (rxCotnFlag) */
    readonly isRenewal: boolean
    /** 续方的原处方编号 (initRxno) */
    readonly originalPrescriptionNo?: string
  }
  /** Of a prescription that was used before */
  readonly reuse?: {
    /** 复用使用标志 (reptFlag) */
    readonly isReusable: boolean
    /** 最大使用次数 (maxReptCnt) */
    readonly maxTimes?: number
    /** 使用最小间隔 (minInrvDays) */
    readonly minIntervalDays?: number
    /** 已使用次数 (reptdCnt) */
    readonly usedTimes?: number
  }
  /** The electronic credential that was shown */
  readonly credential?: {
    /** From the code list `visit-credentials` of `GET /codes` · 就诊凭证类型 · 就诊凭证类型 (mdtrtCertType) */
    readonly type: "e-certificate" | "resident-id" | "social-security-card"
    /** 就诊凭证编号 (mdtrtCertNo) */
    readonly number?: string
    /** 卡识别码 (cardSn) */
    readonly cardIdentifier?: string
    /** Token of the e-certificate · 电子凭证令牌 (ecToken) */
    readonly token?: string
    /** Internet hospitals: number of the online identity check · 电子凭证线上身份核验流水号 (authNo) */
    readonly onlineVerificationNo?: string
  }
  /** What belongs to a prescription of herbs */
  readonly herbal?: {
    /** How many doses (剂数) */
    readonly doses: number
    /** How it is given */
    readonly route?: {
      /** From the code list `routes` of `GET /codes` · 用药途径 · 处方整剂用法编号 (rxUsedWayCodg) */
      readonly code: "1" | "2" | "3" | "4" | "401" | "402" | "403" | "404" | "5" | "6" | "601" | "602" | "603" | "604" | "605" | "606" | "607" | "608" | "609" | "610" | "611" | "612" | "699" | "9"
      /** 处方整剂用法名称 (rxUsedWayName) */
      readonly name?: string
    }
    /** How often it is used */
    readonly frequency?: {
      /** From the code list `frequencies` of `GET /codes` · 使用频次 · 处方整剂频次编号 (rxFrquCodg) */
      readonly code: "11" | "12" | "13" | "14" | "21" | "22" | "23" | "24" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "q3w" | "q4w" | "hs" | "st" | "prn" | "99"
      /** 处方整剂频次名称 (rxFrquName) */
      readonly name?: string
    }
    /** How much at a time */
    readonly dose?: {
      /** 处方整剂单次剂量数 (rxDoscnt) */
      readonly amount: string
      /** 处方整剂剂量单位 (rxDosunt) */
      readonly unit: string
    }
    /** 处方整剂医嘱说明 (rxDrordDscr) */
    readonly instructions?: string
  }
  /** 就诊信息 (mdtrtinfo) */
  readonly visit: {
    /** Visit number of the insurance registration (医保就诊ID) · 医保就诊ID (mdtrtId) */
    readonly visitId: string
    /** 开方科室编号 (prscDeptCode) */
    readonly departmentCode: string
    /** 开方科室名称 (prscDeptName) */
    readonly departmentName: string
    /** 就诊时间 (mdtrtTime) */
    readonly visitedAt: string
    /** Number of the hospital stay */
    readonly inpatientNo?: string
    /** Outpatient or inpatient number (门诊/住院号) · 门诊/住院号 (iptOtpNo) */
    readonly recordNo?: string
    /** Place of treatment (就医地) · 就医地编号 (mdtrtareaNo) */
    readonly treatmentRegion?: string
    /** From the code list `medical-types` of `GET /codes` · 医疗类别 · 医疗类别 (medType) */
    readonly medicalType?: "11" | "12" | "120" | "13" | "14" | "140104" | "140201" | "140401" | "19" | "21" | "210104" | "28" | "41" | "51" | "52" | "53" | "71" | "991702" | "992102"
    /** Department class (科别) · 科别 (caty) */
    readonly specialty?: string
    /** Chronic or special disease of the visit (病种) */
    readonly disease?: {
      /** 病种编码 (diseCodg) */
      readonly code: string
      /** 病种名称 (diseName) */
      readonly name?: string
    }
    /** 特殊病种标志 (spDiseFlag) */
    readonly isSpecialDisease?: boolean
    /** 是否初诊 (fstdiagFlag) */
    readonly isFirstVisit?: boolean
    /** Description of the illness · 疾病病情描述 (diseCondDscr) */
    readonly condition?: string
    /** hi_feesetl_type */
    readonly settlementType?: {
      /** 医保费用结算类型 (hiFeesetlType) */
      readonly code: string
      /** 医保费用类别名称 (hiFeesetlName) */
      readonly name?: string
    }
    /** 挂号费 (rgstFee) */
    readonly registrationFeeFen?: number
    /** Fees settled now, without the circulated drugs · 医疗费总额 (medfeeSumamt) */
    readonly otherFeesFen?: number
    /** Local extension data (扩展数据) as JSON text, passed on as it is and never judged · 扩展数据 (extras) */
    readonly extras?: string
  }
  /** The patient */
  readonly patient: {
    /** 医保人员编号 (psnNo) */
    readonly personId: string
    /** Name of a person, as on the paper; compared without blanks, width, case and kinds of dots · 患者姓名 (patnName) */
    readonly name: string
    /** From the code list `identity-papers` of `GET /codes` · 人员证件类型 · 人员证件类型 (psnCertType) */
    readonly idType: "resident-id" | "passport" | "residence-permit" | "officer" | "armed-police" | "hong-kong-macao-permit" | "taiwan-permit" | "permanent-residence" | "chinese-passport" | "other"
    /** Number of the identity paper as printed, with its characters and brackets; a newborn without one: the number of the birth certificate, as `other` · 证件号码 (certno) */
    readonly idNumber: string
    /** 性别 (gend) */
    readonly sex: "male" | "female" | "unstated"
    /** Day of birth */
    readonly birthDate: string
    /** Insured region (参保地) · 参保地编号 (insuPlcNo) */
    readonly insuredRegion?: string
    /** 年龄 (patnAge) */
    readonly ageYears?: string
    /** 患者身高 (patnHgt) */
    readonly heightCm?: string
    /** 患者体重 (patnWt) */
    readonly weightKg?: string
    /** 过敏史 (algsHis) */
    readonly allergies?: string
    /** 哺乳期标志 (suckPrdFlag) */
    readonly isBreastfeeding?: boolean
    /** Of a child without papers of its own */
    readonly newborn?: {
      /** 新生儿标志 (nwbFlag) */
      readonly isNewborn: boolean
      /** 新生儿日、月龄 (nwbAge) */
      readonly age?: string
    }
    /** Maternity visits only */
    readonly maternity?: {
      /** 计划生育手术类别 (birctrlType) */
      readonly procedureType?: string
      /** Day of the procedure or birth · 计划生育手术或生育日期 (birctrlMatnDate) */
      readonly procedureOn?: string
      /** 生育类别 (matnType) */
      readonly maternityType?: string
      /** 妊娠 (gesoVal) */
      readonly gestation?: number
    }
  }
  /** The hospital */
  readonly hospital: {
    /** 定点医疗机构编号 (fixmedinsCode) */
    readonly institutionId: string
    /** 定点医疗机构名称 (fixmedinsName) */
    readonly name: string
  }
  /** The physician */
  readonly physician: {
    /** 开方医保医师代码 (drCode) */
    readonly practitionerId: string
    /** Name of a person, as on the paper; compared without blanks, width, case and kinds of dots · 开方医师姓名 (prscDrName) */
    readonly name: string
    /** From the code list `identity-papers` of `GET /codes` · 人员证件类型 · 开方医师证件类型 (prscDrCertType) */
    readonly idType?: "resident-id" | "passport" | "residence-permit" | "officer" | "armed-police" | "hong-kong-macao-permit" | "taiwan-permit" | "permanent-residence" | "chinese-passport" | "other"
    /** Number of the identity paper as printed, with its characters and brackets; a newborn without one: the number of the birth certificate, as `other` · 开方医师证件号码 (prscDrCertno) */
    readonly idNumber?: string
    /** Its title */
    readonly title?: {
      /** From the code list `physician-titles` of `GET /codes` · 医生职称 · 医生职称编码 (drProfttlCodg) */
      readonly code: "231" | "232" | "233" | "234" | "235"
      /** 医生职称名称 (drProfttlName) */
      readonly name: string
    }
    /** 医生科室编码 (drDeptCode) */
    readonly departmentCode?: string
    /** 医生科室名称 (drDeptName) */
    readonly departmentName?: string
  }
  /** 诊断信息 (diseinfo) */
  readonly diagnoses: readonly ({
    /** ICD-10, insurance edition · 主诊断代码 (maindiagCode) · 诊断代码 (diagCode) */
    readonly code: string
    /** 主诊断名称 (maindiagName) · 诊断名称 (diagName) */
    readonly name: string
    /** 主诊断标志 (maindiagFlag) */
    readonly primary?: boolean
    /** From the code list `diagnosis-kinds` of `GET /codes` · 诊断类别 · 诊断类别 (diagType) */
    readonly kind?: "western" | "tcm-disease" | "tcm-syndrome"
    /** 诊断排序号 (diagSrtNo) */
    readonly order?: number
    /** 诊断科室代码 (diagDeptCode) */
    readonly departmentCode?: string
    /** 诊断科室名称 (diagDept) */
    readonly departmentName?: string
    /** 诊断医生编码 (diagDrNo) */
    readonly physicianId?: string
    /** Name of a person, as on the paper; compared without blanks, width, case and kinds of dots · 诊断医生姓名 (diagDrName) */
    readonly physicianName?: string
    /** 诊断时间 (diagTime) */
    readonly diagnosedAt?: string
    /** Disease in terms of Chinese medicine */
    readonly tcmDisease?: {
      /** 中医病名代码 (tcmDiseCode) */
      readonly code: string
      /** 中医病名 (tcmDiseName) */
      readonly name?: string
    }
    /** Syndrome in terms of Chinese medicine */
    readonly tcmSyndrome?: {
      /** 中医证候代码 (tcmsympCode) */
      readonly code: string
      /** 中医证候 (tcmsymp) */
      readonly name?: string
    }
  })[]
  /** 药品类目数 (rxDrugCnt) · 处方明细 (rxdrugdetail) */
  readonly lines: readonly ({
    /** Number of the line, from 1 */
    readonly lineNo: number
    /** National drug code: X western, Z Chinese patent, T herbal pieces · 医疗目录编码 (medListCodg) */
    readonly drugCode: string
    /** 药品通用名 (drugGenname) */
    readonly genericName: string
    /** 药品剂型 (drugDosform) */
    readonly form: string
    /** 药品规格 (drugSpec) */
    readonly specification: string
    /** In the unit of the line, more than 0; the quantity that is settled · 药品总用药量 (drugCnt) */
    readonly quantity: string
    /** 药品总用药量单位 (drugDosunt) */
    readonly unit: string
    /** Days of use · 用药天数 (medcDays) */
    readonly days: number
    /** How much at a time */
    readonly dose: {
      /** 单次用量 (sinDoscnt) */
      readonly amount: string
      /** 单次剂量单位 (sinDosunt) */
      readonly unit: string
    }
    /** How it is given */
    readonly route: {
      /** From the code list `routes` of `GET /codes` · 用药途径 · 用药途径代码 (medcWayCodg) */
      readonly code: "1" | "2" | "3" | "4" | "401" | "402" | "403" | "404" | "5" | "6" | "601" | "602" | "603" | "604" | "605" | "606" | "607" | "608" | "609" | "610" | "611" | "612" | "699" | "9"
      /** 用药途径描述 (medcWayDscr) */
      readonly name: string
    }
    /** How often it is used */
    readonly frequency: {
      /** From the code list `frequencies` of `GET /codes` · 使用频次 · 使用频次编码 (usedFrquCodg) */
      readonly code: "11" | "12" | "13" | "14" | "21" | "22" | "23" | "24" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "41" | "42" | "q3w" | "q4w" | "hs" | "st" | "prn" | "99"
      /** 使用频次名称 (usedFrquName) */
      readonly name: string
    }
    /** First day of use, not before the day of issue */
    readonly startsOn: string
    /** Last day of use; from startsOn on, both included, at least `days` days and at most four times as many */
    readonly endsOn: string
    /** Exact beginning, where the hospital states one · 用药开始时间 (medcBegntime) */
    readonly startsAt?: string
    /** Exact end, where the hospital states one · 用药结束时间 (medcEndtime) */
    readonly endsAt?: string
    /** The physician confirms that the patient meets the restricted payment scope (MZ-6.1) */
    readonly restrictedScopeConfirmed: boolean
    /** In-house code · 定点医药机构目录编号 (fixmedinsHilistId) */
    readonly hospitalDrugCode?: string
    /** 药品商品名 (drugProdname) */
    readonly tradeName?: string
    /** 生厂厂家 (prdrName) */
    readonly manufacturer?: string
    /** What kind of item the line is */
    readonly itemType?: {
      /** From the code list `item-types` of `GET /codes` · 处方项目分类 · 处方项目分类代码 (rxItemTypeCode) */
      readonly code: "11" | "12" | "13"
      /** 处方项目分类名称 (rxItemTypeName) */
      readonly name?: string
    }
    /** medn_type_code or an in-house type */
    readonly medicineType?: {
      /** 药物类型代码 (mednTypeCode) */
      readonly code: string
      /** 药物类型 (mednTypeName) */
      readonly name?: string
    }
    /** Herbal pieces only */
    readonly herb?: {
      /** What kind it is */
      readonly kind?: {
        /** 中药类别代码 (tcmdrugTypeCode) */
        readonly code: string
        /** 中药类别名称 (tcmdrugTypeName) */
        readonly name?: string
      }
      /** Footnote (脚注) · 草药脚注 (tcmherbFoote) */
      readonly note?: string
    }
    /** Made by the hospital (医疗机构制剂) · 医疗机构制剂标志 (hospPrepFlag) */
    readonly isHospitalPreparation?: boolean
    /** 主要用药标志 (mainMedcFlag) */
    readonly isMainMedicine?: boolean
    /** 加急标志 (urgtFlag) */
    readonly isUrgent?: boolean
    /** National essential medicine, as the hospital says · 基本药物标志 (basMednFlag) */
    readonly isEssential?: boolean
    /** 是否进口药品 (impDrugFlag) */
    readonly isImported?: boolean
    /** 是否OTC药品 (otcFlag) */
    readonly isOverTheCounter?: boolean
    /** The same quantity in the unit of stock (包装单位) */
    readonly stockQuantity?: {
      /** 药品库存总量 (drugTotlcnt) */
      readonly amount: string
      /** 药品库存单位 (drugTotlcntEmp) */
      readonly unit: string
    }
    /** The hospital’s price in yuan for one unit; informs, never settles · 药品单价 (drugPric) */
    readonly unitPriceYuan?: string
    /** The hospital’s amount for the line; informs, never settles · 药品总金额 (drugSumamt) */
    readonly amountFen?: number
    /** From the code list `hospital-approvals` of `GET /codes` · 医院审批标志 · 医院审批标志 (hospApprFlag) */
    readonly hospitalApproval?: "none" | "covered" | "self-pay"
    /** Why the patient pays alone; code 6 needs the description */
    readonly selfPayReason?: {
      /** 自费原因类型 (selfPayRea) */
      readonly code: string
      /** 自费原因描述 (realDscr) */
      readonly description?: string
    }
    /** Local extension data (扩展数据) as JSON text, passed on as it is and never judged · 扩展数据 (extras) */
    readonly extras?: string
  })[]
}

/** Done · 成功 */
export type PrescriptionTrace = {
  readonly status: PrescriptionTraceStatus
  /** The hospital, by its national code */
  readonly hospitalId: string
  /** The physician, by register */
  readonly physicianId: string
  /** The insured person, by register */
  readonly personId: string
  /** SHA-256 of the signed bytes, in hexadecimal */
  readonly documentSha256: string
  readonly chain: PrescriptionTraceChain
  /** What happened, the oldest first */
  readonly events: readonly (PrescriptionTraceEvent)[]
  /** Judgements, with the facts they rest on */
  readonly decisions: readonly (PrescriptionTraceDecision)[]
  /** The supplies of the prescription */
  readonly dispenses: readonly (PrescriptionTraceDispense)[]
  /** The settlements, or how many there are */
  readonly settlements: readonly (PrescriptionTraceSettlement)[]
  /** Postings of the ledger; each adds up to zero */
  readonly postings: readonly (PrescriptionTracePosting)[]
}

/** Whether the events are the ones that were written, recomputed for this answer */
export type PrescriptionTraceChain = {
  /** Whether every hash fits the one before */
  readonly intact: boolean
  /** How many events there are */
  readonly length: number
  /** Hash of the newest event */
  readonly head: string
  /** The first revision that does not fit */
  readonly brokenAt?: number
}

export type PrescriptionTraceDecision = {
  /** Names the judgement */
  readonly decisionId: string
  /** The step */
  readonly step: string
  /** The version of the policy that was applied */
  readonly policyVersion: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly decidedAt: string
  /** Whether it was refused */
  readonly refused: boolean
  /** What the rules found */
  readonly findings: readonly (Finding)[]
}

export type PrescriptionTraceDispense = {
  /** Names the supply: one hold of one pharmacy */
  readonly dispenseId: string
  /** The pharmacy, by its national code */
  readonly pharmacyId: string
  /** The pharmacist, by register */
  readonly pharmacistId?: string
  /** By what the pharmacy took it */
  readonly takenBy: "inbox" | "pickup-code" | "paper" | "counter"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly takenAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly reviewedAt?: string
  readonly buyer?: PrescriptionTraceDispenseBuyer
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly handedOverAt?: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly returnedAt?: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly endedAt?: string
  /** Why it ended */
  readonly endReason?: string
}

/** Who was checked as buyer before the settlement, and by which pharmacist; the newest check */
export type PrescriptionTraceDispenseBuyer = {
  /** The patient or somebody for the patient */
  readonly relation: "patient" | "agent"
  /** Whether the paper was compared with the person */
  readonly identityChecked: boolean
  /** Where the papers are checked */
  readonly checkedAt: "counter" | "delivery"
  /** Papers seen, of the code list `papers` */
  readonly papers: readonly (string)[]
  /** The pharmacist, by register */
  readonly pharmacistId: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
}

export type PrescriptionTraceEvent = {
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What happened, or what kind it is */
  readonly type: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** What kind of actor it was */
  readonly actorKind: string
  /** Who acted: a client, a link or the hub */
  readonly actorId: string
  /** What belongs to it */
  readonly data: { readonly [name: string]: unknown }
  /** SHA-256 over the hash before and the canonical form of this event */
  readonly hash: string
}

export type PrescriptionTracePosting = {
  /** Names the posting of the ledger */
  readonly postingId: string
  /** Names the settlement */
  readonly settlementId: string
  /** What kind it is */
  readonly kind: string
  /** Civil day in Asia/Shanghai */
  readonly day: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Debit positive, credit negative; they sum to zero */
  readonly lines: readonly (PrescriptionTracePostingLine)[]
}

export type PrescriptionTracePostingLine = {
  /** The account of the ledger that is moved */
  readonly account: string
  /** Fen (1/100 yuan) */
  readonly amountFen: number
}

export type PrescriptionTraceSettlement = {
  /** Names the settlement */
  readonly settlementId: string
  /** Names the supply: one hold of one pharmacy */
  readonly dispenseId: string
  /** The pharmacy, by its national code */
  readonly pharmacyId: string
  /** Where it stands */
  readonly status: "requested" | "settled" | "declined" | "deferred" | "reversed"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly requestedAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly decidedAt?: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly reversedAt?: string
  /** The version of the policy that was applied */
  readonly policyVersion?: string
  /** Fen (1/100 yuan) */
  readonly chargeFen?: number
  /** All that the patient does not pay */
  readonly fundFen?: number
  /** Fen (1/100 yuan) */
  readonly patientFen?: number
}

/** Where it stands */
export type PrescriptionTraceStatus = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** The number that the hospital itself gave the prescription */
  readonly hospitalPrescriptionNo: string
  /** As of now: a hold or a validity that has run out counts at once */
  readonly state: "open" | "chosen" | "held" | "reviewed" | "settling" | "settled" | "deferred" | "dispensed" | "returned" | "refused" | "cancelled" | "expired"
  readonly national: HospitalPrescriptionNational
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly issuedAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly receivedAt: string
  /** Exclusive: valid while the clock shows less */
  readonly expiresAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly changedAt: string
  /** The version of the policy that was applied */
  readonly policyVersion: string
  /** The pharmacy chosen or holding */
  readonly pharmacyId?: string
  /** Exclusive end of the hold */
  readonly holdUntil?: string
  /** Whether a cancel waits for the pharmacy to let go */
  readonly cancelPending: boolean
  /** The code of the reason for the cancel */
  readonly cancelReason?: string
  /** The lines, or how many there are */
  readonly lines: readonly (HospitalPrescriptionLine)[]
  readonly review?: HospitalPrescriptionReview
  readonly settlement?: HospitalPrescriptionSettlement
}

/** Done · 成功 */
export type PreviewReimbursementAnswer = {
  /** The version of the policy that was applied */
  readonly policyVersion: string
  /** What the rules found */
  readonly findings: readonly (Finding)[]
  /** Fen (1/100 yuan) */
  readonly chargeFen: number
  /** Fen (1/100 yuan) */
  readonly reimbursedFen: number
  /** Fen (1/100 yuan) */
  readonly patientFen: number
}

export type Problem = {
  /** Address of the page that explains the code */
  readonly type: string
  /** Chinese */
  readonly title: string
  /** English */
  readonly titleEn: string
  /** Where it stands */
  readonly status: number
  /** Stable; decide by it */
  readonly code: string
  /** What to do, in Chinese */
  readonly detail: string
  /** What to do, in English */
  readonly detailEn: string
  /** Whether the same request may be sent again: never, after a change, later */
  readonly retry: "never" | "after-change" | "later"
  /** The number of the request, for the operator */
  readonly instance: string
  /** What the rules found */
  readonly findings?: readonly (Finding)[]
  /** The fields that break the schema; never their values */
  readonly fields?: readonly ({
    /** Where, as a JSON pointer */
    readonly path: string
    /** The rule of the schema that it breaks */
    readonly keyword: string
    /** The same in words, in Chinese and English */
    readonly message: {
      /** In Chinese */
      readonly zh: string
      /** In English */
      readonly en: string
    }
  })[]
  /** Facts that help, without personal data */
  readonly details?: { readonly [name: string]: unknown }
}

/** Admission of a person · 用药资格 */
export type Qualification = {
  /** The insured person, by register */
  readonly personId: string
  /** Named by policy files */
  readonly kind: string
  /** National codes of drugs */
  readonly drugCodes?: readonly (string)[]
  /** Diagnoses, by code */
  readonly diagnoses?: readonly (string)[]
  /** The hospital, by its national code */
  readonly hospitalId?: string
  /** The hospital that assesses */
  readonly assessingHospitalId?: string
  /** The supplier, by its national code */
  readonly supplierId?: string
  /** Physicians, by register */
  readonly physicianIds?: readonly (string)[]
  /** The treatment as planned */
  readonly regimen?: string
  /** Number of the document */
  readonly documentNo?: string
  /** What the assessment found */
  readonly assessment?: "continues" | "cured" | "progressed"
  /** The day of the assessment */
  readonly assessedOn?: string
}

/** Done · 成功 */
export type Quote = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** False: a settlement now would be refused by the findings */
  readonly accepted: boolean
  /** What the rules found */
  readonly findings: readonly (Finding)[]
  /** The trace codes that each line will need at the hand-over */
  readonly packs: readonly (PharmacyPrescriptionPack)[]
  readonly split: Bill
}

/** Done · 成功 */
export type ReadAuthorizationServerAnswer = {
  /** Who issues tokens; the audience of an assertion */
  readonly issuer: string
  /** Where tokens are given out */
  readonly token_endpoint: string
  /** Where the public keys are */
  readonly jwks_uri: string
  /** Where this is described */
  readonly service_documentation?: string
  /** Ways to ask for a token */
  readonly grant_types_supported?: readonly (string)[]
  /** None: there is no authorization endpoint */
  readonly response_types_supported?: readonly (string)[]
  /** How a client proves itself */
  readonly token_endpoint_auth_methods_supported?: readonly (string)[]
  /** Algorithms that an assertion may be signed with */
  readonly token_endpoint_auth_signing_alg_values_supported?: readonly (string)[]
  /** Permissions that there are */
  readonly scopes_supported?: readonly (string)[]
}

/** Done · 成功 */
export type ReadCallbackAnswer = {
  /** Names the callback */
  readonly callbackId: string
  /** Where to send; in production https and an address that everybody can reach, unless the operator allows the network. Without name and password, and without a fragment */
  readonly url: string
  /** Only events of these types; empty: of all */
  readonly eventTypes: readonly ("pharmacy-chosen" | "pharmacy-unchosen" | "taken" | "hold-renewed" | "released" | "hold-lapsed" | "buyer-checked" | "review-approved" | "review-refused" | "settlement-requested" | "settled" | "settlement-declined" | "settlement-deferred" | "settlement-reversed" | "settlement-lapsed" | "handed-over" | "partly-handed-over" | "returned" | "goods-returned" | "cancel-requested" | "cancelled" | "expired" | "paper-confirmed" | "paper-objected")[]
  /** `switched-off`: it failed for three days, or the subscriber answered 410; the hub told the institution */
  readonly state: "on" | "paused" | "switched-off"
  /** Since when it is in that state */
  readonly stateSince: string
  /** Counts its changes; `If-Match` names it */
  readonly revision: number
  /** The client that subscribed, or changed it last */
  readonly subscribedBy: string
  /** When it was subscribed */
  readonly createdAt: string
  /** The last place of the feed that was delivered or passed over */
  readonly cursor: string
  /** Until then the secret before the last rotation signs too */
  readonly previousSecretUntil?: string
  readonly failing?: CallbackWithSecretFailing
}

/** Done · 成功 */
export type ReadClearingStaysAnswer = {
  /** The hospital stays */
  readonly stays: readonly (ReadClearingStaysAnswerStay)[]
}

export type ReadClearingStaysAnswerStay = {
  /** Number of the hospital stay */
  readonly stayNo: string
  /** The settlements, or how many there are */
  readonly settlements: number
  /** Fen (1/100 yuan) */
  readonly countedFen: number
  /** Fen (1/100 yuan) */
  readonly deductedFen: number
  /** Fen (1/100 yuan) */
  readonly patientFen: number
  /** Of the stay's own deductible, charged with it */
  readonly deductibleFen: number
}

/** Done · 成功 */
export type ReadCodeListAnswer = {
  readonly title: Bilingual
  /** Every code of the list, with its name */
  readonly codes: readonly (CodeListCode)[]
}

/** Done · 成功 */
export type ReadCreditRecordAnswer = {
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** Agreements that it has or had */
  readonly designations: readonly (ReadCreditRecordAnswerDesignation)[]
  /** What was imposed */
  readonly sanctions: readonly (ReadCreditRecordAnswerSanction)[]
  /** On practitioners who are filed with the institution today */
  readonly practitionerSanctions: readonly (ReadCreditRecordAnswerPractitionerSanction)[]
  /** Complaints about it */
  readonly complaints: readonly (ListComplaintsAnswerItem)[]
  /** How many complaints were upheld */
  readonly complaintsUpheld: number
  /** Refused requests for outside prescriptions */
  readonly outsideRefusals: number
  /** Applications to the agency */
  readonly applications: readonly (ReadCreditRecordAnswerApplication)[]
}

export type ReadCreditRecordAnswerApplication = {
  /** Number of the application */
  readonly applicationNo: string
  /** Which procedure of the region */
  readonly workflow: string
  /** Where it stands */
  readonly status: string
  /** What the assessment found */
  readonly assessment?: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly decidedAt: string
}

export type ReadCreditRecordAnswerDesignation = {
  /** What kind it is */
  readonly kind: string
  /** What it rests on */
  readonly basis: string
  /** The first day on which it holds */
  readonly validFrom: string
  /** The last day on which it holds; absent: without end */
  readonly validTo?: string
  /** Whether it holds today */
  readonly isLive: boolean
  /** Why it ended */
  readonly endReason?: string
}

export type ReadCreditRecordAnswerPractitionerSanction = {
  /** Physician or pharmacist, by register */
  readonly practitionerId: string
  /** What kind it is */
  readonly kind: "suspension" | "qualification-lost" | "benefit-excluded" | "watch-list" | "removed"
  /** Why, in words or by code */
  readonly reason: string
  /** The first day on which it holds */
  readonly validFrom: string
  /** The last day on which it holds; absent: without end */
  readonly validTo?: string
  /** Whether it holds today */
  readonly isLive: boolean
  /** Why it ended */
  readonly endReason?: string
}

export type ReadCreditRecordAnswerSanction = {
  /** The key of the register entry */
  readonly key: string
  /** What kind it is */
  readonly kind: "suspension" | "qualification-lost" | "benefit-excluded" | "watch-list" | "removed"
  /** Why, in words or by code */
  readonly reason: string
  /** Who decided */
  readonly decidedBy: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly decidedAt: string
  /** The first day on which it holds */
  readonly validFrom: string
  /** The last day on which it holds; absent: without end */
  readonly validTo?: string
  /** Whether it holds today */
  readonly isLive: boolean
  /** Why it ended */
  readonly endReason?: string
}

/** Done · 成功 */
export type ReadHospitalPrescriptionAnswer = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** The number that the hospital itself gave the prescription */
  readonly hospitalPrescriptionNo: string
  /** As of now: a hold or a validity that has run out counts at once */
  readonly state: "open" | "chosen" | "held" | "reviewed" | "settling" | "settled" | "deferred" | "dispensed" | "returned" | "refused" | "cancelled" | "expired"
  readonly national: HospitalPrescriptionNational
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly issuedAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly receivedAt: string
  /** Exclusive: valid while the clock shows less */
  readonly expiresAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly changedAt: string
  /** The version of the policy that was applied */
  readonly policyVersion: string
  /** The pharmacy chosen or holding */
  readonly pharmacyId?: string
  /** Exclusive end of the hold */
  readonly holdUntil?: string
  /** Whether a cancel waits for the pharmacy to let go */
  readonly cancelPending: boolean
  /** The code of the reason for the cancel */
  readonly cancelReason?: string
  /** The lines, or how many there are */
  readonly lines: readonly (HospitalPrescriptionLine)[]
  readonly review?: HospitalPrescriptionReview
  readonly settlement?: HospitalPrescriptionSettlement
  /** What happened, the oldest first */
  readonly events: readonly (HospitalPrescriptionEvent)[]
}

/** Done · 成功 */
export type ReadKeysAnswer = {
  /** The keys, as JWKs (RFC 7517) */
  readonly keys: readonly ({ readonly [name: string]: unknown })[]
}

/** Done · 成功 */
export type ReadLivenessAnswer = {
  /** Where it stands */
  readonly status: "alive"
}

/** Done · 成功 */
export type ReadOutboxLagAnswer = {
  /** Not yet sent to the queue */
  readonly unsent: number
  /** Milliseconds; 0 when nothing waits */
  readonly oldestUnsentMs: number
  /** Sent to the queue and not done */
  readonly unacknowledged: number
  /** Milliseconds; 0 when nothing waits */
  readonly oldestUnacknowledgedMs: number
}

/** Done · 成功 */
export type ReadPersonYearAnswer = {
  /** The insured person, by register */
  readonly personId: string
  /** The civil year */
  readonly year: number
  readonly balances: ReadPersonYearAnswerBalances
  /** Every revision, in the order in which they came; nothing is ever rewritten */
  readonly statements: readonly (ReadPersonYearAnswerStatement)[]
  /** Settlements that were decided before an amount about an earlier day came: by how much each payer would have paid more or less. The settlements stay as the patient was told; the agency pays or recovers the difference · 迟到金额的补差 */
  readonly differences: readonly (ReadPersonYearAnswerDifference)[]
}

/** As the next settlement finds them */
export type ReadPersonYearAnswerBalances = {
  /** Fen (1/100 yuan) */
  readonly deductiblePaid: number
  /** Level of the hospital whose deductible it is */
  readonly deductibleLevel?: "tertiary" | "secondary" | "primary"
  /** Fen (1/100 yuan) */
  readonly fundPaid: number
  /** Fen (1/100 yuan) */
  readonly largeAmountPaid: number
  /** Fen (1/100 yuan) */
  readonly ownPaid: number
  /** Fen (1/100 yuan) */
  readonly seriousIllnessPaid: number
  /** Fen (1/100 yuan) */
  readonly assistancePaid: number
}

export type ReadPersonYearAnswerDifference = {
  /** Names the settlement */
  readonly settlementId: string
  /** What each payer bears */
  readonly byPayer: { readonly [name: string]: number }
}

export type ReadPersonYearAnswerStatement = {
  /** Where it was used up · 来源：期初余额、门诊特病、门诊、住院、异地 */
  readonly source: "opening-balance" | "special-disease-clinic" | "outpatient" | "inpatient" | "other-region"
  /** Number of the record where it comes from; the same again with other amounts corrects it */
  readonly reference: string
  /** 1, and one more with each correction */
  readonly revision: number
  /** The day of it */
  readonly on: string
  readonly amounts: StateYearAmountsRequestAmounts
  /** Why, in words or by code */
  readonly reason: string
  /** The client that stated it */
  readonly statedBy: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly statedAt: string
}

/** Done · 成功 */
export type ReadReadinessAnswer = {
  /** Where it stands */
  readonly status: "ready" | "degraded" | "draining" | "not-ready"
  /** Each part of the hub: well or not */
  readonly parts: { readonly [name: string]: "ok" | "failing" }
  /** Production only: regions whose policy in force has figures that are neither cited nor decided. No part is failing: the agency has to change the policy file. */
  readonly notServed?: readonly (ReadReadinessAnswerNotServedItem)[]
}

/** Not for now · 暂不可用 */
export type ReadReadinessAnswer503 = {
  /** Where it stands */
  readonly status: "ready" | "degraded" | "draining" | "not-ready"
  /** Each part of the hub: well or not */
  readonly parts: { readonly [name: string]: "ok" | "failing" }
  /** Production only: regions whose policy in force has figures that are neither cited nor decided. No part is failing: the agency has to change the policy file. */
  readonly notServed?: readonly (ReadReadinessAnswerNotServedItem)[]
}

export type ReadReadinessAnswerNotServedItem = {
  /** Region, six digits */
  readonly region: string
  /** The version of the policy that was applied */
  readonly policyVersion?: string
  /** Figures that are samples or unset */
  readonly figures: number
}

/** Done · 成功 */
export type ReadSandboxNotificationsAnswer = {
  /** What was sent, or would have been */
  readonly notifications: readonly (ReadSandboxNotificationsAnswerNotification)[]
}

export type ReadSandboxNotificationsAnswerNotification = {
  /** Region, six digits */
  readonly regionCode: string
  /** What kind it is */
  readonly kind: "patient-link" | "prescription-changed" | "decision" | "callback-switched-off"
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo?: string
  /** Of a decision about a person */
  readonly noticeId?: string
  /** Of a callback that was switched off */
  readonly callbackId?: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly sentAt: string
  /** Where the patient opens the prescription or the decision */
  readonly patientLink?: string
}

/** Taken in · 已受理并保存 */
export type Receipt = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** `open`; in a repeated answer the state as of now */
  readonly state: "open" | "chosen" | "held" | "reviewed" | "settling" | "settled" | "deferred" | "dispensed" | "returned" | "refused" | "cancelled" | "expired"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly issuedAt: string
  /** Exclusive: valid while the clock shows less */
  readonly expiresAt: string
  /** The version of the policy that was applied */
  readonly policyVersion: string
  /** Accepted all the same: `not-covered` and `warn` */
  readonly findings: readonly (Finding)[]
  readonly signature: ReceiptSignature
  /** Secret: give it to the patient only; it is sent to the patient as well */
  readonly patientLink?: string
  /** In place of `patientLink` in a repeated answer: since when another link holds */
  readonly patientLinkReplacedAt?: string
}

/** How the signature was verified */
export type ReceiptSignature = {
  /** Where it stands */
  readonly status: "valid" | "valid-revocation-pending"
}

export type Refund = {
  /** Names what is owed */
  readonly refundId: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Names the supply: one hold of one pharmacy */
  readonly dispenseId: string
  /** The settlement that was taken back */
  readonly settlementId: string
  /** Who owes it */
  readonly pharmacyId: string
  /** Why money is owed, or what differs */
  readonly cause: "goods-returned" | "settlement-reversed" | "settlement-lapsed" | "payer-withdrew"
  /** Fen (1/100 yuan) */
  readonly amountFen: number
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly openedAt: string
  /** Last day to pay it back */
  readonly dueOn: string
  /** `nothing-taken`: the supplier said that nothing was paid at the till */
  readonly state: "owed" | "paid-back" | "nothing-taken"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly closedAt?: string
  /** Of the payment */
  readonly reference?: string
}

/** What the supplier owes the patient; absent when nothing is owed */
export type RefundOwed = {
  /** Names what is owed */
  readonly refundId: string
  /** The part of the patient that was paid at the till */
  readonly amountFen: number
  /** Last day to pay it back */
  readonly dueOn: string
}

/** Done · 成功 */
export type RefundPage = {
  /** Oldest first */
  readonly items: readonly (Refund)[]
  /** What is owed in all, on this page or not */
  readonly owedFen: number
  /** Cursor of the next page; absent on the last one */
  readonly next?: string
}

export type RegisterEntry = {
  /** Which register */
  readonly register: "institution" | "designation" | "practitioner" | "filing" | "certificate" | "drug" | "payment-standard" | "drug-list" | "person" | "qualification" | "sanction" | "other-benefit" | "diagnosis"
  /** The key of the register entry */
  readonly key: string
  /** The first day on which it holds */
  readonly validFrom: string
  /** Last day on which it holds; absent means until further notice; the day before validFrom when it held on no day */
  readonly validTo?: string
  /** What belongs to it */
  readonly data: { readonly [name: string]: unknown }
  /** The client that added it */
  readonly author: string
  /** Why, in words or by code */
  readonly reason: string
  /** When it was recorded */
  readonly recordedAt: string
  /** The client that ended it */
  readonly endedBy?: string
  /** Why it ended */
  readonly endReason?: string
}

/** Done · 成功 */
export type RegisterPage = {
  /** The entries of the page */
  readonly items: readonly (RegisterEntry)[]
  /** Where the list goes on; absent on the last page */
  readonly next?: string
}

/** Done · 成功 */
export type Reimbursement = {
  /** Names the file */
  readonly fileId: string
  /** Where it comes from */
  readonly origin: "deferral" | "application"
  /** On which occasion it was bought */
  readonly occasion: string
  /** The insured person, by register */
  readonly personId: string
  /** Why, in words or by code */
  readonly reason: string
  /** Where it stands */
  readonly status: "open" | "withdrawn" | "submitted" | "approved" | "declined" | "paid"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly openedAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly closedAt?: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo?: string
  /** Names the settlement */
  readonly settlementId?: string
  /** The day of the expense */
  readonly expenseOn?: string
  /** Fen (1/100 yuan) */
  readonly amountFen?: number
  /** Reference of the payment */
  readonly paymentReference?: string
  /** Papers, by code */
  readonly papers: readonly (ReimbursementPaper)[]
  /** Everything that was done, the oldest first */
  readonly history: readonly (ReimbursementHistoryItem)[]
  readonly decision?: ReimbursementDecision
}

export type ReimbursementApplication = {
  /** On which occasion it was bought */
  readonly occasion: "away-treatment" | "living-elsewhere" | "away-not-networked"
  /** The insured person, by register */
  readonly personId: string
  /** Why, in words or by code */
  readonly reason: string
  /** The day of the expense */
  readonly expenseOn: string
  /** Number of the invoice */
  readonly invoiceNo: string
  readonly hospital: ReimbursementApplicationHospital
  /** The physician, by register */
  readonly physicianId?: string
  readonly supplier: ReimbursementApplicationSupplier
  /** Diagnoses, by code */
  readonly diagnoses: readonly (ReimbursementApplicationDiagnose)[]
  /** The lines, or how many there are */
  readonly lines: readonly (ReimbursementApplicationLine)[]
}

export type ReimbursementApplicationDiagnose = {
  /** The code, as its list has it */
  readonly code: string
  /** Its name */
  readonly name: string
}

/** The hospital */
export type ReimbursementApplicationHospital = {
  /** Hospital or pharmacy, by its national code */
  readonly institutionId?: string
  /** Its name */
  readonly name: string
  /** Level of the hospital */
  readonly level: "tertiary" | "secondary" | "primary"
}

export type ReimbursementApplicationLine = {
  /** Number of the line, from 1 */
  readonly lineNo: number
  /** National code of the drug */
  readonly drugCode: string
  /** Bought, as the invoice says */
  readonly quantity: string
  /** As the prescription says; that of the invoice when absent. More is not covered where the policy says so */
  readonly prescribedQuantity?: string
  /** The unit that quantities count */
  readonly unit: string
  /** For how long the prescribed quantity lasts */
  readonly days: number
  /** Price of one unit, in fen */
  readonly unitPriceFen: number
}

/** Who supplied */
export type ReimbursementApplicationSupplier = {
  /** Hospital or pharmacy, by its national code */
  readonly institutionId?: string
  /** Its name */
  readonly name: string
}

/** What was decided */
export type ReimbursementDecision = {
  /** What was decided */
  readonly decision: "approve" | "decline"
  /** Why, in words or by code */
  readonly reason: string
  /** The version of the policy that was applied */
  readonly policyVersion: string
  /** Findings of effect `not-covered` that the agency does not hold against the patient */
  readonly waivers: readonly (ReimbursementDecisionWaiver)[]
  /** What the rules found */
  readonly findings: readonly (Finding)[]
}

export type ReimbursementDecisionWaiver = {
  /** The id of the rule, with the document it comes from */
  readonly ruleId: string
  /** Why, in words or by code */
  readonly reason: string
}

export type ReimbursementHistoryItem = {
  /** Counts the changes, from 1 */
  readonly revision: number
  /** What was done */
  readonly command: string
  /** The last, inclusive; or the state it came to */
  readonly to: "open" | "withdrawn" | "submitted" | "approved" | "declined" | "paid"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly at: string
  /** Kind and id of the author */
  readonly by: string
}

export type ReimbursementPaper = {
  /** The code of the paper */
  readonly paper: string
  /** Where the counter keeps it */
  readonly reference: string
  /** SHA-256 of the file, in hexadecimal */
  readonly sha256?: string
}

/** Done · 成功 */
export type ReleasePrescriptionAnswer = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Where it stands */
  readonly state: "chosen" | "cancelled"
}

export type ReleasePrescriptionRequest = {
  /** From the code list release-reasons · 药店退回处方原因 */
  readonly reasonCode: "out-of-stock" | "patient-left" | "patient-request" | "taken-by-mistake" | "equipment-failure" | "other"
}

/** Done · 成功 */
export type RenewHoldAnswer = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Where it stands */
  readonly state: "held" | "reviewed"
  /** Exclusive end of your hold */
  readonly holdUntil: string
}

/** Done · 成功 */
export type RenewPatientLinkAnswer = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly renewedAt: string
  /** Secret: give it to the patient only; it is sent to the patient as well */
  readonly patientLink?: string
  /** In place of `patientLink` in a repeated answer: since when another link holds */
  readonly patientLinkReplacedAt?: string
}

export type ReplayCallbackRequest = {
  /** The cursor behind which to begin again; `0.0`: from the beginning */
  readonly after: string
}

/** Done · 成功 */
export type ReportCostlyDrugsAnswer = {
  /** The month, as `2026-11` */
  readonly month: string
  /** The rows, or how many there are */
  readonly rows: readonly (ReportCostlyDrugsAnswerRow)[]
}

export type ReportCostlyDrugsAnswerRow = {
  /** Which list */
  readonly list: "costly" | "high-volume"
  /** Its place, from 1 */
  readonly rank: number
  /** National code of the drug */
  readonly drugCode: string
  /** Generic name */
  readonly genericName: string
  /** Decimal text in the unit of the drug */
  readonly dispensed: string
  /** Fen (1/100 yuan) */
  readonly chargeFen: number
  /** Fen (1/100 yuan) */
  readonly fundFen: number
  /** The institutions, or how many there are */
  readonly institutions: number
}

/** Done · 成功 */
export type ReportDrugsAnswer = {
  /** The month, as `2026-11` */
  readonly month: string
  /** The rows, or how many there are */
  readonly rows: readonly (ReportDrugsAnswerRow)[]
}

export type ReportDrugsAnswerRow = {
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** National code of the drug */
  readonly drugCode: string
  /** Generic name */
  readonly genericName: string
  /** Decimal text in the unit of the drug */
  readonly stocked?: string
  /** Decimal text in the unit of the drug */
  readonly bought: string
  /** Handed over by it, less what came back */
  readonly dispensed: string
  /** Handed over anywhere on its prescriptions, less what came back (SC-N4) */
  readonly prescribed: string
  /** Fen (1/100 yuan) */
  readonly chargeFen: number
  /** Fen (1/100 yuan) */
  readonly fundFen: number
  /** Fen (1/100 yuan) */
  readonly patientFen: number
}

/** Done · 成功 */
export type ReportFundTrendAnswer = {
  /** The month, as `2026-11` */
  readonly month: string
  /** The rows, or how many there are */
  readonly rows: readonly (ReportFundTrendAnswerRow)[]
}

export type ReportFundTrendAnswerRow = {
  /** The month, as `2026-11` */
  readonly month: string
  /** The account of the ledger that is moved */
  readonly account: string
  /** Fen (1/100 yuan) */
  readonly settledFen: number
  /** Fen (1/100 yuan) */
  readonly reversedFen: number
  /** Fen (1/100 yuan) */
  readonly reimbursedFen: number
  /** Fen (1/100 yuan) */
  readonly paidFen: number
}

/** Done · 成功 */
export type ReportLapsedHoldsAnswer = {
  /** The month, as `2026-11` */
  readonly month: string
  /** The rows, or how many there are */
  readonly rows: readonly (ReportLapsedHoldsAnswerRow)[]
}

export type ReportLapsedHoldsAnswerRow = {
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** How many were taken */
  readonly taken: number
  /** How many ran out */
  readonly lapsed: number
}

/** Done · 成功 */
export type ReportNeverPrescribedAnswer = {
  /** The month, as `2026-11` */
  readonly month: string
  /** The rows, or how many there are */
  readonly rows: readonly (ReportNeverPrescribedAnswerRow)[]
}

export type ReportNeverPrescribedAnswerRow = {
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** Names the list of drugs */
  readonly listId: string
  /** How many drugs are on the list */
  readonly listed: number
  /** How much was prescribed */
  readonly prescribed: number
  /** Drug codes */
  readonly neverPrescribed: readonly (string)[]
}

/** Done · 成功 */
export type ReportOutliersAnswer = {
  /** The month, as `2026-11` */
  readonly month: string
  /** The rows, or how many there are */
  readonly rows: readonly (ReportOutliersAnswerRow)[]
}

export type ReportOutliersAnswerRow = {
  /** What kind of subject that is */
  readonly subjectKind: "physician" | "pharmacy"
  /** What or whom it is about, by its code */
  readonly subjectId: string
  /** National code of the drug */
  readonly drugCode: string
  /** Decimal text in the unit of the drug */
  readonly quantity: string
  /** Decimal text in the unit of the drug */
  readonly median: string
  /** Modified z-score × 100; listed above 350 */
  readonly scoreHundredths: number
}

/** Taken in · 已受理并保存 */
export type ReportOutsideRefusalAnswer = {
  /** Names the refusal */
  readonly refusalId: string
  /** The hospital, by its national code */
  readonly hospitalId: string
  /** The physician, by register */
  readonly physicianId: string
  /** National code of the drug */
  readonly drugCode: string
  /** Why, by a code of its list in `/codes` */
  readonly reasonCode: string
  /** The day it was refused */
  readonly refusedOn: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly recordedAt: string
}

export type ReportOutsideRefusalRequest = {
  /** The physician, by register */
  readonly physicianId: string
  /** National code of the drug */
  readonly drugCode: string
  /** The day it was refused */
  readonly refusedOn: string
  /** From the code list outside-refusal-reasons · 拒绝外配处方原因 */
  readonly reasonCode: "not-indicated" | "contraindicated" | "outside-payment-scope" | "not-responsible-physician" | "qualification-missing" | "in-stock-in-hospital" | "other"
}

/** Done · 成功 */
export type ReportStockAnswer = {
  /** How many were taken over */
  readonly reported: number
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly reportedAt: string
}

/** Accepted; it goes on in the background · 已受理，后续处理中 */
export type RequestSettlementAnswer = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Names the settlement */
  readonly settlementId: string
  /** Where it stands */
  readonly state: "settling"
  /** What the hand-over would warn of about trace codes, where codes or reasons were given */
  readonly findings?: readonly (Finding)[]
}

export type ResolveClearingDisputeRequest = {
  /** How it was closed */
  readonly resolution: "upheld" | "rejected"
  /** What was answered */
  readonly answer: string
  /** By which the institution is owed more; negative: less. With earlier corrections of the line no more than the line itself. Booked in the open month. */
  readonly correctionFen?: number
}

export type ResolveFailedJobRequest = {
  /** From the code list failure-resolutions · 失败任务处理结果 */
  readonly resolution: "done-by-hand" | "dropped"
}

/** Accepted; it goes on in the background · 已受理，后续处理中 */
export type ResolveUnansweredSettlementAnswer = {
  /** Names the settlement */
  readonly settlementId: string
  /** `ask-again`: the payer is asked once more. `take-back`: whatever it paid is cancelled there. `keep`: what it paid stands and is cleared up outside the hub; the differences of this settlement are closed. */
  readonly action: "ask-again" | "take-back" | "keep"
}

export type ResolveUnansweredSettlementRequest = {
  /** `ask-again`: the payer is asked once more. `take-back`: whatever it paid is cancelled there. `keep`: what it paid stands and is cleared up outside the hub; the differences of this settlement are closed. */
  readonly action: "ask-again" | "take-back" | "keep"
}

/** Done · 成功 */
export type RetryFailedJobAnswer = {
  /** Region, six digits */
  readonly regionCode: string
  /** Names the work in the outbox */
  readonly outboxId: string
  /** How it was closed */
  readonly resolution: "retried" | "done-by-hand" | "dropped"
}

/** Done · 成功 */
export type ReturnAgencyGoodsAnswer = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Names the supply: one hold of one pharmacy */
  readonly dispenseId: string
  /** Names the return */
  readonly returnId: string
  /** The settlement that was reversed */
  readonly settlementId: string
  /** The settlement of what the patient keeps, in its place */
  readonly resettlementId?: string
  /** `returned` once the patient keeps nothing of a dispensed prescription; otherwise as before */
  readonly state: "open" | "chosen" | "held" | "reviewed" | "settling" | "settled" | "deferred" | "dispensed" | "returned" | "refused" | "cancelled" | "expired"
  readonly refund?: RefundOwed
  /** The lines of the supply */
  readonly lines: readonly (ReturnAgencyGoodsAnswerLine)[]
}

export type ReturnAgencyGoodsAnswerLine = {
  /** Number of the line, from 1 */
  readonly lineNo: number
  /** What came back of it, now and before */
  readonly returned: string
  /** What the patient has of it */
  readonly kept: string
}

export type ReturnAgencyGoodsRequest = {
  /** From the code list return-reasons · 退药原因 */
  readonly reasonCode: "quality-defect" | "recall" | "dispensing-error" | "adverse-reaction" | "prescription-withdrawn" | "other"
  /** State of the packs, `intact` when left out. Packs that are opened, defective or recalled are never sold again */
  readonly packs?: "intact" | "opened"
  /** Whether the part of the patient was paid at the till; then it is owed back. Yes when left out */
  readonly patientPaid?: boolean
}

export type ReturnAgencySupplyRequest = {
  /** From the code list return-reasons · 退药原因 */
  readonly reasonCode: "quality-defect" | "recall" | "dispensing-error" | "adverse-reaction" | "prescription-withdrawn" | "other"
  /** State of the packs, `intact` when left out. Packs that are opened, defective or recalled are never sold again */
  readonly packs?: "intact" | "opened"
  /** Whether the part of the patient was paid at the till; then it is owed back. Yes when left out */
  readonly patientPaid?: boolean
  /** What comes back, each line once; all that the patient has of the supply when left out */
  readonly lines?: readonly (ReturnAgencySupplyRequestLine)[]
}

export type ReturnAgencySupplyRequestLine = {
  /** Number of the line, from 1 */
  readonly lineNo: number
  /** In the unit of the line; all that the patient has of it when left out */
  readonly quantity?: string
  /** The packs that come back, when not all of the line do; as scanned */
  readonly traceCodes?: readonly (string)[]
}

/** Done · 成功 */
export type ReverseAgencySettlementAnswer = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Names the settlement */
  readonly settlementId: string
  /** Where it stands */
  readonly state: "reviewed"
  readonly refund?: RefundOwed
}

export type ReverseAgencySettlementRequest = {
  /** From the code list reverse-reasons · 冲正结算原因 */
  readonly reasonCode: "wrong-quantity" | "wrong-price" | "wrong-person" | "patient-declined" | "out-of-stock" | "pharmacy-unavailable" | "other"
  /** Whether the part of the patient was paid at the till; then it is owed back. No when a supplier leaves it out; owed until the supplier denies it for an agency */
  readonly patientPaid?: boolean
}

export type Review = {
  /** National code of the pharmacist */
  readonly pharmacistId: string
  /** `refuse` ends the prescription */
  readonly decision: "approve" | "refuse"
  /** From the code list review-refusal-reasons · 审方不通过原因 */
  readonly reasonCode?: "dose-unsafe" | "contraindication" | "interaction" | "duplicate-therapy" | "indication-mismatch" | "patient-mismatch" | "prescription-unclear" | "other"
  /** For the hospital, in words */
  readonly opinion?: string
  readonly buyer?: Buyer
}

/** Done · 成功 */
export type ReviewPrescriptionAnswer = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Where it stands */
  readonly state: "reviewed" | "refused"
  /** What the rules found */
  readonly findings: readonly (Finding)[]
  /** The trace codes that all that remains will need at the hand-over; absent when refused */
  readonly packs?: readonly (PharmacyPrescriptionPack)[]
}

/** Done · 成功 */
export type RotateCallbackSecretAnswer = {
  /** Names the callback */
  readonly callbackId: string
  /** Where to send; in production https and an address that everybody can reach, unless the operator allows the network. Without name and password, and without a fragment */
  readonly url: string
  /** Only events of these types; empty: of all */
  readonly eventTypes: readonly ("pharmacy-chosen" | "pharmacy-unchosen" | "taken" | "hold-renewed" | "released" | "hold-lapsed" | "buyer-checked" | "review-approved" | "review-refused" | "settlement-requested" | "settled" | "settlement-declined" | "settlement-deferred" | "settlement-reversed" | "settlement-lapsed" | "handed-over" | "partly-handed-over" | "returned" | "goods-returned" | "cancel-requested" | "cancelled" | "expired" | "paper-confirmed" | "paper-objected")[]
  /** `switched-off`: it failed for three days, or the subscriber answered 410; the hub told the institution */
  readonly state: "on" | "paused" | "switched-off"
  /** Since when it is in that state */
  readonly stateSince: string
  /** Counts its changes; `If-Match` names it */
  readonly revision: number
  /** The client that subscribed, or changed it last */
  readonly subscribedBy: string
  /** When it was subscribed */
  readonly createdAt: string
  /** The last place of the feed that was delivered or passed over */
  readonly cursor: string
  /** Until then the secret before the last rotation signs too */
  readonly previousSecretUntil?: string
  readonly failing?: CallbackWithSecretFailing
  /** The key of the signatures, as Standard Webhooks writes it; shown in this answer alone */
  readonly secret: string
}

export type RotateCallbackSecretRequest = {
  /** How long the secret before signs too; 24 when absent, 0 ends it at once */
  readonly oldValidHours?: number
}

/** Sanction on an institution, practitioner or person · 处理决定 */
export type Sanction = {
  /** What or whom it is about */
  readonly subject: "institution" | "practitioner" | "person"
  /** What or whom it is about, by its code */
  readonly subjectId: string
  /** What kind it is */
  readonly kind: "suspension" | "qualification-lost" | "benefit-excluded" | "watch-list" | "removed"
  /** Why, in words or by code */
  readonly reason: string
}

export type Sandbox = {
  /** What to know first */
  readonly notice: { readonly [name: string]: unknown }
  /** The `aud` of assertions */
  readonly issuer: string
  /** Where tokens are given out */
  readonly tokenEndpoint: string
  /** How to begin */
  readonly howTo: readonly ({ readonly [name: string]: unknown })[]
  /** Certificates of the sandbox authority, PEM */
  readonly authority: { readonly [name: string]: unknown }
  /** By region: callers with private keys, signers with keys and certificates, cast, institutions, drugs, stock, diagnoses, a sample prescription */
  readonly regions: readonly ({ readonly [name: string]: unknown })[]
}

/** Done · 成功 */
export type SandboxClock = {
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly now: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly machineNow: string
  /** How far the sandbox is ahead of the machine */
  readonly offsetSeconds: number
}

/** Accepted; it goes on in the background · 已受理，后续处理中 */
export type SendCallbackAgainAnswer = {
  /** `webhook-id`: number of the prescription and revision; the same however often it is sent */
  readonly messageId: string
  /** Its place in the feed */
  readonly cursor: string
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Which change of the prescription it tells of */
  readonly revision: number
  /** A type of event, as the feed names it */
  readonly type: "pharmacy-chosen" | "pharmacy-unchosen" | "taken" | "hold-renewed" | "released" | "hold-lapsed" | "buyer-checked" | "review-approved" | "review-refused" | "settlement-requested" | "settled" | "settlement-declined" | "settlement-deferred" | "settlement-reversed" | "settlement-lapsed" | "handed-over" | "partly-handed-over" | "returned" | "goods-returned" | "cancel-requested" | "cancelled" | "expired" | "paper-confirmed" | "paper-objected"
  /** `failing`: it is tried again, and what follows waits for it */
  readonly state: "delivered" | "failing"
  /** How often it was sent */
  readonly attempts: number
  /** When it was first sent */
  readonly firstAttemptAt: string
  /** When it was last sent */
  readonly lastAttemptAt: string
  /** The status of the last answer, or why there was none: `timeout`, `unreachable`, `address-refused`, `certificate` */
  readonly answer: string
  /** There while it waits to be sent again on demand: when that was asked */
  readonly againAt?: string
}

/** Done · 成功 */
export type SendClearingMonthAnswer = {
  /** The month, as `2026-11` */
  readonly month: string
  /** Statements that moved */
  readonly moved: number
  /** In all, what institutions pay taken off */
  readonly paidFen?: number
  /** Statements that were in another state and stayed there */
  readonly left: readonly (SendClearingMonthAnswerLeftItem)[]
}

export type SendClearingMonthAnswerLeftItem = {
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** Where it stands */
  readonly status: "draft" | "sent" | "confirmed" | "disputed" | "paid"
}

/** Done · 成功 */
export type SendClearingStatementAnswer = {
  /** The month, as `2026-11` */
  readonly month: string
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** Where it stands */
  readonly status: "draft" | "sent" | "confirmed" | "disputed" | "paid"
  /** Fen (1/100 yuan) */
  readonly paidFen?: number
  /** Counts the disputes of the statement */
  readonly disputeNo?: number
  /** The entry in the open month that corrects it */
  readonly adjustmentId?: string
}

export type SetSandboxClockRequest = {
  /** Sets it */
  readonly now?: string
  /** Moves it on, or back when negative */
  readonly advanceSeconds?: number
  /** Back to the clock of the machine */
  readonly reset?: true
}

/** Done · 成功 */
export type SettleCapitationYearAnswer = {
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** The civil year */
  readonly year: number
  readonly outcome: SettleCapitationYearAnswerOutcome
  /** Names the posting of the ledger */
  readonly postingId?: string
}

/** All in fen */
export type SettleCapitationYearAnswerOutcome = {
  /** Fen (1/100 yuan) */
  readonly budget: number
  /** Fen (1/100 yuan) */
  readonly advanced: number
  /** Fen (1/100 yuan) */
  readonly used: number
  /** Fen (1/100 yuan) */
  readonly earned: number
  /** Fen (1/100 yuan) */
  readonly surplus: number
  /** The institution's part of the surplus · 结余留用 */
  readonly kept: number
  /** Fen (1/100 yuan) */
  readonly overrun: number
  /** The fund's part of the over-run · 合理超支分担 */
  readonly shared: number
  /** What the institution still gets; negative: what it pays back */
  readonly due: number
  /** Whether a sample figure was used: no such amount is final */
  readonly restsOnSample: boolean
}

export type Settlement = {
  /** A line from several batches may come once a batch, at one price. What a line costs is `unitPriceFen`, `price` or `amountFen`; of several the later one counts, and the others may be rounded to a fen a unit. The price of a quantity is rounded half up to a fen, once. Packs that are named are promised to this supply until its settlement ends, and need not be named again at the hand-over. */
  readonly lines: readonly (SettlementLine)[]
}

export type SettlementLine = {
  /** Number of the line, from 1 */
  readonly lineNo: number
  /** In the unit of the line */
  readonly quantity: string
  /** Fen for one unit, at most six decimals where one unit costs no whole fen */
  readonly unitPriceFen?: number
  readonly price?: PharmacyPrescriptionDispenseLinePrice
  /** What the whole quantity costs, as charged at the till */
  readonly amountFen?: number
  /** The short form: one for each whole pack (药品追溯码). A whole pack is supplied once in the whole hub. How many a quantity needs is in the answer of the quote (`packs`). */
  readonly traceCodes?: readonly (string)[]
  /** The long form, for packs that are split (拆零); both forms may stand together, each pack once */
  readonly packs?: readonly (SettlementLinePack)[]
  /** Batch, as printed on the pack */
  readonly batchNo?: string
  /** Last day on which the goods may be used */
  readonly expiresOn?: string
  /** Why there is no trace code. At the settlement request, lines with codes or a reason are judged by the rules of the hand-over about trace codes; what is not told yet is judged there. The reason is told at the hand-over again. */
  readonly noTraceReason?: "herbal-pieces" | "herbal-granules" | "exempt-drug" | "before-duty" | "unreadable"
}

export type SettlementLinePack = {
  /** As scanned or typed: 10 to 40 letters and digits in any case, blanks, dashes, line ends and the symbology prefix of the scanner (`]C1`) are left away; GS1 elements with a serial, `(01)…(21)…` or run together; a GS1 Digital Link. Every spelling of one pack is one code. */
  readonly traceCode: string
  /** 拆零标志: only a part of the pack leaves, or more of one that was split before. Its code may come again until its units are used up. */
  readonly split?: boolean
  /** Units taken of a split pack */
  readonly quantity?: string
  /** Units in the pack; needed at its first split where the drug register does not say it */
  readonly packSize?: string
}

/** Certificate of a signer, with a fingerprint or an identity · 签名证书，指纹与主体二选一 */
export type SignerCertificate = {
  /** SHA-256 of the DER */
  readonly fingerprint?: string
  readonly identity?: SignerCertificateIdentity
  /** The certificate itself, DER in base64: then signatures may leave it out · 签名证书本体 */
  readonly certificate?: string
  /** What it is for */
  readonly purpose: "physician" | "hospital-seal" | "insurance-office"
  /** Physician or pharmacist, by register */
  readonly practitionerId?: string
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
}

/** Instead of a fingerprint: every certificate that this authority issues to this subject, for event certificates that live a day · 事件型证书：按签发机构和主体登记 */
export type SignerCertificateIdentity = {
  /** SHA-256 of the DER of the certificate of the authority that issues */
  readonly authority: string
  /** Parts of the name that must be there: CN, serialNumber, OU, O, L, ST, C, UID, or an object identifier */
  readonly subject: { readonly [name: string]: string }
}

/** Done · 成功 */
export type StateStayDeductibleAnswer = {
  /** Number of the hospital stay */
  readonly stayNo: string
  /** Counts the statements about the stay */
  readonly statementNo: number
  /** Fen (1/100 yuan) */
  readonly leftFen: number
}

export type StateStayDeductibleRequest = {
  /** The insured person, by register */
  readonly personId: string
  /** Deductible of the stay, in fen */
  readonly deductibleFen: number
  /** Of it charged by the hospital itself, without what the hub charged */
  readonly chargedFen: number
}

/** Taken in · 已受理并保存 */
export type StateYearAmountsAnswer = {
  /** Where it was used up · 来源：期初余额、门诊特病、门诊、住院、异地 */
  readonly source: "opening-balance" | "special-disease-clinic" | "outpatient" | "inpatient" | "other-region"
  /** Number of the record where it comes from; the same again with other amounts corrects it */
  readonly reference: string
  /** 1, and one more with each correction */
  readonly revision: number
  /** The civil year */
  readonly year: number
  /** It was known already; nothing was moved */
  readonly repeated: boolean
}

export type StateYearAmountsRequest = {
  /** Where it was used up · 来源：期初余额、门诊特病、门诊、住院、异地 */
  readonly source: "opening-balance" | "special-disease-clinic" | "outpatient" | "inpatient" | "other-region"
  /** Number of the record where it comes from; the same again with other amounts corrects it */
  readonly reference: string
  /** The insured person, by register */
  readonly personId: string
  /** Day of the expense, in whose year it counts; not in the future */
  readonly on: string
  readonly amounts: StateYearAmountsRequestAmounts
  /** Why, in words or by code */
  readonly reason: string
}

/** Fen. Deductible and limits of later settlements count them · 单位：分 */
export type StateYearAmountsRequestAmounts = {
  /** Deductible paid · 起付标准已付 */
  readonly deductibleFen: number
  /** Level of the hospital at which it was charged */
  readonly deductibleLevel?: "tertiary" | "secondary" | "primary"
  /** Paid by the basic fund · 统筹基金支付 */
  readonly fundFen: number
  /** Paid by large-amount insurance · 大额支付 */
  readonly largeAmountFen: number
  /** Own payments that count towards serious-illness insurance · 个人自付 */
  readonly ownFen: number
  /** Paid by serious-illness insurance · 大病保险支付 */
  readonly seriousIllnessFen: number
  /** Paid by medical assistance · 医疗救助支付 */
  readonly assistanceFen: number
  /** Expenses under the policy, for information · 政策范围内费用 */
  readonly expenseFen: number
}

/** Done · 成功 */
export type Statement = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Names the settlement */
  readonly settlementId: string
  /** `requested`: not decided yet */
  readonly status: "requested" | "settled" | "declined" | "deferred" | "reversed"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly requestedAt: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly decidedAt?: string
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly reversedAt?: string
  /** Why it was declined, and what the fund does not pay */
  readonly findings: readonly (Finding)[]
  readonly declined?: StatementDeclined
  readonly split?: StatementSplit
  /** How the bill differs from what was told before, and why; to be read before anybody signs */
  readonly quotes?: readonly (StatementQuote)[]
}

/** What a declined settlement lacks and what to do; `findings` has each rule with its article */
export type StatementDeclined = {
  /** A problem code */
  readonly code: string
  /** Its title */
  readonly title: string
  /** The title in English */
  readonly titleEn: string
  /** What to do */
  readonly detail: string
  /** What to do */
  readonly detailEn: string
}

export type StatementQuote = {
  /** Who was told */
  readonly told: "pharmacy" | "patient"
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly quotedAt: string
  /** Empty: the bill is the quote */
  readonly differences: readonly (StatementQuoteDifference)[]
}

export type StatementQuoteDifference = {
  /** A fact that changed, a figure of the policy, or what follows for a payer in fen */
  readonly kind: "input" | "figure" | "amount"
  /** Where, as a JSON pointer */
  readonly path: string
  /** Not of facts: balances and confidential prices stay inside */
  readonly before?: unknown
  /** What it is now; in a query, where the list goes on: the `next` of the page before */
  readonly after?: unknown
  readonly reason: StatementQuoteDifferenceReason
}

/** Why, in words or by code */
export type StatementQuoteDifferenceReason = {
  /** In Chinese */
  readonly zh: string
  /** In English */
  readonly en: string
}

/** Once settled */
export type StatementSplit = {
  /** The version of the policy that was applied */
  readonly policyVersion: string
  /** The day whose policy and prices count */
  readonly day: string
  /** Fen (1/100 yuan) */
  readonly chargeFen: number
  /** All that the patient does not pay */
  readonly fundFen: number
  /** Fen (1/100 yuan) */
  readonly patientFen: number
  /** Payers that bear something */
  readonly totals: readonly (BillTotal)[]
  /** The lines, or how many there are */
  readonly lines: readonly (BillLine)[]
  /** The entries, or how many there are */
  readonly entries: readonly (BillEntry)[]
  /** `other`: another benefit was better */
  readonly benefit: "own" | "other"
  /** True when a figure behind it is a sandbox sample */
  readonly restsOnSample: boolean
  /** Sample figures that were used */
  readonly samples: readonly (BillEntryParameter)[]
}

export type Stock = {
  /** The entries of the page */
  readonly items: readonly (StockItem)[]
}

export type StockItem = {
  /** National drug code */
  readonly drugCode: string
  /** In the unit of the drug; 0 when there is none */
  readonly quantity: string
  /** Fen for one unit, at most six decimals where one unit costs no whole fen */
  readonly unitPriceFen: number
}

/** Done · 成功 */
export type StockMatch = {
  /** Hospital or pharmacy, by its national code */
  readonly institutionId: string
  /** The first, inclusive */
  readonly from: string
  /** The last, inclusive; or the state it came to */
  readonly to: string
  /** The balance of each drug */
  readonly balances: readonly (StockMatchBalance)[]
  /** What the rules found */
  readonly findings: readonly (StockMatchFinding)[]
  /** Where the next page begins; absent on the last */
  readonly next?: string
}

export type StockMatchBalance = {
  /** National code of the drug */
  readonly drugCode: string
  /** Decimal text in the unit of the drug */
  readonly opening?: string
  /** Decimal text in the unit of the drug */
  readonly bought: string
  /** Decimal text in the unit of the drug */
  readonly sold: string
  /** Decimal text in the unit of the drug */
  readonly closing?: string
}

export type StockMatchFinding = {
  /** What kind it is */
  readonly kind: "sold-more-than-bought" | "stock-differs" | "sale-without-dispense" | "dispense-without-sale" | "quantity-differs" | "price-above-purchase"
  /** National code of the drug */
  readonly drugCode: string
  /** The line in the pharmacy's books, or the dispense */
  readonly reference?: string
  /** A quantity; for a price, fen */
  readonly found: string
  /** What it should be */
  readonly expected: string
}

export type SubscribeCallbackRequest = {
  /** Where to send; in production https and an address that everybody can reach, unless the operator allows the network. Without name and password, and without a fragment */
  readonly url: string
  /** Only events of these types; empty: of all */
  readonly eventTypes?: readonly ("pharmacy-chosen" | "pharmacy-unchosen" | "taken" | "hold-renewed" | "released" | "hold-lapsed" | "buyer-checked" | "review-approved" | "review-refused" | "settlement-requested" | "settled" | "settlement-declined" | "settlement-deferred" | "settlement-reversed" | "settlement-lapsed" | "handed-over" | "partly-handed-over" | "returned" | "goods-returned" | "cancel-requested" | "cancelled" | "expired" | "paper-confirmed" | "paper-objected")[]
  /** A cursor of the feed to begin behind, `0.0` for its beginning; absent: with what happens from now on */
  readonly after?: string
}

export type Take = TakeChoice1 | TakeChoice2

export type TakeChoice1 = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
}

export type TakeChoice2 = {
  /** What the patient shows: 26 letters and digits without I, L, O and U. As people type it: any case and width, O for 0, I and L for 1, blanks and hyphens between the groups */
  readonly pickupCode: string
}

/** Done · 成功 */
export type Taken = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Names the supply: one hold of one pharmacy */
  readonly dispenseId: string
  /** Where it stands */
  readonly state: "held" | "reviewed"
  /** Exclusive end of your hold */
  readonly holdUntil: string
  /** Exclusive end of validity */
  readonly expiresAt: string
  /** What the physician signed: the component `PrescriptionDocument`. Only while you hold the prescription, or once you supplied it. */
  readonly prescription: PrescriptionDocument
  /** The lines, or how many there are */
  readonly lines: readonly (PharmacyPrescriptionLine)[]
  /** What the rules found */
  readonly findings: readonly (Finding)[]
}

export type Uncollected = {
  /** Region (6), day of issue (8), sequence (8) */
  readonly prescriptionNo: string
  /** Names the supply: one hold of one pharmacy */
  readonly dispenseId: string
  /** Names the settlement */
  readonly settlementId: string
  /** Who is to hand it over */
  readonly pharmacyId: string
  /** `deferred`: against full payment, with a file for manual reimbursement */
  readonly state: "settled" | "deferred"
  /** When it was settled or deferred */
  readonly decidedAt: string
  /** Exclusive; then the hub takes the settlement back and the prescription is free again */
  readonly collectUntil: string
  /** Of a settled one: in all */
  readonly chargeFen?: number
  /** What the funds will owe once it is handed over */
  readonly fundFen?: number
  /** What the patient pays */
  readonly patientFen?: number
}

/** Done · 成功 */
export type UncollectedPage = {
  /** The soonest to lapse first */
  readonly items: readonly (Uncollected)[]
  /** Cursor of the next page; absent on the last one */
  readonly next?: string
}

/** Done · 成功 */
export type UploadStockAnswer = {
  /** Absent when the file was only tried */
  readonly uploadId?: string
  /** SHA-256 of the file, in hexadecimal */
  readonly sha256: string
  /** The lines, or how many there are */
  readonly lines: number
  /** RFC 3339 with an offset; in requests also without seconds, or with +0800 */
  readonly receivedAt: string
  /** The same file had been taken before */
  readonly repeated: boolean
}

/** Done · 成功 */
export type UploadYearAmountsAnswer = {
  /** SHA-256 of the file, in hexadecimal */
  readonly sha256: string
  /** The lines, or how many there are */
  readonly lines: number
  /** How many were added */
  readonly added: number
  /** How many were corrected */
  readonly corrected: number
  /** Lines that said nothing new */
  readonly repeated: number
}

export type WithdrawReimbursementRequest = {
  /** Why, in words or by code */
  readonly reason: string
}

/** What each operation takes and answers, by its id. */
export interface Operations {
  /** Add to the register · 名录登记 · Certificate of a signer, with a fingerprint or an identity · 签名证书，指纹与主体二选一 */
  addCertificateEntry: { readonly body: AddCertificateEntryRequest; readonly answer: AddInstitutionEntryAnswer }
  /** Add to the register · 名录登记 · Live agreement for one purpose · 定点协议 */
  addDesignationEntry: { readonly body: AddDesignationEntryRequest; readonly answer: AddInstitutionEntryAnswer }
  /** Add to the register · 名录登记 · Diagnosis with its name · 疾病诊断（医保版 ICD-10） */
  addDiagnosisEntry: { readonly body: AddDiagnosisEntryRequest; readonly answer: AddInstitutionEntryAnswer }
  /** Add to the register · 名录登记 · Drug by national code · 药品 */
  addDrugEntry: { readonly body: AddDrugEntryRequest; readonly answer: AddInstitutionEntryAnswer }
  /** Add to the register · 名录登记 · Drug on a list · 药品目录 */
  addDrugListEntry: { readonly body: AddDrugListEntryRequest; readonly answer: AddInstitutionEntryAnswer }
  /** Add to the register · 名录登记 · Practitioner filed for an institution · 备案 */
  addFilingEntry: { readonly body: AddFilingEntryRequest; readonly answer: AddInstitutionEntryAnswer }
  /** Add to the register · 名录登记 · Hospital or pharmacy · 定点医药机构 */
  addInstitutionEntry: { readonly body: AddInstitutionEntryRequest; readonly answer: AddInstitutionEntryAnswer }
  /** Add to the register · 名录登记 · Another benefit of a person · 其他待遇（分层管理、不重复享受） */
  addOtherBenefitEntry: { readonly body: AddOtherBenefitEntryRequest; readonly answer: AddInstitutionEntryAnswer }
  /** Add to the register · 名录登记 · Payment standard of a product, or of all products of a generic name · 医保支付标准（按产品或按通用名） */
  addPaymentStandardEntry: { readonly body: AddPaymentStandardEntryRequest; readonly answer: AddInstitutionEntryAnswer }
  /** Add to the register · 名录登记 · Insured person · 参保人员 */
  addPersonEntry: { readonly body: AddPersonEntryRequest; readonly answer: AddInstitutionEntryAnswer }
  /** Add to the register · 名录登记 · Physician or pharmacist · 医师、药师 */
  addPractitionerEntry: { readonly body: AddPractitionerEntryRequest; readonly answer: AddInstitutionEntryAnswer }
  /** Add to the register · 名录登记 · Admission of a person · 用药资格 */
  addQualificationEntry: { readonly body: AddQualificationEntryRequest; readonly answer: AddInstitutionEntryAnswer }
  /** Papers received · 登记报销材料 */
  addReimbursementPapers: { readonly path: { readonly fileId: string | number }; readonly body: AddReimbursementPapersRequest; readonly answer: AddReimbursementPapersAnswer }
  /** Add to the register · 名录登记 · Sanction on an institution, practitioner or person · 处理决定 */
  addSanctionEntry: { readonly body: AddSanctionEntryRequest; readonly answer: AddInstitutionEntryAnswer }
  /** Add a paper: PDF, JPEG or PNG, at most 5 MiB · 上传材料 */
  attachPaper: { readonly path: { readonly no: string | number; readonly code: string | number }; readonly body: Uint8Array; readonly answer: AttachPaperAnswer }
  /** Cancel a prescription · 经办机构撤销处方 */
  cancelAgencyPrescription: { readonly path: { readonly no: string | number }; readonly body: Cancel; readonly answer: CancelHospitalPrescriptionAnswer | CancelHospitalPrescriptionAnswer2 }
  /** Cancel a prescription · 处方撤销 */
  cancelHospitalPrescription: { readonly path: { readonly no: string | number }; readonly body: Cancel; readonly answer: CancelHospitalPrescriptionAnswer | CancelHospitalPrescriptionAnswer2 }
  /** Change address or types, pause, turn on · 更改推送订阅 */
  changeCallback: { readonly path: { readonly callbackId: string | number }; readonly body: ChangeCallbackRequest; readonly answer: ReadCallbackAnswer }
  /** Record who buys, checked before the settlement; the newest check counts · 核对购药人 */
  checkBuyer: { readonly path: { readonly no: string | number }; readonly body: CheckBuyerRequest; readonly answer: CheckBuyerAnswer }
  /** Choose a pharmacy, or another one · 选择药店 */
  choosePharmacy: { readonly path: { readonly token: string | number }; readonly body: string; readonly answer: undefined }
  /** Close a month for good and draft its statements · 关账并汇总清算单 */
  closeMonth: { readonly path: { readonly month: string | number }; readonly answer: CloseMonthAnswer }
  /** Agree to a statement · 确认清算单 */
  confirmHospitalStatement: { readonly path: { readonly month: string | number }; readonly answer: SendClearingStatementAnswer }
  /** Confirm a paper prescription or object to it · 确认纸质处方 */
  confirmPaperPrescription: { readonly path: { readonly no: string | number }; readonly body: ConfirmPaperPrescriptionRequest; readonly answer: ConfirmPaperPrescriptionAnswer }
  /** Agree to a statement · 确认清算单 */
  confirmPharmacyStatement: { readonly path: { readonly month: string | number }; readonly answer: SendClearingStatementAnswer }
  /** Take the step that waits: approve, refuse, return or withdraw · 办理环节 */
  decideApplicationStep: { readonly path: { readonly no: string | number }; readonly body: DecideApplicationStepRequest; readonly answer: DecideApplicationStepAnswer }
  /** Approve or decline · 审批 */
  decideReimbursement: { readonly path: { readonly fileId: string | number }; readonly body: DecideReimbursementRequest; readonly answer: AddReimbursementPapersAnswer }
  /** Leave a settlement to manual reimbursement · 转手工报销 */
  deferAgencySettlement: { readonly path: { readonly no: string | number }; readonly body: DeferAgencySettlementRequest; readonly answer: DeferAgencySettlementAnswer }
  /** Hand over against full payment when settling takes too long · 转手工报销 */
  deferSettlement: { readonly path: { readonly no: string | number }; readonly body: DeferAgencySettlementRequest; readonly answer: DeferAgencySettlementAnswer }
  /** Nothing was paid at the till, so nothing is owed · 未收款 */
  denyRefund: { readonly path: { readonly refundId: string | number }; readonly answer: PayRefundBackAnswer }
  /** Dispute one line · 对明细提出异议 */
  disputeHospitalLine: { readonly path: { readonly month: string | number }; readonly body: DisputePharmacyLineRequest; readonly answer: SendClearingStatementAnswer }
  /** Dispute one line · 对明细提出异议 */
  disputePharmacyLine: { readonly path: { readonly month: string | number }; readonly body: DisputePharmacyLineRequest; readonly answer: SendClearingStatementAnswer }
  /** A report as CSV · 下载统计报表 */
  downloadReport: { readonly path: { readonly month: string | number; readonly report: "drugs" | "costly-drugs" | "outliers" | "fund-trend" | "lapsed-holds" | "never-prescribed" }; readonly answer: string }
  /** End a callback · 取消推送订阅 */
  endCallback: { readonly path: { readonly callbackId: string | number }; readonly answer: EndCallbackAnswer }
  /** End an entry with its last day · 终止名录记录 */
  endRegisterEntry: { readonly path: { readonly register: "institution" | "designation" | "practitioner" | "filing" | "certificate" | "drug" | "payment-standard" | "drug-list" | "person" | "qualification" | "sanction" | "other-benefit" | "diagnosis"; readonly key: string | number }; readonly body: EndRegisterEntryRequest; readonly answer: EndRegisterEntryAnswer }
  /** Enter and hold what was presented on paper while circulation was down · 录入纸质处方 */
  enterPaperPrescription: { readonly body: EnterPaperPrescriptionRequest; readonly answer: EnterPaperPrescriptionAnswer }
  /** The statement as CSV, XLSX or PDF · 导出清算单 */
  exportClearingStatement: { readonly path: { readonly month: string | number; readonly institutionId: string | number; readonly form: "csv" | "xlsx" | "pdf" }; readonly answer: string | Uint8Array }
  /** All amounts that count into hospital stays as CSV · 导出住院费用计入清单 */
  exportClearingStays: { readonly path: { readonly month: string | number; readonly institutionId: string | number }; readonly answer: string }
  /** The statement as CSV, XLSX or PDF · 导出清算单 */
  exportHospitalStatement: { readonly path: { readonly month: string | number; readonly form: "csv" | "xlsx" | "pdf" }; readonly answer: string | Uint8Array }
  /** All amounts that count into hospital stays as CSV · 导出住院费用计入清单 */
  exportHospitalStays: { readonly path: { readonly month: string | number }; readonly answer: string }
  /** The statement as CSV, XLSX or PDF · 导出清算单 */
  exportPharmacyStatement: { readonly path: { readonly month: string | number; readonly form: "csv" | "xlsx" | "pdf" }; readonly answer: string | Uint8Array }
  /** A register of a day as a table · 导出名录 */
  exportRegister: { readonly path: { readonly register: "institution" | "designation" | "practitioner" | "filing" | "drug" | "payment-standard" | "drug-list" | "person" | "qualification" | "diagnosis" }; readonly query?: { readonly on?: string | number }; readonly answer: string }
  /** File a complaint or report · 登记投诉举报 */
  fileComplaint: { readonly body: FileComplaintRequest; readonly answer: FileComplaintAnswer }
  /** Find a prescription by the hospital's own number · 按院内处方号查询 */
  findHospitalPrescription: { readonly query: { readonly hospitalPrescriptionNo: string | number }; readonly answer: HospitalPrescriptions }
  /** Balances, hold, review and money; the document while held or once supplied · 处方详情 */
  getPharmacyPrescription: { readonly path: { readonly no: string | number }; readonly answer: PharmacyPrescription }
  /** The statement: each amount with its layer, rule, figures and reason · 结算单 */
  getStatement: { readonly path: { readonly no: string | number }; readonly answer: Statement }
  /** Grant an institution its capitation budget, or more of it · 核定按人头付费预算 */
  grantCapitation: { readonly path: { readonly year: string | number }; readonly body: GrantCapitationRequest; readonly answer: GrantCapitationAnswer }
  /** Hand over against the signed statement, with batches and trace codes · 交付 */
  handOver: { readonly path: { readonly no: string | number }; readonly body: HandOver; readonly answer: HandedOver }
  /** Record how a complaint was handled · 办理投诉举报 */
  handleComplaint: { readonly path: { readonly id: string | number }; readonly body: HandleComplaintRequest; readonly answer: HandleComplaintAnswer }
  /** Take a table into a register · 批量导入名录 */
  importRegister: { readonly path: { readonly register: "institution" | "designation" | "practitioner" | "filing" | "drug" | "payment-standard" | "drug-list" | "person" | "qualification" | "diagnosis" }; readonly query: { readonly reason: string | number; readonly validFrom?: string | number; readonly dryRun?: "true" | "false"; readonly take?: "all" | "good-lines" }; readonly body: string; readonly answer: ImportRegisterAnswer }
  /** Put an institution, practitioner or person under a sanction · 作出处理 */
  imposeSanction: { readonly body: ImposeSanctionRequest; readonly answer: ImposeSanctionAnswer }
  /** Get an access token · 获取访问令牌 */
  issueToken: { readonly body: string; readonly answer: IssueTokenAnswer }
  /** End the session · 安全退出 */
  leavePatientPage: { readonly path: { readonly token: string | number }; readonly body: string; readonly answer: undefined }
  /** End a sanction · 解除处理 */
  liftSanction: { readonly body: LiftSanctionRequest; readonly answer: LiftSanctionAnswer }
  /** Applications that concern the caller · 申请清单 */
  listApplications: { readonly query?: { readonly status?: "open" | "approved" | "refused" | "withdrawn"; readonly workflow?: string | number; readonly overdue?: "true"; readonly after?: string | number; readonly limit?: string | number }; readonly answer: ListApplicationsAnswer }
  /** What became of its messages, the newest first; of 30 days · 推送记录 */
  listCallbackDeliveries: { readonly path: { readonly callbackId: string | number }; readonly query?: { readonly state?: "delivered" | "failing"; readonly before?: string | number; readonly limit?: string | number }; readonly answer: DeliveryPage }
  /** The callbacks of the institution, or of the agency · 推送订阅清单 */
  listCallbacks: { readonly answer: Callbacks }
  /** Statements of a month by institution · 清算单列表 */
  listClearingStatements: { readonly path: { readonly month: string | number }; readonly query?: { readonly after?: string | number; readonly limit?: string | number }; readonly answer: ListClearingStatementsAnswer }
  /** Complaints: all for the agency, else those the caller filed · 投诉举报清单 */
  listComplaints: { readonly query?: { readonly open?: "true" | "false"; readonly limit?: string | number }; readonly answer: ListComplaintsAnswer }
  /** Work that was refused or failed too often, newest first · 失败任务清单 */
  listFailedJobs: { readonly query?: { readonly region?: string | number; readonly queue?: string | number; readonly resolved?: "include"; readonly after?: string | number; readonly limit?: string | number }; readonly answer: ListFailedJobsAnswer }
  /** What is to be mended in the own books of a month, as a file · 下载对账文件的更正清单 */
  listHospitalFileCorrections: { readonly path: { readonly month: string | number }; readonly body: string; readonly answer: string }
  /** Own statements, newest first · 本机构清算单 */
  listHospitalStatements: { readonly answer: ListClearingStatementsAnswer }
  /** Files for manual reimbursement · 零星报销清单 */
  listManualFiles: { readonly query?: { readonly status?: "open" | "withdrawn" | "submitted" | "approved" | "declined" | "paid"; readonly after?: string | number; readonly limit?: string | number }; readonly answer: ListManualFilesAnswer }
  /** Refused outside prescriptions, as hospitals reported them · 拒绝外配处方清单 */
  listOutsideRefusals: { readonly query?: { readonly hospitalId?: string | number; readonly after?: string | number; readonly limit?: string | number }; readonly answer: ListOwnOutsideRefusalsAnswer }
  /** Pharmacies whose books are late · 逾期未上传购销存的药店 */
  listOverdueUploads: { readonly answer: ListOverdueUploadsAnswer }
  /** The hospital's own reports of refused outside prescriptions · 本院拒绝外配处方记录 */
  listOwnOutsideRefusals: { readonly query?: { readonly after?: string | number; readonly limit?: string | number }; readonly answer: ListOwnOutsideRefusalsAnswer }
  /** What is owed to patients, and what was paid back · 应退患者款项 */
  listOwnRefunds: { readonly query?: { readonly state?: "owed" | "paid-back" | "nothing-taken"; readonly after?: string | number; readonly limit?: string | number }; readonly answer: RefundPage }
  /** Own settlements of a prescription with their papers, newest first · 历次结算及单据 */
  listOwnSettlements: { readonly path: { readonly no: string | number }; readonly answer: ListOwnSettlementsAnswer }
  /** Settled and not handed over, with the time left · 已结算待取药 */
  listOwnUncollected: { readonly query?: { readonly after?: string | number; readonly limit?: string | number }; readonly answer: UncollectedPage }
  /** Paper prescriptions, confirmed, objected to or neither · 纸质处方清单 */
  listPaperPrescriptions: { readonly query?: { readonly state?: "unconfirmed" | "confirmed" | "objected"; readonly after?: string | number; readonly limit?: string | number }; readonly answer: ListPaperPrescriptionsAnswer }
  /** Differences from the payer's book of a day · 与医保核心系统的对账差异 */
  listPayerDifferences: { readonly query: { readonly day: string | number }; readonly answer: ListPayerDifferencesAnswer }
  /** What happened, oldest first, by cursor · 处方事件 */
  listPharmacyEvents: { readonly query?: { readonly after?: string | number; readonly limit?: string | number }; readonly answer: FeedPage }
  /** What is to be mended in the own books of a month, as a file · 下载对账文件的更正清单 */
  listPharmacyFileCorrections: { readonly path: { readonly month: string | number }; readonly body: string; readonly answer: string }
  /** What waits for the pharmacy, without personal data · 待配处方列表 */
  listPharmacyInbox: { readonly query?: { readonly after?: string | number; readonly limit?: string | number; readonly state?: "chosen" | "held" | "reviewed" | "settling" | "settled" | "deferred" }; readonly answer: Inbox }
  /** Own statements, newest first · 本机构清算单 */
  listPharmacyStatements: { readonly answer: ListClearingStatementsAnswer }
  /** Whose re-assessment is due or overdue · 到期复查评估清单 */
  listReassessments: { readonly query?: { readonly dueBy?: string | number; readonly after?: string | number; readonly limit?: string | number }; readonly answer: ListReassessmentsAnswer }
  /** What suppliers owe patients · 应退患者款项清单 */
  listRefunds: { readonly query?: { readonly state?: "owed" | "paid-back" | "nothing-taken"; readonly after?: string | number; readonly limit?: string | number; readonly pharmacyId?: string | number; readonly overdue?: "true" }; readonly answer: RefundPage }
  /** What is to be mended in a table, as a table · 下载名录导入更正清单 */
  listRegisterCorrections: { readonly path: { readonly register: "institution" | "designation" | "practitioner" | "filing" | "drug" | "payment-standard" | "drug-list" | "person" | "qualification" | "diagnosis" }; readonly query?: { readonly validFrom?: string | number }; readonly body: string; readonly answer: string }
  /** Files, oldest first · 零星报销申请一览 */
  listReimbursements: { readonly query?: { readonly status?: "open" | "withdrawn" | "submitted" | "approved" | "declined" | "paid"; readonly after?: string | number; readonly limit?: string | number }; readonly answer: ListReimbursementsAnswer }
  /** What the pharmacy last reported · 查询本店库存 */
  listStock: { readonly query?: { readonly after?: string | number; readonly limit?: string | number }; readonly answer: ListStockAnswer }
  /** What is to be mended in a file, as a file · 下载购销存明细的更正清单 */
  listStockCorrections: { readonly body: string; readonly answer: string }
  /** Own uploads, newest first · 查询上传记录 */
  listStockUploads: { readonly query?: { readonly limit?: string | number }; readonly answer: ListStockUploadsAnswer }
  /** Settled and not handed over, with the time left · 已结算未取药清单 */
  listUncollected: { readonly query?: { readonly after?: string | number; readonly limit?: string | number; readonly pharmacyId?: string | number }; readonly answer: UncollectedPage }
  /** What can be applied for, with papers, steps and sources · 可办理的申请 */
  listWorkflows: { readonly answer: ListWorkflowsAnswer }
  /** Leave work that fails, for operators to try their hand at · 制造失败任务 */
  makeSandboxFailure: { readonly body: MakeSandboxFailureRequest; readonly answer: MakeSandboxFailureAnswer }
  /** Upload the own books of a month and have them matched · 上传对账文件 */
  matchHospitalFile: { readonly path: { readonly month: string | number }; readonly query?: { readonly dryRun?: "true" | "false" }; readonly body: string; readonly answer: MatchPharmacyFileAnswer }
  /** Own books against the dispenses · 本店购销存比对 */
  matchOwnStock: { readonly query: { readonly from: string | number; readonly to: string | number; readonly after?: string | number; readonly limit?: string | number }; readonly answer: StockMatch }
  /** Upload the own books of a month and have them matched · 上传对账文件 */
  matchPharmacyFile: { readonly path: { readonly month: string | number }; readonly query?: { readonly dryRun?: "true" | "false" }; readonly body: string; readonly answer: MatchPharmacyFileAnswer }
  /** A pharmacy's books against its dispenses · 药店购销存比对 */
  matchStock: { readonly path: { readonly institutionId: string | number }; readonly query: { readonly from: string | number; readonly to: string | number; readonly after?: string | number; readonly limit?: string | number }; readonly answer: StockMatch }
  /** The national interface behind the gateway · 医保网关（7201–7206、2101–2103、7101–7105） */
  nationalGateway: { readonly body: NationalGatewayRequest; readonly answer: NationalGatewayAnswer }
  /** D008 List the drugs of the region · 电子处方药品目录查询 */
  nationalListDrugs: { readonly body: NationalPreCheckRequest; readonly answer: NationalPreCheckAnswer }
  /** D001 Judge a prescription and give it its number · 电子处方上传预核验 */
  nationalPreCheck: { readonly body: NationalPreCheckRequest; readonly answer: NationalPreCheckAnswer }
  /** D005 Read a prescription · 电子处方信息查询 */
  nationalReadPrescription: { readonly body: NationalPreCheckRequest; readonly answer: NationalPreCheckAnswer }
  /** D006 Read what the pharmacist decided · 电子处方审核结果查询 */
  nationalReadReview: { readonly body: NationalPreCheckRequest; readonly answer: NationalPreCheckAnswer }
  /** D007 Read what was taken · 电子处方取药结果查询 */
  nationalReadSupply: { readonly body: NationalPreCheckRequest; readonly answer: NationalPreCheckAnswer }
  /** D002 Have the region’s signature server sign for the hospital · 电子处方医保电子签名 */
  nationalSign: { readonly body: NationalPreCheckRequest; readonly answer: NationalPreCheckAnswer }
  /** D004 Withdraw a prescription · 电子处方撤销 */
  nationalUndo: { readonly body: NationalPreCheckRequest; readonly answer: NationalPreCheckAnswer }
  /** D003 Upload a prescription that was checked and signed · 电子处方上传 */
  nationalUpload: { readonly body: NationalPreCheckRequest; readonly answer: NationalPreCheckAnswer }
  /** Open an application at its first step · 新建申请 */
  openApplication: { readonly body: OpenApplicationRequest; readonly answer: OpenApplicationAnswer }
  /** The page of a decision, before the second factor · 办理结果页 */
  openDecisionPage: { readonly path: { readonly token: string | number }; readonly query?: { readonly notice?: string | number }; readonly answer: string }
  /** The page of a patient link · 患者处方页 */
  openPatientPage: { readonly path: { readonly token: string | number }; readonly query?: { readonly notice?: string | number }; readonly answer: string }
  /** Pass the second factor of a patient link · 验证身份 */
  openPatientSession: { readonly path: { readonly token: string | number }; readonly body: string; readonly answer: undefined }
  /** Take in an application · 受理零星报销申请 */
  openReimbursement: { readonly body: ReimbursementApplication; readonly answer: OpenReimbursementAnswer }
  /** Pay all confirmed statements of a month · 批量拨付 */
  payClearingMonth: { readonly path: { readonly month: string | number }; readonly answer: SendClearingMonthAnswer }
  /** Pay a confirmed statement · 拨付 */
  payClearingStatement: { readonly path: { readonly month: string | number; readonly institutionId: string | number }; readonly answer: SendClearingStatementAnswer }
  /** The patient has the money back · 已退款 */
  payRefundBack: { readonly path: { readonly refundId: string | number }; readonly body: PayRefundBackRequest; readonly answer: PayRefundBackAnswer }
  /** Enter the payment · 登记支付 */
  payReimbursement: { readonly path: { readonly fileId: string | number }; readonly body: PayReimbursementRequest; readonly answer: AddReimbursementPapersAnswer }
  /** Judge a prescription without storing it · 上传预核验 */
  preCheckPrescription: { readonly body: PreCheckPrescriptionRequest; readonly answer: PreCheck }
  /** Findings and amount if nothing were waived; stores nothing · 审核预览 */
  previewReimbursement: { readonly path: { readonly fileId: string | number }; readonly answer: PreviewReimbursementAnswer }
  /** What a settlement would come to now; it binds nobody · 预结算 */
  quoteSettlement: { readonly path: { readonly no: string | number }; readonly body: Settlement; readonly answer: Quote }
  /** Budget, use and balance of a capitation year · 按人头付费预算执行情况 */
  readAgencyCapitation: { readonly path: { readonly year: string | number }; readonly answer: CapitationYear }
  /** Events of the prescriptions of the region by cursor · 统筹区处方动态 */
  readAgencyEvents: { readonly query?: { readonly after?: string | number; readonly limit?: string | number }; readonly answer: FeedPage }
  /** The scan of a paper prescription · 查看纸质处方扫描件 */
  readAgencyPaperScan: { readonly path: { readonly no: string | number }; readonly answer: Uint8Array }
  /** An application, its papers, steps and what it waits for · 申请详情 */
  readApplication: { readonly path: { readonly no: string | number }; readonly answer: Application }
  /** Where and how to get a token · 授权服务器元数据 */
  readAuthorizationServer: { readonly answer: ReadAuthorizationServerAnswer }
  /** One callback: where it stands, and what fails · 查询推送订阅 */
  readCallback: { readonly path: { readonly callbackId: string | number }; readonly answer: ReadCallbackAnswer }
  /** Differences between ledger, dispenses and the institution's file · 三方对账差异 */
  readClearingDifferences: { readonly path: { readonly month: string | number; readonly institutionId: string | number }; readonly query?: { readonly after?: string | number; readonly limit?: string | number }; readonly answer: ClearingDifferences }
  /** Entries of a statement · 清算明细 */
  readClearingLines: { readonly path: { readonly month: string | number; readonly institutionId: string | number }; readonly query?: { readonly after?: string | number; readonly limit?: string | number }; readonly answer: ClearingLines }
  /** Progress of a month, its statements by state, and the trial balance · 清算进度与试算平衡 */
  readClearingMonth: { readonly path: { readonly month: string | number }; readonly answer: ClearingMonth }
  /** One statement with its rows and disputes · 清算单 */
  readClearingStatement: { readonly path: { readonly month: string | number; readonly institutionId: string | number }; readonly answer: ClearingStatement }
  /** Amounts that count into hospital stays · 住院费用计入清单 */
  readClearingStays: { readonly path: { readonly month: string | number; readonly institutionId: string | number }; readonly query?: { readonly after?: string | number; readonly limit?: string | number }; readonly answer: ReadClearingStaysAnswer }
  /** One code list · 单个代码表 */
  readCodeList: { readonly path: { readonly list: string | number }; readonly answer: ReadCodeListAnswer }
  /** Reason codes and other code lists · 代码表 */
  readCodes: { readonly answer: { readonly [name: string]: CodeList } }
  /** The credit record of an institution, for itself and the agency · 信用记录 */
  readCreditRecord: { readonly path: { readonly institutionId: string | number }; readonly answer: ReadCreditRecordAnswer }
  /** Read a decision after the second factor · 查看办理结果 */
  readDecision: { readonly path: { readonly token: string | number }; readonly body: string; readonly answer: string | undefined }
  /** Budget, use and balance of a capitation year · 按人头付费预算执行情况 */
  readHospitalCapitation: { readonly path: { readonly year: string | number }; readonly answer: CapitationYear }
  /** Differences between ledger, dispenses and the institution's file · 三方对账差异 */
  readHospitalDifferences: { readonly path: { readonly month: string | number }; readonly query?: { readonly after?: string | number; readonly limit?: string | number }; readonly answer: ClearingDifferences }
  /** Events of the hospital's prescriptions by cursor · 处方动态 */
  readHospitalEvents: { readonly query?: { readonly after?: string | number; readonly limit?: string | number }; readonly answer: FeedPage }
  /** The scan of a paper prescription · 查看纸质处方扫描件 */
  readHospitalPaperScan: { readonly path: { readonly no: string | number }; readonly answer: Uint8Array }
  /** How a prescription stands · 处方信息查询 */
  readHospitalPrescription: { readonly path: { readonly no: string | number }; readonly answer: ReadHospitalPrescriptionAnswer }
  /** One statement with its rows and disputes · 清算单 */
  readHospitalStatement: { readonly path: { readonly month: string | number }; readonly answer: ClearingStatement }
  /** Entries of a statement · 清算明细 */
  readHospitalStatementLines: { readonly path: { readonly month: string | number }; readonly query?: { readonly after?: string | number; readonly limit?: string | number }; readonly answer: ClearingLines }
  /** Amounts that count into hospital stays · 住院费用计入清单 */
  readHospitalStays: { readonly path: { readonly month: string | number }; readonly query?: { readonly after?: string | number; readonly limit?: string | number }; readonly answer: ReadClearingStaysAnswer }
  /** Public keys of the access tokens · 令牌公钥 */
  readKeys: { readonly answer: ReadKeysAnswer }
  /** Is the process alive · 存活检查 */
  readLiveness: { readonly answer: ReadLivenessAnswer }
  /** Numbers for Prometheus · 监控指标 */
  readMetrics: { readonly answer: string }
  /** How far relay and workers are behind · 待发任务积压 */
  readOutboxLag: { readonly answer: ReadOutboxLagAnswer }
  /** The file of a paper · 查看材料 */
  readPaper: { readonly path: { readonly no: string | number; readonly paperNo: string | number }; readonly answer: Uint8Array }
  /** The patient's settlement statement, fee list or receipt as PDF · 患者单据 */
  readPatientPaper: { readonly path: { readonly token: string | number; readonly paper: "settlement" | "fee-list" | "receipt" | "refund" }; readonly answer: Uint8Array | undefined }
  /** The same of an earlier supply · 历次取药单据 */
  readPatientPaperOfSettlement: { readonly path: { readonly token: string | number; readonly settlementId: string | number; readonly paper: "settlement" | "fee-list" | "receipt" | "refund" }; readonly answer: Uint8Array | undefined }
  /** A person's year: balances, amounts from elsewhere, differences of late ones · 查询个人年度累计 */
  readPersonYear: { readonly path: { readonly personId: string | number; readonly year: string | number }; readonly answer: ReadPersonYearAnswer }
  /** Budget, use and balance of a capitation year · 按人头付费预算执行情况 */
  readPharmacyCapitation: { readonly path: { readonly year: string | number }; readonly answer: CapitationYear }
  /** Differences between ledger, dispenses and the institution's file · 三方对账差异 */
  readPharmacyDifferences: { readonly path: { readonly month: string | number }; readonly query?: { readonly after?: string | number; readonly limit?: string | number }; readonly answer: ClearingDifferences }
  /** One statement with its rows and disputes · 清算单 */
  readPharmacyStatement: { readonly path: { readonly month: string | number }; readonly answer: ClearingStatement }
  /** Entries of a statement · 清算明细 */
  readPharmacyStatementLines: { readonly path: { readonly month: string | number }; readonly query?: { readonly after?: string | number; readonly limit?: string | number }; readonly answer: ClearingLines }
  /** JSON Schema of the prescription document · 处方文书规范 */
  readPrescriptionSchema: { readonly answer: { readonly [name: string]: unknown } }
  /** One refusal and its remedy · 错误代码说明 */
  readProblem: { readonly path: { readonly code: string | number }; readonly answer: string }
  /** All refusals and their remedies · 错误代码一览 */
  readProblems: { readonly answer: string }
  /** Can it answer requests · 就绪检查 */
  readReadiness: { readonly answer: ReadReadinessAnswer }
  /** A register with its whole history · 名录查询 */
  readRegister: { readonly path: { readonly register: "institution" | "designation" | "practitioner" | "filing" | "certificate" | "drug" | "payment-standard" | "drug-list" | "person" | "qualification" | "sanction" | "other-benefit" | "diagnosis" }; readonly query?: { readonly key?: string | number; readonly subject?: string | number; readonly after?: string | number; readonly limit?: string | number }; readonly answer: RegisterPage }
  /** One file with papers, history and decision · 查询零星报销申请 */
  readReimbursement: { readonly path: { readonly fileId: string | number }; readonly answer: Reimbursement }
  /** Callers, keys and ids with which a program can act as anybody · 沙箱角色与密钥 */
  readSandbox: { readonly query?: { readonly region?: string | number }; readonly answer: Sandbox | string }
  /** The clock of the sandbox · 沙箱时钟 */
  readSandboxClock: { readonly answer: SandboxClock }
  /** The newest notifications, with the links they carried · 沙箱通知 */
  readSandboxNotifications: { readonly query?: { readonly prescriptionNo?: string | number }; readonly answer: ReadSandboxNotificationsAnswer }
  /** Settlement statement, fee list or receipt as PDF · 结算单、费用清单、收据 */
  readSettlementPaper: { readonly path: { readonly settlementId: string | number; readonly paper: "settlement" | "fee-list" | "receipt" | "refund" }; readonly answer: Uint8Array }
  /** Give it back; a cancel that waits takes effect · 退回处方 */
  releasePrescription: { readonly path: { readonly no: string | number }; readonly body: ReleasePrescriptionRequest; readonly answer: ReleasePrescriptionAnswer }
  /** Hold on, as often as the policy allows · 续锁 */
  renewHold: { readonly path: { readonly no: string | number }; readonly answer: RenewHoldAnswer }
  /** Give the patient a new link; the earlier ones end · 重新发送患者链接 */
  renewPatientLink: { readonly path: { readonly no: string | number }; readonly answer: RenewPatientLinkAnswer }
  /** Examine again · 重新审核 */
  reopenReimbursement: { readonly path: { readonly fileId: string | number }; readonly body: WithdrawReimbursementRequest; readonly answer: AddReimbursementPapersAnswer }
  /** Send everything behind a place of the feed again, in order · 重放事件 */
  replayCallback: { readonly path: { readonly callbackId: string | number }; readonly body: ReplayCallbackRequest; readonly answer: ReadCallbackAnswer }
  /** Costly and high-volume drugs · 费用高、用量大的药品 */
  reportCostlyDrugs: { readonly path: { readonly month: string | number }; readonly answer: ReportCostlyDrugsAnswer }
  /** Stocking, use and payment by institution and drug · 药品配备、使用、支付统计 */
  reportDrugs: { readonly path: { readonly month: string | number }; readonly answer: ReportDrugsAnswer }
  /** What each fund paid over twelve months · 基金支出趋势 */
  reportFundTrend: { readonly path: { readonly month: string | number }; readonly answer: ReportFundTrendAnswer }
  /** Holds that ran out · 锁定超时未配药 */
  reportLapsedHolds: { readonly path: { readonly month: string | number }; readonly answer: ReportLapsedHoldsAnswer }
  /** Listed drugs that a hospital has never prescribed · 从未开具的目录药品 */
  reportNeverPrescribed: { readonly path: { readonly month: string | number }; readonly answer: ReportNeverPrescribedAnswer }
  /** Physicians and pharmacies far above the others · 用量异常的医师和药店 */
  reportOutliers: { readonly path: { readonly month: string | number }; readonly answer: ReportOutliersAnswer }
  /** Report a refused request for an outside prescription · 登记拒绝外配处方 */
  reportOutsideRefusal: { readonly body: ReportOutsideRefusalRequest; readonly answer: ReportOutsideRefusalAnswer }
  /** Report stock and prices; drugs that are not named stay as they are · 上报库存和价格 */
  reportStock: { readonly body: Stock; readonly answer: ReportStockAnswer }
  /** Ask for the settlement; the statement follows · 申请结算 */
  requestSettlement: { readonly path: { readonly no: string | number }; readonly body: Settlement; readonly answer: RequestSettlementAnswer }
  /** Answer a dispute; a correction is booked in the open month · 答复异议 */
  resolveClearingDispute: { readonly path: { readonly month: string | number; readonly institutionId: string | number; readonly disputeNo: string | number }; readonly body: ResolveClearingDisputeRequest; readonly answer: SendClearingStatementAnswer }
  /** Close failed work without trying again · 关闭失败任务 */
  resolveFailedJob: { readonly path: { readonly region: string | number; readonly outboxId: string | number }; readonly body: ResolveFailedJobRequest; readonly answer: RetryFailedJobAnswer }
  /** Clear up a settlement that was deferred without an answer of the payer · 处理未获答复的结算 */
  resolveUnansweredSettlement: { readonly path: { readonly settlementId: string | number }; readonly body: ResolveUnansweredSettlementRequest; readonly answer: ResolveUnansweredSettlementAnswer }
  /** Send failed work again · 重试失败任务 */
  retryFailedJob: { readonly path: { readonly region: string | number; readonly outboxId: string | number }; readonly answer: RetryFailedJobAnswer }
  /** Record a return after the hand-over, for a pharmacy that cannot · 代录退药 */
  returnAgencyGoods: { readonly path: { readonly no: string | number }; readonly body: ReturnAgencyGoodsRequest; readonly answer: ReturnAgencyGoodsAnswer }
  /** Record that a supply or some of it came back, for a pharmacy that cannot · 代录按次退药 */
  returnAgencySupply: { readonly path: { readonly dispenseId: string | number }; readonly body: ReturnAgencySupplyRequest; readonly answer: ReturnAgencyGoodsAnswer }
  /** Take back the only supply of a prescription; the settlement is reversed · 退药 */
  returnGoods: { readonly path: { readonly no: string | number }; readonly body: ReturnAgencyGoodsRequest; readonly answer: ReturnAgencyGoodsAnswer }
  /** Take back a supply or some of it, whatever became of the prescription · 按次退药 */
  returnSupply: { readonly path: { readonly dispenseId: string | number }; readonly body: ReturnAgencySupplyRequest; readonly answer: ReturnAgencyGoodsAnswer }
  /** Reverse a settlement before the hand-over · 冲正结算 */
  reverseAgencySettlement: { readonly path: { readonly no: string | number }; readonly body: ReverseAgencySettlementRequest; readonly answer: ReverseAgencySettlementAnswer }
  /** Take the settlement back before the hand-over · 冲正结算 */
  reverseSettlement: { readonly path: { readonly no: string | number }; readonly body: ReverseAgencySettlementRequest; readonly answer: ReverseAgencySettlementAnswer }
  /** The licensed pharmacist's review; a refusal ends the prescription · 药师审方 */
  reviewPrescription: { readonly path: { readonly no: string | number }; readonly body: Review; readonly answer: ReviewPrescriptionAnswer }
  /** A new secret; the one before signs too for a while · 轮换签名密钥 */
  rotateCallbackSecret: { readonly path: { readonly callbackId: string | number }; readonly body: RotateCallbackSecretRequest; readonly answer: RotateCallbackSecretAnswer }
  /** Send back for papers · 退回补正 */
  sendBackReimbursement: { readonly path: { readonly fileId: string | number }; readonly body: WithdrawReimbursementRequest; readonly answer: AddReimbursementPapersAnswer }
  /** Send one delivered message again, out of turn · 重发单条消息 */
  sendCallbackAgain: { readonly path: { readonly callbackId: string | number; readonly messageId: string | number }; readonly answer: SendCallbackAgainAnswer }
  /** Send all drafts of a month · 批量发送清算单 */
  sendClearingMonth: { readonly path: { readonly month: string | number }; readonly answer: SendClearingMonthAnswer }
  /** Send a draft to its institution · 发送清算单 */
  sendClearingStatement: { readonly path: { readonly month: string | number; readonly institutionId: string | number }; readonly answer: SendClearingStatementAnswer }
  /** Set, advance or reset the clock for all processes of the sandbox · 调整沙箱时钟 */
  setSandboxClock: { readonly body: SetSandboxClockRequest; readonly answer: SandboxClock }
  /** Settle a capitation year: share surplus or over-run, set off advances · 按人头付费年度清算 */
  settleCapitationYear: { readonly path: { readonly year: string | number; readonly institutionId: string | number }; readonly answer: SettleCapitationYearAnswer }
  /** State what a stay's deductible is and how much of it is charged · 申报本次住院起付标准 */
  stateStayDeductible: { readonly path: { readonly stayNo: string | number }; readonly body: StateStayDeductibleRequest; readonly answer: StateStayDeductibleAnswer }
  /** State or correct what a person used up of a year elsewhere · 录入平台外年度累计 */
  stateYearAmounts: { readonly body: StateYearAmountsRequest; readonly answer: StateYearAmountsAnswer }
  /** The same as server-sent events; resume by Last-Event-ID · 处方事件推送 */
  streamPharmacyEvents: { readonly query?: { readonly after?: string | number }; readonly answer: string }
  /** Submit a signed prescription · 电子处方上传 */
  submitPrescription: { readonly body: Envelope; readonly answer: Receipt }
  /** Submit for examination · 提交审核 */
  submitReimbursement: { readonly path: { readonly fileId: string | number }; readonly answer: AddReimbursementPapersAnswer }
  /** Have events sent to an address · 订阅事件推送 */
  subscribeCallback: { readonly body: SubscribeCallbackRequest; readonly answer: CallbackWithSecret }
  /** Take and hold, by number or pick-up code; of many at once one wins · 接收并锁定处方 */
  takePrescription: { readonly body: Take; readonly answer: Taken }
  /** The whole story of a prescription, its events verified · 处方全程追溯 */
  tracePrescription: { readonly path: { readonly no: string | number }; readonly answer: PrescriptionTrace }
  /** Upload purchase, sale and stock lines in one file · 上传购销存明细 */
  uploadStock: { readonly query?: { readonly dryRun?: "true" | "false" }; readonly body: string; readonly answer: UploadStockAnswer }
  /** Upload a file of them: opening balances, or the feed of another system · 上传平台外年度累计 */
  uploadYearAmounts: { readonly query: { readonly reason: string | number; readonly dryRun?: "true" | "false" }; readonly body: string; readonly answer: UploadYearAmountsAnswer }
  /** Withdraw an application that is not submitted · 撤回申请 */
  withdrawReimbursement: { readonly path: { readonly fileId: string | number }; readonly body: WithdrawReimbursementRequest; readonly answer: AddReimbursementPapersAnswer }
}

/** Method and path of each operation. */
export const OPERATIONS: { readonly [Id in keyof Operations]: readonly [method: string, path: string] } = {
  addCertificateEntry: ['POST', '/agency/registers/certificate'],
  addDesignationEntry: ['POST', '/agency/registers/designation'],
  addDiagnosisEntry: ['POST', '/agency/registers/diagnosis'],
  addDrugEntry: ['POST', '/agency/registers/drug'],
  addDrugListEntry: ['POST', '/agency/registers/drug-list'],
  addFilingEntry: ['POST', '/agency/registers/filing'],
  addInstitutionEntry: ['POST', '/agency/registers/institution'],
  addOtherBenefitEntry: ['POST', '/agency/registers/other-benefit'],
  addPaymentStandardEntry: ['POST', '/agency/registers/payment-standard'],
  addPersonEntry: ['POST', '/agency/registers/person'],
  addPractitionerEntry: ['POST', '/agency/registers/practitioner'],
  addQualificationEntry: ['POST', '/agency/registers/qualification'],
  addReimbursementPapers: ['POST', '/reimbursements/{fileId}/papers'],
  addSanctionEntry: ['POST', '/agency/registers/sanction'],
  attachPaper: ['POST', '/admissions/applications/{no}/papers/{code}'],
  cancelAgencyPrescription: ['POST', '/agency/prescriptions/{no}/cancel'],
  cancelHospitalPrescription: ['POST', '/hospital/prescriptions/{no}/cancel'],
  changeCallback: ['PUT', '/callbacks/{callbackId}'],
  checkBuyer: ['POST', '/pharmacy/prescriptions/{no}/buyer'],
  choosePharmacy: ['POST', '/p/{token}/choice'],
  closeMonth: ['POST', '/agency/clearing/{month}/close'],
  confirmHospitalStatement: ['POST', '/hospital/clearing/{month}/confirm'],
  confirmPaperPrescription: ['POST', '/hospital/prescriptions/{no}/paper-confirmation'],
  confirmPharmacyStatement: ['POST', '/pharmacy/clearing/{month}/confirm'],
  decideApplicationStep: ['POST', '/admissions/applications/{no}/decisions'],
  decideReimbursement: ['POST', '/reimbursements/{fileId}/decision'],
  deferAgencySettlement: ['POST', '/agency/prescriptions/{no}/defer'],
  deferSettlement: ['POST', '/pharmacy/prescriptions/{no}/defer'],
  denyRefund: ['POST', '/pharmacy/refunds/{refundId}/nothing-taken'],
  disputeHospitalLine: ['POST', '/hospital/clearing/{month}/disputes'],
  disputePharmacyLine: ['POST', '/pharmacy/clearing/{month}/disputes'],
  downloadReport: ['GET', '/agency/report-files/{month}/{report}'],
  endCallback: ['POST', '/callbacks/{callbackId}/end'],
  endRegisterEntry: ['POST', '/agency/registers/{register}/{key}/end'],
  enterPaperPrescription: ['POST', '/pharmacy/paper-prescriptions'],
  exportClearingStatement: ['GET', '/agency/clearing/{month}/statements/{institutionId}/export/{form}'],
  exportClearingStays: ['GET', '/agency/clearing/{month}/statements/{institutionId}/stays/csv'],
  exportHospitalStatement: ['GET', '/hospital/clearing/{month}/export/{form}'],
  exportHospitalStays: ['GET', '/hospital/clearing/{month}/stays/csv'],
  exportPharmacyStatement: ['GET', '/pharmacy/clearing/{month}/export/{form}'],
  exportRegister: ['GET', '/agency/registers/{register}/export'],
  fileComplaint: ['POST', '/admissions/complaints'],
  findHospitalPrescription: ['GET', '/hospital/prescriptions'],
  getPharmacyPrescription: ['GET', '/pharmacy/prescriptions/{no}'],
  getStatement: ['GET', '/pharmacy/prescriptions/{no}/settlement'],
  grantCapitation: ['POST', '/agency/capitation/{year}/grants'],
  handOver: ['POST', '/pharmacy/prescriptions/{no}/hand-over'],
  handleComplaint: ['POST', '/admissions/complaints/{id}/handling'],
  importRegister: ['POST', '/agency/registers/{register}/import'],
  imposeSanction: ['POST', '/admissions/sanctions'],
  issueToken: ['POST', '/oauth/token'],
  leavePatientPage: ['POST', '/p/{token}/leave'],
  liftSanction: ['POST', '/admissions/sanctions/lift'],
  listApplications: ['GET', '/admissions/applications'],
  listCallbackDeliveries: ['GET', '/callbacks/{callbackId}/deliveries'],
  listCallbacks: ['GET', '/callbacks'],
  listClearingStatements: ['GET', '/agency/clearing/{month}/statements'],
  listComplaints: ['GET', '/admissions/complaints'],
  listFailedJobs: ['GET', '/operator/failed-jobs'],
  listHospitalFileCorrections: ['POST', '/hospital/clearing/{month}/file/corrections'],
  listHospitalStatements: ['GET', '/hospital/clearing'],
  listManualFiles: ['GET', '/agency/manual-files'],
  listOutsideRefusals: ['GET', '/agency/outside-prescription-refusals'],
  listOverdueUploads: ['GET', '/agency/overdue-uploads'],
  listOwnOutsideRefusals: ['GET', '/hospital/outside-prescription-refusals'],
  listOwnRefunds: ['GET', '/pharmacy/refunds'],
  listOwnSettlements: ['GET', '/pharmacy/prescriptions/{no}/settlements'],
  listOwnUncollected: ['GET', '/pharmacy/uncollected'],
  listPaperPrescriptions: ['GET', '/agency/paper-prescriptions'],
  listPayerDifferences: ['GET', '/agency/payer-differences'],
  listPharmacyEvents: ['GET', '/pharmacy/events'],
  listPharmacyFileCorrections: ['POST', '/pharmacy/clearing/{month}/file/corrections'],
  listPharmacyInbox: ['GET', '/pharmacy/inbox'],
  listPharmacyStatements: ['GET', '/pharmacy/clearing'],
  listReassessments: ['GET', '/admissions/reassessments'],
  listRefunds: ['GET', '/agency/refunds'],
  listRegisterCorrections: ['POST', '/agency/registers/{register}/import/corrections'],
  listReimbursements: ['GET', '/reimbursements'],
  listStock: ['GET', '/pharmacy/stock'],
  listStockCorrections: ['POST', '/pharmacy/stock-uploads/corrections'],
  listStockUploads: ['GET', '/pharmacy/stock-uploads'],
  listUncollected: ['GET', '/agency/uncollected'],
  listWorkflows: ['GET', '/admissions/workflows'],
  makeSandboxFailure: ['POST', '/sandbox/failures'],
  matchHospitalFile: ['POST', '/hospital/clearing/{month}/file'],
  matchOwnStock: ['GET', '/pharmacy/stock-match'],
  matchPharmacyFile: ['POST', '/pharmacy/clearing/{month}/file'],
  matchStock: ['GET', '/agency/stock-match/{institutionId}'],
  nationalGateway: ['POST', '/fsi/api/callFsiService/callService'],
  nationalListDrugs: ['POST', '/fixmedins/circDrugQuery'],
  nationalPreCheck: ['POST', '/fixmedins/uploadChk'],
  nationalReadPrescription: ['POST', '/fixmedins/hospRxDetlQuery'],
  nationalReadReview: ['POST', '/fixmedins/rxChkInfoQuery'],
  nationalReadSupply: ['POST', '/fixmedins/rxSetlInfoQuery'],
  nationalSign: ['POST', '/fixmedins/rxFixmedinsSign'],
  nationalUndo: ['POST', '/fixmedins/rxUndo'],
  nationalUpload: ['POST', '/fixmedins/rxFileUpld'],
  openApplication: ['POST', '/admissions/applications'],
  openDecisionPage: ['GET', '/d/{token}'],
  openPatientPage: ['GET', '/p/{token}'],
  openPatientSession: ['POST', '/p/{token}'],
  openReimbursement: ['POST', '/reimbursements'],
  payClearingMonth: ['POST', '/agency/clearing/{month}/pay'],
  payClearingStatement: ['POST', '/agency/clearing/{month}/statements/{institutionId}/pay'],
  payRefundBack: ['POST', '/pharmacy/refunds/{refundId}/paid-back'],
  payReimbursement: ['POST', '/reimbursements/{fileId}/payment'],
  preCheckPrescription: ['POST', '/hospital/prescriptions/pre-check'],
  previewReimbursement: ['GET', '/reimbursements/{fileId}/preview'],
  quoteSettlement: ['POST', '/pharmacy/prescriptions/{no}/quote'],
  readAgencyCapitation: ['GET', '/agency/capitation/{year}'],
  readAgencyEvents: ['GET', '/agency/events'],
  readAgencyPaperScan: ['GET', '/agency/prescriptions/{no}/paper-scan'],
  readApplication: ['GET', '/admissions/applications/{no}'],
  readAuthorizationServer: ['GET', '/.well-known/oauth-authorization-server'],
  readCallback: ['GET', '/callbacks/{callbackId}'],
  readClearingDifferences: ['GET', '/agency/clearing/{month}/statements/{institutionId}/differences'],
  readClearingLines: ['GET', '/agency/clearing/{month}/statements/{institutionId}/lines'],
  readClearingMonth: ['GET', '/agency/clearing/{month}'],
  readClearingStatement: ['GET', '/agency/clearing/{month}/statements/{institutionId}'],
  readClearingStays: ['GET', '/agency/clearing/{month}/statements/{institutionId}/stays'],
  readCodeList: ['GET', '/codes/{list}'],
  readCodes: ['GET', '/codes'],
  readCreditRecord: ['GET', '/admissions/credit/{institutionId}'],
  readDecision: ['POST', '/d/{token}'],
  readHospitalCapitation: ['GET', '/hospital/capitation/{year}'],
  readHospitalDifferences: ['GET', '/hospital/clearing/{month}/differences'],
  readHospitalEvents: ['GET', '/hospital/events'],
  readHospitalPaperScan: ['GET', '/hospital/prescriptions/{no}/paper-scan'],
  readHospitalPrescription: ['GET', '/hospital/prescriptions/{no}'],
  readHospitalStatement: ['GET', '/hospital/clearing/{month}'],
  readHospitalStatementLines: ['GET', '/hospital/clearing/{month}/lines'],
  readHospitalStays: ['GET', '/hospital/clearing/{month}/stays'],
  readKeys: ['GET', '/.well-known/jwks.json'],
  readLiveness: ['GET', '/health/live'],
  readMetrics: ['GET', '/metrics'],
  readOutboxLag: ['GET', '/operator/outbox'],
  readPaper: ['GET', '/admissions/applications/{no}/paper-files/{paperNo}'],
  readPatientPaper: ['GET', '/p/{token}/papers/{paper}'],
  readPatientPaperOfSettlement: ['GET', '/p/{token}/papers/{settlementId}/{paper}'],
  readPersonYear: ['GET', '/agency/persons/{personId}/years/{year}'],
  readPharmacyCapitation: ['GET', '/pharmacy/capitation/{year}'],
  readPharmacyDifferences: ['GET', '/pharmacy/clearing/{month}/differences'],
  readPharmacyStatement: ['GET', '/pharmacy/clearing/{month}'],
  readPharmacyStatementLines: ['GET', '/pharmacy/clearing/{month}/lines'],
  readPrescriptionSchema: ['GET', '/schemas/prescription-document'],
  readProblem: ['GET', '/problems/{code}'],
  readProblems: ['GET', '/problems'],
  readReadiness: ['GET', '/health/ready'],
  readRegister: ['GET', '/agency/registers/{register}'],
  readReimbursement: ['GET', '/reimbursements/{fileId}'],
  readSandbox: ['GET', '/sandbox'],
  readSandboxClock: ['GET', '/sandbox/clock'],
  readSandboxNotifications: ['GET', '/sandbox/notifications'],
  readSettlementPaper: ['GET', '/papers/settlements/{settlementId}/{paper}'],
  releasePrescription: ['POST', '/pharmacy/prescriptions/{no}/release'],
  renewHold: ['POST', '/pharmacy/prescriptions/{no}/renew-hold'],
  renewPatientLink: ['POST', '/hospital/prescriptions/{no}/link'],
  reopenReimbursement: ['POST', '/reimbursements/{fileId}/reopen'],
  replayCallback: ['POST', '/callbacks/{callbackId}/replay'],
  reportCostlyDrugs: ['GET', '/agency/reports/{month}/costly-drugs'],
  reportDrugs: ['GET', '/agency/reports/{month}/drugs'],
  reportFundTrend: ['GET', '/agency/reports/{month}/fund-trend'],
  reportLapsedHolds: ['GET', '/agency/reports/{month}/lapsed-holds'],
  reportNeverPrescribed: ['GET', '/agency/reports/{month}/never-prescribed'],
  reportOutliers: ['GET', '/agency/reports/{month}/outliers'],
  reportOutsideRefusal: ['POST', '/hospital/outside-prescription-refusals'],
  reportStock: ['PUT', '/pharmacy/stock'],
  requestSettlement: ['POST', '/pharmacy/prescriptions/{no}/settlement'],
  resolveClearingDispute: ['POST', '/agency/clearing/{month}/statements/{institutionId}/disputes/{disputeNo}/resolve'],
  resolveFailedJob: ['POST', '/operator/failed-jobs/{region}/{outboxId}/resolve'],
  resolveUnansweredSettlement: ['POST', '/agency/payer-settlements/{settlementId}/resolution'],
  retryFailedJob: ['POST', '/operator/failed-jobs/{region}/{outboxId}/retry'],
  returnAgencyGoods: ['POST', '/agency/prescriptions/{no}/return'],
  returnAgencySupply: ['POST', '/agency/dispenses/{dispenseId}/returns'],
  returnGoods: ['POST', '/pharmacy/prescriptions/{no}/return'],
  returnSupply: ['POST', '/pharmacy/dispenses/{dispenseId}/returns'],
  reverseAgencySettlement: ['POST', '/agency/prescriptions/{no}/reverse'],
  reverseSettlement: ['POST', '/pharmacy/prescriptions/{no}/reverse'],
  reviewPrescription: ['POST', '/pharmacy/prescriptions/{no}/review'],
  rotateCallbackSecret: ['POST', '/callbacks/{callbackId}/secret'],
  sendBackReimbursement: ['POST', '/reimbursements/{fileId}/send-back'],
  sendCallbackAgain: ['POST', '/callbacks/{callbackId}/deliveries/{messageId}/send-again'],
  sendClearingMonth: ['POST', '/agency/clearing/{month}/send'],
  sendClearingStatement: ['POST', '/agency/clearing/{month}/statements/{institutionId}/send'],
  setSandboxClock: ['PUT', '/sandbox/clock'],
  settleCapitationYear: ['POST', '/agency/capitation/{year}/institutions/{institutionId}/settle'],
  stateStayDeductible: ['POST', '/hospital/stays/{stayNo}/deductible'],
  stateYearAmounts: ['POST', '/agency/year-amounts'],
  streamPharmacyEvents: ['GET', '/pharmacy/events/stream'],
  submitPrescription: ['POST', '/hospital/prescriptions'],
  submitReimbursement: ['POST', '/reimbursements/{fileId}/submit'],
  subscribeCallback: ['POST', '/callbacks'],
  takePrescription: ['POST', '/pharmacy/takes'],
  tracePrescription: ['GET', '/agency/prescriptions/{no}'],
  uploadStock: ['POST', '/pharmacy/stock-uploads'],
  uploadYearAmounts: ['POST', '/agency/year-amounts/uploads'],
  withdrawReimbursement: ['POST', '/reimbursements/{fileId}/withdraw'],
}
