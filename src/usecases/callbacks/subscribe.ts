import { randomUUID } from 'node:crypto'
import { Problem } from '../../domain/problems.ts'
import * as callbacks from '../../storage/callbacks/callback.ts'
import type { Transaction } from '../../storage/database.ts'
import { placeNow } from '../../storage/feed.ts'
import type { Caller, Deps } from '../deps.ts'
import { requireCursor } from '../feed.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'
import { type AllowedNetworks, callbackAddress } from './address.ts'
import { newSecret, secretOf, shownSecret } from './secret.ts'
import { type CallbackView, callbackView } from './view.ts'

/** What callbacks need beside the use cases. */
export interface CallbackParts {
  readonly keyEncryptionKey: Buffer
  readonly allowedNetworks: AllowedNetworks
}

/** Callbacks that one institution, or the agency of a region, may have. */
const MOST = 10
const HOUR_MS = 3_600_000
const OLD_VALID_HOURS = 24

/** Whose callbacks a caller sees: its institution's, or an agency the region's. */
export function ownerOf({ regionCode, institutionId }: Caller): callbacks.CallbackOwner {
  return { regionCode, ...(institutionId === undefined ? {} : { institutionId }) }
}

/**
 * Subscribes: from now on, or from a place of the feed, the events of the caller's feed are sent to an address.
 *
 * The stored answer of the write does not hold the secret: it is opened anew, so that a repeat of the request, whose
 * first answer may have been lost, shows it too until the secret is rotated.
 *
 * @throws Problem callback-address-refused, callbacks-too-many, malformed for what is no cursor
 * @see Standard Webhooks 1.0
 */
export async function subscribe(
  deps: Deps,
  { keyEncryptionKey: kek, allowedNetworks }: CallbackParts,
  caller: Caller,
  request: WriteRequest,
  wanted: { readonly url: string; readonly eventTypes?: readonly string[]; readonly after?: string },
): Promise<Answer<CallbackView & { readonly secret: string }>> {
  const url = callbackAddress(wanted.url, deps.mode, allowedNetworks)
  const from = wanted.after === undefined ? undefined : requireCursor(wanted.after, '/after')
  const owner = ownerOf(caller)
  const answer = await write(deps, request, async (tx, now) => {
    await callbacks.lockOwner(tx, owner)
    if ((await callbacks.listOf(tx, owner)).length >= MOST)
      throw new Problem('callbacks-too-many', { details: { most: MOST } })
    const callbackId = randomUUID()
    const added = await callbacks.add(tx, {
      callbackId,
      regionCode: owner.regionCode,
      institutionId: owner.institutionId ?? null,
      clientId: caller.id,
      url,
      eventTypes: [...(wanted.eventTypes ?? [])],
      createdAt: now,
      secretSealed: newSecret(kek, callbackId),
      ...(from ?? (await placeNow(tx))),
    })
    return { status: 201, body: callbackView(added, now) }
  })
  return await withSecret(deps, kek, owner, answer)
}

/**
 * Gives a callback a new secret. The one before signs beside it for a while, so that a receiver can change over without
 * losing a message.
 *
 * @throws Problem not-yours
 */
export async function rotateSecret(
  deps: Deps,
  { keyEncryptionKey: kek }: CallbackParts,
  caller: Caller,
  request: WriteRequest,
  callbackId: string,
  oldValidHours: number = OLD_VALID_HOURS,
): Promise<Answer<CallbackView & { readonly secret: string }>> {
  const owner = ownerOf(caller)
  const answer = await write(deps, request, async (tx, now) => {
    await required(tx, owner, callbackId)
    const rotated = await callbacks.rotate(tx, callbackId, {
      sealed: newSecret(kek, callbackId),
      previousUntil: oldValidHours === 0 ? undefined : new Date(now.getTime() + oldValidHours * HOUR_MS),
    })
    return { status: 200, body: callbackView(rotated, now) }
  })
  return await withSecret(deps, kek, owner, answer)
}

/** @throws Problem not-yours when the callback of a repeated request has ended */
async function withSecret(
  deps: Deps,
  kek: Buffer,
  owner: callbacks.CallbackOwner,
  answer: Answer<CallbackView>,
): Promise<Answer<CallbackView & { readonly secret: string }>> {
  const { callbackId } = answer.body
  const stored = await callbacks.find(deps.pool, owner, callbackId)
  if (stored === undefined) throw new Problem('not-yours')
  return {
    ...answer,
    body: { ...answer.body, secret: shownSecret(secretOf(kek, callbackId, stored.secretSealed)) },
  }
}

/** The owner's callback, locked. @throws Problem not-yours */
export async function required(
  tx: Transaction,
  owner: callbacks.CallbackOwner,
  callbackId: string,
): Promise<callbacks.StoredCallback> {
  const found = await callbacks.lock(tx, owner, callbackId)
  if (found === undefined) throw new Problem('not-yours')
  return found
}
