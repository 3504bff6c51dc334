// Writes src/types.ts from the API description: `npm run client-types`. A test holds that it is up to date.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The types of an API description, as TypeScript. */
export function typesOf(description) {
  const schemas = Object.entries(description.components.schemas).sort(([a], [b]) => (a < b ? -1 : 1))
  const operations = Object.entries(description.paths)
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, it]) => ({ path, method, it })))
    .filter(({ it }) => it.operationId !== undefined)
    .sort((a, b) => (a.it.operationId < b.it.operationId ? -1 : 1))
  return [
    '// Made from the API description by generate.mjs; not to be changed by hand.',
    '',
    ...schemas.flatMap(([name, schema]) => [
      ...comment(schema, ''),
      `export type ${name} = ${typeOf(schema, '')}`,
      '',
    ]),
    '/** What each operation takes and answers, by its id. */',
    'export interface Operations {',
    ...operations.flatMap(({ it }) => [...comment(it, '  '), `  ${it.operationId}: ${operationType(it)}`]),
    '}',
    '',
    '/** Method and path of each operation. */',
    'export const OPERATIONS: { readonly [Id in keyof Operations]: readonly [method: string, path: string] } = {',
    ...operations.map(
      ({ path, method, it }) => `  ${it.operationId}: ['${method.toUpperCase()}', '${path}'],`,
    ),
    '}',
    '',
  ].join('\n')
}

function comment({ summary, description }, indent) {
  const text = (summary ?? description ?? '').split('\n')[0].replaceAll('*/', '*\\/')
  return text === '' ? [] : [`${indent}/** ${text} */`]
}

function operationType({ parameters = [], requestBody, responses }) {
  const of = (place) => parameters.filter((parameter) => parameter.in === place)
  const group = (name, list) =>
    list.length === 0
      ? []
      : [
          `readonly ${name}${list.some(({ required }) => required) ? '' : '?'}: { ${list.map(parameterType).join('; ')} }`,
        ]
  const body = requestBody === undefined ? [] : [`readonly body: ${bodyType(requestBody.content)}`]
  const answers = Object.entries(responses).filter(([status]) => /^[23]/.test(status))
  const answer = union(
    answers.map(([, { content }]) => (content === undefined ? 'undefined' : bodyType(content))),
  )
  return `{ ${[...group('path', of('path')), ...group('query', of('query')), ...body, `readonly answer: ${answer}`].join('; ')} }`
}

const parameterType = ({ name, required, schema }) =>
  `readonly ${key(name)}${required ? '' : '?'}: ${schema.enum || schema.const !== undefined ? typeOf(schema, '') : 'string | number'}`

/** JSON by its schema; whatever else is text or bytes. */
function bodyType(content) {
  return union(
    Object.entries(content).map(([type, { schema }]) => {
      if (/json/.test(type) && !/ndjson/.test(type)) return typeOf(schema, '')
      return /^text\/|ndjson|urlencoded/.test(type) ? 'string' : 'Uint8Array'
    }),
  )
}

const union = (types) => [...new Set(types)].join(' | ') || 'undefined'
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`)

function typeOf(schema, indent) {
  if (schema === undefined || schema === true || schema === false) return 'unknown'
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return union(schema.enum.map((value) => JSON.stringify(value)))
  if (schema.oneOf !== undefined) return union(schema.oneOf.map((each) => typeOf(each, indent)))
  const types = [schema.type ?? (schema.properties ? 'object' : undefined)].flat()
  return union(types.map((type) => plainType(schema, type, indent)))
}

function plainType(schema, type, indent) {
  switch (type) {
    case 'string':
      return 'string'
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'null':
      return 'null'
    case 'array':
      return `readonly (${typeOf(schema.items, indent)})[]`
    case 'object':
      return objectType(schema, indent)
    default:
      return 'unknown'
  }
}

function objectType({ properties = {}, required = [], additionalProperties }, indent) {
  const inner = `${indent}  `
  const members = Object.entries(properties).flatMap(([name, schema]) => [
    ...comment(schema, inner),
    `${inner}readonly ${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema, inner)}`,
  ])
  const others = typeof additionalProperties === 'object' ? typeOf(additionalProperties, inner) : 'unknown'
  if (members.length === 0) return `{ readonly [name: string]: ${others} }`
  return `{\n${members.join('\n')}\n${indent}}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const program = fileURLToPath(new URL('../../dist/src/openapi.js', import.meta.url))
  const { stdout } = spawnSync(process.execPath, [program], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  writeFileSync(new URL('src/types.ts', import.meta.url), typesOf(JSON.parse(stdout)))
}
