/**
 * What an operation does beyond its summary, by its id, where the route says no more itself: what must have happened
 * before, what follows, what it never does. A test holds that every operation has a description.
 */
export const OPERATION_WORDS: Readonly<Record<string, string>> = {
  // ---- public
  readKeys:
    'The keys with which access tokens are verified (RFC 7517). They change every 30 days; fetch them anew for an unknown `kid`.',
  readAuthorizationServer: 'Metadata of the authorization server (RFC 8414).',
  readLiveness: 'Answers as long as the process runs; it asks neither database nor queue.',
  readReadiness:
    'Says which parts can be reached. While the process drains it says no, so that load balancers send nothing new.',
  readMetrics:
    'In the text format of Prometheus. Where `METRICS_TOKEN` is set, it must come as bearer token.',
  readProblems:
    'Every code with its status, title, what to do and whether to send again; a page for a browser, JSON for a program.',
  readProblem: 'The address that `type` of a refusal names.',
  readCodes: 'Every list of codes that the interface takes or gives, with names in Chinese and English.',
  readCodeList: 'One of the lists of `GET /codes`.',
  readPrescriptionSchema:
    'JSON Schema 2020-12 of the document that a physician signs and `POST /hospital/prescriptions` takes, with an example.',
  // ---- hospital
  findHospitalPrescription:
    'For a hospital that has lost the answer to a push: its own number finds the prescription.',
  readHospitalPrescription:
    'State, lines, review, settlement, cancel and events. Only for the hospital that wrote it.',
  cancelHospitalPrescription:
    'At once while nobody holds it; else it waits until the pharmacy lets go. Once everything was handed over it is refused.',
  renewPatientLink:
    'For a patient who has lost the link, or whose link is locked after wrong second factors.',
  confirmPaperPrescription:
    'An objection cancels what was not handed over yet, and is recorded where it was.',
  readHospitalPaperScan: 'The file as the pharmacy handed it in.',
  reportOutsideRefusal:
    'A hospital records that it refused to write a prescription for outside, with its reason; the agency sees it.',
  listOwnOutsideRefusals: 'The newest first, by cursor.',
  // ---- the national interface
  nationalPreCheck:
    'Judges the prescription by the rules of the region, gives it its number and keeps the document for D002 and D003. Refusals come with status 200 and the status of the refusal as `code`.',
  nationalSign:
    'Signs `originalValue` as received by the key of the hospital in the region’s signature server.',
  nationalUpload: 'Verifies the signature of D002 and takes the prescription in, judged once more.',
  nationalUndo: 'As `POST /hospital/prescriptions/{no}/cancel`.',
  nationalReadPrescription: 'How the prescription stands, in the fields of the interface.',
  nationalReadReview: 'What the pharmacist decided, in the fields of the interface.',
  nationalReadSupply: 'What was settled and handed over, in the fields of the interface.',
  nationalListDrugs: 'The drugs of the region that may circulate, page by page.',
  // ---- agency: registers
  readRegister: 'Every entry with its periods, author and reason, by key and the newest first.',
  addInstitutionEntry:
    'Holds from `validFrom`; an entry of the same key that holds then has to be ended first.',
  addDesignationEntry:
    'The institution must be in its register. Holds from `validFrom`; one of the same key has to be ended first.',
  addPractitionerEntry:
    'Holds from `validFrom`; an entry of the same key that holds then has to be ended first.',
  addFilingEntry: 'Practitioner and institution must be in their registers.',
  addCertificateEntry:
    'From then on signatures by it count for this purpose. Practitioner and institution must be in their registers.',
  addDrugEntry: 'Holds from `validFrom`; an entry of the same key that holds then has to be ended first.',
  addPaymentStandardEntry: 'The drug must be in its register. Settlements of the day and later use it.',
  addDrugListEntry: 'The drug must be in its register; the list is one that the policy names.',
  addPersonEntry: 'Holds from `validFrom`; an entry of the same key that holds then has to be ended first.',
  addQualificationEntry: 'The person must be in the register. Usually made by deciding an application.',
  addSanctionEntry: 'The subject must be in its register. Usually made by `POST /admissions/sanctions`.',
  addOtherBenefitEntry: 'The person must be in the register; settlements take it into account.',
  addDiagnosisEntry: 'With its other names, which hospitals may write as well.',
  endRegisterEntry: 'With its last day; one that begins the day after holds on no day. History stays.',
  // ---- agency: prescriptions
  tracePrescription:
    'Status, events with the verified chain of their hashes, judgements with their facts, supplies, and postings.',
  cancelAgencyPrescription: 'As the hospital’s cancel, for the agency’s reasons.',
  deferAgencySettlement:
    'For a settlement that does not get on: the patient pays in full and a file for reimbursement is opened.',
  reverseAgencySettlement: 'For a pharmacy that cannot. What the patient had paid is owed back.',
  returnAgencyGoods: 'Where the prescription has a single supply; the settlement is reversed.',
  returnAgencySupply: 'By supply, line or quantity; what the patient keeps is settled anew.',
  listManualFiles: 'Files that deferred settlements opened, the oldest first.',
  listOutsideRefusals: 'Of all hospitals of the region, the newest first.',
  listPaperPrescriptions: 'What pharmacies entered from paper, and what the hospitals said of it.',
  readAgencyPaperScan: 'The file as the pharmacy handed it in.',
  listUncollected: 'What lapses soonest first: it is owed by nobody until it is handed over.',
  listRefunds: 'Owed and paid back, with the day by which it is due.',
  // ---- callbacks
  listCallbacks: 'All of them, with what fails. Secrets are not shown.',
  readCallback: 'Its `ETag` names the revision for a change.',
  changeCallback:
    'Needs `If-Match` with the `ETag` that was read. Turned on again, the callback goes on where it stood.',
  endCallback: 'For good, with what was kept of its deliveries. Nothing more is sent.',
  rotateCallbackSecret:
    'Messages carry two signatures until the secret before has ended, so nothing is lost while the receiver changes over.',
  replayCallback: 'Sets the callback back. Messages come under the same `webhook-id` as before.',
  listCallbackDeliveries: 'With the last answer and how often each was sent.',
  sendCallbackAgain:
    'For one that was delivered and lost behind the receiver’s door. It goes with the next turn; order is not kept for it.',
  // ---- admissions
  listWorkflows: 'By the policy of the region in force today.',
  listApplications: 'A hospital sees its own, the agency all of the region.',
  openApplication: 'Takes the first step of the procedure; what is lacking is said in the answer.',
  readApplication: 'With what the next step waits for and who may take it.',
  decideApplicationStep:
    'The last approval writes the register entries that the procedure is for. The person is told.',
  listReassessments: 'By the day that each is due; overdue first.',
  imposeSanction: 'Enters it in the register of sanctions and tells the person it concerns.',
  liftSanction: 'With its last day; the entry and its history stay.',
  fileComplaint: 'By a hospital, a pharmacy or the agency, about an institution, practitioner or person.',
  listComplaints: 'The newest first.',
  handleComplaint: 'The agency says what came of it; once.',
  readCreditRecord: 'Agreements, sanctions and complaints of the institution.',
  attachPaper: 'The body is the file itself. A paper of the same code stays beside the new one.',
  readPaper: 'As it was handed in.',
  // ---- operator
  listFailedJobs: 'An operator of one region sees that region only.',
  retryFailedJob: 'It goes to its queue again, with its attempts counted anew.',
  resolveFailedJob: 'It is not tried again; who closed it and how is kept.',
  readOutboxLag: 'How much work waits, and for how long.',
  // ---- pharmacy
  listPharmacyInbox: 'What patients have chosen this pharmacy for, and what it holds.',
  getPharmacyPrescription: 'For the pharmacy that was chosen, holds it or supplied it.',
  takePrescription:
    'By the code of the patient, or by number when the pharmacy was chosen. The hold ends by itself.',
  renewHold: 'For the time that the policy gives.',
  reviewPrescription: 'The pharmacist must be filed at this pharmacy. The buyer may be checked with it.',
  checkBuyer: 'Who buys is checked before the settlement, or at the delivery where that was said.',
  releasePrescription:
    'The choice of the patient stands, so the patient may come back or choose another pharmacy.',
  enterPaperPrescription: 'With the scan; the hospital is asked to confirm it.',
  quoteSettlement: 'The whole calculation with every figure and its source.',
  requestSettlement: 'The answer says that it is asked for; the result comes as event and in the statement.',
  getStatement: 'While it is settling, its state; afterwards the bill or why it was declined.',
  listOwnSettlements: 'Reversed ones too.',
  deferSettlement: 'Allowed once the settlement has taken longer than `SETTLEMENT_PATIENCE_SECONDS`.',
  reverseSettlement: 'What the patient had paid is owed back until it is paid.',
  handOver: 'Lines that are not handed over stay open for another supply.',
  returnGoods:
    'Where the prescription has a single supply; else by `POST /pharmacy/dispenses/{dispenseId}/returns`.',
  reportStock: 'At most 1,000 drugs a call.',
  listStock: 'By drug code.',
  listOwnUncollected: 'What lapses soonest first.',
  listOwnRefunds: 'Owed and paid back, with the day by which it is due.',
  payRefundBack: 'Says how it was paid back; the refund is closed.',
  denyRefund: 'Only for a settlement that nobody collected: nothing was taken at the till.',
  // ---- patient
  openPatientPage: 'Before the second factor it asks for it; afterwards it shows the prescription.',
  openPatientSession:
    'The last six characters of the identity number begin a session; after too many wrong ones the link is locked.',
  choosePharmacy: 'Possible until a pharmacy has taken it. The page then has the pick-up code.',
  readPatientPaper: 'Needs the session of the link.',
  readPatientPaperOfSettlement: 'Needs the session of the link.',
  leavePatientPage: 'The cookie is dropped, and the session with it.',
  openDecisionPage: 'Says nothing of what was decided.',
  readDecision: 'The last six characters of the identity number show it, once per question.',
  // ---- reimbursement
  openReimbursement: 'For what was bought without the hub, or away from the region.',
  listReimbursements: 'By state, by cursor.',
  readReimbursement: 'With everything that was done to it.',
  addReimbursementPapers: 'Which papers there are; what is missing is said by the examination.',
  submitReimbursement: 'From then on the agency examines it.',
  withdrawReimbursement: 'It can’t be taken up again; open another one.',
  previewReimbursement: 'The same judgement as the decision’s.',
  decideReimbursement: 'Findings that can be waived need a reason each. An approval is booked.',
  payReimbursement: 'Closes the file.',
  sendBackReimbursement: 'It is open again for papers.',
  reopenReimbursement: 'For a declined file; it is examined anew.',
  // ---- payer and clearing
  listPayerDifferences: 'What the hub and the payer say differently about one day.',
  closeMonth:
    'Adds up what was handed over in the month; goes on in the background. It can’t be undone, later corrections are booked in the open month.',
  readClearingMonth: 'Where each statement stands, and that all accounts add up to zero.',
  listClearingStatements: 'By institution, by cursor.',
  readClearingStatement: 'With the figures by fund.',
  readClearingLines: 'Each with the settlement and the supply that it comes from.',
  readClearingStays: 'What the hospital’s own settlement of a stay has to take into account.',
  exportClearingStays: 'In UTF-8 with a byte order mark, for spreadsheets.',
  readClearingDifferences: 'What the three books say differently, line by line.',
  exportClearingStatement: 'The same figures in each form.',
  sendClearingStatement: 'From then on its institution sees it, and may confirm or dispute.',
  payClearingStatement: 'Only one that is confirmed; the payment is booked.',
  resolveClearingDispute: 'Upheld or rejected, with words. The statement itself stays as it was sent.',
  listPharmacyStatements: 'Those that were sent.',
  readPharmacyStatement: 'Once it was sent.',
  readPharmacyStatementLines: 'Each with the settlement and the supply that it comes from.',
  readPharmacyDifferences: 'After the pharmacy has uploaded its own file of the month.',
  exportPharmacyStatement: 'The same figures in each form.',
  confirmPharmacyStatement: 'It is paid as it is.',
  disputePharmacyLine: 'The agency answers; meanwhile the statement can’t be paid.',
  listHospitalStatements: 'Those that were sent.',
  readHospitalStatement: 'Once it was sent.',
  readHospitalStatementLines: 'Each with the settlement and the supply that it comes from.',
  readHospitalStays: 'What the hospital’s own settlement of a stay has to take into account.',
  exportHospitalStays: 'In UTF-8 with a byte order mark, for spreadsheets.',
  readHospitalDifferences: 'After the hospital has uploaded its own file of the month.',
  exportHospitalStatement: 'The same figures in each form.',
  confirmHospitalStatement: 'It is paid as it is.',
  disputeHospitalLine: 'The agency answers; meanwhile the statement can’t be paid.',
  readSettlementPaper: 'Made from what was settled; the same bytes each time.',
  stateYearAmounts:
    'What was paid outside the hub counts into the year of the person from then on; the same reference again corrects it.',
  readPersonYear: 'What the hub has counted and what was stated from elsewhere.',
  // ---- capitation
  grantCapitation: 'A later grant of the same year adds to it.',
  settleCapitationYear: 'After the year has ended, once: books what the policy shares.',
  readAgencyCapitation: 'Of every institution with a grant.',
  readHospitalCapitation: 'The hospital’s own.',
  readPharmacyCapitation: 'The pharmacy’s own.',
  // ---- stock and reports
  listStockUploads: 'The newest first.',
  matchOwnStock: 'What came in, what was handed over, and what should be left.',
  matchStock: 'What came in, what was handed over, and what should be left.',
  listOverdueUploads: 'By how long they are late.',
  reportDrugs: 'Of a month that has ended.',
  reportCostlyDrugs: 'Of a month that has ended.',
  reportFundTrend: 'The month and the eleven before.',
  reportLapsedHolds: 'By pharmacy.',
  reportNeverPrescribed: 'By hospital.',
  downloadReport: 'In UTF-8 with a byte order mark, for spreadsheets.',
  // ---- sandbox
  readSandboxNotifications: 'What the notifier would have sent to telephones.',
  makeSandboxFailure: 'The work is refused for good at its first try.',
  readSandbox: 'A page for a browser, JSON for a program. Everything in it is invented.',
  readSandboxClock: 'Its offset from the clock of the machine.',
  setSandboxClock: 'Holds, validities and months end by it; tokens live by the clock of the machine.',
}
