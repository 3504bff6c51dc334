import { type AdmissionFacts, type Application, isWhen } from './application.ts'
import type { Criterion, FieldName, PaperNeed, Workflow, WorkflowStep } from './workflow.ts'

/** What a step still lacks. */
export interface Lack {
  readonly fields: readonly FieldName[]
  /** Codes of papers. */
  readonly papers: readonly string[]
  /** Codes of criteria without an answer. */
  readonly criteria: readonly string[]
}

/** The papers that this application needs. @see SX-4.1 */
export function papersNeeded(
  workflow: Workflow,
  application: Application,
  facts: AdmissionFacts,
): readonly PaperNeed[] {
  return (workflow.papers ?? []).filter(({ when }) => isWhen(when, application, facts))
}

/** The criteria of use of the application's drugs: each drug's own, else those for all. @see SC-D2 */
export function criteriaOf(workflow: Workflow, application: Application): readonly Criterion[] {
  const { criteria } = workflow
  if (criteria === undefined) return []
  const found = (application.fields.drugCodes ?? []).flatMap(
    (code) => (criteria[code] ?? criteria['*'])?.value ?? [],
  )
  return [...new Map(found.map((criterion) => [criterion.code, criterion])).values()]
}

/** What is missing before the step can be approved. Papers are asked for from the first step on. */
export function lackOf(
  workflow: Workflow,
  step: WorkflowStep,
  application: Application,
  facts: AdmissionFacts,
): Lack {
  const { fields, papers } = application
  const answers = fields.criteria ?? {}
  return {
    fields: (step.needs ?? []).filter((name) => isEmpty(fields[name])),
    papers: papersNeeded(workflow, application, facts)
      .map(({ code }) => code)
      .filter((code) => !papers.includes(code)),
    criteria:
      step.answersCriteria === true
        ? criteriaOf(workflow, application)
            .map(({ code }) => code)
            .filter((code) => answers[code] === undefined)
        : [],
  }
}

/** Criteria that were answered with no: such an application can only be refused. @see SC-D2 */
export function criteriaNotMet(workflow: Workflow, application: Application): readonly Criterion[] {
  return criteriaOf(workflow, application).filter(
    ({ code }) => application.fields.criteria?.[code] === 'not-met',
  )
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}
