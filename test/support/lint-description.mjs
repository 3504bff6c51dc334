// `npm run lint:api`: holds the API description against what two common linters recommend. Both are asked as libraries, in
// this process: nothing is sent anywhere.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import core from '@stoplight/spectral-core'
import parsers from '@stoplight/spectral-parsers'
import rulesets from '@stoplight/spectral-rulesets'

const program = fileURLToPath(new URL('../../dist/src/openapi.js', import.meta.url))
const source = spawnSync(process.execPath, [program], { encoding: 'utf8', maxBuffer: 2 ** 26 }).stdout

const config = await createConfig({ extends: ['recommended'] })
const redocly = await lintFromString({ source, absoluteRef: '/openapi.json', config })
for (const { severity, ruleId, message, location } of redocly) {
  console.log(`redocly ${severity} ${ruleId}: ${message} ${location[0]?.pointer ?? ''}`)
}
console.log(`redocly recommended: ${redocly.length} errors and warnings`)

const spectral = new core.Spectral()
spectral.setRuleset({ extends: [rulesets.oas] })
const found = await spectral.run(new core.Document(source, parsers.Json, 'openapi.json'))
for (const { severity, code, message, path } of found) {
  console.log(`spectral ${severity} ${code}: ${message} ${path.join('/')}`)
}
console.log(`spectral oas: ${found.length} errors and warnings`)
if (redocly.length + found.length > 0) process.exitCode = 1
