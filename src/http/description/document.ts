/** A schema or any other part of an API description. */
export type Part = { [name: string]: unknown }

export interface MediaType extends Part {
  schema?: Part
  example?: unknown
  examples?: Record<string, { summary?: string; value: unknown }>
}

export interface Response extends Part {
  description?: string
  content?: Record<string, MediaType>
}

export interface Operation extends Part {
  operationId?: string
  description?: string
  parameters?: Part[]
  requestBody?: { content: Record<string, MediaType> }
  responses?: Record<string, Response>
}

/** An API description (OpenAPI 3.1) while it is being completed. */
export interface Description extends Part {
  paths?: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Part>; responses?: Record<string, Response> }
}

/** Every operation of a description. */
export function operationsOf(description: Description): Operation[] {
  return Object.values(description.paths ?? {}).flatMap((methods) => Object.values(methods))
}

export function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Members of a schema that hold values and no schemas. */
const VALUES = new Set(['example', 'examples', 'const', 'enum', 'default'])

/** Visits every schema within a part, the inner ones first. */
export function eachSchema(part: unknown, visit: (schema: Part) => void): void {
  if (Array.isArray(part)) for (const each of part) eachSchema(each, visit)
  if (!isPart(part)) return
  for (const [name, value] of Object.entries(part)) if (!VALUES.has(name)) eachSchema(value, visit)
  visit(part)
}
