import { plainInstant } from './text/instant-text.ts'

/** Marks the texts that a validator rewrites; no published schema holds it. */
const KEYWORD = 'plainInstant'

/** What is needed of Ajv. */
interface Validators {
  addFormat(name: string, isOfIt: (text: string) => boolean): unknown
  addKeyword(keyword: {
    readonly keyword: string
    readonly type: 'string'
    readonly schemaType: 'boolean'
    readonly modifying: true
    readonly errors: false
    readonly validate: (is: boolean, text: string, schema?: unknown, place?: Place) => boolean
  }): unknown
}

/** Where the text stands that a keyword judges. */
interface Place {
  // biome-ignore lint/suspicious/noExplicitAny: as Ajv types it
  readonly parentData: any
  readonly parentDataProperty: string | number
}

/**
 * Lets `format: date-time` take instants however they can be written, and read them as the hub keeps them where the
 * schema was marked by `readingInstants`.
 */
export function takeInstants(ajv: Validators): void {
  ajv.addFormat('date-time', (text: string) => plainInstant(text) !== undefined)
  ajv.addKeyword({
    keyword: KEYWORD,
    type: 'string',
    schemaType: 'boolean',
    modifying: true,
    errors: false,
    validate: (_is: boolean, text: string, _schema?: unknown, place?: Place) => {
      const plain = plainInstant(text)
      if (plain !== undefined && place !== undefined) place.parentData[place.parentDataProperty] = plain
      return true
    },
  })
}

/** The same schema, whose instants are rewritten in the value that is checked. */
export function readingInstants<Schema>(schema: Schema): Schema {
  return marked(schema) as Schema
}

function marked(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(marked)
  if (part === null || typeof part !== 'object') return part
  const copy = Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, marked(inner)]))
  return copy['format'] === 'date-time' ? { ...copy, [KEYWORD]: true } : copy
}

/** The members of a schema that are instants, by name. */
export function instantMembers(schema: unknown): ReadonlySet<string> {
  const names = new Set<string>()
  const ahead: unknown[] = [schema]
  for (let part = ahead.pop(); part !== undefined; part = ahead.pop()) {
    if (part === null || typeof part !== 'object') continue
    for (const [name, inner] of Object.entries(part)) {
      if ((inner as { format?: unknown } | null)?.format === 'date-time') names.add(name)
      ahead.push(inner)
    }
  }
  return names
}
