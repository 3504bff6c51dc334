import { chooseOnPage } from '../support/http-way.ts'
import { THE_PATIENT } from '../support/journey.ts'
import { type Day, Find, heard, pharmacistAt, pharmacyAt, trace } from './day.ts'
import { endByCancel, type Prescription, setFree } from './model.ts'
import type { Of } from './steps.ts'

/** The hospital sends a prescription. */
export async function push(day: Day, step: Of<'push'>): Promise<void> {
  const { hub, as } = day.it
  const { cast } = hub.world
  const people = [cast.person, cast.employee, cast.resident, cast.assisted, cast.specialDiseasePerson]
  const person = people[step.person]!
  const drugs = [cast.drug, cast.publicPriceDrug].slice(0, step.quantities.length)
  const sample = hub.envelope({ person, drugs }).content
  const lines = sample.lines.map((line, at) => ({ ...line, quantity: String(step.quantities[at]) }))
  const { document, signature, content } = hub.envelope({ person, drugs, document: { lines } }, [
    'insurance-office',
  ])
  const body = { document: document.toString('base64'), signature: signature.toString('base64') }
  const got = await as(hub.hospital(content.hospital.institutionId), 'POST', '/hospital/prescriptions', {
    body,
  })
  if (!heard(day, step, true, got)) return
  const prescription: Prescription = {
    no: got.body.prescriptionNo,
    link: got.body.patientLink,
    ending: content.patient.idNumber.slice(-6),
    prescribed: step.quantities,
    expiresAt: new Date(got.body.expiresAt),
    state: 'open',
    isCancelPending: false,
    isCancelled: false,
    supplies: [],
  }
  day.slots[step.slot]!.unshift(prescription)
  day.prescriptions.push(prescription)
}

/** The patient chooses a pharmacy on the page. */
export async function choose(day: Day, prescription: Prescription, step: Of<'choose'>): Promise<void> {
  const { institutionId } = pharmacyAt(day, step.place)
  const isAllowed = prescription.state === 'open' || prescription.state === 'chosen'
  const status = await chooseOnPage(day.it, prescription.link, prescription.ending, institutionId)
  if (status >= 500) throw new Find(`choose: ${status}`)
  if (isAllowed) Object.assign(prescription, { state: 'chosen', place: step.place })
  // The page leads back to itself, whether or not there was something to choose: the choice is read.
  const told = (await trace(day, prescription)).status
  const chosen = isAllowed ? institutionId : told.pharmacyId
  if (told.state !== prescription.state || told.pharmacyId !== chosen)
    throw new Find(`choose: ${status}, and then it is ${told.state}, not ${prescription.state}`)
}

/** A pharmacy takes it, or asks again for what it holds. */
export async function take(day: Day, prescription: Prescription, step: Of<'take'>): Promise<void> {
  // Who holds it already is told its own hold again.
  const isAllowed =
    ['chosen', 'held', 'reviewed'].includes(prescription.state) && prescription.place === step.place
  const body = { prescriptionNo: prescription.no }
  const got = await day.it.as(pharmacyAt(day, step.place), 'POST', '/pharmacy/takes', { body })
  if (!heard(day, step, isAllowed, got)) return
  const { dispenseId, holdUntil } = got.body
  if (prescription.state === 'chosen')
    Object.assign(prescription, { state: 'held', dispenseId, holdUntil: new Date(holdUntil) })
  else if (dispenseId !== prescription.dispenseId || holdUntil !== prescription.holdUntil!.toISOString())
    throw new Find('take: another hold than the own one')
}

/** The pharmacist approves or refuses. */
export async function review(
  day: Day,
  prescription: Prescription,
  step: Of<'approve' | 'refuse'>,
): Promise<void> {
  const isAllowed =
    prescription.state === 'held' &&
    prescription.place === step.place &&
    (step.do === 'refuse' || !prescription.isCancelPending)
  const pharmacistId = pharmacistAt(day, step.place)
  const body =
    step.do === 'approve'
      ? { pharmacistId, decision: 'approve', buyer: THE_PATIENT }
      : { pharmacistId, decision: 'refuse', reasonCode: 'other' }
  const got = await day.it.as(
    pharmacyAt(day, step.place),
    'POST',
    `/pharmacy/prescriptions/${prescription.no}/review`,
    { body },
  )
  if (heard(day, step, isAllowed, got)) prescription.state = step.do === 'approve' ? 'reviewed' : 'refused'
}

/** The pharmacy gives it back. */
export async function release(day: Day, prescription: Prescription, step: Of<'release'>): Promise<void> {
  const isAllowed = ['held', 'reviewed'].includes(prescription.state) && prescription.place === step.place
  const body = { reasonCode: 'out-of-stock' }
  const got = await day.it.as(
    pharmacyAt(day, step.place),
    'POST',
    `/pharmacy/prescriptions/${prescription.no}/release`,
    { body },
  )
  if (heard(day, step, isAllowed, got)) setFree(prescription, day.it.hub.now)
}

/** The prescriber or the agency cancels what is not handed over: at once, or once nobody holds it. */
export async function cancel(day: Day, prescription: Prescription, step: Of<'cancel'>): Promise<void> {
  const waits = ['held', 'reviewed', 'settling'].includes(prescription.state)
  const isAllowed = waits || prescription.state === 'open' || prescription.state === 'chosen'
  const { hub, as } = day.it
  const caller = step.by === 'agency' ? hub.agency() : hub.hospital()
  const body = { reasonCode: 'duplicate' }
  const got = await as(caller, 'POST', `/${step.by}/prescriptions/${prescription.no}/cancel`, { body })
  if (!heard(day, step, isAllowed, got)) return
  if (waits) prescription.isCancelPending = true
  else endByCancel(prescription)
}
