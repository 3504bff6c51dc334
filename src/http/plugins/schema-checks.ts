import { Ajv, type AnySchema } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifySchemaCompiler } from 'fastify'
import { boundedCheck } from '../../domain/bounded-check.ts'
import { readingInstants, takeInstants } from '../../domain/instant-checks.ts'

const OPTIONS = {
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allowUnionTypes: true,
  // Alternatives are told by what was sent; see domain/alternatives.ts. The values never leave the process.
  verbose: true,
} as const

type Check = ReturnType<FastifySchemaCompiler<AnySchema>>

/**
 * The `validatorCompiler` of the application: compiles the schemas of requests. Nothing is converted but
 * instants, which are written in one way from here on (`domain/text/instant-text.ts`).
 */
export function schemaChecks(): FastifySchemaCompiler<AnySchema> {
  const make = (allErrors: boolean) => {
    const ajv = new Ajv({ ...OPTIONS, allErrors })
    addFormats.default(ajv)
    takeInstants(ajv)
    return (schema: AnySchema) => {
      const known = typeof schema === 'object' ? schema['$id'] : undefined
      return (
        (typeof known === 'string' ? ajv.getSchema(known) : undefined) ?? ajv.compile(readingInstants(schema))
      )
    }
  }
  const first = make(false)
  const all = make(true)
  return ({ schema }) => {
    const check = boundedCheck(first(schema), () => all(schema))
    const validate: Check = (value: unknown) => {
      const errors = check(value)
      validate.errors = errors.length === 0 ? null : ([...errors] as NonNullable<Check['errors']>)
      return errors.length === 0
    }
    return validate
  }
}
