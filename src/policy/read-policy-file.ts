import type { ErrorObject } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { LineCounter, parseDocument } from 'yaml'
import type { PolicyVersion } from '../domain/rules/policy-version.ts'
import { periodFaults } from './period-faults.ts'
import { PolicyError, type PolicyFault, yamlFaults } from './policy-fault.ts'
import { policyFileSchema } from './policy-file-schema.ts'
import { placeOf } from './source-map.ts'
import { type Fault, versionFaults } from './version-faults.ts'

interface PolicyFile extends Pick<PolicyVersion, 'region' | 'name' | 'counties' | 'documents'> {
  readonly versions: readonly (PolicyVersion & { readonly gapBefore?: string })[]
}

// Unoptimized: the schema is large, its code runs five times, and optimizing it takes a second of every start.
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, code: { optimize: false } })
addFormats.default(ajv)
const checkShape = ajv.compile<PolicyFile>(policyFileSchema)

/**
 * Reads and checks one policy file.
 *
 * @param text YAML
 * @param file name for the messages
 * @returns the versions in the order of time, frozen
 * @throws PolicyError with every fault found, each with line and column
 */
export function readPolicyFile(text: string, file: string): readonly PolicyVersion[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const refuse = (faults: readonly PolicyFault[]) => {
    if (faults.length > 0) throw new PolicyError(faults)
  }
  refuse(yamlFaults(document, lines, file))
  const placed = ({ path, message }: Fault) => ({ file, ...placeOf(document, lines, path), message })
  const content: unknown = document.toJS({ maxAliasCount: 10_000 })
  if (!checkShape(content)) throw new PolicyError(shapeFaults(checkShape.errors ?? []).map(placed))
  const { versions, ...head } = content
  const complete = versions.map((version) => complement(version, head))
  refuse(
    [
      ...complete.flatMap((version, index) =>
        versionFaults(version).map(({ path, message }) => ({ path: `/versions/${index}${path}`, message })),
      ),
      ...periodFaults(versions),
    ].map(placed),
  )
  return freeze(complete)
}

/** Writes out what the file may leave unsaid: rules without parameters, null for no value. */
function complement(
  { gapBefore: _, ...version }: PolicyFile['versions'][number],
  { region, name, counties, documents }: Omit<PolicyFile, 'versions'>,
): PolicyVersion {
  const figure = <F extends { readonly value?: unknown }>({ value, ...rest }: F): F =>
    (value === null || value === undefined ? rest : { value, ...rest }) as F
  const steps = Object.entries(version.steps).map(([step, rules]) => [
    step,
    rules.map((applied) => ({
      ...applied,
      parameters: Object.fromEntries(
        Object.entries(applied.parameters ?? {}).map(([key, value]) => [key, figure(value)]),
      ),
    })),
  ])
  return {
    ...version,
    region,
    name,
    counties,
    documents,
    validity: {
      days: figure(version.validity.days),
      ...(version.validity.longTermDays === undefined
        ? {}
        : { longTermDays: figure(version.validity.longTermDays) }),
    },
    hold: {
      minutes: figure(version.hold.minutes),
      ...(version.hold.renewals === undefined ? {} : { renewals: figure(version.hold.renewals) }),
      ...(version.hold.collectHours === undefined ? {} : { collectHours: figure(version.hold.collectHours) }),
      ...(version.hold.graceMinutes === undefined ? {} : { graceMinutes: figure(version.hold.graceMinutes) }),
      ...(version.hold.refundDays === undefined ? {} : { refundDays: figure(version.hold.refundDays) }),
    },
    steps: Object.fromEntries(steps),
  }
}

function shapeFaults(errors: readonly ErrorObject[]): Fault[] {
  return errors
    .filter(({ keyword }) => keyword !== 'if')
    .map(({ instancePath, keyword, params, message }) => {
      if (keyword === 'additionalProperties') {
        const name = String(params['additionalProperty'])
        return { path: `${instancePath}/${name}`, message: `Nothing here is named "${name}".` }
      }
      if (keyword === 'required') {
        return { path: instancePath, message: `"${params['missingProperty']}" is missing.` }
      }
      const allowed = keyword === 'enum' ? `: ${(params['allowedValues'] as unknown[]).join(', ')}` : ''
      const name = instancePath.split('/').at(-1) ?? ''
      return { path: instancePath, message: `"${name}" ${message}${allowed}.` }
    })
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const member of Object.values(value)) freeze(member)
  }
  return value
}
