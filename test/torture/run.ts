import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { type Report, torture } from './torture.ts'

/*
 * npm run torture -- --operations 20000 --kills 40 --seed 1 [--clients 24 --apis 2 --workers 2 --report FILE]
 * Needs the servers that tests use; the report is written as the run goes.
 */
const { values } = parseArgs({
  options: {
    operations: { type: 'string', default: '5000' },
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    clients: { type: 'string', default: '24' },
    apis: { type: 'string', default: '2' },
    workers: { type: 'string', default: '2' },
    report: { type: 'string' },
  },
})
const machine = { cores: cpus().length, node: process.version }
const write = (report: Report, isOver: boolean) => {
  if (values.report === undefined) return
  const load = Number(loadavg()[0]!.toFixed(2))
  writeFileSync(
    values.report,
    `${JSON.stringify({ isOver, machine: { ...machine, load }, ...report }, undefined, 2)}\n`,
  )
}
const report = await torture({
  operations: Number(values.operations),
  faults: Number(values.kills),
  seed: Number(values.seed),
  clients: Number(values.clients),
  apis: Number(values.apis),
  workers: Number(values.workers),
  onProgress: (soFar) => {
    write(soFar, false)
    process.stdout.write(
      `${soFar.operations} operations, ${soFar.seconds} s, ${JSON.stringify(soFar.findings)}\n`,
    )
  },
})
write(report, true)
const { details, ...counts } = report
process.stdout.write(`${JSON.stringify(counts, undefined, 2)}\n`)
for (const { what, detail } of details) process.stdout.write(`\n${what}: ${detail}\n`)
process.exit(details.length === 0 ? 0 : 1)
