import type { Finding } from '../../domain/finding.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import { requireCited } from '../../domain/rules/cited.ts'
import type { Actor, Application } from '../../domain/workflows/application.ts'
import { type Lack, lackOf } from '../../domain/workflows/complete.ts'
import { unexpectedFields } from '../../domain/workflows/decide-admission.ts'
import { uncitedOf } from '../../domain/workflows/figures.ts'
import { judgeChecks, mayNotApply } from '../../domain/workflows/judge-checks.ts'
import { signatureOf, whoMayAct, whyNotActor } from '../../domain/workflows/may-act.ts'
import type { AdmissionFields } from '../../domain/workflows/workflow.ts'
import * as applications from '../../storage/admissions/application.ts'
import { isUniqueViolation } from '../../storage/database.ts'
import type { Caller, Deps } from '../deps.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'
import { gatherAdmissionFacts } from './gather-admission-facts.ts'
import { versionToday, workflowOf } from './workflows-of.ts'

/** Who signs an act within the calling institution: exactly one of the two. */
export interface Signer {
  readonly physicianId?: string
  readonly officerNo?: string
}

/** A new application. */
export interface NewAdmission {
  readonly workflow: string
  /** Person number or institution code, as the workflow's subject is. */
  readonly subjectId: string
  readonly fields: AdmissionFields
  readonly signer: Signer
}

/** What was opened: the step that waits, what it lacks, and what the checks would object to now. */
export interface OpenedAdmission {
  readonly applicationNo: string
  readonly status: 'open'
  readonly step: string
  readonly lacks: Lack
  readonly findings: readonly Finding[]
}

/** The caller and signer as the engine sees them. */
export function actorOf(caller: Caller, signer: Signer): Actor {
  return {
    kind: caller.kind as Actor['kind'],
    id: caller.id,
    ...(caller.institutionId === undefined ? {} : { institutionId: caller.institutionId }),
    ...(signer.physicianId === undefined ? {} : { physicianId: signer.physicianId }),
    ...(signer.officerNo === undefined ? {} : { officerNo: signer.officerNo }),
  }
}

/**
 * Opens an application at its first step, where papers are added before it is submitted. Nothing is decided yet, so
 * what the checks find is told, not refused, unless it forbids to apply (FS-4.2b).
 *
 * @throws Problem rules-failed, workflow-unknown, admission-actor-refused, admission-field-unexpected, admission-open-already,
 * policy-not-cited
 * @see MZ-4.1, CQ-4.1, SX-4.2
 */
export async function openAdmission(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  asked: NewAdmission,
): Promise<Answer<OpenedAdmission>> {
  return await write<OpenedAdmission>(deps, request, async (tx, now) => {
    const version = versionToday(deps, caller, now)
    const workflow = workflowOf(version, asked.workflow)
    requireCited(version, uncitedOf(workflow), deps.mode)
    const first = workflow.steps[0]!
    const actor = actorOf(caller, asked.signer)
    const application: Application = {
      applicationNo: await applications.nextNumber(tx, caller.regionCode, dayOf(now)),
      workflow: workflow.name,
      subject: { kind: workflow.subject, id: asked.subjectId },
      ...(caller.kind === 'hospital' ? { applicantId: caller.institutionId! } : {}),
      fields: asked.fields,
      status: 'open',
      step: first.name,
      papers: [],
      signedBy: {},
    }
    const facts = await gatherAdmissionFacts(deps, tx, caller.regionCode, application, actor, now)
    const fault = whyNotActor(first, application, actor, facts)
    if (fault !== undefined)
      throw new Problem('admission-actor-refused', { details: whoMayAct(first, fault) })
    const unexpected = unexpectedFields(first, asked.fields)
    if (unexpected.length > 0)
      throw new Problem('admission-field-unexpected', { details: { fields: unexpected } })
    const findings = judgeChecks(workflow, application, facts)
    if (mayNotApply(findings)) throw new Problem('rules-failed', { findings })
    try {
      await applications.insert(tx, caller.regionCode, application, version.id, {
        step: first.name,
        decision: 'open',
        actorKind: caller.kind,
        actorId: caller.id,
        signedBy: signatureOf(actor),
        explained: false,
        fields: asked.fields,
        findings,
        at: now,
      })
    } catch (error) {
      if (isUniqueViolation(error, 'admission_open_once')) throw new Problem('admission-open-already')
      throw error
    }
    return {
      status: 201,
      body: {
        applicationNo: application.applicationNo,
        status: 'open',
        step: first.name,
        lacks: lackOf(workflow, first, application, facts),
        findings,
      },
    }
  })
}
