import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import type { Pool } from 'pg'
import * as stored from '../../storage/access/signing-keys.ts'
import { inTransaction } from '../../storage/database.ts'
import { makeKeyPair } from '../../trust/key-pair.ts'
import { seal, unseal } from './sealed.ts'

/** A new key starts to sign after this many days. */
export const ROTATION_DAYS = 30
/** Longest life of an access token, in seconds, and how long a key outlives its last signature. */
const LONGEST_TOKEN_SECONDS = 300
const DAY_MS = 86_400_000
/** For clocks of several machines that differ. */
const SKEW_MS = 60_000
/**
 * How long a process goes on with the keys it knows. With what remembers verified tokens it makes up the second within
 * which a withdrawn key is dead everywhere.
 */
const BELIEVED_MS = 500
/** An unknown key id makes a process look again, but not more often than this. */
const UNKNOWN_MS = 100

/** A key pair of the hub, decrypted. */
export interface SigningKey {
  readonly kid: string
  readonly publicJwk: Readonly<Record<string, unknown>>
  readonly publicPem: string
  readonly privatePem: string
  readonly signsUntil: Date
  readonly verifiesUntil: Date
}

/**
 * Makes sure that a key can sign at `now`, and drops keys that verify nothing any more.
 *
 * A key that the key encryption key does not open is left alone and never used: after that key was
 * changed, or when a sandbox database was taken into production, tokens of the old keys end at once.
 *
 * @param kek 32 bytes
 * @returns the id of the key made now, or undefined when one signs already
 */
export async function rotateSigningKeys(pool: Pool, kek: Buffer, now: Date): Promise<string | undefined> {
  return await inTransaction(pool, async (tx) => {
    await stored.lockRotation(tx)
    await stored.dropEndedSigningKeys(tx, now)
    const keys = (await stored.findSigningKeys(tx, now)).filter((key) => opened(key, kek) !== undefined)
    if (keys.some((key) => key.signsUntil > now)) return undefined
    const key = newKey(kek, now)
    await stored.addSigningKey(tx, key)
    return key.kid
  })
}

/** How many keys in force the key encryption key does not open: sealed with another one, or altered. */
export async function countForeignKeys(pool: Pool, kek: Buffer, now: Date): Promise<number> {
  const keys = await stored.findSigningKeys(pool, now)
  return keys.filter((key) => opened(key, kek) === undefined).length
}

/**
 * Withdraws every key that signs or verifies (应急换钥): all tokens given out are refused within a second, in every
 * process, and the next one is signed by a new key.
 *
 * @returns how many were withdrawn
 */
export async function withdrawSigningKeys(pool: Pool): Promise<number> {
  return await inTransaction(pool, async (tx) => {
    await stored.lockRotation(tx)
    return await stored.dropSigningKeys(tx)
  })
}

/** The keys of the hub, as one process knows them. */
export interface SigningKeys {
  /** The key that signs; made when there is none. */
  current(now: Date): Promise<SigningKey>
  /** @returns undefined when no key of that id is in force */
  find(kid: string, now: Date): Promise<SigningKey | undefined>
  /** All keys whose tokens can be valid. */
  list(now: Date): Promise<readonly SigningKey[]>
}

/** Keeps the keys in memory for half a second; of several that ask at once, one looks in the database. */
export function signingKeys(pool: Pool, kek: Buffer): SigningKeys {
  let keys: readonly SigningKey[] = []
  let readAt = Number.NEGATIVE_INFINITY

  let looking: Promise<void> | undefined

  async function look(now: Date, notSinceMs = BELIEVED_MS): Promise<void> {
    if (Math.abs(now.getTime() - readAt) < notSinceMs) return
    looking ??= read(now).finally(() => {
      looking = undefined
    })
    await looking
  }

  async function read(now: Date): Promise<void> {
    const rows = await stored.findSigningKeys(pool, now)
    keys = rows.map((row) => opened(row, kek)).filter((key) => key !== undefined)
    readAt = now.getTime()
  }

  const inForce = (now: Date) => keys.filter((key) => key.verifiesUntil > now)

  return {
    async current(now) {
      await look(now)
      const signs = () => inForce(now).find((key) => key.signsUntil > now)
      if (signs() === undefined) {
        await rotateSigningKeys(pool, kek, now)
        await read(now)
      }
      const key = signs()
      if (key === undefined) throw new Error('no key signs although the keys were just rotated')
      return key
    },
    async find(kid, now) {
      const known = () => inForce(now).find((key) => key.kid === kid)
      await look(now)
      // Another process may have made it a moment ago.
      if (known() === undefined) await look(now, UNKNOWN_MS)
      return known()
    },
    async list(now) {
      await look(now)
      return inForce(now)
    },
  }
}

function newKey(kek: Buffer, now: Date): stored.StoredSigningKey {
  const pair = makeKeyPair({ curve: 'P-256' })
  const jwk = pair.publicKey.export({ format: 'jwk' })
  // RFC 7638: the id is the thumbprint, so it cannot be given twice to different keys.
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y }))
    .digest('base64url')
  const signsUntil = new Date(now.getTime() + ROTATION_DAYS * DAY_MS)
  return {
    kid,
    publicJwk: { ...jwk, kid, alg: 'ES256', use: 'sig' },
    privateSealed: seal(kek, kid, pair.privateKey.export({ type: 'pkcs8', format: 'der' })),
    createdAt: now,
    signsUntil,
    verifiesUntil: new Date(signsUntil.getTime() + LONGEST_TOKEN_SECONDS * 1000 + SKEW_MS),
  }
}

/** @returns undefined when this key encryption key did not seal it, or when it was altered */
function opened(key: stored.StoredSigningKey, kek: Buffer): SigningKey | undefined {
  const der = unseal(kek, key.kid, key.privateSealed)
  if (der === undefined) return undefined
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  // The public half comes from the sealed one: a row that was tampered with cannot smuggle in a key.
  const publicKey = createPublicKey(privateKey)
  return {
    kid: key.kid,
    publicJwk: { ...publicKey.export({ format: 'jwk' }), kid: key.kid, alg: 'ES256', use: 'sig' },
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    signsUntil: key.signsUntil,
    verifiesUntil: key.verifiesUntil,
  }
}
