import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import type { Person } from '../src/domain/registers.ts'
import { samplePrescription } from '../src/embedded/sandbox/sample-prescription.ts'
import { type SandboxRegionState, type SandboxState, seedSandbox } from '../src/embedded/seed-sandbox.ts'
import type { PolicyBook } from '../src/policy/policy-book.ts'
import { addEntries } from '../src/storage/registers.ts'
import { signEnvelope } from '../src/trust/sign-envelope.ts'
import type { Push } from '../test/support/outside.ts'

/** The sandbox with a town of insured persons, and everything to act as anybody in it. */
export interface BenchWorld {
  readonly state: SandboxState
  readonly region: SandboxRegionState
  readonly people: readonly Person[]
  /** A fresh prescription, signed by physician and hospital. */
  push(): Push & { readonly sizes: { readonly document: number; readonly signature: number } }
}

/** Fills the database: the sandbox, and persons enough that nobody's history grows long. */
export async function benchWorld(
  pool: Pool,
  policies: PolicyBook,
  regionCode: string,
  persons: number,
): Promise<BenchWorld> {
  const now = new Date()
  const state = await seedSandbox(pool, policies, now)
  const region = state.regions.get(regionCode)!
  const { world, keys } = region
  const { person: base } = world.cast
  const people = Array.from({ length: persons }, (_, i) => ({
    ...base,
    personId: `${regionCode}B${String(i).padStart(9, '0')}`,
  }))
  for (let i = 0; i < people.length; i += 5000) {
    await addEntries(
      pool,
      regionCode,
      people.slice(i, i + 5000).map((person) => ({
        register: 'person' as const,
        key: person.personId,
        validFrom: '2020-01-01',
        data: person,
      })),
      { author: 'bench', reason: 'bench', at: now },
    )
  }
  // Only what is filled: statistics of empty tables would have the plans of the first minute read whole tables.
  await pool.query('analyze register_entry')
  const { hospital, physician } = world.cast
  const signers = keys.signers
    .filter(
      (who) =>
        who.standing === 'good' &&
        who.institutionId === hospital.institutionId &&
        (who.purpose === 'hospital-seal' || who.practitionerId === physician.practitionerId),
    )
    .map((who) => ({
      certificate: who.certificatePem,
      key: who.keyPem,
      chain: [state.authority.intermediate.certificatePem],
    }))
  let made = 0
  return {
    state,
    region,
    people,
    push() {
      made += 1
      const person = people[made % people.length]!
      const issuedAt = new Date(Date.now() - 1000)
      const content = samplePrescription(world, { person, issuedAt, hospitalPrescriptionNo: randomUUID() })
      const document = Buffer.from(JSON.stringify(content))
      const signature = signEnvelope(document, signers, issuedAt)
      return {
        body: JSON.stringify({
          document: document.toString('base64'),
          signature: signature.toString('base64'),
        }),
        idNumber: person.idNumber,
        lines: content.lines,
        sizes: { document: document.length, signature: signature.length },
      }
    },
  }
}
