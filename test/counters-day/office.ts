import { computeMonth } from '../../src/usecases/clearing/close-month.ts'
import { sweepExpired, sweepHolds, sweepUncollected } from '../../src/usecases/sweep.ts'
import { type Day, Find, heard, MORNING, pharmacyAt, read } from './day.ts'
import { setFree, timePasses } from './model.ts'
import { unpromise } from './packs.ts'
import { type Of, PLACES } from './steps.ts'
import { owe } from './till.ts'

/** A supplier pays back what it owes, or says that nothing was taken; once. */
export async function payBack(day: Day, step: Of<'pay-back'>): Promise<void> {
  const caller = pharmacyAt(day, step.place)
  const { items } = await read(day, caller, '/pharmacy/refunds?limit=200')
  const refund = items[step.refund % items.length]
  if (refund === undefined) return
  const owed = day.refunds.find(({ settlementId }) => settlementId === refund.settlementId)
  if (owed === undefined)
    throw new Find(`nobody should owe anything for the settlement ${refund.settlementId}`)
  const verb = step.taken ? 'paid-back' : 'nothing-taken'
  const sent = step.taken ? { body: { reference: 'TILL-1' } } : {}
  const got = await day.it.as(caller, 'POST', `/pharmacy/refunds/${refund.refundId}/${verb}`, sent)
  if (heard(day, step, !owed.isClosed, got)) owed.isClosed = true
}

/** The hub's own sweeps come by: holds, what nobody collected, validity. */
export async function sweep(day: Day): Promise<void> {
  const { hub } = day.it
  for (const work of [sweepHolds, sweepUncollected, sweepExpired]) await work(hub.deps)
  for (const prescription of day.prescriptions) {
    timePasses(prescription, hub.now)
    if (!['settled', 'deferred'].includes(prescription.state) || hub.now < prescription.holdUntil!) continue
    const supply = prescription.underWay!
    owe(day, supply, supply.settlementId, supply.paidFen)
    unpromise(day, supply.dispenseId)
    setFree(prescription, hub.now)
  }
}

/** The first morning of the month after an instant: 9:00 in Shanghai. */
export function nextMonth(now: Date): Date {
  const local = new Date(now.getTime() + 8 * 3_600_000)
  return new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 1, 1))
}

/** The agency closes the first month that is open, if it is over. */
export async function closeMonth(day: Day, step: Of<'close'>): Promise<void> {
  const { hub, as } = day.it
  let begins = MORNING
  for (let months = 0; months < day.closed.size; months += 1) begins = nextMonth(begins)
  const month = monthOf(begins)
  const agency = hub.agency()
  const got = await as(agency, 'POST', `/agency/clearing/${month}/close`, {})
  if (!heard(day, step, monthOf(hub.now) > month, got)) return
  await computeMonth(hub.deps, { regionCode: hub.world.regionCode, month })
  day.closed.set(month, await figuresOf(day, month))
}

/** What the statements of a month say, without how far they have come. */
export async function figuresOf(day: Day, month: string): Promise<string> {
  const agency = day.it.hub.agency()
  const { statements } = await read(day, agency, `/agency/clearing/${month}/statements`)
  const all = []
  for (const { institutionId } of statements) {
    const at = `/agency/clearing/${month}/statements/${institutionId}`
    const { status: _, sentAt: __, confirmedAt: ___, paidAt: ____, ...figures } = await read(day, agency, at)
    all.push({ ...figures, lines: (await read(day, agency, `${at}/lines?limit=200`)).lines })
  }
  return JSON.stringify(all)
}

/** Statements go out, are agreed to, and are paid. */
export async function clearMonths(day: Day): Promise<void> {
  const { hub, as } = day.it
  const agency = hub.agency()
  for (const month of day.closed.keys()) {
    const moved = async (verb: string) => {
      const { status } = await as(agency, 'POST', `/agency/clearing/${month}/${verb}`, {})
      if (status !== 200) throw new Find(`${verb} ${month}: ${status}`)
    }
    await moved('send')
    for (const place of PLACES) {
      const { status } = await as(pharmacyAt(day, place), 'POST', `/pharmacy/clearing/${month}/confirm`, {})
      if (status >= 500) throw new Find(`confirm ${month}: ${status}`)
    }
    await moved('pay')
  }
}

function monthOf(now: Date): string {
  return new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 7)
}
