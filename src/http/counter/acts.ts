import type { FromSchema } from 'json-schema-to-ts'
import type { Fields } from '../../domain/text/form-text.ts'
import { checkBuyer } from '../../usecases/check-buyer.ts'
import { deferSettlement } from '../../usecases/defer-settlement.ts'
import type { Deps } from '../../usecases/deps.ts'
import { handOver } from '../../usecases/hand-over.ts'
import { readDossier } from '../../usecases/pharmacy/dossier.ts'
import { requireConcerned, type Supplier } from '../../usecases/pharmacy/supplier.ts'
import { releasePrescription } from '../../usecases/release-prescription.ts'
import { renewHold } from '../../usecases/renew-hold.ts'
import { requestSettlement } from '../../usecases/request-settlement.ts'
import { returnSupplied } from '../../usecases/return-goods.ts'
import { reverseSettlement } from '../../usecases/reverse-settlement.ts'
import { reviewPrescription } from '../../usecases/review-prescription.ts'
import type { StaffPerson } from '../../usecases/staff/session.ts'
import { takePrescription } from '../../usecases/take-prescription.ts'
import type { WriteRequest } from '../../usecases/write.ts'
import {
  buyerBody,
  deferBody,
  handOverBody,
  releaseBody,
  reverseBody,
  reviewBody,
  supplyReturnBody,
} from '../pharmacy/bodies.ts'
import { supplyBody } from '../pharmacy/supply-body.ts'
import { checkedBy } from './checked.ts'
import { pharmacistOf } from './counter.ts'
import { buyerOf, handOverOf, returnOf, reviewOf, supplyOf } from './form-bodies.ts'

/** Something that is done with a prescription by a form. */
export type Act = (
  deps: Deps,
  person: StaffPerson & { readonly supplier: Supplier },
  write: WriteRequest,
  no: string,
  fields: Fields,
) => Promise<{
  /** Code of the notice that the next page begins with. */
  readonly told: string
  /** The prescription is no longer the pharmacy's. */
  readonly isGone?: boolean
}>

/** What is to be settled or quoted, checked. */
export const supplying = checkedBy<FromSchema<typeof supplyBody>>(supplyBody)
const reviewing = checkedBy<FromSchema<typeof reviewBody>>(reviewBody)
const buying = checkedBy<FromSchema<typeof buyerBody>>(buyerBody)
const releasing = checkedBy<FromSchema<typeof releaseBody>>(releaseBody)
const deferring = checkedBy<FromSchema<typeof deferBody>>(deferBody)
const reversing = checkedBy<FromSchema<typeof reverseBody>>(reverseBody)
const handingOver = checkedBy<FromSchema<typeof handOverBody>>(handOverBody)
const returning = checkedBy<FromSchema<typeof supplyReturnBody>>(supplyReturnBody)

/** The line numbers of a prescription. */
export async function numbersOf(deps: Deps, supplier: Supplier, no: string): Promise<number[]> {
  return (await readDossier(deps, supplier, no)).lines.map(({ lineNo }) => lineNo)
}

/** The line numbers of the newest supply, with its id. */
async function suppliedBy(deps: Deps, supplier: Supplier, no: string) {
  const { dispense } = await readDossier(deps, supplier, no)
  const numbers = [...new Set((dispense?.lines ?? []).map(({ lineNo }) => lineNo))]
  return { numbers, dispenseId: dispense?.dispenseId ?? '' }
}

/** Everything that forms do, by the last part of their address; each is the use case that programs call, too. */
export const ACTS: Readonly<Record<string, Act>> = {
  async take(deps, { supplier }, write, no) {
    await takePrescription(deps, supplier, write, { prescriptionNo: no })
    return { told: 'taken' }
  },
  async renew(deps, { supplier }, write, no) {
    await requireConcerned(deps.pool, supplier, no)
    await renewHold(deps, supplier, write, no)
    return { told: 'renewed' }
  },
  async review(deps, person, write, no, fields) {
    const { supplier } = person
    await requireConcerned(deps.pool, supplier, no)
    const review = reviewing(reviewOf(fields, pharmacistOf(person)))
    await reviewPrescription(deps, supplier, write, no, review)
    return { told: review.decision === 'refuse' ? 'refused' : 'approved' }
  },
  async buyer(deps, person, write, no, fields) {
    const { supplier } = person
    await requireConcerned(deps.pool, supplier, no)
    const checked = buying({ pharmacistId: pharmacistOf(person), buyer: buyerOf(fields) })
    await checkBuyer(deps, supplier, write, no, checked)
    return { told: 'buyer' }
  },
  async release(deps, { supplier }, write, no, fields) {
    await requireConcerned(deps.pool, supplier, no)
    const { reasonCode } = releasing({ reasonCode: fields['reason'] ?? '' })
    await releasePrescription(deps, supplier, write, no, reasonCode)
    return { told: 'released', isGone: true }
  },
  async settlement(deps, { supplier }, write, no, fields) {
    await requireConcerned(deps.pool, supplier, no)
    const wanted = supplying(supplyOf(fields, await numbersOf(deps, supplier, no)))
    await requestSettlement(deps, supplier, write, no, wanted)
    return { told: 'requested' }
  },
  async defer(deps, { supplier }, write, no, fields) {
    await requireConcerned(deps.pool, supplier, no)
    const { reasonCode } = deferring({ reasonCode: fields['reason'] ?? '' })
    await deferSettlement(deps, supplier, write, no, reasonCode)
    return { told: 'deferred' }
  },
  async reverse(deps, { supplier }, write, no, fields) {
    await requireConcerned(deps.pool, supplier, no)
    const wanted = { reasonCode: fields['reason'] ?? '', patientPaid: fields['patient-paid'] === 'yes' }
    const { reasonCode, patientPaid } = reversing(wanted)
    await reverseSettlement(deps, supplier, write, no, reasonCode, patientPaid)
    return { told: 'reversed' }
  },
  async 'hand-over'(deps, person, write, no, fields) {
    const { supplier } = person
    await requireConcerned(deps.pool, supplier, no)
    const { numbers } = await suppliedBy(deps, supplier, no)
    const given = handingOver(handOverOf(fields, numbers, pharmacistOf(person)))
    await handOver(deps, supplier, write, no, given)
    return { told: 'handed-over' }
  },
  async return(deps, { supplier }, write, no, fields) {
    await requireConcerned(deps.pool, supplier, no)
    const { numbers, dispenseId } = await suppliedBy(deps, supplier, no)
    await returnSupplied(deps, supplier, write, { ...returning(returnOf(fields, numbers)), dispenseId })
    return { told: 'returned' }
  },
}
