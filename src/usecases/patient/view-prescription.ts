import type { PrescriptionDocument } from '../../../schemas/prescription-document.ts'
import type { Split } from '../../../schemas/statement.ts'
import { afterCancel } from '../../domain/prescription/line-balance.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { parseQuantity } from '../../domain/primitives/quantity.ts'
import { Problem } from '../../domain/problems.ts'
import type { AdjudicationJson } from '../../domain/settlement/adjudication-json.ts'
import { inTransaction, type Queryable, type Transaction, together } from '../../storage/database.ts'
import { type NewestReview, newestReview } from '../../storage/dispense.ts'
import { listMismatches } from '../../storage/identity-mismatch.ts'
import { listInquiries } from '../../storage/national/counter.ts'
import { findPickupHash, listLinkUses } from '../../storage/patient-view.ts'
import { listEvents, type StoredEvent } from '../../storage/prescription/read.ts'
import { find, type StateRow } from '../../storage/prescription/state.ts'
import { type RefundRow, refundsOfPrescription } from '../../storage/refund.ts'
import type { RegisterSnapshot } from '../../storage/register-cache.ts'
import * as settlements from '../../storage/settlement.ts'
import type { Deps } from '../deps.ts'
import { type LoadedPrescription, loadPrescription } from '../judge-stored.ts'
import { splitView } from '../pharmacy/split-view.ts'
import { quoteDifferencesOf } from '../pharmacy/statement.ts'
import type { QuoteDifference } from '../quote.ts'
import type { Review } from '../review-prescription.ts'
import { hashOf, pickupCode } from '../secrets.ts'
import { signedByCentre } from '../signed-by-centre.ts'
import { accessLog, type LogEntry } from './access-log.ts'
import type { Patient } from './find-patient.ts'
import { type PapersOfSettlement, papersOf } from './patient-papers.ts'
import { type Offers, pharmacyOffers } from './pharmacy-offers.ts'
import { mayChoose, type Progress, progressOf } from './progress.ts'

/** A place to go to or to call. */
export interface Place {
  readonly name: string
  readonly address?: string
  readonly phone?: string
  readonly openingHours?: string
}

export type PrescribedLine = PrescriptionDocument['lines'][number] & {
  /** Decimal text in the unit of the line. */
  readonly dispensed: string
  readonly remaining: string
}

/** The newest review, as far as it says something to the patient: a refusal, or words. */
export interface PharmacistReview {
  readonly pharmacyName: string
  readonly decision: 'approve' | 'refuse'
  /** Of the code list `review-refusal-reasons`. */
  readonly reasonCode?: string
  readonly opinion?: string
}

/** Everything the patient's page shows. */
export interface PatientView {
  readonly now: Date
  readonly isSandbox: boolean
  readonly prescriptionNo: string
  readonly patientName: string
  readonly hospital: Place
  readonly physicianName: string
  readonly departmentName: string
  /** Said of a prescription that the centre signed for the hospital. */
  readonly signedByCentre?: string
  readonly diagnoses: readonly string[]
  readonly issuedAt: Date
  /** Exclusive. */
  readonly expiresAt: Date
  readonly lines: readonly PrescribedLine[]
  readonly progress: Progress
  readonly pharmacyId?: string
  /** The pharmacy that was chosen, and that has the prescription once it has accepted it. */
  readonly pharmacy?: Place
  readonly holdUntil?: Date
  /** The hospital has asked to cancel while a pharmacy has the prescription. */
  readonly isCancelPending: boolean
  /** 26 characters; only while a pharmacy is chosen and has not accepted. */
  readonly pickupCode?: string
  readonly offers?: Offers
  /** What a pharmacist of which pharmacy decided last, in his words where he left some. */
  readonly review?: PharmacistReview
  /** How the bill was divided, once settled. */
  readonly bill?: Split
  /** How the bill differs from what the page estimated at the choice, and why; absent when it doesn't. */
  readonly billDifference?: QuoteDifference
  /** The papers that can be had now, of the newest settlement first. */
  readonly papers: readonly (PapersOfSettlement & { readonly pharmacyName: string })[]
  /** What pharmacies owe the patient, or have paid back; oldest first. */
  readonly refunds: readonly (RefundRow & { readonly pharmacyName: string })[]
  readonly log: readonly LogEntry[]
}

/**
 * What the patient sees. Reads only: a page that is opened, by a person or by a preview robot, changes nothing.
 *
 * @throws Problem prescription-unknown
 * @see MZ-6.3, MZ-6.4
 */
export async function viewPrescription(deps: Deps, patient: Patient): Promise<PatientView> {
  // One connection, so that what does not wait for each other travels together.
  return await inTransaction(deps.pool, (tx) => readView(deps, tx, patient, deps.clock()))
}

async function readView(
  deps: Deps,
  tx: Transaction,
  { link: { regionCode, prescriptionNo } }: Patient,
  now: Date,
): Promise<PatientView> {
  const [[row, loaded], [[papers, [refunds, reviewed]], [events, uses]]] = await together(
    together(
      find(tx, regionCode, prescriptionNo),
      loadPrescription(deps, tx, regionCode, prescriptionNo, now),
    ),
    together(
      together(
        papersOf(tx, regionCode, prescriptionNo),
        together(
          refundsOfPrescription(tx, regionCode, prescriptionNo),
          newestReview(tx, regionCode, prescriptionNo),
        ),
      ),
      together(
        listEvents(tx, regionCode, prescriptionNo),
        listLinkUses(tx, regionCode, prescriptionNo, USES_SHOWN),
      ),
    ),
  )
  if (row === undefined) throw new Problem('prescription-unknown')
  const { document, prescription, snapshot } = loaded
  const hasDispensed = prescription.lines.some((line) => parseQuantity(line.dispensed) > 0n)
  const progress = progressOf(row, now, hasDispensed)
  const lines = progress === 'cancelled' ? afterCancel(prescription.lines) : prescription.lines
  const balances = new Map(lines.map((line) => [line.lineNo, line]))
  const place = (id: string) => placeOf(snapshot, id, now)
  const { personId } = prescription
  const [[code, [mismatches, inquiries]], [offers, bill]] = await together(
    together(
      codeOf(deps, tx, row, progress, events),
      together(
        listMismatches(tx, regionCode, personId, USES_SHOWN),
        listInquiries(tx, regionCode, personId, USES_SHOWN),
      ),
    ),
    together(offersOf(deps, tx, loaded, progress, now), billOf(tx, row, progress, snapshot, now)),
  )
  const centre = signedByCentre(prescription.verdict)
  const isHeld = row.holdUntil !== undefined && HELD.has(progress)
  return {
    now,
    isSandbox: deps.mode === 'sandbox',
    prescriptionNo,
    patientName: document.patient.name,
    hospital: place(row.hospitalId) ?? { name: document.hospital.name },
    physicianName: document.physician.name,
    departmentName: document.visit.departmentName,
    ...(centre === undefined ? {} : { signedByCentre: centre.zh }),
    diagnoses: document.diagnoses.map(({ name }) => name),
    issuedAt: prescription.issuedAt,
    expiresAt: row.expiresAt,
    lines: document.lines.map((line) => {
      const { dispensed = '0', remaining = line.quantity } = balances.get(line.lineNo) ?? {}
      return { ...line, dispensed, remaining }
    }),
    progress,
    ...(row.pharmacyId === undefined ? {} : withPharmacy(row.pharmacyId, place(row.pharmacyId))),
    ...(isHeld ? { holdUntil: row.holdUntil } : {}),
    isCancelPending: row.cancelPendingAt !== undefined && HELD.has(progress),
    ...(code === undefined ? {} : { pickupCode: code }),
    ...(offers === undefined ? {} : { offers }),
    ...(reviewed === undefined ? {} : reviewOf(reviewed, place(reviewed.pharmacyId)?.name ?? '')),
    ...bill,
    papers: papers.map((each) => ({
      ...each,
      pharmacyName: place(each.pharmacyId)?.name ?? '',
    })),
    refunds: refunds.map((each) => ({ ...each, pharmacyName: place(each.pharmacyId)?.name ?? '' })),
    log: accessLog(events, uses, (id) => place(id)?.name, mismatches, inquiries),
  }
}

/** Visits by the link that the log shows, the newest. */
const USES_SHOWN = 50

/** While a pharmacy has the prescription. */
const HELD: ReadonlySet<Progress> = new Set(['accepted', 'checked', 'paying', 'ready', 'ready-full-price'])
const BILLED: ReadonlySet<Progress> = new Set(['ready', 'collected'])

function withPharmacy(pharmacyId: string, pharmacy: Place | undefined) {
  return pharmacy === undefined ? { pharmacyId } : { pharmacyId, pharmacy }
}

function placeOf(snapshot: RegisterSnapshot, id: string, now: Date): Place | undefined {
  const found = snapshot.find('institution', id, dayOf(now))
  if (found === undefined) return undefined
  const { name, address, phone, openingHours } = found
  return { name, address, phone, ...(openingHours === undefined ? {} : { openingHours }) }
}

function reviewOf({ review }: NewestReview, pharmacyName: string): Pick<PatientView, 'review'> {
  const { decision, reasonCode, opinion } = JSON.parse(review) as Review
  if (decision === 'approve' && opinion === undefined) return {}
  return {
    review: {
      pharmacyName,
      decision,
      ...(reasonCode === undefined ? {} : { reasonCode }),
      ...(opinion === undefined ? {} : { opinion }),
    },
  }
}

/**
 * The pick-up code that works now, while a pharmacy is chosen. It belongs to the patient's newest choice by the link; a
 * choice made at a counter has none of its own, so the code is looked for by its stored hash.
 */
async function codeOf(
  deps: Deps,
  db: Queryable,
  row: StateRow,
  progress: Progress,
  events: readonly StoredEvent[],
): Promise<string | undefined> {
  if (progress !== 'chosen') return undefined
  const hash = await findPickupHash(db, row.regionCode, row.prescriptionNo)
  if (hash === undefined) return undefined
  return events
    .filter((event) => event.type === 'pharmacy-chosen')
    .reverse()
    .map((event) => pickupCode(deps.linkKey, row.prescriptionNo, event.revision))
    .find((code) => hashOf(code).equals(hash))
}

async function offersOf(
  deps: Deps,
  db: Queryable,
  loaded: LoadedPrescription,
  progress: Progress,
  now: Date,
): Promise<Offers | undefined> {
  return mayChoose(progress) ? await pharmacyOffers(deps, db, loaded, now) : undefined
}

async function billOf(
  db: Queryable,
  row: StateRow,
  progress: Progress,
  snapshot: RegisterSnapshot,
  now: Date,
): Promise<Pick<PatientView, 'bill' | 'billDifference'>> {
  if (row.dispenseId === undefined || !BILLED.has(progress)) return {}
  const settlement = await settlements.findOfDispense(db, row.regionCode, row.dispenseId)
  if (settlement?.status !== 'settled' || settlement.adjudication === undefined) return {}
  const told = quoteDifferencesOf(settlement).find(
    ({ told, differences }) => told === 'patient' && differences.length > 0,
  )
  return {
    bill: splitView(JSON.parse(settlement.adjudication) as AdjudicationJson, snapshot, dayOf(now)),
    ...(told === undefined ? {} : { billDifference: told }),
  }
}
