import { decisionFault } from '../rules/founded.ts'
import type { Figure } from '../rules/policy-version.ts'
import { CHECKS } from './checks/vocabulary.ts'
import type { AppliedCheck, FieldName, Workflow, WorkflowBook } from './workflow.ts'

/** Something wrong, and where: a JSON pointer within the `workflows:` block. */
export interface WorkflowFault {
  readonly path: string
  readonly message: string
}

/** Finds what is wrong with the values given to a check, by its JSON Schema. */
export type ParameterFaults = (check: string, values: Readonly<Record<string, unknown>>) => readonly string[]

/**
 * Finds what the JSON Schema of the block cannot say: names used twice, unknown checks and parameters, checks that
 * read a field no step asks for, steps named that do not exist, figures without value or source.
 *
 * @param isKnownDuty tells whether a listed document has the duty
 */
export function workflowFaults(
  book: WorkflowBook,
  isKnownDuty: (source: string) => boolean,
  parameterFaults: ParameterFaults,
): WorkflowFault[] {
  const faults = duplicates(book.admissions.map(({ name }) => name)).map((name) => ({
    path: '/admissions',
    message: `two workflows are named ${name}`,
  }))
  for (const [index, workflow] of book.admissions.entries())
    faults.push(...ofWorkflow(workflow, `/admissions/${index}`, parameterFaults))
  walk(book, '', (node, path) => {
    const { source, article, status, value } = node as { source?: string; article?: string } & Figure
    if (typeof source !== 'string') return
    if (!isKnownDuty(source)) faults.push({ path, message: `no listed document has the duty ${source}` })
    if (status === undefined) return
    const empty = value === undefined || value === null
    if (empty !== (status === 'unset'))
      faults.push({ path, message: 'a figure has a value exactly when its status is not unset' })
    if (status === 'cited' && article === undefined)
      faults.push({ path, message: 'a cited figure names its article' })
    const undecided = decisionFault(node as Figure)
    if (undecided !== undefined) faults.push({ path, message: undecided })
    if (status === 'sample' && (node as Figure).note === undefined)
      faults.push({ path, message: 'a sample says in a note why it is one' })
  })
  return faults
}

function ofWorkflow(workflow: Workflow, path: string, parameterFaults: ParameterFaults): WorkflowFault[] {
  const { steps, papers = [], checks = [], outcomes = [] } = workflow
  const stepNames = steps.map(({ name }) => name)
  const asked = new Set<FieldName>(steps.flatMap(({ needs = [] }) => needs))
  const offered = new Set<FieldName>([...asked, ...steps.flatMap(({ mayGive = [] }) => mayGive)])
  const faults = [
    ...duplicates(stepNames).map((name) => ({
      path: `${path}/steps`,
      message: `two steps are named ${name}`,
    })),
    ...duplicates(papers.map(({ code }) => code)).map((code) => ({
      path: `${path}/papers`,
      message: `two papers are named ${code}`,
    })),
    ...checks.flatMap((applied, index) =>
      ofCheck(applied, `${path}/checks/${index}`, asked, parameterFaults),
    ),
  ]
  steps.forEach(({ by, answersCriteria }, index) => {
    const at = `${path}/steps/${index}`
    const known = stepNames.slice(0, index)
    for (const other of by.otherThan ?? []) {
      if (!known.includes(other)) faults.push({ path: at, message: `no earlier step is named ${other}` })
    }
    const named = steps.slice(0, index).some(({ needs = [] }) => needs.includes('physicianIds'))
    if (by.appointed === true && (by.as !== 'physician' || !named))
      faults.push({
        path: at,
        message: 'a physician is appointed by an earlier step that names physicianIds',
      })
    if ((by.as === 'physician') !== (by.roles !== undefined))
      faults.push({ path: at, message: 'a step names roles exactly when a physician takes it' })
    if (
      (by.caller === 'hospital') === (by.as === 'officer') ||
      (by.caller === 'hospital') !== (by.at !== undefined)
    )
      faults.push({
        path: at,
        message: 'a hospital acts at a place by physician or office, an agency by officer',
      })
    if (answersCriteria === true && workflow.criteria === undefined)
      faults.push({ path: at, message: 'the workflow has no criteria to answer' })
  })
  outcomes.forEach((outcome, index) => {
    const origins = 'fields' in outcome ? Object.values(outcome.fields ?? {}) : []
    for (const origin of origins) {
      if (origin !== 'applicantId' && origin !== 'today' && !offered.has(origin))
        faults.push({ path: `${path}/outcomes/${index}`, message: `no step asks for ${origin}` })
    }
    const isOfPerson = outcome.write === 'qualification' || outcome.write === 'amend'
    if (isOfPerson !== (workflow.subject === 'person'))
      faults.push({ path: `${path}/outcomes/${index}`, message: 'the outcome is not one of the subject' })
  })
  return faults
}

function ofCheck(
  applied: AppliedCheck,
  path: string,
  asked: ReadonlySet<FieldName>,
  parameterFaults: ParameterFaults,
): WorkflowFault[] {
  const check = CHECKS.get(applied.check)
  if (check === undefined) return [{ path, message: `no check is named ${applied.check}` }]
  const values = valuesOf(applied)
  const wrong = parameterFaults(applied.check, values).map((message) => ({ path, message }))
  if (wrong.length > 0) return wrong
  return (check.fields?.(values) ?? [])
    .filter((field) => !asked.has(field))
    .map((field) => ({ path, message: `${applied.check} reads ${field}, which no step asks for` }))
}

/** The parameter values of a check, without the unset ones. */
export function valuesOf({ parameters = {} }: AppliedCheck): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(parameters)
      .filter(([, { value }]) => value !== undefined && value !== null)
      .map(([name, { value }]) => [name, value]),
  )
}

function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}

function walk(node: unknown, path: string, visit: (node: object, path: string) => void): void {
  if (typeof node !== 'object' || node === null) return
  if (!Array.isArray(node)) visit(node, path)
  for (const [key, member] of Object.entries(node)) walk(member, `${path}/${key}`, visit)
}
