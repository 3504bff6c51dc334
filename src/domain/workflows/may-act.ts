import { inForce } from '../facts.ts'
import type { Actor, AdmissionFacts, Application } from './application.ts'
import type { WorkflowStep } from './workflow.ts'

/** Who signs an act: the physician, or client and staff number. */
export function signatureOf(actor: Actor): string {
  return actor.physicianId ?? `${actor.id}/${actor.officerNo ?? ''}`
}

/** What does not fit the actor of a step. */
export type ActorFault = 'caller' | 'institution' | 'physician' | 'officer' | 'not-appointed' | 'same-person'

/** For the details of a refusal: what does not fit, and who may take the step. */
export function whoMayAct({ by }: WorkflowStep, fault: ActorFault) {
  return {
    fault,
    caller: by.caller,
    as: by.as,
    ...(by.roles === undefined ? {} : { roles: by.roles }),
  }
}

/**
 * May the actor take the step? At the step of application the hospital that acts is the applicant.
 *
 * @returns what is wrong, as a code for the details of the refusal; undefined when the actor may
 */
export function whyNotActor(
  step: WorkflowStep,
  application: Application,
  actor: Actor,
  facts: AdmissionFacts,
): ActorFault | undefined {
  const { by } = step
  if (actor.kind !== by.caller) return 'caller'
  if (by.caller === 'hospital' && actor.institutionId !== institutionOf(step, application))
    return 'institution'
  if (by.as === 'physician') {
    if (actor.physicianId === undefined || actor.officerNo !== undefined || !isFiled(step, actor, facts))
      return 'physician'
    if (by.appointed === true && application.fields.physicianIds?.includes(actor.physicianId) !== true)
      return 'not-appointed'
  } else if (actor.officerNo === undefined || actor.physicianId !== undefined) return 'officer'
  const signature = signatureOf(actor)
  return by.otherThan?.some((name) => application.signedBy[name] === signature) === true
    ? 'same-person'
    : undefined
}

function institutionOf(
  { by }: WorkflowStep,
  { applicantId, subject, fields }: Application,
): string | undefined {
  if (by.at === 'subject') return subject.id
  return by.at === 'hospitalId' ? fields.hospitalId : applicantId
}

/** Filed at that hospital in one of the roles, licensed, and not without the insurance qualification. */
function isFiled({ by }: WorkflowStep, actor: Actor, { physicians, today }: AdmissionFacts): boolean {
  const physician = physicians[actor.physicianId!]
  if (physician === undefined || physician.licenceValidTo < today) return false
  const lost = inForce(physician.sanctions, today).some(
    ({ kind }) => kind === 'suspension' || kind === 'qualification-lost',
  )
  return (
    !lost &&
    inForce(physician.filings, today).some(
      ({ institutionId, role }) =>
        institutionId === actor.institutionId && (by.roles as readonly string[]).includes(role),
    )
  )
}
