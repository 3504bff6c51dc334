import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { INSERT_COLUMNS, insertStatement } from '../src/storage/prescription/insert.ts'

/** Sizes of the values that one intake writes, so that the ceiling writes the same rows. */
export interface RowSizes {
  readonly document: number
  readonly signature: number
  readonly verdict: number
  readonly facts: number
}

/** What stands for each parameter of the statement; `:r` is pgbench's random number. */
function expressions(region: string, hospitalId: string, sizes: RowSizes): Readonly<Record<string, string>> {
  const text = (length: number) => `repeat('x', ${length})`
  const bytes = (length: number) => `convert_to(${text(length)}, 'UTF8')`
  return {
    caller_id: `'bench'`,
    key: `gen_random_uuid()::text`,
    digest: bytes(32),
    status: '201',
    body: text(400),
    region_code: `'${region}'`,
    no: `'${region}' || '20261122' || lpad(nextval('prescription_serial')::text, 8, '0')`,
    hospital_id: `'${hospitalId}'`,
    hospital_no: `gen_random_uuid()::text`,
    physician_id: `'D441402990002'`,
    person_id: `(:r)::bigint::text`,
    // Its place in the person's count: any number that is used once.
    person_no: `nextval('prescription_serial')::int`,
    setting: `'outpatient'`,
    diagnosis_codes: `array['C61.x00']`,
    issued_at: 'now()',
    signed_at: 'now()',
    received_at: 'now()',
    expires_at: `now() + interval '3 days'`,
    policy_version: `'bench'`,
    document: bytes(sizes.document),
    signature: bytes(sizes.signature),
    document_sha256: bytes(32),
    verdict: text(sizes.verdict),
    line_nos: 'array[1]::int[]',
    drug_codes: `array['XL02BBA292A001010100647']`,
    units: `array['片']`,
    quantities: `array[14]::numeric[]`,
    starts: `array[current_date]`,
    ends: `array[current_date + 14]`,
    hash: bytes(32),
    event_type: `'submitted'`,
    actor_kind: `'hospital'`,
    actor_id: `'bench'`,
    event_data: text(300),
    decision_id: 'gen_random_uuid()',
    step: `'intake'`,
    refused: 'false',
    facts: text(sizes.facts),
    findings: `'[]'`,
    link_hash: `sha256(gen_random_uuid()::text::bytea)`,
    link_salt: bytes(16),
    queues: `array['bench']`,
    works: `array['{}']`,
  }
}

/**
 * The statement of the intake as a pgbench script.
 *
 * @throws Error when the statement has a column for which no expression stands here
 */
export function ceilingScript(region: string, hospitalId: string, sizes: RowSizes): string {
  const values = expressions(region, hospitalId, sizes)
  const body = insertStatement(1).replace(/\$(\d+)/g, (_, place: string) => {
    const value = values[INSERT_COLUMNS[Number(place) - 1]!]
    if (value === undefined) throw new Error(`no expression for ${INSERT_COLUMNS[Number(place) - 1]}`)
    return `(${value})`
  })
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
