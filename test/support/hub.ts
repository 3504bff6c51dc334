import { randomUUID } from 'node:crypto'
import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import type { PolicyVersion } from '../../src/domain/rules/policy-version.ts'
import {
  type PrescriptionChoice,
  samplePrescription,
} from '../../src/embedded/sandbox/sample-prescription.ts'
import type { SandboxWorld } from '../../src/embedded/sandbox/world.ts'
import { makeAuthorities, type SandboxAuthorities, trustOf } from '../../src/embedded/sandbox-keys.ts'
import { type SandboxRegionState, type SandboxState, seedSandbox } from '../../src/embedded/seed-sandbox.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { loadPolicies } from '../../src/policy/load-policies.ts'
import { type PolicyBook, policyBook } from '../../src/policy/policy-book.ts'
import { RegisterCache } from '../../src/storage/register-cache.ts'
import { signEnvelope } from '../../src/trust/sign-envelope.ts'
import { TrustStore } from '../../src/trust/trust-store.ts'
import type { Caller, Deps } from '../../src/usecases/deps.ts'
import type { Envelope } from '../../src/usecases/submit-prescription.ts'
import type { WriteRequest } from '../../src/usecases/write.ts'
import { freshDatabase, type Scope } from './database.ts'

/** 10:00 in Shanghai on a Sunday within every sample agreement. */
export const NOON = new Date('2026-11-22T02:00:00.000Z')

const shipped: PolicyBook = await loadPolicies(new URL('policies/', PACKAGE_ROOT))

/** A hub on a database of its own with the sandbox of some regions, and a clock that the test sets. */
export interface TestHub {
  readonly deps: Deps
  readonly url: string
  readonly state: SandboxState
  readonly region: SandboxRegionState
  readonly world: SandboxWorld
  now: Date
  /** The same hub seen from another of its regions. */
  at(regionCode: string): TestHub
  hospital(institutionId?: string): Caller
  pharmacy(institutionId?: string): Caller & { institutionId: string }
  agency(): Caller
  /** A prescription signed by its physician and the hospital. */
  envelope(
    choice?: PrescriptionChoice,
    also?: readonly 'insurance-office'[],
  ): Envelope & { content: PrescriptionDocument }
  sign(
    content: PrescriptionDocument,
    purposes?: readonly string[],
  ): Envelope & { content: PrescriptionDocument }
}

/** A write with a key and digest of its own. */
export function aWrite(caller: Caller, key: string = randomUUID(), body: string = key): WriteRequest {
  return { callerId: caller.id, key, digest: Buffer.from(body.padEnd(32, '.').slice(0, 32)) }
}

function withoutRule(version: PolicyVersion, name: string): PolicyVersion {
  const steps = Object.entries(version.steps).map(([step, rules]) => [
    step,
    rules.filter(({ rule }) => rule !== name),
  ])
  return { ...version, steps: Object.fromEntries(steps) }
}

let numbers = 0

/** RSA keys take long to make: the hubs of one file that begin at the same time share their authorities. */
const authorities = new Map<number, Promise<SandboxAuthorities>>()

function authoritiesOf(now: Date): Promise<SandboxAuthorities> {
  const known = authorities.get(now.getTime()) ?? makeAuthorities(now)
  authorities.set(now.getTime(), known)
  return known
}

/** Starts a test hub; `regions` defaults to Meizhou alone. */
export async function testHub(
  t: Scope,
  options: {
    regions?: readonly string[]
    now?: Date
    max?: number
    policies?: PolicyBook
    mode?: Deps['mode']
    /** Sums as they are wanted: no quantity is too much for a person to use up. */
    anyQuantity?: boolean
  } = {},
): Promise<TestHub> {
  const { pool, url } = await freshDatabase(t, options.max ?? 8)
  const wanted = options.regions ?? ['441400']
  const all = options.policies ?? shipped
  const policies = policyBook(
    wanted
      .flatMap((region) => all.versions(region))
      .map((version) => (options.anyQuantity === true ? withoutRule(version, 'use-plausible') : version)),
  )
  const now = options.now ?? NOON
  const state = await seedSandbox(pool, policies, now, undefined, await authoritiesOf(now))
  const time = { now }
  const deps: Deps = {
    pool,
    clock: () => time.now,
    mode: options.mode ?? 'sandbox',
    policies,
    registers: new RegisterCache(),
    trust: new TrustStore(trustOf(state.authority)),
    linkKey: Buffer.alloc(32, 7),
    settings: {
      acceptPendingRevocation: false,
      clockSkewSeconds: 120,
      publicUrl: 'http://hub.test',
      linkAttempts: 5,
      sessionMinutes: 30,
      settlementPatienceSeconds: 60,
    },
  }
  return hubAt({ url, state, deps, time }, wanted[0]!)
}

/** What all regions of a test hub share. */
interface Shared extends Pick<TestHub, 'url' | 'state' | 'deps'> {
  readonly time: { now: Date }
}

function hubAt(shared: Shared, regionCode: string): TestHub {
  const { url, state, deps, time } = shared
  const region = state.regions.get(regionCode)
  if (region === undefined) throw new Error(`the hub has no region ${regionCode}`)
  const { world } = region
  const hub: TestHub = {
    url,
    state,
    region,
    world,
    get now() {
      return time.now
    },
    set now(now) {
      time.now = now
    },
    at: (other) => hubAt(shared, other),
    deps,
    hospital: (institutionId = world.cast.hospital.institutionId) => ({
      kind: 'hospital',
      id: `sandbox-hospital-${institutionId}`,
      regionCode: world.regionCode,
      institutionId,
    }),
    pharmacy: (institutionId = world.cast.designatedPharmacy.institutionId) => ({
      kind: world.cast.hospital.institutionId === institutionId ? 'hospital' : 'pharmacy',
      id: `sandbox-pharmacy-${institutionId}`,
      regionCode: world.regionCode,
      institutionId,
    }),
    agency: () => ({
      kind: 'agency',
      id: `sandbox-agency-${world.regionCode}`,
      regionCode: world.regionCode,
    }),
    envelope: (choice = {}, also = []) =>
      hub.sign(
        samplePrescription(world, {
          issuedAt: new Date(hub.now.getTime() - 60_000),
          hospitalPrescriptionNo: `T-${process.pid}-${++numbers}`,
          ...choice,
        }),
        ['physician', 'hospital-seal', ...also],
      ),
    sign: (content, purposes = ['physician', 'hospital-seal']) => {
      const document = Buffer.from(JSON.stringify(content))
      const signers = purposes.map((purpose) => {
        const found = region.keys.signers.find(
          (who) =>
            who.purpose === purpose &&
            who.institutionId === content.hospital.institutionId &&
            who.standing === 'good' &&
            (purpose !== 'physician' || who.practitionerId === content.physician.practitionerId),
        )
        if (found === undefined) throw new Error(`nobody can sign as ${purpose}`)
        return {
          certificate: found.certificatePem,
          key: found.keyPem,
          chain: [state.authority.intermediate.certificatePem],
        }
      })
      return { content, document, signature: signEnvelope(document, signers, new Date(content.issuedAt)) }
    },
  }
  return hub
}
