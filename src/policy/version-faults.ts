import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { decisionFault } from '../domain/rules/founded.ts'
import type { AppliedRule, Figure, PolicyDocument, PolicyVersion } from '../domain/rules/policy-version.ts'
import { VOCABULARY } from '../domain/rules/vocabulary.ts'
import { planFaults } from '../domain/settlement/plan-faults.ts'
import { CHECKS as ADMISSION_CHECKS } from '../domain/workflows/checks/vocabulary.ts'
import { workflowFaults } from '../domain/workflows/workflow-faults.ts'

/** Something wrong, and where: a JSON pointer into the version. */
export interface Fault {
  readonly path: string
  readonly message: string
}

const ajv = new Ajv2020({ allErrors: true })
const CHECKS: ReadonlyMap<string, ValidateFunction> = new Map(
  [...VOCABULARY].map(([name, rule]) => [name, ajv.compile(rule.parameters)]),
)

/**
 * Finds what the JSON Schema of a policy file cannot say: unknown rules and parameters, wrong values, figures whose
 * status and value disagree, sources of no listed document, cited figures without article.
 *
 * @param version of the right shape
 */
export function versionFaults(version: PolicyVersion): Fault[] {
  const { documents } = version
  const faults = [
    ...figureFaults(version.validity.days, '/validity/days', undefined, documents),
    ...(version.validity.longTermDays === undefined
      ? []
      : figureFaults(version.validity.longTermDays, '/validity/longTermDays', undefined, documents)),
    ...figureFaults(version.hold.minutes, '/hold/minutes', undefined, documents),
    ...(['renewals', 'collectHours', 'graceMinutes', 'refundDays'] as const).flatMap((name) => {
      const figure = version.hold[name]
      return figure === undefined ? [] : figureFaults(figure, `/hold/${name}`, undefined, documents)
    }),
    ...(version.paper === undefined
      ? []
      : figureFaults(version.paper.allowed, '/paper/allowed', undefined, documents)),
    ...(version.paper?.entryDays === undefined
      ? []
      : figureFaults(version.paper.entryDays, '/paper/entryDays', undefined, documents)),
  ]
  if (!version.id.startsWith(`${version.region}/`)) {
    faults.push({ path: '/id', message: `The id of a version begins with its region: ${version.region}/.` })
  }
  for (const [step, rules] of Object.entries(version.steps)) {
    for (const [index, applied] of rules.entries()) {
      faults.push(...ruleFaults(applied, `/steps/${step}/${index}`, documents))
    }
  }
  if (version.settlement !== undefined) {
    for (const { path, message } of planFaults(version.settlement)) {
      faults.push({ path: `/settlement${path}`, message: `Settlement: ${message}.` })
    }
  }
  for (const [index, { source, papers, claimDays }] of (version.reimbursement?.occasions ?? []).entries()) {
    const path = `/reimbursement/occasions/${index}`
    faults.push(...sourceFaults(source, `${path}/source`, documents))
    faults.push(...figureFaults(papers, `${path}/papers`, undefined, documents))
    if (claimDays !== undefined)
      faults.push(...figureFaults(claimDays, `${path}/claimDays`, undefined, documents))
  }
  if (version.stock !== undefined) {
    faults.push(...figureFaults(version.stock.uploadDays, '/stock/uploadDays', undefined, documents))
  }
  if (version.workflows !== undefined) {
    const known = (source: string) => documentOf(source, documents) !== undefined
    for (const { path, message } of workflowFaults(version.workflows, known, admissionParameterFaults)) {
      faults.push({ path: `/workflows${path}`, message: `Workflows: ${message}.` })
    }
  }
  return faults
}

const ADMISSION: ReadonlyMap<string, ValidateFunction> = new Map(
  [...ADMISSION_CHECKS].map(([name, check]) => [name, ajv.compile(check.parameters)]),
)

/** What is wrong with the values given to a check of the admission vocabulary. */
function admissionParameterFaults(check: string, values: Readonly<Record<string, unknown>>): string[] {
  const validate = ADMISSION.get(check)!
  return validate(values)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || check} ${message}`)
}

function ruleFaults(
  applied: AppliedRule,
  path: string,
  documents: Readonly<Record<string, PolicyDocument>>,
): Fault[] {
  const check = CHECKS.get(applied.rule)
  if (check === undefined) {
    return [{ path: `${path}/rule`, message: `No rule of the vocabulary is named "${applied.rule}".` }]
  }
  const faults = sourceFaults(applied.source, `${path}/source`, documents)
  const known = (VOCABULARY.get(applied.rule)!.parameters as { properties: object }).properties
  const entries = Object.entries(applied.parameters)
  for (const [name, figure] of entries) {
    const at = `${path}/parameters/${name}`
    if (!Object.hasOwn(known, name)) {
      faults.push({ path: at, message: `The rule "${applied.rule}" has no parameter "${name}".` })
    } else {
      faults.push(...figureFaults(figure, at, applied, documents))
    }
  }
  const given = entries.filter(([name, { value }]) => Object.hasOwn(known, name) && value !== undefined)
  check(Object.fromEntries(given.map(([name, { value }]) => [name, value])))
  for (const error of check.errors ?? []) {
    if (error.keyword === 'required') {
      const name = String(error.params['missingProperty'])
      if (Object.hasOwn(applied.parameters, name)) continue
      faults.push({ path, message: `The rule "${applied.rule}" needs the parameter "${name}".` })
    } else {
      const [, name = '', ...rest] = error.instancePath.split('/')
      const at = [path, 'parameters', name, 'value', ...rest].join('/')
      const allowed =
        error.keyword === 'enum' ? `: ${(error.params['allowedValues'] as unknown[]).join(', ')}` : ''
      faults.push({ path: at, message: `The value of "${name}" ${error.message}${allowed}.` })
    }
  }
  return faults
}

function figureFaults(
  figure: Figure,
  path: string,
  applied: AppliedRule | undefined,
  documents: Readonly<Record<string, PolicyDocument>>,
): Fault[] {
  const faults = sourceFaults(figure.source, `${path}/source`, documents)
  if (figure.status === 'unset' && figure.value !== undefined) {
    faults.push({ path: `${path}/value`, message: 'An unset figure has no value.' })
  }
  if (figure.status !== 'unset' && figure.value === undefined) {
    faults.push({ path, message: `A ${figure.status} figure needs a value.` })
  }
  const undecided = decisionFault(figure)
  if (undecided !== undefined)
    faults.push({ path, message: `${undecided[0]!.toUpperCase()}${undecided.slice(1)}.` })
  // A rule's article speaks for a figure of the same duty only.
  const article = figure.article ?? (applied?.source === figure.source ? applied.article : undefined)
  if (figure.status === 'cited' && article === undefined) {
    faults.push({ path, message: 'A cited figure names the article of its document.' })
  }
  return faults
}

function sourceFaults(
  source: string,
  path: string,
  documents: Readonly<Record<string, PolicyDocument>>,
): Fault[] {
  return documentOf(source, documents) === undefined
    ? [{ path, message: `No listed document has the duty "${source}".` }]
    : []
}

/** The key of the document to which a duty belongs: the longest one that its id begins with. */
export function documentOf(
  source: string,
  documents: Readonly<Record<string, PolicyDocument>>,
): string | undefined {
  return Object.keys(documents)
    .filter((key) => source.startsWith(key.includes('-') ? key : `${key}-`))
    .sort((a, b) => b.length - a.length)[0]
}
