import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import t from 'tap'
import { EVENT_TYPES } from '../../schemas/events.ts'
import {
  type Description,
  eachSchema,
  isPart,
  type MediaType,
  operationsOf,
} from '../../src/http/description/document.ts'
import { eventCatalogue } from '../../src/http/description/events.ts'
import { GLOSSARY } from '../../src/http/description/glossary.ts'
import { NAMES } from '../../src/http/description/names.ts'
import { OPERATION_WORDS } from '../../src/http/description/operations.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'

const printed = spawnSync(process.execPath, [fileURLToPath(new URL('dist/src/openapi.js', PACKAGE_ROOT))], {
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
}).stdout
const description = JSON.parse(printed) as Description
const operations = operationsOf(description)
const isJson = (type: string) => /json/.test(type) && !/ndjson/.test(type)

t.test('redocly recommends nothing better, neither as error nor as warning', async (t) => {
  const config = await createConfig({ extends: ['recommended'] })
  const found = await lintFromString({ source: printed, absoluteRef: '/openapi.json', config })
  t.same(
    found.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer ?? ''}`),
    [],
  )
})

t.test('every operation, parameter and property has words', async (t) => {
  const missing: string[] = []
  for (const { operationId, description: words, parameters = [] } of operations) {
    if (!words) missing.push(`${operationId}`)
    for (const parameter of parameters)
      if (!parameter['description']) missing.push(`${operationId} ${parameter['name']}`)
  }
  eachSchema([description.paths, description.components], (schema) => {
    if (!isPart(schema['properties'])) return
    for (const [name, property] of Object.entries(schema['properties']))
      if (isPart(property) && !property['description'] && !property['$ref']) missing.push(`property ${name}`)
  })
  t.same(missing, [])
})

t.test('no words and no names are kept for what there is not', async (t) => {
  const ids = operations.map(({ operationId }) => operationId)
  t.same(
    Object.keys(OPERATION_WORDS).filter((id) => !ids.includes(id)),
    [],
  )
  const names = Object.values(NAMES).filter((name) => !Object.hasOwn(description.components!.schemas!, name))
  t.same(names, [])
  const unused = Object.keys(GLOSSARY).filter((name) => !printed.includes(`"${name}"`))
  t.same(unused, [])
})

t.test('every request and every answer of JSON has an example that fits its schema', async (t) => {
  const ajv = new Ajv2020({ strict: false, validateFormats: true, allErrors: false })
  addFormats.default(ajv)
  ajv.addSchema(description, 'api')
  const misfits: string[] = []
  const check = (where: string, pointer: string, { example, examples, schema }: MediaType) => {
    const given = example === undefined ? Object.values(examples ?? {}).map(({ value }) => value) : [example]
    const own = (schema?.['examples'] as unknown[] | undefined) ?? []
    if (given.length + own.length === 0) misfits.push(`${where}: no example`)
    const validate = ajv.compile({ $ref: `api#${pointer}` })
    for (const each of given)
      if (!validate(each)) misfits.push(`${where}: ${ajv.errorsText(validate.errors)}`)
  }
  for (const [path, methods] of Object.entries(description.paths ?? {})) {
    for (const [method, { operationId, requestBody, responses = {} }] of Object.entries(methods)) {
      const at = `/paths/${escaped(path)}/${method}`
      for (const [type, media] of Object.entries(requestBody?.content ?? {}))
        if (isJson(type) || /urlencoded/.test(type))
          check(`${operationId} request`, `${at}/requestBody/content/${escaped(type)}/schema`, media)
      for (const [status, response] of Object.entries(responses)) {
        if (!/^2/.test(status)) continue
        for (const [type, media] of Object.entries(response.content ?? {}))
          if (isJson(type))
            check(
              `${operationId} ${status}`,
              `${at}/responses/${status}/content/${escaped(type)}/schema`,
              media,
            )
      }
    }
  }
  const problems = Object.entries(description.components?.responses ?? {})
  t.ok(problems.length > 20)
  for (const [name, { content = {} }] of problems) {
    for (const [type, media] of Object.entries(content))
      if (isJson(type))
        check(name, `/components/responses/${escaped(name)}/content/${escaped(type)}/schema`, media)
  }
  t.same(misfits, [])
})

t.test('the catalogue of events is AsyncAPI 3, with every type', async (t) => {
  const require = createRequire(import.meta.url)
  const schema = JSON.parse(readFileSync(require.resolve('@asyncapi/specs/schemas/3.0.0.json'), 'utf8'))
  const ajv = new Ajv({ strict: false, meta: false, validateSchema: false, unicodeRegExp: false })
  addFormats.default(ajv)
  const validate = ajv.compile(schema)
  const catalogue = eventCatalogue('https://hub.example', '1.0.0')
  t.ok(validate(catalogue), ajv.errorsText(validate.errors))
  const { messages } = catalogue['components'] as { messages: Record<string, unknown> }
  t.same(Object.keys(messages), EVENT_TYPES)
  const { schemas = {} } = description.components ?? {}
  t.equal((schemas['FeedEntry']!['oneOf'] as unknown[]).length, EVENT_TYPES.length)
})

t.test('the types of the client are those of the description', async (t) => {
  const { typesOf } = (await import(new URL('packages/client/generate.mjs', PACKAGE_ROOT).href)) as {
    typesOf: (description: object) => string
  }
  const kept = readFileSync(new URL('packages/client/src/types.ts', PACKAGE_ROOT), 'utf8')
  t.ok(kept === typesOf(description), 'run `npm run client-types`')
})

function escaped(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1')).replaceAll('%7E', '~')
}
