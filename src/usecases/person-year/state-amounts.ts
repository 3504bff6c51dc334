import { isDeepStrictEqual } from 'node:util'
import { v7 as uuid } from 'uuid'
import { type CivilDay, dayOf, yearOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import {
  movedByStatement,
  type OutsideAmounts,
  type OutsideSource,
} from '../../domain/settlement/outside-amount.ts'
import type { Transaction } from '../../storage/database.ts'
import * as ledger from '../../storage/ledger.ts'
import * as outside from '../../storage/outside-amount.ts'
import type { Caller, Deps } from '../deps.ts'
import { requireReferences } from '../registers/change-register.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'

/** What a person used up of a year elsewhere, as the agency states it. */
export interface StatedAmounts {
  readonly source: OutsideSource
  /** The number of the record where it comes from; the same again corrects it. */
  readonly reference: string
  readonly personId: string
  /** The day of the expense, whose year it counts in. */
  readonly on: CivilDay
  readonly amounts: OutsideAmounts
  readonly reason: string
}

/** What was recorded. */
export interface AmountsStated {
  readonly source: OutsideSource
  readonly reference: string
  /** 1 for a new statement; each correction is one more. */
  readonly revision: number
  readonly year: number
  /** It says what was known already; nothing was moved. */
  readonly repeated: boolean
}

/**
 * Records what a person used up of a year elsewhere. Deductible and limits count it from the next settlement on; the
 * same record with other amounts is a correction, which moves the difference and keeps what was said before.
 *
 * @throws Problem reference-unknown for a person whom the register doesn't know; malformed for a day to come;
 *   year-amounts-of-another for a record that was about another person or year
 * @see CQ-2.4b, MZ-7.2
 */
export async function stateAmounts(
  deps: Deps,
  agency: Caller,
  request: WriteRequest,
  stated: StatedAmounts,
): Promise<Answer<AmountsStated>> {
  return await write<AmountsStated>(deps, request, async (tx, now) => {
    requirePast(stated.on, dayOf(now))
    const references = [{ register: 'person', key: stated.personId, path: '/body/personId' }] as const
    await requireReferences(tx, agency.regionCode, references, dayOf(now))
    await outside.lockOutsideAmounts(tx, agency.regionCode)
    return { status: 201, body: await record(tx, agency, stated, now) }
  })
}

/**
 * Records one statement and what it moves. Call under `lockOutsideAmounts`, with the person known.
 *
 * @throws Problem year-amounts-of-another
 */
export async function record(
  tx: Transaction,
  agency: Pick<Caller, 'id' | 'regionCode'>,
  stated: StatedAmounts,
  now: Date,
): Promise<AmountsStated> {
  const { regionCode } = agency
  const { source, reference, personId, on, amounts } = stated
  const year = yearOf(on)
  const before = await outside.newestStatement(tx, regionCode, stated)
  if (before !== undefined && (before.personId !== personId || before.year !== year))
    throw new Problem('year-amounts-of-another', { details: { source, reference } })
  if (before !== undefined && before.on === on && isDeepStrictEqual(before.amounts, amounts))
    return { source, reference, revision: before.revision, year, repeated: true }
  await ledger.lockYear(tx, regionCode, personId, year)
  const postingId = uuid()
  await ledger.post(tx, {
    regionCode,
    postingId,
    kind: 'outside',
    day: dayOf(now),
    at: now,
    lines: [],
    movements: { personId, year, measures: movedByStatement(before?.amounts, amounts) },
  })
  const revision = (before?.revision ?? 0) + 1
  await outside.addStatement(
    tx,
    regionCode,
    { ...stated, year, revision, statedBy: agency.id, statedAt: now },
    postingId,
  )
  return { source, reference, revision, year, repeated: false }
}

function requirePast(on: CivilDay, today: CivilDay): void {
  if (on <= today) return
  throw new Problem('malformed', {
    fields: [
      {
        path: '/body/on',
        keyword: 'maximum',
        message: { zh: '日期不能晚于今日。', en: 'Must not lie in the future.' },
      },
    ],
  })
}
