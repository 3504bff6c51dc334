import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { INSERT_PRESCRIPTION } from '../src/storage/prescription/insert.ts'

/** Sizes of the values that one intake writes, so that the ceiling writes the same rows. */
export interface RowSizes {
  readonly document: number
  readonly signature: number
  readonly verdict: number
  readonly facts: number
}

/** What stands for each parameter of the statement; `:r` is pgbench's random number. */
function expressions(region: string, hospitalId: string, sizes: RowSizes): string[] {
  const number = `'${region}' || '20261122' || lpad(nextval('prescription_serial')::text, 8, '0')`
  const text = (length: number) => `repeat('x', ${length})`
  const bytes = (length: number) => `convert_to(${text(length)}, 'UTF8')`
  return [
    `'bench'`,
    `gen_random_uuid()::text`,
    bytes(32),
    '201',
    text(400),
    'now()',
    `'${region}'`,
    number,
    `'${hospitalId}'`,
    `gen_random_uuid()::text`,
    `'D441402990002'`,
    `(:r)::bigint::text`,
    `'outpatient'`,
    'now()',
    'now()',
    `now() + interval '3 days'`,
    `'bench'`,
    bytes(sizes.document),
    bytes(sizes.signature),
    bytes(32),
    text(sizes.verdict),
    'array[1]::int[]',
    `array['XL02BBA292A001010100647']`,
    `array['片']`,
    `array[14]::numeric[]`,
    `array[current_date]`,
    `array[current_date + 14]`,
    bytes(32),
    `'submitted'`,
    `'hospital'`,
    `'bench'`,
    text(300),
    'gen_random_uuid()',
    `'intake'`,
    'false',
    text(sizes.facts),
    `'[]'`,
    `sha256(gen_random_uuid()::text::bytea)`,
    bytes(16),
    `array['bench']`,
    `array['{}']`,
    `array['C61.x00']`,
  ]
}

/** The statement of the intake as a pgbench script. The number is made once and used in every row. */
export function ceilingScript(region: string, hospitalId: string, sizes: RowSizes): string {
  const values = expressions(region, hospitalId, sizes)
  const body = INSERT_PRESCRIPTION.replace(/\$(\d+)/g, (_, place: string) =>
    place === '8' ? '(select no from numbered)' : `(${values[Number(place) - 1]})`,
  ).replace(/^\s*with /, `with numbered as materialized (select ${values[7]} as no), `)
  return `\\set r random(1, 1000)\n${body.replaceAll('\n', ' ')};\n`
}

/**
 * Statements per second that PostgreSQL itself takes, by pgbench with prepared statements.
 *
 * @throws Error when pgbench is not installed
 */
export async function pgbench(
  url: string,
  script: string,
  seconds: number,
  clients: number,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-bench-'))
  const file = join(folder, 'intake.sql')
  await writeFile(file, script)
  try {
    const out = await new Promise<string>((resolve, reject) => {
      const child = spawn('pgbench', [
        ...['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', file],
        url,
      ])
      let text = ''
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
      child.stderr.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
      child.once('error', () =>
        reject(new Error('pgbench is not installed (Debian: postgresql-contrib or postgresql)')),
      )
      child.once('exit', (code) => (code === 0 ? resolve(text) : reject(new Error(text.slice(-2000)))))
    })
    const tps = /tps = ([\d.]+) \(without/.exec(out)?.[1] ?? /tps = ([\d.]+)/.exec(out)?.[1]
    if (tps === undefined) throw new Error(out)
    return Number(tps)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
