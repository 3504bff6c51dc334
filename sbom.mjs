// The bill of materials of what runs in production (CycloneDX 1.5), as npm reads it from the installed packages, with a look
// at every licence. `node sbom.mjs FILE` writes it; without FILE it only looks.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

/** Licences under which the hub may be shipped. Another one is looked at by a person and added here, or the package goes. */
const ACCEPTED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])

/** Packages that name no licence in package.json but bring its text. */
const BY_TEXT = new Map([['png-js', 'MIT']])

/** True when one side of every `OR`, and both of every `AND`, are accepted. */
export function isAccepted(expression) {
  return expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((side) => side.split(' AND ').every((name) => ACCEPTED.has(name.trim())))
}

const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], {
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
})
const { components } = JSON.parse(text)
const refused = components.flatMap(({ name, version, licenses = [] }) => {
  const names = licenses.map(
    ({ license, expression }) => expression ?? license?.id ?? license?.name ?? 'unknown',
  )
  if (names.length === 0 && BY_TEXT.has(name)) names.push(BY_TEXT.get(name))
  return names.length > 0 && names.every(isAccepted)
    ? []
    : [`${name}@${version}: ${names.join(', ') || 'no licence'}`]
})
if (process.argv[2] !== undefined) writeFileSync(process.argv[2], text)
console.log(`${components.length} components`)
if (refused.length > 0) {
  console.error(`Licences that are not on the list:\n${refused.join('\n')}`)
  process.exitCode = 1
}
