import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { benchWorld } from '../../bench/world.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { type Mood, WORST_DAY } from '../../src/payer/simulator.ts'
import { loadPolicies } from '../../src/policy/load-policies.ts'
import { policyBook } from '../../src/policy/policy-book.ts'
import { openPool } from '../../src/storage/database.ts'
import { migrate } from '../../src/storage/migrate.ts'
import { randomFrom } from '../domain/settlement/random-years.ts'
import { checkBooks, readFeed, recovered } from './claims.ts'
import { faultsOf } from './faults.ts'
import { Findings } from './findings.ts'
import { makeMachine, REGION } from './machine.ts'
import { makePeople } from './people.ts'
import { type Walked, walk } from './walk.ts'

export interface Torture {
  readonly operations: number
  /** Faults, spread evenly over the operations. */
  readonly faults: number
  readonly seed: number
  readonly clients?: number
  readonly apis?: number
  readonly workers?: number
  /** How the payer behaves; on its worst day when absent. */
  readonly mood?: Mood
  /** Ends as soon as something was found. */
  readonly stopsAtFirst?: boolean
  /** The package whose hub is tortured; this one when absent. */
  readonly root?: string
  /** Told now and then how far it has come. */
  readonly onProgress?: (report: Report) => void
}

/** What a run did and found; counts only, nothing that names a person. */
export interface Report {
  readonly seed: number
  readonly operations: number
  readonly prescriptions: number
  readonly seconds: number
  readonly requests: { readonly sent: number; readonly unanswered: number; readonly unavailable: number }
  readonly commands: Readonly<Record<string, number>>
  readonly faults: Readonly<Record<string, number>>
  readonly eventsTold: number
  /** From the last fault until nothing was left to do, in milliseconds. */
  readonly recoveryMs: number
  readonly findings: Readonly<Record<string, number>>
  readonly details: readonly { readonly what: string; readonly detail: string }[]
}

/**
 * Runs a hub of several processes under many clients while parts of the machine are killed, cut and frozen, and holds
 * every answer against a model of its own, and at the end every book against what must be true.
 */
export async function torture(options: Torture): Promise<Report> {
  const {
    operations,
    faults,
    seed,
    clients = 24,
    apis = 2,
    workers = 2,
    mood = WORST_DAY,
    onProgress,
  } = options
  const findings = new Findings()
  const random = randomFrom(seed)
  const machine = await makeMachine({
    root: options.root ?? fileURLToPath(PACKAGE_ROOT),
    apis,
    workers,
    seed,
    mood,
  })
  const pool = openPool(machine.databaseUrl, 4)
  pool.on('error', () => {})
  const began = Date.now()
  const made = new Map<string, number>()
  const walked: Walked = { operations: 0, prescriptions: 0, counts: new Map(), isOver: false }
  let feed: ReturnType<typeof readFeed> | undefined
  try {
    const tx = await pool.connect()
    await migrate(tx, new URL('migrations/', PACKAGE_ROOT))
    tx.release()
    const policies = policyBook((await loadPolicies(new URL('policies/', PACKAGE_ROOT))).versions(REGION))
    // So many that nobody has two prescriptions under way.
    const world = await benchWorld(pool, policies, REGION, Math.ceil(operations / 4) + 100)
    machine.start()
    const ports = machine.apis.map(({ port }) => port)
    const people = await makePeople(world, ports, findings)
    feed = readFeed(people, findings)
    const reportSoFar = (eventsTold: number, recoveryMs: number): Report => ({
      seed,
      operations: walked.operations,
      prescriptions: walked.prescriptions,
      seconds: Math.round((Date.now() - began) / 1_000),
      requests: { ...people.counts },
      commands: sorted(walked.counts),
      faults: sorted(made),
      eventsTold,
      recoveryMs,
      findings: sorted(findings.counts),
      details: findings.found,
    })
    const fault = faultsOf(machine, randomFrom(seed + 1), made)
    const every = faults === 0 ? Number.POSITIVE_INFINITY : operations / (faults + 1)
    let due = every
    let making = Promise.resolve()
    const onOperation = () => {
      if (options.stopsAtFirst === true && findings.found.length > 0) walked.isOver = true
      if (walked.operations % 1_000 === 0) onProgress?.(reportSoFar(0, 0))
      if (walked.operations < due) return
      due += every
      making = making.then(fault)
    }
    await walk({ people, random, clients, operations, findings, walked, onOperation })
    await making
    await standsUp(pool)
    if (walked.isOver) return reportSoFar(0, 0)
    const recoveryMs = await recovered(pool, findings)
    const told = await feed.end()
    await checkBooks({
      pool,
      people,
      payer: machine.payer,
      prescriptions: walked.prescriptions,
      told,
      findings,
    })
    return reportSoFar(told, recoveryMs)
  } finally {
    feed?.stop()
    await pool.end().catch(() => {})
    await machine.end()
  }
}

/** Waits for a database that was just killed. */
async function standsUp(pool: ReturnType<typeof openPool>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await pool.query('select 1')
      return
    } catch (error) {
      if (tries > 600) throw error
      await pause(200)
    }
  }
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}
