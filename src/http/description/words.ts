import { type Description, eachSchema, isPart, operationsOf, type Part } from './document.ts'
import { GLOSSARY } from './glossary.ts'
import { OPERATION_WORDS } from './operations.ts'

/** Gives words to every operation, parameter and property that has none of its own. */
export function addWords(description: Description): void {
  for (const operation of operationsOf(description)) {
    const words = OPERATION_WORDS[operation.operationId ?? '']
    if (words !== undefined) operation.description ??= words
    for (const parameter of operation.parameters ?? []) describe(parameter, String(parameter['name']))
  }
  eachSchema([description.paths, description.components?.schemas], (schema) => {
    const { properties } = schema
    if (!isPart(properties)) return
    // A condition only points at a member that is described where it belongs.
    for (const [name, property] of Object.entries(properties)) if (isPart(property)) describe(property, name)
  })
}

function describe(part: Part, name: string): void {
  const words = GLOSSARY[name]
  // A reference is described where it points.
  if (words !== undefined && part['description'] === undefined && part['$ref'] === undefined)
    part['description'] = words
}
