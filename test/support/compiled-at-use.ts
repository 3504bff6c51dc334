import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'
import type { AppParts } from '../../src/app.ts'
import { schemaChecks } from '../../src/http/plugins/schema-checks.ts'

/** Compiles when it is first called, not when it is made. */
function atUse<Route, Compiled extends (value: never) => unknown>(
  compile: (route: Route) => Compiled,
): (route: Route) => Compiled {
  return (route) => {
    let compiled: Compiled | undefined
    const call = (value: never) => {
      compiled ??= compile(route)
      const answer = compiled(value)
      if ('errors' in compiled) Object.assign(call, { errors: compiled.errors })
      return answer
    }
    return call as unknown as Compiled
  }
}

/**
 * For applications that answer a few requests and end: a third of a test's time was compiling the schemas of two hundred
 * routes. What is compiled is what the hub compiles.
 */
export const compiledAtUse: NonNullable<AppParts['schemaController']> = {
  compilersFactory: {
    buildValidator: () => atUse(schemaChecks() as never) as never,
    buildSerializer: (schemas, options) =>
      atUse(SerializerSelector()(schemas as never, options as never)) as never,
  },
}
