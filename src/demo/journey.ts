import type { Month } from '../domain/clearing/month.ts'
import { dayOf } from '../domain/primitives/civil-day.ts'
import type { PolicyBook } from '../policy/policy-book.ts'
import { agree, closeBooks, pay } from './clearing-steps.ts'
import type { DemoClock } from './demo-clock.ts'
import { followUp, push, refusedAttempt } from './hospital-steps.ts'
import { choose } from './patient-steps.ts'
import { handOver, openInbox, settle, takeAndReview } from './pharmacy-steps.ts'
import type { Printer } from './printer.ts'
import { agencyOf, callerOf, type Stage } from './stage.ts'
import { type SystemClient, systemClient, UnexpectedAnswer } from './system-client.ts'

export interface JourneyOptions {
  readonly hubUrl: string
  readonly regionCode: string
  /** The published policy files, to say which rules were checked. */
  readonly policies: PolicyBook
  readonly print: Printer
  readonly isTerminal: boolean
  /** Left as it was found, whatever happens. */
  readonly clock: DemoClock
}

/** What a journey leaves to look at. */
export interface JourneyResult {
  readonly patientLink: string
  /** The month that was cleared. */
  readonly month: Month
  /** The client that can fetch the statement. */
  readonly pharmacyClientId: string
  /** The pharmacist of the journey's pharmacy, to work on in a browser. */
  readonly pharmacistLink: string
  /** Link and second factor of that prescription's patient; absent when none could be left. */
  readonly waiting?: { readonly patientLink: string; readonly ending: string }
}

/**
 * One whole journey against a running sandbox, over HTTP, as hospital, patient, pharmacy and agency, until the
 * pharmacy has its money.
 *
 * @throws UnexpectedAnswer at the first step that does not go as it should
 */
export async function runJourney(options: JourneyOptions): Promise<JourneyResult> {
  const { hubUrl, regionCode, policies, print, clock } = options
  const sandbox = await json(`${hubUrl}/sandbox?region=${regionCode}`)
  const policy = policies.inForce(regionCode, dayOf(await clock.now()))
  if (policy === undefined) throw new UnexpectedAnswer(`no policy is in force in ${regionCode}`)
  const stage: Stage = {
    hubUrl,
    region: sandbox.regions[0],
    intermediatePem: sandbox.authority.intermediateCertificatePem,
    policy,
    clock,
    print,
  }
  print.title(
    `${policy.name.zh}：一张处方从签名到清算拨付`,
    `${policy.name.en}: one prescription from signature to payment, by outside clients over HTTP`,
  )
  const [hospitalId, pharmacyId] = [
    stage.region.cast.hospital.institutionId,
    stage.region.cast.designatedPharmacy.institutionId,
  ]
  const hospital = await systemClient(hubUrl, callerOf(stage, hospitalId))
  const pharmacy = await systemClient(hubUrl, callerOf(stage, pharmacyId))
  const inbox = openInbox(pharmacy)
  const people = stage.region.people
  const pharmacist = people.find((who) => who.role === 'pharmacist' && who.institutionId === pharmacyId)
  if (pharmacist === undefined) throw new UnexpectedAnswer('the sandbox has no pharmacist to sign in as')
  let done: { readonly patientLink: string; readonly month: Month }
  try {
    await refusedAttempt(stage, hospital)
    const prescription = await push(stage, hospital)
    const code = await choose(stage, prescription, pharmacyId, options.isTerminal)
    await takeAndReview(stage, pharmacy, inbox, prescription, code)
    const settled = await settle(stage, pharmacy, inbox, prescription)
    await handOver(stage, pharmacy, prescription)
    await followUp(stage, hospital, prescription)
    const agency = await systemClient(hubUrl, agencyOf(stage))
    const month = await closeBooks(stage, agency)
    await agree(stage, agency, pharmacy, month, prescription, settled)
    await pay(stage, agency, pharmacy, month)
    done = { patientLink: prescription.patientLink, month }
  } finally {
    inbox.close()
    await clock.putBack()
  }
  const waiting = await leaveOneWaiting(stage, hospital, pharmacyId, options.isTerminal)
  return {
    ...done,
    pharmacyClientId: pharmacy.clientId,
    pharmacistLink: pharmacist.signIn,
    ...(waiting === undefined ? {} : { waiting }),
  }
}

/** Leaves a prescription in the pharmacy's queue for whoever tries the pages; none once all samples are used up. */
async function leaveOneWaiting(
  stage: Stage,
  hospital: SystemClient,
  pharmacyId: string,
  isTerminal: boolean,
): Promise<JourneyResult['waiting']> {
  stage.print.title(
    '再开一张处方，留给您在浏览器里试',
    'One more prescription, left for you to try in a browser',
  )
  try {
    const prescription = await push(stage, hospital)
    await choose(stage, prescription, pharmacyId, isTerminal)
    const { patientLink, document } = prescription
    return { patientLink, ending: document.patient.idNumber.slice(-6) }
  } catch (error) {
    if (error instanceof UnexpectedAnswer) return undefined
    throw error
  }
}

// biome-ignore lint/suspicious/noExplicitAny: an outside client knows the description only
async function json(url: string): Promise<any> {
  const answer = await fetch(url)
  if (answer.status !== 200) throw new UnexpectedAnswer(`${new URL(url).pathname} answers ${answer.status}`)
  return await answer.json()
}
