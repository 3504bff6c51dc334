import { type Finding, isRefused } from '../finding.ts'
import type { WorkingCalendar } from '../primitives/working-days.ts'
import type { ProblemCode, ProblemDetails } from '../problems.ts'
import type { Mode } from '../rules/cited.ts'
import type { Actor, AdmissionFacts, AdmissionStatus, Application } from './application.ts'
import { criteriaNotMet, lackOf } from './complete.ts'
import { type Due, dueOf } from './due-day.ts'
import { judgeChecks } from './judge-checks.ts'
import { signatureOf, whoMayAct, whyNotActor } from './may-act.ts'
import { planOutcome, type RegisterPlan } from './outcome.ts'
import type { AdmissionFields, FieldName, Workflow, WorkflowStep } from './workflow.ts'

/** What can be decided at a step. Only the applicant withdraws; `return` sends it back to be completed. */
export type AdmissionVerb = 'approve' | 'refuse' | 'return' | 'withdraw'

/** What the actor says. */
export interface Act {
  readonly step: string
  readonly decision: AdmissionVerb
  readonly fields?: AdmissionFields
  /** Refusal and return: for the patient or the applicant, in their words. */
  readonly reason?: string
  /** Refusal of a person: it was explained to the patient (SX-4.2). */
  readonly explained?: boolean
}

export type AdmissionDecision =
  | {
      readonly kind: 'refusal'
      readonly code: ProblemCode
      readonly findings: readonly Finding[]
      readonly details: ProblemDetails
    }
  | {
      readonly kind: 'transition'
      readonly status: AdmissionStatus
      readonly step: string
      readonly fields: AdmissionFields
      readonly signedBy: string
      /** Warnings, and with a refusal everything that was found. */
      readonly findings: readonly Finding[]
      /** When the next step is due, where the policy says. */
      readonly due: Due
      readonly plan: RegisterPlan
    }

/** By what deadlines are counted. */
export interface DeadlineTerms {
  /** Production counts none that nobody stands behind. */
  readonly mode: Mode
  readonly calendar: WorkingCalendar
}

const NOTHING: RegisterPlan = { end: [], add: [] }

/** The step at which an open application stands; undefined when it is decided. */
export function nextStep(workflow: Workflow, application: Application): WorkflowStep | undefined {
  return application.status === 'open'
    ? workflow.steps.find(({ name }) => name === application.step)
    : undefined
}

/**
 * Decides one act on an application: who may, whether it is complete, what the checks find, and what follows.
 *
 * @see MZ-4.1, MZ-4.2, CQ-4.1, SX-4.2, SC-D2, FS-3.3
 */
export function decideAdmission(
  workflow: Workflow,
  application: Application,
  act: Act,
  actor: Actor,
  facts: AdmissionFacts,
  terms: DeadlineTerms,
): AdmissionDecision {
  const step = nextStep(workflow, application)
  if (step === undefined || step.name !== act.step)
    return refusal('admission-not-at-step', { status: application.status, step: application.step })
  if (act.decision === 'withdraw') return withdrawal(workflow, application, actor, facts, act)
  const fault = whyNotActor(step, application, actor, facts)
  if (fault !== undefined) return refusal('admission-actor-refused', whoMayAct(step, fault))
  const given = act.fields ?? {}
  const unexpected = unexpectedFields(step, given)
  if (unexpected.length > 0) return refusal('admission-field-unexpected', { fields: unexpected })
  const after: Application = { ...application, fields: { ...application.fields, ...given } }
  const findings = judgeChecks(workflow, after, facts)
  const common = { fields: after.fields, signedBy: signatureOf(actor), findings, plan: NOTHING, due: {} }
  const isFirst = workflow.steps[0] === step
  if (act.decision !== 'approve') {
    if (isFirst) return refusal('admission-not-at-step', { status: application.status, step: step.name })
    const lacks = reasonLacks(workflow, act)
    if (lacks.length > 0) return refusal('admission-incomplete', { fields: lacks })
    return act.decision === 'refuse'
      ? { kind: 'transition', status: 'refused', step: step.name, ...common }
      : { kind: 'transition', status: 'open', step: workflow.steps[0]!.name, ...common }
  }
  return approval(workflow, step, after, common, facts, terms)
}

function approval(
  workflow: Workflow,
  step: WorkflowStep,
  after: Application,
  common: {
    fields: AdmissionFields
    signedBy: string
    findings: readonly Finding[]
    plan: RegisterPlan
    due: Due
  },
  facts: AdmissionFacts,
  terms: DeadlineTerms,
): AdmissionDecision {
  const lack = lackOf(workflow, step, after, facts)
  if (lack.fields.length + lack.papers.length + lack.criteria.length > 0)
    return refusal('admission-incomplete', { ...lack })
  const findings = [...common.findings, ...unmetFindings(workflow, after)]
  if (isRefused(findings)) return { ...refusal('rules-failed', {}), findings }
  const next = workflow.steps[workflow.steps.indexOf(step) + 1]
  if (next === undefined)
    return {
      kind: 'transition',
      status: 'approved',
      step: step.name,
      ...common,
      plan: planOutcome(workflow, after, facts),
    }
  return {
    kind: 'transition',
    status: 'open',
    step: next.name,
    ...common,
    due: dueOf(next, facts.today, terms.mode, terms.calendar),
  }
}

/** The fields that the step does not take. */
export function unexpectedFields(step: WorkflowStep, given: AdmissionFields): FieldName[] {
  const known = new Set<FieldName>([
    ...(step.needs ?? []),
    ...(step.mayGive ?? []),
    ...(step.answersCriteria === true ? (['criteria'] as const) : []),
  ])
  return (Object.keys(given) as FieldName[]).filter((name) => !known.has(name))
}

function withdrawal(
  workflow: Workflow,
  application: Application,
  actor: Actor,
  facts: AdmissionFacts,
  act: Act,
): AdmissionDecision {
  const first = workflow.steps[0]!
  const fault = whyNotActor(first, application, actor, facts)
  if (fault !== undefined) return refusal('admission-actor-refused', whoMayAct(first, fault))
  return {
    kind: 'transition',
    status: 'withdrawn',
    step: act.step,
    fields: application.fields,
    signedBy: signatureOf(actor),
    findings: [],
    due: {},
    plan: NOTHING,
  }
}

/** A refusal says why, and of a person that it was explained. @see SX-4.2 */
function reasonLacks(workflow: Workflow, act: Act): string[] {
  return [
    ...(act.reason === undefined || act.reason.trim() === '' ? ['reason'] : []),
    ...(act.decision === 'refuse' && workflow.subject === 'person' && act.explained !== true
      ? ['explained']
      : []),
  ]
}

function unmetFindings(workflow: Workflow, application: Application): Finding[] {
  return criteriaNotMet(workflow, application).map(({ code, text }) => ({
    ruleId: workflow.source,
    rule: 'criteria-met',
    article: workflow.article,
    effect: 'reject',
    path: `/fields/criteria/${code}`,
    message: { zh: `不符合用药认定标准：${text.zh}`, en: `A criterion of use is not met: ${text.en}` },
  }))
}

function refusal(code: ProblemCode, details: object): AdmissionDecision & { kind: 'refusal' } {
  return { kind: 'refusal', code, findings: [], details: details as ProblemDetails }
}
