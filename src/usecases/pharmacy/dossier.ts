import type { Dossier } from '../../../schemas/pharmacy.ts'
import type { State } from '../../domain/lifecycle/transitions.ts'
import { balancesIn } from '../../domain/prescription/line-balance.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { shownPrice } from '../../domain/primitives/price.ts'
import { Problem } from '../../domain/problems.ts'
import * as dispenses from '../../storage/dispense.ts'
import { type DossierRow, findDossier } from '../../storage/pharmacy/dossier.ts'
import { findPrescription } from '../../storage/prescription/read.ts'
import type { RegisterSnapshot } from '../../storage/register-cache.ts'
import * as settlements from '../../storage/settlement.ts'
import type { Deps } from '../deps.ts'
import { packsOfRemaining } from '../packs.ts'
import { storedDocument } from '../parse-document.ts'
import type { Review } from '../review-prescription.ts'
import { signedByCentre } from '../signed-by-centre.ts'
import { secondsUntil } from './inbox.ts'
import { drugView, hospitalView } from './register-view.ts'
import type { Supplier } from './supplier.ts'

/** States in which a pharmacy has the prescription in its hands. */
const IN_HANDS: readonly State[] = ['held', 'reviewed', 'settling', 'settled', 'deferred']

/**
 * One prescription as a pharmacy may see it: balances, hold, review and money always; the document, which names the
 * person, only while the pharmacy has it in its hands or once it supplied it.
 *
 * @throws Problem prescription-unknown also when it concerns another pharmacy
 * @see MZ-6.4, MZ-6.5
 */
export async function readDossier(deps: Deps, supplier: Supplier, prescriptionNo: string): Promise<Dossier> {
  const { regionCode, institutionId } = supplier
  const now = deps.clock()
  const row = await findDossier(deps.pool, regionCode, prescriptionNo, now, institutionId)
  const prescription =
    row === undefined ? undefined : await findPrescription(deps.pool, regionCode, prescriptionNo)
  if (row === undefined || prescription === undefined) throw new Problem('prescription-unknown')
  const snapshot = await deps.registers.latest(deps.pool, regionCode)
  const today = dayOf(now)
  const balances = balancesIn(row.state, prescription.lines)
  const isInHands = row.dispense?.isCurrent === true && IN_HANDS.includes(row.state)
  const centre = signedByCentre(prescription.verdict)
  const isOpen = isInHands || row.dispense?.handedOverAt !== undefined
  return {
    prescriptionNo,
    state: row.state,
    hospital: hospitalView(snapshot, row.hospitalId, today),
    ...(centre === undefined ? {} : { signedByCentre: { zh: centre.zh, en: centre.en } }),
    issuedAt: prescription.issuedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    secondsLeft: secondsUntil(row.expiresAt, now),
    ...(isInHands && row.holdUntil !== undefined
      ? { holdUntil: row.holdUntil.toISOString(), holdSecondsLeft: secondsUntil(row.holdUntil, now) }
      : {}),
    ...(row.isChosen && row.cancelPendingAt !== undefined
      ? {
          cancelPending: {
            since: row.cancelPendingAt.toISOString(),
            ...(row.cancelReason === undefined ? {} : { reasonCode: row.cancelReason }),
          },
        }
      : {}),
    lines: balances.map((line) => ({ ...line, ...drugView(snapshot, line.drugCode, today) })),
    packs: packsOfRemaining(balances, snapshot, now),
    ...(row.dispense === undefined ? {} : await ownPart(deps, regionCode, row.dispense, snapshot)),
    ...(isOpen ? { prescription: storedDocument(prescription.document) } : {}),
  }
}

/** The pharmacy's own fulfilment and what it was settled for. */
async function ownPart(
  deps: Deps,
  regionCode: string,
  dispense: NonNullable<DossierRow['dispense']>,
  snapshot: RegisterSnapshot,
): Promise<Pick<Dossier, 'dispense' | 'settlement'>> {
  const [lines, settlement] = await Promise.all([
    dispenses.lines(deps.pool, regionCode, dispense.dispenseId),
    settlements.findOfDispense(deps.pool, regionCode, dispense.dispenseId),
  ])
  return {
    dispense: {
      dispenseId: dispense.dispenseId,
      takenAt: dispense.takenAt.toISOString(),
      takenBy: dispense.takenBy,
      ...(dispense.reviewedAt === undefined || dispense.review === undefined
        ? {}
        : { review: reviewView(dispense.review, dispense.reviewedAt, snapshot) }),
      ...(dispense.handedOverAt === undefined ? {} : { handedOverAt: dispense.handedOverAt.toISOString() }),
      ...(dispense.returnedAt === undefined ? {} : { returnedAt: dispense.returnedAt.toISOString() }),
      ...(dispense.endedAt === undefined ? {} : { endedAt: dispense.endedAt.toISOString() }),
      ...(dispense.endReason === undefined ? {} : { endReason: dispense.endReason }),
      lines: lines.map(({ unitPriceFen, ...line }) => ({ ...line, ...shownPrice(unitPriceFen) })),
    },
    ...(settlement === undefined
      ? {}
      : {
          settlement: {
            settlementId: settlement.settlementId,
            status: settlement.status,
            requestedAt: settlement.requestedAt.toISOString(),
            ...(settlement.decidedAt === undefined ? {} : { decidedAt: settlement.decidedAt.toISOString() }),
            ...(settlement.chargeFen === undefined ? {} : { chargeFen: settlement.chargeFen }),
            ...(settlement.fundFen === undefined ? {} : { fundFen: settlement.fundFen }),
            ...(settlement.patientFen === undefined ? {} : { patientFen: settlement.patientFen }),
          },
        }),
  }
}

function reviewView(
  text: string,
  reviewedAt: Date,
  snapshot: RegisterSnapshot,
): NonNullable<NonNullable<Dossier['dispense']>['review']> {
  const review = JSON.parse(text) as Review
  const pharmacist = snapshot.find('practitioner', review.pharmacistId, dayOf(reviewedAt))
  return {
    reviewedAt: reviewedAt.toISOString(),
    ...(pharmacist === undefined ? {} : { pharmacistName: pharmacist.name }),
    ...review,
  }
}
