import type { Pool } from 'pg'
import { newKeyPair } from '../national/signature.ts'
import { inTransaction } from '../storage/database.ts'
import * as sandboxStore from '../storage/sandbox.ts'
import { parseCertificate } from '../trust/certificate.ts'
import { derOf, signEnvelope } from '../trust/sign-envelope.ts'
import { hasSm2 } from '../trust/sm2.ts'
import { type NewApplication, registerApplication } from '../usecases/access/national-application.ts'
import type { SignatureServer } from '../usecases/national/signature-server.ts'
import type { SandboxState } from './seed-sandbox.ts'

/** What a caller of the sandbox needs to speak the national interface; public on purpose. */
export interface NationalCredentials extends NewApplication {
  /** The application's own key, base64 of d. */
  readonly privateKey: string
}

/** By client id. */
export type NationalCallers = Readonly<Record<string, NationalCredentials>>

/** Any number, the same in every process: one seeding at a time. */
const LOCK = 7_270_016

/**
 * Registers every hospital and pharmacy of the sandbox as an application of the national interface, or reads what was
 * registered before.
 *
 * @param kek 32 bytes
 * @returns by region; nothing where this build of Node knows no SM2
 */
export async function seedNational(
  pool: Pool,
  state: SandboxState,
  kek: Buffer,
  now: Date,
): Promise<ReadonlyMap<string, NationalCallers>> {
  if (!hasSm2()) return new Map()
  return await inTransaction(pool, async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK])
    const callers = new Map<string, NationalCallers>()
    for (const [region, { world }] of state.regions) {
      const kept = await sandboxStore.findKeys<NationalCallers>(tx, `national/${region}`)
      if (kept !== undefined) {
        callers.set(region, kept)
        continue
      }
      const made: Record<string, NationalCredentials> = {}
      for (const { clientId, institutionId } of world.clients) {
        if (institutionId === undefined) continue
        const { privateKey, publicKey } = newKeyPair()
        made[clientId] = { ...(await registerApplication(tx, kek, clientId, publicKey, now)), privateKey }
      }
      await sandboxStore.keepKeys(tx, `national/${region}`, made)
      callers.set(region, made)
    }
    return callers
  })
}

/**
 * A simulation of the region's signature server: it signs with the seal of an institution of the sandbox, with SM2
 * where the institution has such a key. In production such a server stands outside and holds the keys.
 */
export function simulatedSignatureServer(state: SandboxState): SignatureServer {
  const seals = [...state.regions.values()].flatMap(({ keys }) => [...keys.sm2Signers, ...keys.signers])
  const chainOf = (isSm2: boolean) =>
    (isSm2 ? state.authority.sm2 : undefined)?.intermediate.certificatePem ??
    state.authority.intermediate.certificatePem
  const sm2 = new Set([...state.regions.values()].flatMap(({ keys }) => keys.sm2Signers))
  return {
    async sign(institutionId, value, at) {
      const seal = seals.find(
        (each) =>
          each.purpose === 'hospital-seal' &&
          each.institutionId === institutionId &&
          each.standing === 'good',
      )
      if (seal === undefined) return undefined
      const certificate = parseCertificate(derOf(seal.certificatePem))
      const signer = {
        certificate: seal.certificatePem,
        key: seal.keyPem,
        chain: [chainOf(sm2.has(seal))],
      }
      return {
        signature: signEnvelope(value, [signer], at),
        certificateSerial: certificate.serial.toUpperCase(),
        certificateSubject: certificate.subjectText,
      }
    },
  }
}
