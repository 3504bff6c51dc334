import { inForce } from '../domain/facts.ts'
import { dayOf } from '../domain/primitives/civil-day.ts'
import { Problem } from '../domain/problems.ts'
import type { Person } from '../domain/registers.ts'
import type { QueuedWork } from '../queue/queues.ts'
import type { Handler } from '../queue/worker.ts'
import { findSalt } from '../storage/patient-access.ts'
import { findPrescription } from '../storage/prescription/read.ts'
import { find } from '../storage/prescription/state.ts'
import { listEntries } from '../storage/registers.ts'
import type { Deps } from '../usecases/deps.ts'
import { linkToken } from '../usecases/secrets.ts'
import type { Notification, Notifier } from './notification.ts'

/**
 * The worker of the queue `notification`. Its entries hold ids: `{ kind, prescriptionNo }`. The link is derived here
 * and the telephone read here, so neither lies in a queue.
 *
 * @throws Problem for an entry that can never be sent; anything else is tried again
 */
export function notificationHandler(deps: Deps, notifier: Notifier): Handler {
  return async (job) => {
    const notification = await notificationOf(deps, job)
    if (notification !== undefined) await notifier.send(notification)
  }
}

/** @returns undefined when there is nothing to tell any more */
async function notificationOf(deps: Deps, job: QueuedWork): Promise<Notification | undefined> {
  const { regionCode } = job
  const { kind, prescriptionNo } = job.body
  if (typeof prescriptionNo !== 'string') throw new Problem('malformed')
  const row = await find(deps.pool, regionCode, prescriptionNo)
  if (row === undefined) throw new Problem('prescription-unknown')
  const id = `${regionCode}-${job.outboxId}`
  if (kind === 'prescription-changed') {
    const { hospitalId, state, revision } = row
    const changedAt = row.changedAt.toISOString()
    return { kind, id, regionCode, prescriptionNo, hospitalId, state, revision, changedAt }
  }
  if (kind !== 'patient-link') throw new Problem('malformed')
  // Delayed until nothing can be done with it: a link to an ended prescription only worries people.
  if (row.state === 'cancelled' || row.state === 'expired' || row.expiresAt <= deps.clock()) return undefined
  const salt = await findSalt(deps.pool, regionCode, prescriptionNo)
  if (salt === undefined) throw new Problem('link-unknown')
  const phone = await phoneOf(deps, regionCode, prescriptionNo)
  return {
    kind,
    id,
    regionCode,
    prescriptionNo,
    link: `${deps.settings.publicUrl}/p/${linkToken(deps.linkKey, prescriptionNo, salt)}`,
    ...(phone === undefined ? {} : { phone }),
    expiresAt: row.expiresAt.toISOString(),
  }
}

/** More periods of one person than any register has. */
const PERIODS = 20

async function phoneOf(deps: Deps, regionCode: string, prescriptionNo: string): Promise<string | undefined> {
  const prescription = await findPrescription(deps.pool, regionCode, prescriptionNo)
  if (prescription === undefined) return undefined
  const entries = await listEntries(deps.pool, regionCode, 'person', {
    key: prescription.personId,
    limit: PERIODS,
  })
  const periods = entries.map(({ validFrom, validTo, data }) => ({
    ...(data as Person),
    validFrom,
    ...(validTo === undefined ? {} : { validTo }),
  }))
  return inForce(periods, dayOf(deps.clock()))[0]?.phone || undefined
}
