import { setTimeout as sleep } from 'node:timers/promises'
import { endOf, firstDay, type Month, monthAfter, monthOf } from '../domain/clearing/month.ts'
import { addDays, startOfDay } from '../domain/primitives/civil-day.ts'
import type { DemoClock } from './demo-clock.ts'
import { expectStatus, expectThat } from './stage.ts'
import { type HubAnswer, type SystemClient, UnexpectedAnswer } from './system-client.ts'

/** A month as `GET /agency/clearing/{month}` tells of it. */
type Overview = HubAnswer['body']

/** What was closed. */
export interface MonthsClosed {
  /** The month in which what is settled now counts. */
  readonly month: Month
  /** Earlier ones that had been left open. */
  readonly before: readonly Month[]
  readonly overview: Overview
}

const OPENING_HOUR_MS = 9 * 3_600_000
const POLL_MS = 50
const WAIT_MS = 60_000
/** More than the months of the ten years that the clock can be set on. */
const MOST = 200

/**
 * Closes the month in which what is settled now counts, as an agency does it that does not know what was closed
 * before: that month is this one, or the first open one after it. The clock is set to its end, and earlier months
 * that were left open are closed on the way, because months are closed one after the other.
 *
 * @param thisMonth by the sandbox's clock
 * @throws UnexpectedAnswer
 */
export async function closeMonths(
  agency: SystemClient,
  clock: DemoClock,
  thisMonth: Month,
): Promise<MonthsClosed> {
  let month = thisMonth
  while ((await agency.get(`/agency/clearing/${month}`)).status === 200) month = monthAfter(month)
  const before: Month[] = []
  for (let next = month, tries = 0; tries < MOST; tries += 1) {
    await clock.goTo(new Date(startOfDay(endOf(month)).getTime() + OPENING_HOUR_MS))
    const answer = await agency.post(`/agency/clearing/${next}/close`)
    const code = answer.status === 202 ? undefined : answer.body.code
    if (code === 'month-out-of-order') {
      // Without a month named, none was ever closed, and there are entries of earlier ones.
      next = answer.body.details.next ?? monthOf(addDays(firstDay(next), -1))
    } else if (code === 'month-closed' || code === 'month-before-clearing') {
      // Has figures already, or never will: the first month that was closed was a later one.
      next = monthAfter(next)
      if (next > month) month = next
    } else if (code === 'clearing-unfinished') {
      await finished(agency, answer.body.details.month)
    } else {
      expectStatus(answer, 202, `closing ${next}`)
      const overview = await finished(agency, next)
      if (next === month) return { month, before, overview }
      before.push(next)
      next = monthAfter(next)
    }
  }
  throw new UnexpectedAnswer(`no month could be closed from ${thisMonth} on`)
}

/** Waits until a worker has added up a closed month. */
async function finished(agency: SystemClient, month: Month): Promise<Overview> {
  for (let waited = 0; ; waited += POLL_MS) {
    const overview = expectStatus(await agency.get(`/agency/clearing/${month}`), 200, `the state of ${month}`)
    if (overview.state === 'finished') return overview
    expectThat(waited < WAIT_MS, `${month} was not added up within ${WAIT_MS / 1000} s`)
    await sleep(POLL_MS)
  }
}
