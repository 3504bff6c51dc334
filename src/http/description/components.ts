import { type Description, isPart, operationsOf, type Part } from './document.ts'
import { NAMES } from './names.ts'

/** Where inner schemas are named by themselves. Conditions and alternatives of another schema are left in their place. */
const NAMED_WITHIN = ['items', 'additionalProperties'] as const

/**
 * Gives every object of requests and answers a name of its own, under `components.schemas`: programs that make types from
 * the description get types that can be named. What is alike has one name: the `title` of its schema, or that of the
 * operation where it stands first.
 */
export function nameSchemas(description: Description): void {
  const schemas: Record<string, Part> = description.components?.schemas ?? {}
  description.components = { ...description.components, schemas }
  const names = new Map<string, string>()

  function named(schema: Part, name: string): Part {
    const text = JSON.stringify(schema)
    const known = names.get(text) ?? free(String(schema['title'] ?? name))
    if (!names.has(text)) {
      names.set(text, known)
      schemas[known] = schema
    }
    return { $ref: `#/components/schemas/${known}` }
  }

  function free(name: string): string {
    for (let count = 1; ; count += 1) {
      const tried = count === 1 ? name : `${name}${count}`
      if (!Object.hasOwn(schemas, tried)) return tried
    }
  }

  /** The same schema with every object in it named, and itself when it is one. */
  function visit(schema: Part, given: string): Part {
    const name = NAMES[given] ?? given
    if (schema['$ref'] !== undefined) return schema
    const component = schema['x-component']
    if (component !== undefined)
      return { $ref: `#/components/schemas/${component}`, description: schema['description'] }
    const own: Part = { ...schema }
    if (isPart(own['properties'])) {
      own['properties'] = Object.fromEntries(
        Object.entries(own['properties']).map(([member, inner]) => [
          member,
          isPart(inner) ? visit(inner, name + pascal(member)) : inner,
        ]),
      )
    }
    for (const place of NAMED_WITHIN)
      if (isPart(own[place]))
        own[place] = visit(own[place], place === 'items' ? singular(name) : `${name}Value`)
    if (Array.isArray(own['oneOf'])) {
      own['oneOf'] = own['oneOf'].map((inner, place) =>
        isPart(inner) && isPart(own['properties']) === false
          ? visit(inner, `${name}Choice${place + 1}`)
          : inner,
      )
    }
    return isNameable(own) ? named(own, name) : own
  }

  for (const operation of operationsOf(description)) {
    const title = pascal(operation.operationId ?? '')
    for (const media of Object.values(operation.requestBody?.content ?? {}))
      if (media.schema !== undefined) media.schema = visit(media.schema, `${title}Request`)
    for (const [status, response] of Object.entries(operation.responses ?? {}))
      for (const media of Object.values(response.content ?? {}))
        if (media.schema !== undefined)
          media.schema = visit(media.schema, `${title}${Number(status) < 400 ? 'Answer' : `Answer${status}`}`)
  }
}

/** Objects whose members are said, and choices among them. */
function isNameable(schema: Part): boolean {
  return (
    (schema['type'] === 'object' &&
      isPart(schema['properties']) &&
      Object.keys(schema['properties']).length > 0) ||
    Array.isArray(schema['oneOf'])
  )
}

function pascal(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')
}

/** What one of several is called. */
function singular(name: string): string {
  if (/ies$/.test(name)) return name.replace(/ies$/, 'y')
  return /[^s]s$/.test(name) ? name.slice(0, -1) : `${name}Item`
}
