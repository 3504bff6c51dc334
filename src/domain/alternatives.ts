import type { SchemaError } from './field-fault.ts'

/** The part of a schema that tells alternatives apart. */
interface Alternative {
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, { readonly const?: unknown } | undefined>>
}

/**
 * Of errors about `oneOf` and `if` only what says what is so. A validator reports what is wrong with every alternative,
 * most of which the caller did not mean:
 * - an alternative that the caller chose, by a constant or by a member of its own, is the only one that is talked of;
 * - where none or several were chosen, one error names what to choose from.
 *
 * @param errors as Ajv reports them with `verbose`
 */
export function withoutAlternatives(errors: readonly SchemaError[]): readonly SchemaError[] {
  const choices = errors.filter(({ keyword, schema }) => keyword === 'oneOf' && Array.isArray(schema))
  const isConditional = errors.some(({ keyword }) => keyword === 'if')
  if (choices.length === 0 && !isConditional) return errors
  return choices
    .reduce<readonly SchemaError[]>((rest, choice) => {
      const verdict = choose(choice.schema as readonly Alternative[], choice.data)
      const isOf = (error: SchemaError) =>
        error.instancePath.startsWith(choice.instancePath) &&
        error.schemaPath.startsWith(`${choice.schemaPath}/`)
      if (typeof verdict !== 'number') {
        const told = { ...choice, ...verdict, instancePath: choice.instancePath + (verdict.at ?? '') }
        return rest.flatMap((error) => (error === choice ? [told] : isOf(error) ? [] : [error]))
      }
      const chosen = `${choice.schemaPath}/${verdict}/`
      return rest.filter((error) => error !== choice && (!isOf(error) || error.schemaPath.startsWith(chosen)))
    }, errors)
    .filter(({ keyword }) => keyword !== 'if' || errors.length === 1)
}

interface NoChoice extends Pick<SchemaError, 'keyword' | 'params'> {
  /** The member that chooses, as the end of a pointer. */
  readonly at?: string
}

/** The number of the alternative that `data` chose, or what it should have chosen from. */
function choose(alternatives: readonly Alternative[], data: unknown): number | NoChoice {
  const record = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>
  const constants = alternatives.flatMap(({ properties = {} }, index) =>
    Object.entries(properties).flatMap(([name, schema]) =>
      schema !== undefined && 'const' in schema ? [{ index, name, value: schema.const }] : [],
    ),
  )
  if (constants.length > 0) {
    const { name } = constants[0]!
    const chosen = constants.find(({ value }) => record[name] === value)
    if (chosen !== undefined) return chosen.index
    if (!Object.hasOwn(record, name)) return { keyword: 'required', params: { missingProperty: name } }
    return { keyword: 'enum', params: { allowedValues: constants.map(({ value }) => value) }, at: `/${name}` }
  }
  const own = alternatives.map(({ required = [] }) =>
    required.filter((name) => alternatives.some((other) => !other.required?.includes(name))),
  )
  const chosen = own.flatMap((names, index) =>
    names.some((name) => Object.hasOwn(record, name)) ? [index] : [],
  )
  if (chosen.length === 1) return chosen[0]!
  return { keyword: 'oneOf', params: { alternatives: own.map((names) => names.join(' + ')) } }
}
