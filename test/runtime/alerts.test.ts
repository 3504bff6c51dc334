import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { parse } from 'yaml'
import { PACKAGE_ROOT } from '../../src/package-root.ts'

const read = (path: string) => readFileSync(new URL(path, PACKAGE_ROOT), 'utf8')
const alerts = (
  parse(read('deploy/prometheus/alerts.yml')) as { groups: { rules: { alert: string; expr: string }[] }[] }
).groups.flatMap(({ rules }) => rules)

t.test('alerts ask only for what the hub measures', async (t) => {
  const source = readdirSync(new URL('src/', PACKAGE_ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(`src/${name}`))
    .join('\n')
  for (const { alert, expr } of alerts)
    for (const [metric] of expr.matchAll(/\bhub_\w+/g))
      t.ok(source.includes(`'${metric.replace(/_(bucket|count|sum)$/, '')}'`), `${alert}: ${metric}`)
})

t.test('every alert has its runbook, and every runbook its alert', async (t) => {
  const headings = [...read('docs/runbooks.md').matchAll(/^## (\w+)$/gm)].map(([, name]) => name)
  t.same(
    headings,
    alerts.map(({ alert }) => alert),
  )
})

const folder = fileURLToPath(new URL('deploy/prometheus/', PACKAGE_ROOT))
const tried = spawnSync('promtool', ['test', 'rules', 'alerts.test.yml'], { cwd: folder, encoding: 'utf8' })
const skip = tried.error === undefined ? false : 'promtool is not installed (Debian: prometheus)'

t.test('each alert fires at its fault and is quiet otherwise', { skip }, async (t) => {
  t.match(tried.stdout, /SUCCESS/, tried.stderr)
})
