import type { Pool } from 'pg'
import { dayOf } from '../domain/primitives/civil-day.ts'
import type { PolicyBook } from '../policy/policy-book.ts'
import { inTransaction } from '../storage/database.ts'
import { addEntries } from '../storage/registers.ts'
import * as sandboxStore from '../storage/sandbox.ts'
import * as stock from '../storage/stock.ts'
import { registerClient } from '../usecases/access/register-client.ts'
import { makeSandbox } from './sandbox/make-sandbox.ts'
import type { SandboxWorld } from './sandbox/world.ts'
import {
  certificateEntries,
  loadAuthorities,
  makeAuthorities,
  makeRegionKeys,
  type RegionKeys,
  type SandboxAuthorities,
  type StoredAuthority,
  storeAuthorities,
} from './sandbox-keys.ts'
import { seedPeople } from './sandbox-people.ts'

/** One region's sandbox: who is in it, and the keys to act as any of them. */
export interface SandboxRegionState {
  readonly world: SandboxWorld
  readonly keys: RegionKeys
}

/** The sandbox as it stands in the database. */
export interface SandboxState {
  readonly authority: StoredAuthority
  readonly regions: ReadonlyMap<string, SandboxRegionState>
}

/** Any number, the same in every process: one seeding at a time. */
const LOCK = 7_270_015
const SEED = 20_261_122

/**
 * Fills an empty database with the sandbox of every region that has a policy, or reads what is there. Regions that
 * came since are added, so a new policy file brings its own sandbox.
 *
 * @param onProgress told before each region, because the first time takes some seconds
 * @param given authorities for an empty database; made when left out
 */
export async function seedSandbox(
  pool: Pool,
  policies: PolicyBook,
  now: Date,
  onProgress: (region: string) => void = () => {},
  given?: SandboxAuthorities,
): Promise<SandboxState> {
  return await inTransaction(pool, async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK])
    const regions = new Map<string, SandboxRegionState>()
    const stored = await sandboxStore.findKeys<StoredAuthority>(tx, 'authority')
    const authorities =
      stored === undefined ? (given ?? (await makeAuthorities(now))) : loadAuthorities(stored)
    const change = { author: 'sandbox', reason: '样例数据', at: now }
    let added = false
    for (const { region, name, counties } of policies.regions()) {
      const kept = await sandboxStore.findKeys<{ today: string; keys: RegionKeys }>(tx, region)
      const today = kept?.today ?? dayOf(now)
      const world = makeSandbox({ regionCode: region, name, counties }, { today, seed: SEED })
      await seedPeople(tx, world, now)
      if (kept !== undefined) {
        regions.set(region, { world, keys: kept.keys })
        continue
      }
      onProgress(region)
      const keys = await makeRegionKeys(authorities, world, now)
      await addEntries(
        tx,
        region,
        [...world.entries, ...certificateEntries([...keys.signers, ...keys.sm2Signers], world)],
        change,
      )
      await stock.report(tx, region, world.stock, now)
      for (const client of world.clients) {
        const { d: _private, ...jwk } = keys.clients[client.clientId] as Record<string, unknown>
        await registerClient(
          tx,
          {
            clientId: client.clientId,
            kind: client.kind,
            name: client.name,
            regionCode: region,
            institutionId: client.institutionId ?? null,
            jwks: { keys: [jwk] },
            scopes: client.scopes,
            sandbox: true,
          },
          now,
        )
      }
      await sandboxStore.keepKeys(tx, region, { today, keys })
      regions.set(region, { world, keys })
      added = true
    }
    if (!added && stored !== undefined) return { authority: stored, regions }
    const revoked = [...regions.values()].flatMap(({ keys }) =>
      keys.signers.filter((who) => who.standing === 'revoked'),
    )
    const renewed = storeAuthorities(authorities, revoked, now)
    await tx.query(`delete from sandbox_keys where name = 'authority'`)
    await sandboxStore.keepKeys(tx, 'authority', renewed)
    // Without statistics the first plans are guesses, and prepared statements keep them.
    await tx.query('analyze register_entry')
    return { authority: renewed, regions }
  })
}
