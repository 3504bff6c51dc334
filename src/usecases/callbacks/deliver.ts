import { type Attempt, afterAttempt, type Streak, wordOf } from '../../domain/callbacks/after-attempt.ts'
import * as claims from '../../storage/callbacks/claim.ts'
import * as deliveries from '../../storage/callbacks/delivery.ts'
import { inTransaction } from '../../storage/database.ts'
import type { FeedPosition } from '../../storage/feed.ts'
import { add as addWork } from '../../storage/outbox.ts'
import type { Deps } from '../deps.ts'
import { cursorOf, type FeedEntry, readFeed, requireCursor } from '../feed.ts'
import { type MessageHeaders, secretOf, signed } from './secret.ts'
import { messageIdOf } from './view.ts'

/** One message, ready to be sent. */
export interface CallbackMessage {
  readonly url: string
  readonly headers: MessageHeaders
  /** JSON. */
  readonly body: string
}

/** Sends one message. @returns undefined when it was broken off because the process ends */
export type SendCallback = (message: CallbackMessage) => Promise<Attempt | undefined>

/** What delivery needs beside the use cases. */
export interface DeliveryParts {
  readonly keyEncryptionKey: Buffer
  readonly send: SendCallback
  /** Messages are dated by it: their receivers compare with their own clocks. */
  readonly machineClock: () => Date
  /** 0 to 1, for pauses that differ. */
  readonly chance: () => number
  readonly isStopping: () => boolean
}

/** A claim outlives one attempt by far. In seconds. */
export const CLAIM_SECONDS = 60
/** Events read at a time. */
const PAGE = 100
/** Pages of one turn; then the next callback has its turn. */
const PAGES = 10

/**
 * Sends what a callback has to send, in the order of the feed, until nothing is left, an attempt fails or the turn ends.
 * The place is moved with the record of each attempt, in one transaction: whenever the process dies, the message is at
 * most sent again, under the same id.
 *
 * @returns how many were delivered
 */
export async function deliverCallback(
  deps: Deps,
  parts: DeliveryParts,
  claimed: claims.ClaimedCallback,
): Promise<number> {
  const turn = new Turn(deps, parts, claimed)
  try {
    await turn.sendAgain()
    for (let page = 0; page < PAGES && turn.goesOn; page += 1) {
      const { entries } = await readFeed(deps.pool, recipientOf(claimed), cursorOf(turn.place), PAGE)
      for (const entry of entries) if (turn.goesOn) await turn.next(entry)
      if (entries.length < PAGE) break
    }
    await turn.end()
  } finally {
    await claims.release(deps.pool, claimed)
  }
  return turn.delivered
}

function recipientOf({ regionCode, institutionId }: claims.ClaimedCallback) {
  return { regionCode, ...(institutionId === null ? {} : { institutionId }) }
}

/** One turn of one callback. */
class Turn {
  readonly #deps: Deps
  readonly #parts: DeliveryParts
  readonly #callback: claims.ClaimedCallback
  readonly #secrets: readonly Buffer[]
  #streak: Streak | undefined
  #hasPassedOver = false
  #isOver = false
  /** Delivered or passed over last. */
  place: FeedPosition
  delivered = 0

  constructor(deps: Deps, parts: DeliveryParts, callback: claims.ClaimedCallback) {
    this.#deps = deps
    this.#parts = parts
    this.#callback = callback
    this.place = callback
    const { callbackId, secretSealed, previousSealed, previousUntil, attempts, failingSince } = callback
    const isBeforeValid = previousUntil !== null && previousUntil > deps.clock()
    this.#secrets = [secretSealed, ...(previousSealed !== null && isBeforeValid ? [previousSealed] : [])].map(
      (sealed) => secretOf(parts.keyEncryptionKey, callbackId, sealed),
    )
    this.#streak = failingSince === null ? undefined : { attempts, since: failingSince }
  }

  get goesOn(): boolean {
    return !this.#isOver && !this.#parts.isStopping()
  }

  /** Sends what was asked for again. Once each: who asks sees how it went, and may ask again. */
  async sendAgain(): Promise<void> {
    const { pool, clock } = this.#deps
    for (const asked of await deliveries.listAgain(pool, this.#callback.callbackId, PAGE)) {
      if (!this.goesOn) return
      const before = await readFeed(pool, recipientOf(this.#callback), justBefore(asked), 1)
      const [entry] = before.entries
      if (entry === undefined) return
      const attempt = await this.#send(entry)
      if (attempt === undefined) return
      const answer = wordOf(attempt)
      await deliveries.record(pool, this.#callback.callbackId, { ...asked, lastAttemptAt: clock(), answer })
      this.#isOver = !(await claims.renew(pool, this.#callback, CLAIM_SECONDS))
    }
  }

  /** Sends the next event, or passes it over when its type is not wanted. */
  async next(entry: FeedEntry): Promise<void> {
    const place = requireCursor(entry.cursor, '')
    const { eventTypes } = this.#callback
    if (eventTypes.length > 0 && !eventTypes.includes(entry.type)) {
      this.place = place
      this.#hasPassedOver = true
      return
    }
    const attempt = await this.#send(entry)
    if (attempt === undefined) this.#isOver = true
    else await this.#follow(entry, place, attempt)
  }

  /** Keeps the place when the last events were passed over. */
  async end(): Promise<void> {
    if (!this.#hasPassedOver || this.#isOver) return
    await claims.advance(this.#deps.pool, this.#callback, { ...this.place, ...UNHURT }, CLAIM_SECONDS)
  }

  async #send(entry: FeedEntry): Promise<Attempt | undefined> {
    // As Standard Webhooks has it; `data` is the entry of the feed.
    const body = JSON.stringify({ type: entry.type, timestamp: entry.at, data: entry })
    const at = this.#parts.machineClock()
    const headers = signed(this.#secrets, messageIdOf(entry), at, body)
    return await this.#parts.send({ url: this.#callback.url, headers, body })
  }

  /** Records an attempt and what follows from it. */
  async #follow(entry: FeedEntry, place: FeedPosition, attempt: Attempt): Promise<void> {
    const now = this.#deps.clock()
    const then = afterAttempt(this.#streak, attempt, now, this.#parts.chance())
    const isDelivered = then.next === 'go-on'
    const answer = wordOf(attempt)
    const progress: claims.Progress = isDelivered
      ? { ...place, ...UNHURT }
      : {
          xact: this.place.xact,
          seq: this.place.seq,
          attempts: then.streak.attempts,
          failingSince: then.streak.since,
          nextAttemptAt: then.next === 'try-again' ? then.at : null,
          lastAnswer: answer,
          ...(then.next === 'switch-off' ? { switchedOffAt: now } : {}),
        }
    const { callbackId, regionCode } = this.#callback
    const isMine = await inTransaction(this.#deps.pool, async (tx) => {
      if (!(await claims.advance(tx, this.#callback, progress, CLAIM_SECONDS))) return false
      await deliveries.record(tx, callbackId, {
        ...place,
        prescriptionNo: entry.prescriptionNo,
        revision: entry.revision,
        type: entry.type,
        state: isDelivered ? 'delivered' : 'failing',
        lastAttemptAt: now,
        answer,
      })
      if (then.next === 'switch-off')
        await addWork(tx, regionCode, 'notification', { kind: 'callback-switched-off', callbackId }, now)
      return true
    })
    this.#isOver = !isMine || !isDelivered
    if (!isMine || !isDelivered) return
    this.place = place
    this.#hasPassedOver = false
    this.#streak = undefined
    this.delivered += 1
  }
}

/** Nothing has failed since. */
const UNHURT = { attempts: 0, failingSince: null, nextAttemptAt: null, lastAnswer: null } as const

/** The cursor behind which an entry comes first. */
function justBefore({ xact, seq }: FeedPosition): string {
  return cursorOf({ xact, seq: String(BigInt(seq) - 1n) })
}
