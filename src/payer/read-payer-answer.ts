import { PAYERS } from '../domain/settlement/adjudication.ts'
import type { PaidTotals, PayerRecord } from '../domain/settlement/payer-gateway.ts'
import { readJsonBytes } from './read-json-bytes.ts'

/** Why an answer can't be used. Codes, because an answer may hold personal data that no log or list may show. */
export type UnreadableCause =
  | 'empty'
  | 'cut-off'
  | 'not-text'
  | 'not-json'
  | 'not-an-object'
  | 'no-reference'
  | 'no-totals'
  | 'another-settlement'
  | 'refusal-without-code'
  | 'unexpected-status'

/** What an answer of the payer says about a settlement that it was asked to pay. */
export type PayerReading =
  | { readonly kind: 'paid'; readonly reference: string; readonly totals: PaidTotals }
  | { readonly kind: 'refused'; readonly code: string }
  /** It could not answer now; nothing is known, and asking again is right. */
  | { readonly kind: 'busy' }
  /** It answered, and what it did is unknown. */
  | { readonly kind: 'unreadable'; readonly cause: UnreadableCause }

/** Headers as far as they matter here. */
export interface AnswerHeaders {
  readonly contentType?: string | null
}

/** Statuses by which a server says that it did nothing and may be asked again (RFC 9110 15.5.9, 15.6; RFC 6585 4). */
function isBusy(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500
}

/**
 * Reads the answer to a settlement. Pure.
 *
 * - 2xx, and 409 for one that is settled already, with reference and totals: paid. A byte order mark, UTF-16, GB 18030
 *   and amounts that are numbers written as text are read.
 * - 422 with a code, and 409 for one that was cancelled: refused.
 * - 408, 425, 429 and 5xx: busy.
 * - Everything else is an answer that can't be used, which is never the same as none: the payer may have paid.
 *
 * @param bytes undefined when the body broke off or was too long
 * @param settlementId of the question; an answer that names another one is none to it
 */
export function readPayerAnswer(
  status: number,
  headers: AnswerHeaders,
  bytes: Uint8Array | undefined,
  settlementId: string,
): PayerReading {
  if (isBusy(status)) return { kind: 'busy' }
  const mayBePaid = (status >= 200 && status < 300) || status === 409
  if (!mayBePaid && status !== 422) return unreadable('unexpected-status')
  if (bytes === undefined) return unreadable('cut-off')
  const content = readJsonBytes(bytes, headers.contentType ?? undefined)
  if ('cause' in content) return unreadable(content.cause)
  const { value } = content
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return unreadable('not-an-object')
  const answer = value as Readonly<Record<string, unknown>>
  if (answer['settlementId'] !== undefined && answer['settlementId'] !== settlementId)
    return unreadable('another-settlement')
  if (!mayBePaid) {
    const code = readName(answer['code'])
    return code === undefined ? unreadable('refusal-without-code') : { kind: 'refused', code }
  }
  if (answer['state'] === 'cancelled') return { kind: 'refused', code: 'cancelled-before' }
  const totals = readTotals(answer['totals'])
  if (totals === undefined) return unreadable('no-totals')
  const reference = readName(answer['reference'])
  return reference === undefined ? unreadable('no-reference') : { kind: 'paid', reference, totals }
}

function unreadable(cause: UnreadableCause): PayerReading {
  return { kind: 'unreadable', cause }
}

/** A page of the payer's list of a day. */
export interface PayerPage {
  readonly settlements: readonly PayerRecord[]
  readonly next?: string
}

/** Reads a page of the list. Pure. @returns the cause when a part of it can't be used: a list is right as a whole or not at all */
export function readPayerPage(
  headers: AnswerHeaders,
  bytes: Uint8Array | undefined,
): PayerPage | { readonly cause: UnreadableCause } {
  if (bytes === undefined) return { cause: 'cut-off' }
  const content = readJsonBytes(bytes, headers.contentType ?? undefined)
  if ('cause' in content) return content
  const { settlements, next } = (content.value ?? {}) as { settlements?: unknown; next?: unknown }
  if (!Array.isArray(settlements)) return { cause: 'not-an-object' }
  const records: PayerRecord[] = []
  for (const entry of settlements as readonly unknown[]) {
    const given = (entry ?? {}) as Readonly<Record<string, unknown>>
    const { state } = given
    const settlementId = readName(given['settlementId'])
    const reference = readName(given['reference'])
    const totals = readTotals(given['totals'])
    if (settlementId === undefined || (state !== 'paid' && state !== 'cancelled'))
      return { cause: 'not-an-object' }
    if (reference === undefined) return { cause: 'no-reference' }
    if (totals === undefined) return { cause: 'no-totals' }
    records.push({ settlementId, state, reference, totals })
  }
  if (next === undefined || next === null || next === '') return { settlements: records }
  const after = readName(next)
  return after === undefined ? { cause: 'not-an-object' } : { settlements: records, next: after }
}

/** A reference or code: up to 100 visible characters of ASCII, also when it comes as a whole number. */
function readName(value: unknown): string | undefined {
  const text = Number.isSafeInteger(value) ? String(value) : typeof value === 'string' ? value.trim() : ''
  return /^[\x21-\x7e]{1,100}$/.test(text) ? text : undefined
}

/** The amounts of every bearer in fen; undefined unless each is one whole number that a JSON number holds. */
function readTotals(value: unknown): PaidTotals | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const given = value as Readonly<Record<string, unknown>>
  const totals = PAYERS.map((bearer) => [bearer, readFen(given[bearer])] as const)
  if (totals.some(([, fen]) => fen === undefined)) return undefined
  return Object.fromEntries(totals) as PaidTotals
}

function readFen(value: unknown): number | undefined {
  const fen = typeof value === 'string' && /^\s*-?\d{1,16}(\.0{1,4})?\s*$/.test(value) ? Number(value) : value
  // Minus zero is zero, and is not the same to a comparison of JSON texts.
  return Number.isSafeInteger(fen) ? (fen as number) + 0 : undefined
}
