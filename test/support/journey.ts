import type { Buyer } from '../../src/domain/prescription/buyer.ts'
import type { PrescriptionChoice } from '../../src/embedded/sandbox/sample-prescription.ts'
import { choosePharmacy } from '../../src/usecases/choose-pharmacy.ts'
import type { Caller } from '../../src/usecases/deps.ts'
import { type HandOver, handOver } from '../../src/usecases/hand-over.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { reviewPrescription } from '../../src/usecases/review-prescription.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { submitPrescription } from '../../src/usecases/submit-prescription.ts'
import { takePrescription } from '../../src/usecases/take-prescription.ts'
import { aWrite, type TestHub } from './hub.ts'

let packs = 0

/** A trace code that no other test uses. */
export function aTraceCode(): string {
  packs += 1
  return `8${String(process.pid).padStart(7, '0')}${String(packs).padStart(12, '0')}`
}

export const PATIENT = (hub: TestHub): Caller => ({
  kind: 'patient',
  id: 'link',
  regionCode: hub.world.regionCode,
})

/** The patient, who comes in person with the papers of every region. */
export const THE_PATIENT: Buyer = {
  relation: 'patient',
  identityChecked: true,
  papers: ['identity-card', 'insurance-card', 'handbook'],
}

/** Walks prescriptions to a state through the use cases, each step with its defaults. */
export function walker(hub: TestHub) {
  const { deps, world } = hub
  const pharmacy = hub.pharmacy()
  const patient = PATIENT(hub)
  const walk = {
    async submitted(choice: PrescriptionChoice = {}) {
      const hospital = hub.hospital(choice.hospital?.institutionId)
      const envelope = hub.envelope(choice, ['insurance-office'])
      const { body } = await submitPrescription(deps, hospital, aWrite(hospital), envelope)
      return { no: body.prescriptionNo, receipt: body, content: envelope.content }
    },
    choose: (no: string, pharmacyId = pharmacy.institutionId) =>
      choosePharmacy(deps, patient, aWrite(patient), no, pharmacyId),
    take: (no: string, by = pharmacy) => takePrescription(deps, by, aWrite(by), { prescriptionNo: no }),
    review: (no: string, by = pharmacy, pharmacistId = world.cast.pharmacist.practitionerId) =>
      reviewPrescription(deps, by, aWrite(by), no, { pharmacistId, decision: 'approve', buyer: THE_PATIENT }),
    async chosen(choice: PrescriptionChoice = {}) {
      const it = await walk.submitted(choice)
      await walk.choose(it.no)
      return it
    },
    async held(choice: PrescriptionChoice = {}) {
      const it = await walk.chosen(choice)
      const { body } = await walk.take(it.no)
      return { ...it, taken: body }
    },
    async reviewed(choice: PrescriptionChoice = {}) {
      const it = await walk.held(choice)
      await walk.review(it.no)
      return it
    },
    lines: (content: { lines: readonly { lineNo: number; quantity: string; drugCode: string }[] }) =>
      content.lines.map((line) => ({
        lineNo: line.lineNo,
        quantity: line.quantity,
        unitPriceFen:
          world.stock.find((s) => s.pharmacyId === pharmacy.institutionId && s.drugCode === line.drugCode)
            ?.unitPriceFen ?? 1000,
      })),
    async settling(choice: PrescriptionChoice = {}) {
      const it = await walk.reviewed(choice)
      const { body } = await requestSettlement(deps, pharmacy, aWrite(pharmacy), it.no, {
        lines: walk.lines(it.content),
      })
      return { ...it, settlementId: body.settlementId }
    },
    async settled(choice: PrescriptionChoice = {}) {
      const it = await walk.settling(choice)
      await settlePrescription(deps, { regionCode: world.regionCode, settlementId: it.settlementId })
      return it
    },
    handOverOf: (content: { lines: readonly { lineNo: number }[] }): HandOver => ({
      pharmacistId: world.cast.pharmacist.practitionerId,
      statementSignatureRef: 'SIGN-1',
      papersIssued: ['receipt', 'fee-list', 'fee-seal'],
      delivery: { way: 'counter', feeFen: 0, coldChain: 'ice-pack', adviceGiven: true },
      lines: content.lines.map((line) => ({
        lineNo: line.lineNo,
        batchNo: 'B1',
        expiresOn: '2028-01-01',
        traceCodes: [aTraceCode()],
      })),
    }),
    async dispensed(choice: PrescriptionChoice = {}) {
      const it = await walk.settled(choice)
      await handOver(deps, pharmacy, aWrite(pharmacy), it.no, walk.handOverOf(it.content))
      return it
    },
    async stateOf(no: string): Promise<string> {
      const { rows } = await deps.pool.query(
        'select state from prescription_state where prescription_no = $1',
        [no],
      )
      return rows[0]?.state
    },
  }
  return walk
}
