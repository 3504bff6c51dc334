import { Problem } from '../../domain/problems.ts'
import * as callbacks from '../../storage/callbacks/callback.ts'
import * as deliveries from '../../storage/callbacks/delivery.ts'
import type { Caller, Deps } from '../deps.ts'
import { cursorOf, requireCursor } from '../feed.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'
import { callbackAddress } from './address.ts'
import { type CallbackParts, ownerOf, required } from './subscribe.ts'
import { type CallbackView, callbackView, type DeliveryView, deliveryView } from './view.ts'

/** The caller's callbacks, the oldest first. */
export async function listCallbacks(
  deps: Deps,
  caller: Caller,
): Promise<{ readonly items: readonly CallbackView[] }> {
  const rows = await callbacks.listOf(deps.pool, ownerOf(caller))
  return { items: rows.map((row) => callbackView(row, deps.clock())) }
}

/** One of the caller's callbacks. @throws Problem not-yours */
export async function readCallback(deps: Deps, caller: Caller, callbackId: string): Promise<CallbackView> {
  const found = await callbacks.find(deps.pool, ownerOf(caller), callbackId)
  if (found === undefined) throw new Problem('not-yours')
  return callbackView(found, deps.clock())
}

/**
 * Changes address, types or state. Turned on again, a callback goes on where it stood.
 *
 * @param revision the one that the caller has seen
 * @throws Problem not-yours, changed-meanwhile, callback-address-refused
 */
export async function changeCallback(
  deps: Deps,
  { allowedNetworks }: Pick<CallbackParts, 'allowedNetworks'>,
  caller: Caller,
  request: WriteRequest,
  callbackId: string,
  revision: number,
  wanted: {
    readonly url: string
    readonly eventTypes: readonly string[]
    readonly state: 'on' | 'paused'
  },
): Promise<Answer<CallbackView>> {
  const url = callbackAddress(wanted.url, deps.mode, allowedNetworks)
  return await write(deps, request, async (tx, now) => {
    const before = await required(tx, ownerOf(caller), callbackId)
    if (before.revision !== revision)
      throw new Problem('changed-meanwhile', { details: { revision: before.revision } })
    const changed = await callbacks.change(tx, {
      ...before,
      clientId: caller.id,
      url,
      eventTypes: [...wanted.eventTypes],
      state: wanted.state,
      stateSince: wanted.state === before.state ? before.stateSince : now,
    })
    return { status: 200, body: callbackView(changed, now) }
  })
}

/**
 * Sets a callback back: what lies behind the place is sent again, in order and under the same message ids.
 *
 * @throws Problem not-yours, malformed for what is no cursor
 */
export async function replayCallback(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  callbackId: string,
  after: string,
): Promise<Answer<CallbackView>> {
  const place = requireCursor(after, '/after')
  return await write(deps, request, async (tx, now) => {
    const before = await required(tx, ownerOf(caller), callbackId)
    const changed = await callbacks.change(tx, { ...before, clientId: caller.id, ...place })
    return { status: 200, body: callbackView(changed, now) }
  })
}

/** Ends a callback. @throws Problem not-yours */
export async function endCallback(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  callbackId: string,
): Promise<Answer<{ readonly callbackId: string; readonly endedAt: string }>> {
  return await write(deps, request, async (tx, now) => {
    await required(tx, ownerOf(caller), callbackId)
    await callbacks.remove(tx, callbackId)
    return { status: 200, body: { callbackId, endedAt: now.toISOString() } }
  })
}

/**
 * What became of the messages of a callback, the newest first.
 *
 * @throws Problem not-yours, malformed for what is no cursor
 */
export async function listDeliveries(
  deps: Deps,
  caller: Caller,
  callbackId: string,
  query: {
    readonly state?: 'delivered' | 'failing'
    readonly before?: string
    readonly limit: number
  },
): Promise<{ readonly items: readonly DeliveryView[]; readonly next?: string }> {
  await readCallback(deps, caller, callbackId)
  const { state, before, limit } = query
  const rows = await deliveries.listBefore(deps.pool, callbackId, {
    limit,
    ...(state === undefined ? {} : { state }),
    ...(before === undefined ? {} : { before: requireCursor(before, '/querystring/before') }),
  })
  const last = rows.length === limit ? rows.at(-1) : undefined
  return { items: rows.map(deliveryView), ...(last === undefined ? {} : { next: cursorOf(last) }) }
}

/**
 * Has one delivered message sent again, out of turn and under its id.
 *
 * @throws Problem not-yours for a callback or a message that the caller has not, or that was never delivered
 */
export async function sendAgain(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  callbackId: string,
  messageId: string,
): Promise<Answer<DeliveryView>> {
  const [prescriptionNo = '', revision = ''] = messageId.split('-')
  return await write(deps, request, async (tx, now) => {
    await required(tx, ownerOf(caller), callbackId)
    const message = { prescriptionNo, revision: Number(revision) }
    const asked = await deliveries.askAgain(tx, callbackId, message, now)
    if (asked === undefined) throw new Problem('not-yours')
    return { status: 202, body: deliveryView(asked) }
  })
}
