// Known advisories about what is installed. A registry that has none to ask is named as not reachable, never taken for a
// clean answer; docs/advisories.json then is the last word, with its date.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const kept = JSON.parse(readFileSync(new URL('docs/advisories.json', import.meta.url), 'utf8'))
const { stdout } = spawnSync('npm', ['audit', '--json', '--omit', 'dev'], {
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
})
let report
try {
  report = JSON.parse(stdout)
} catch {
  report = {}
}
if (report.vulnerabilities === undefined) {
  const age = Math.floor((Date.now() - Date.parse(kept.asOf)) / 86_400_000)
  console.log(
    `NOT REACHABLE: the registry answers no question about advisories. Last list: ${kept.asOf}, ${age} days ago.`,
  )
  for (const { id, package: name, why } of kept.known) console.log(`known: ${id} ${name}: ${why}`)
} else {
  const known = new Set(kept.known.map(({ id }) => id))
  const found = Object.values(report.vulnerabilities).flatMap(({ name, via }) =>
    via
      .filter((each) => typeof each === 'object')
      .map(({ url, title }) => ({ id: url.split('/').at(-1), name, title })),
  )
  const fresh = found.filter(({ id }) => !known.has(id))
  for (const { id, name, title } of fresh) console.error(`${id} ${name}: ${title}`)
  console.log(`${found.length} advisories, ${fresh.length} of them not in docs/advisories.json`)
  if (fresh.length > 0) process.exitCode = 1
}
