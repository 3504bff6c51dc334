import type { Bilingual, Finding } from '../../domain/finding.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import type { AdmissionFacts } from '../../domain/workflows/application.ts'
import { criteriaOf, type Lack, lackOf, papersNeeded } from '../../domain/workflows/complete.ts'
import { type DeadlineTerms, nextStep } from '../../domain/workflows/decide-admission.ts'
import { type Due, dueOf } from '../../domain/workflows/due-day.ts'
import type {
  AdmissionFields,
  Criterion,
  StepActor,
  Workflow,
  WorkflowStep,
} from '../../domain/workflows/workflow.ts'
import type { AdmissionEvent, ApplicationRow } from '../../storage/admissions/application.ts'
import type { PaperRow } from '../../storage/admissions/papers.ts'

/** A paper as callers see it. */
export type PaperView = Omit<PaperRow, 'addedAt'> & { readonly addedAt: string }

/** An application as its callers see it. */
export interface ApplicationView {
  readonly applicationNo: string
  readonly workflow: string
  readonly title: Bilingual
  readonly policyVersion: string
  readonly subject: ApplicationRow['subject']
  readonly applicantId?: string
  readonly status: ApplicationRow['status']
  readonly revision: number
  readonly fields: AdmissionFields
  /** The step that waits; absent when decided. */
  readonly waitsFor?: {
    readonly step: string
    readonly title: Bilingual
    readonly by: StepActor
    readonly lacks: Lack
    readonly criteria: readonly Criterion[]
    readonly dueOn?: string
    readonly dueUnknown?: NonNullable<Due['dueUnknown']>
    readonly isOverdue: boolean
  }
  readonly papersNeeded: readonly { readonly code: string; readonly title: Bilingual }[]
  readonly papers: readonly PaperView[]
  readonly steps: readonly {
    readonly step: string
    readonly decision: string
    readonly by: string
    readonly signedBy: string
    readonly at: string
    readonly reason?: string
    readonly explained: boolean
    readonly findings: readonly Finding[]
  }[]
  readonly openedAt: string
}

/** By when its step is to be taken; what could not be counted then is counted anew, for calendars are entered later. */
function dueNow(workflow: Workflow, step: WorkflowStep, row: ApplicationRow, terms: DeadlineTerms): Due {
  if (row.dueOn !== undefined) return { dueOn: row.dueOn }
  return step === workflow.steps[0] ? {} : dueOf(step, dayOf(row.changedAt), terms.mode, terms.calendar)
}

/** Puts the view of an application together. */
export function viewOf(
  workflow: Workflow,
  row: ApplicationRow,
  facts: AdmissionFacts,
  events: readonly AdmissionEvent[],
  papers: readonly PaperRow[],
  terms: DeadlineTerms,
): ApplicationView {
  const step = nextStep(workflow, row)
  const due = step === undefined ? {} : dueNow(workflow, step, row, terms)
  return {
    applicationNo: row.applicationNo,
    workflow: row.workflow,
    title: workflow.title,
    policyVersion: row.policyVersion,
    subject: row.subject,
    ...(row.applicantId === undefined ? {} : { applicantId: row.applicantId }),
    status: row.status,
    revision: row.revision,
    fields: row.fields,
    ...(step === undefined
      ? {}
      : {
          waitsFor: {
            step: step.name,
            title: step.title,
            by: step.by,
            lacks: lackOf(workflow, step, row, facts),
            criteria: step.answersCriteria === true ? criteriaOf(workflow, row) : [],
            ...due,
            isOverdue: due.dueOn !== undefined && due.dueOn < facts.today,
          },
        }),
    papersNeeded: papersNeeded(workflow, row, facts).map(({ code, title }) => ({ code, title })),
    papers: papers.map(({ addedAt, ...paper }) => ({ ...paper, addedAt: addedAt.toISOString() })),
    steps: events.map((event) => ({
      step: event.step,
      decision: event.decision,
      by: event.actorKind,
      signedBy: event.signedBy,
      at: event.at.toISOString(),
      ...(event.reason === undefined ? {} : { reason: event.reason }),
      explained: event.explained,
      findings: event.findings,
    })),
    openedAt: row.openedAt.toISOString(),
  }
}
