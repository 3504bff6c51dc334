import type { AnySchema } from 'ajv'
import type { FastifySchemaCompiler } from 'fastify'
import { fieldFaults, type SchemaError } from '../../domain/field-fault.ts'
import { Problem } from '../../domain/problems.ts'
import { schemaChecks } from '../plugins/schema-checks.ts'
import { plainly } from './demands.ts'

let compile: FastifySchemaCompiler<AnySchema> | undefined

/**
 * A check of what a form says against the schema of the API.
 *
 * @typeParam Body the type of the schema
 * @returns the body, typed; compiled when it is first asked
 * @throws Problem malformed with the fields at fault
 */
export function checkedBy<Body>(schema: AnySchema): (body: object) => Body {
  let check: ReturnType<FastifySchemaCompiler<AnySchema>> | undefined
  return (body) => {
    compile ??= schemaChecks()
    check ??= compile({ schema, method: 'POST', url: '/counter', httpPart: 'body' })
    if (check(body)) return body as Body
    const errors = check.errors as readonly SchemaError[]
    throw new Problem('malformed', { fields: fieldFaults(errors, '/body').map(plainly) })
  }
}
