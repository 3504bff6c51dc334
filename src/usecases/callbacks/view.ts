import type { EventType } from '../../../schemas/events.ts'
import type { StoredCallback } from '../../storage/callbacks/callback.ts'
import type { StoredDelivery } from '../../storage/callbacks/delivery.ts'
import { cursorOf } from '../feed.ts'

/** A callback as its owner sees it: never with its secret. */
export interface CallbackView {
  readonly callbackId: string
  readonly url: string
  readonly eventTypes: readonly EventType[]
  readonly state: StoredCallback['state']
  readonly stateSince: string
  readonly revision: number
  readonly subscribedBy: string
  readonly createdAt: string
  readonly cursor: string
  readonly previousSecretUntil?: string
  readonly failing?: {
    readonly since: string
    readonly attempts: number
    readonly nextAttemptAt?: string
    readonly answer: string
  }
}

/** @param now decides whether the secret before the last rotation still signs */
export function callbackView(it: StoredCallback, now: Date): CallbackView {
  return {
    callbackId: it.callbackId,
    url: it.url,
    eventTypes: it.eventTypes as readonly EventType[],
    state: it.state,
    stateSince: it.stateSince.toISOString(),
    revision: it.revision,
    subscribedBy: it.clientId,
    createdAt: it.createdAt.toISOString(),
    cursor: cursorOf(it),
    ...(it.previousUntil === null || it.previousUntil <= now
      ? {}
      : { previousSecretUntil: it.previousUntil.toISOString() }),
    ...(it.failingSince === null
      ? {}
      : {
          failing: {
            since: it.failingSince.toISOString(),
            attempts: it.attempts,
            ...(it.nextAttemptAt === null ? {} : { nextAttemptAt: it.nextAttemptAt.toISOString() }),
            answer: it.lastAnswer ?? '',
          },
        }),
  }
}

/** One delivery as the owner sees it. */
export interface DeliveryView {
  readonly messageId: string
  readonly cursor: string
  readonly prescriptionNo: string
  readonly revision: number
  readonly type: EventType
  readonly state: StoredDelivery['state']
  readonly attempts: number
  readonly firstAttemptAt: string
  readonly lastAttemptAt: string
  readonly answer: string
  readonly againAt?: string
}

export function deliveryView(it: StoredDelivery): DeliveryView {
  return {
    messageId: messageIdOf(it),
    cursor: cursorOf(it),
    prescriptionNo: it.prescriptionNo,
    revision: it.revision,
    type: it.type as EventType,
    state: it.state,
    attempts: it.attempts,
    firstAttemptAt: it.firstAttemptAt.toISOString(),
    lastAttemptAt: it.lastAttemptAt.toISOString(),
    answer: it.answer,
    ...(it.againAt === null ? {} : { againAt: it.againAt.toISOString() }),
  }
}

/** Names the message that tells of one change of one prescription, the same however often it is sent. */
export function messageIdOf(it: { readonly prescriptionNo: string; readonly revision: number }): string {
  return `${it.prescriptionNo}-${it.revision}`
}
