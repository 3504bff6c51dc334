import type { Buyer } from '../../src/domain/prescription/buyer.ts'
import type { PrescriptionChoice } from '../../src/embedded/sandbox/sample-prescription.ts'
import type { Caller } from '../../src/usecases/deps.ts'
import type { SettlementRequest } from '../../src/usecases/request-settlement.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import type { Got, HubApp } from './hub-app.ts'
import { THE_PATIENT, walker } from './journey.ts'

/** What a prescription met on its way over HTTP, step by step. */
export interface Way {
  readonly pushed: Got
  readonly chosen: number
  readonly taken: Got
  readonly reviewed: Got
  readonly requested: Got
  readonly statement: Got
  readonly handed: Got
}

/** What differs from the ordinary way at the settlement. */
export interface Turn {
  /** What changes after the prescription was accepted. */
  readonly accepted?: () => Promise<void>
  /** Who signs besides physician and hospital; the insurance office when absent. */
  readonly signers?: readonly 'insurance-office'[]
  /** Who buys; the patient with every paper when absent. */
  readonly buyer?: Buyer
  /** What changes between review and settlement. */
  readonly before?: () => Promise<void>
  /** The lines as supplied, made from those of the prescription. */
  readonly lines?: (lines: SettlementRequest['lines']) => SettlementRequest['lines']
}

/**
 * Sends a prescription all the way by HTTP: the hospital pushes, the patient opens the link and chooses on the page,
 * the pharmacy takes, reviews, asks for the settlement, reads the statement and hands over.
 */
export async function wayOverHttp(it: HubApp, choice: PrescriptionChoice, turn: Turn = {}): Promise<Way> {
  const { hub, as } = it
  const { cast, regionCode } = hub.world
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const { content, document, signature } = hub.envelope(choice, turn.signers ?? ['insurance-office'])
  const post = (caller: Caller, url: string, body: unknown) => as(caller, 'POST', url, { body })
  const pushed = await post(hub.hospital(content.hospital.institutionId), '/hospital/prescriptions', {
    document: document.toString('base64'),
    signature: signature.toString('base64'),
  })
  const no: string = pushed.body.prescriptionNo
  await turn.accepted?.()
  const chosen = await chooseOnPage(
    it,
    pushed.body.patientLink,
    content.patient.idNumber.slice(-6),
    pharmacy.institutionId,
  )
  const at = `/pharmacy/prescriptions/${no}`
  const taken = await post(pharmacy, '/pharmacy/takes', { prescriptionNo: no })
  const { practitionerId: pharmacistId } = cast.pharmacist
  const reviewed = await post(pharmacy, `${at}/review`, {
    pharmacistId,
    decision: 'approve',
    buyer: turn.buyer ?? THE_PATIENT,
  })
  await turn.before?.()
  const lines = turn.lines?.(walk.lines(content)) ?? walk.lines(content)
  const requested = await post(pharmacy, `${at}/settlement`, { lines })
  await settlePrescription(hub.deps, { regionCode, settlementId: requested.body.settlementId })
  const statement = await as(pharmacy, 'GET', `${at}/settlement`)
  const handed = await post(pharmacy, `${at}/hand-over`, walk.handOverOf(content))
  return { pushed, chosen, taken, reviewed, requested, statement, handed }
}

/** Enters by the link and chooses, as a browser without scripts does. @returns the status of the choice */
export async function chooseOnPage(
  { app }: HubApp,
  link: string,
  ending: string,
  pharmacyId: string,
): Promise<number> {
  const path = new URL(link).pathname
  const send = async (url: string, form: Record<string, string>, cookie = '') =>
    await app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
      payload: new URLSearchParams(form).toString(),
    })
  const entered = await send(path, { ending })
  const cookie = String(entered.headers['set-cookie']).split(';')[0]!
  const page = await app.inject({ url: path, headers: { cookie } })
  const form = /name="form" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
  return (await send(`${path}/choice`, { form, pharmacy: pharmacyId }, cookie)).statusCode
}
