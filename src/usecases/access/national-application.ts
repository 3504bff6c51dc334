import { randomBytes } from 'node:crypto'
import type { Scope } from '../../../schemas/access.ts'
import type { Application } from '../../national/message.ts'
import { type KeyPair, newKeyPair, pointOf } from '../../national/signature.ts'
import type { ClientKind } from '../../storage/access/clients.ts'
import type { Queryable } from '../../storage/database.ts'
import * as stored from '../../storage/national/applications.ts'
import type { Caller } from '../deps.ts'
import { seal, unseal } from './sealed.ts'

/** What the institution is given, once: the hub can't tell the secret again. */
export interface NewApplication {
  readonly appId: string
  readonly appSecret: string
  /** Base64 of 04, x and y: verifies what the hub answers. */
  readonly platformPublicKey: string
}

/** An application that may call, and whom it acts for. */
export interface KnownApplication {
  readonly application: Application
  readonly caller: Caller & {
    readonly kind: ClientKind
    readonly scopes: readonly Scope[]
    readonly clientRevision: number
  }
}

/**
 * Lets a registered client speak the national interface under a new id and secret. Its other ids go on, so that a
 * client can change over; they end with the client, or by `stored.dropApplications`.
 *
 * @param kek 32 bytes
 * @param publicKey the application's own, base64 of 04, x and y; the private key stays with it
 * @throws RangeError for anything but a point of the curve
 */
export async function registerApplication(
  db: Queryable,
  kek: Buffer,
  clientId: string,
  publicKey: string,
  now: Date,
): Promise<NewApplication> {
  pointOf(publicKey)
  const appId = randomBytes(16).toString('hex').toUpperCase()
  const appSecret = randomBytes(16).toString('hex').toUpperCase()
  const platform = newKeyPair()
  await stored.addApplication(db, {
    appId,
    clientId,
    publicKey,
    platformPublicKey: platform.publicKey,
    secretSealed: seal(kek, `${appId}/secret`, appSecret),
    platformKeySealed: seal(kek, `${appId}/platform`, platform.privateKey),
    createdAt: now,
  })
  return { appId, appSecret, platformPublicKey: platform.publicKey }
}

/**
 * The application of an id.
 *
 * @returns undefined when nobody has it, its client has ended, or its secret was sealed with another key
 */
export async function knownApplication(
  db: Queryable,
  kek: Buffer,
  appId: string,
): Promise<KnownApplication | undefined> {
  const found = await stored.findApplication(db, appId)
  if (found === undefined) return undefined
  const appSecret = opened(kek, `${appId}/secret`, found.secretSealed)
  const privateKey = opened(kek, `${appId}/platform`, found.platformKeySealed)
  if (appSecret === undefined || privateKey === undefined) return undefined
  const platform: KeyPair = { privateKey, publicKey: found.platformPublicKey }
  return {
    application: { appId, appSecret, publicKey: found.publicKey, platform },
    caller: {
      kind: found.kind,
      id: found.clientId,
      regionCode: found.regionCode ?? '',
      ...(found.institutionId === null ? {} : { institutionId: found.institutionId }),
      scopes: found.scopes as readonly Scope[],
      clientRevision: found.clientRevision,
    },
  }
}

function opened(kek: Buffer, purpose: string, bytes: Buffer): string | undefined {
  return unseal(kek, purpose, bytes)?.toString('utf8')
}
