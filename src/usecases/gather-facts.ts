import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import { type Facts, inForce, type SignerFacts, type Step } from '../domain/facts.ts'
import { ENDED_EARLY, keptDays } from '../domain/kept-supply.ts'
import { stateAt } from '../domain/lifecycle/state-at.ts'
import {
  drugFactsOf,
  institutionFactsOf,
  patientFacts,
  personEntriesOf,
  practitionerFactsOf,
  prescriptionFactsOf,
} from '../domain/prescription-facts.ts'
import { addDays, dayOf, startOfDay } from '../domain/primitives/civil-day.ts'
import { namedFactsOf } from '../domain/words/named.ts'
import { HISTORY_DAYS, type PersonRecord } from '../storage/prescription/facts.ts'
import type { RegisterSnapshot } from '../storage/register-cache.ts'

/** Where a person's history begins for a judgement at `now`. */
export function historyStart(now: Date): Date {
  return startOfDay(addDays(dayOf(now), -HISTORY_DAYS))
}

/** What a judgement is about, beside the registers. */
export interface Question {
  readonly step: Step
  readonly now: Date
  readonly regionCode: string
  readonly document: PrescriptionDocument
  readonly receivedAt: Date
  readonly signers: readonly SignerFacts[]
  readonly stored?: Parameters<typeof prescriptionFactsOf>[2]
  readonly pharmacyId?: string
  readonly pharmacistId?: string
  readonly more?: Pick<
    Facts,
    | 'supply'
    | 'supplied'
    | 'shortSuppliers'
    | 'buyer'
    | 'delivery'
    | 'statement'
    | 'papersIssued'
    | 'purchaseBegunAt'
    | 'extra'
  >
}

/**
 * Puts together the facts of one judgement from a fresh snapshot and what the database said of the person.
 * No name, identity number or telephone gets in.
 */
export function gatherFacts(snapshot: RegisterSnapshot, person: PersonRecord, question: Question): Facts {
  const { document, now } = question
  const today = dayOf(now)
  const { facts: personFacts, registered } = personEntriesOf(person.entries, today)
  const hospital = institutionFactsOf(snapshot, document.hospital.institutionId, today)
  const physician = practitionerFactsOf(snapshot, document.physician.practitionerId, today)
  const pharmacy =
    question.pharmacyId === undefined ? undefined : institutionFactsOf(snapshot, question.pharmacyId, today)
  const pharmacist =
    question.pharmacistId === undefined
      ? undefined
      : practitionerFactsOf(snapshot, question.pharmacistId, today)
  const own = question.stored?.prescriptionNo
  return {
    step: question.step,
    now: now.toISOString(),
    today,
    regionCode: question.regionCode,
    prescription: prescriptionFactsOf(document, question.receivedAt, question.stored),
    signers: question.signers,
    ...(hospital === undefined ? {} : { hospital }),
    ...(physician === undefined ? {} : { physician }),
    ...(personFacts === undefined ? {} : { person: personFacts }),
    ...(registered === undefined ? {} : patientFacts(document, registered)),
    ...(question.step === 'intake' ? { named: namedFactsOf(snapshot, document, today) } : {}),
    drugs: drugFactsOf(
      snapshot,
      document.lines.map((line) => line.drugCode),
      today,
    ),
    history: person.history
      .filter((supply) => supply.prescriptionNo !== own)
      .map(({ timed, prescribed, handedOver, ...supply }) => {
        const state = stateAt(timed, now)
        const kept = ENDED_EARLY.has(state)
          ? keptDays({
              ...supply,
              prescribed,
              handedOver: handedOver.map(({ at, quantity }) => ({ on: dayOf(at), quantity })),
            })
          : undefined
        const drug =
          snapshot.find('drug', supply.drugCode, supply.issuedOn) ??
          snapshot.find('drug', supply.drugCode, today)
        const listClasses = inForce(snapshot.about('drug-list', supply.drugCode), today).flatMap(
          (entry) => entry.class ?? [],
        )
        return {
          ...supply,
          state,
          ...(listClasses.length === 0 ? {} : { listClasses }),
          ...(kept === undefined ? {} : { kept }),
          ingredient: drug?.ingredient ?? supply.drugCode,
          negotiated: drug?.negotiated ?? false,
        }
      }),
    ...(pharmacy === undefined ? {} : { pharmacy }),
    ...(pharmacist === undefined ? {} : { pharmacist }),
    ...question.more,
  }
}
