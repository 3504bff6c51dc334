import { v7 as uuid } from 'uuid'
import { canonicalJson } from '../../domain/primitives/canonical-json.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { type Fen, fenToJson } from '../../domain/primitives/money.ts'
import { Problem } from '../../domain/problems.ts'
import {
  type CapitationOutcome,
  capitationOutcome,
  outcomeLines,
} from '../../domain/settlement/capitation-year.ts'
import { consult, type FigureBook, numberOf } from '../../domain/settlement/figure-book.ts'
import * as capitation from '../../storage/capitation.ts'
import { openFrom } from '../../storage/clearing/books.ts'
import * as ledger from '../../storage/ledger.ts'
import type { Caller, Deps } from '../deps.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'
import { capitationPart } from './policy-of-year.ts'

/** How a year ended, fen as numbers. */
export type OutcomeJson = { readonly [Name in keyof CapitationOutcome]: number } & {
  readonly restsOnSample: boolean
}

export interface YearSettled {
  readonly institutionId: string
  readonly year: number
  readonly outcome: OutcomeJson
  readonly postingId?: string
}

/**
 * Settles an institution's capitation year: advances are set off, surplus and over-run are shared by the figures of
 * the policy, and the account goes to zero. What comes out is paid with the clearing of the month in which it is done.
 * Later reversals count in the year in which they are booked.
 *
 * @throws Problem month-not-over before the year's last month is closed; capitation-wrong-state when nothing was
 *   granted or it is settled; policy-not-cited when a share is unset
 * @see FS-3.5a
 */
export async function settleCapitationYear(
  deps: Deps,
  agency: Caller,
  request: WriteRequest,
  year: number,
  institutionId: string,
): Promise<Answer<YearSettled>> {
  const { regionCode } = agency
  const shares = sharesOf(deps, regionCode, year)
  return await write<YearSettled>(deps, request, async (tx, now) => {
    const opened = await capitation.lockYear(tx, regionCode, institutionId, year)
    if (opened === undefined || opened.settledAt !== undefined) {
      const state = opened === undefined ? 'not-granted' : 'settled'
      throw new Problem('capitation-wrong-state', { details: { state } })
    }
    const closedTo = await openFrom(tx, regionCode)
    if (closedTo === undefined || closedTo <= `${year}-12-31`) {
      throw new Problem('month-not-over', { details: { month: `${year}-12` } })
    }
    const [use] = await capitation.standings(tx, regionCode, year, institutionId)
    if (use === undefined) throw new Error(`no capitation of ${institutionId} in ${year}`)
    const { budget, advanced, used, earned } = use
    const outcome = capitationOutcome({ budget, advanced, used, earned }, shares.kept, shares.shared)
    const lines = outcomeLines(institutionId, opened.scheme, outcome)
    const postingId = lines.length === 0 ? undefined : uuid()
    if (postingId !== undefined) {
      await ledger.post(tx, { regionCode, postingId, kind: 'capitation', day: dayOf(now), at: now, lines })
    }
    const figures = Object.entries(outcome).map(([name, amount]: [string, Fen]) => [name, fenToJson(amount)])
    const json = { ...Object.fromEntries(figures), restsOnSample: shares.restsOnSample } as OutcomeJson
    await capitation.settleYear(tx, regionCode, institutionId, year, {
      at: now,
      by: agency.id,
      outcome: canonicalJson(json),
      ...(postingId === undefined ? {} : { postingId }),
    })
    const posted = postingId === undefined ? {} : { postingId }
    return { status: 200, body: { institutionId, year, outcome: json, ...posted } }
  })
}

function sharesOf(deps: Deps, regionCode: string, year: number) {
  const { version, part } = capitationPart(deps, regionCode, year)
  const book: FigureBook = { mode: deps.mode, used: new Map(), missing: new Map() }
  const kept = consult(book, part, 'surplusKeptBp', {})
  const shared = consult(book, part, 'overrunSharedBp', {})
  if (book.missing.size > 0) {
    const figures = [...book.missing.values()].map(
      ({ ruleId, part, name, reason }) => `${ruleId} ${part}.${name} (${reason})`,
    )
    throw new Problem('policy-not-cited', { details: { policyVersion: version.id, figures } })
  }
  return {
    kept: numberOf(kept),
    shared: numberOf(shared),
    restsOnSample: kept?.status === 'sample' || shared?.status === 'sample',
  }
}
