import { dayOf } from '../domain/primitives/civil-day.ts'
import { Problem } from '../domain/problems.ts'
import type { QueuedWork } from '../queue/queues.ts'
import type { Handler } from '../queue/worker.ts'
import { findSwitchedOff } from '../storage/callbacks/callback.ts'
import { find as findNotice } from '../storage/decision-notice.ts'
import { findAddressee } from '../storage/patient-access.ts'
import { find } from '../storage/prescription/state.ts'
import { refundsOfPrescription } from '../storage/refund.ts'
import type { Deps } from '../usecases/deps.ts'
import { registeredPerson } from '../usecases/patient/registered-person.ts'
import { linkToken } from '../usecases/secrets.ts'
import type { Notification, Notifier } from './notification.ts'

/**
 * The worker of the queue `notification`. Its entries hold ids: `{ kind, prescriptionNo }`, `{ kind, noticeId }` or
 * `{ kind, callbackId }`.
 * The link is derived here and the telephone read here, so neither lies in a queue.
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
  switch (job.body['kind']) {
    case 'patient-link':
    case 'prescription-changed':
      return await aboutPrescription(deps, job, job.body['kind'])
    case 'decision':
      return await aboutDecision(deps, job)
    case 'callback-switched-off':
      return await aboutCallback(deps, job)
    default:
      throw new Problem('malformed')
  }
}

async function aboutPrescription(
  deps: Deps,
  { regionCode, outboxId, body }: QueuedWork,
  kind: 'patient-link' | 'prescription-changed',
): Promise<Notification | undefined> {
  const { prescriptionNo } = body
  if (typeof prescriptionNo !== 'string') throw new Problem('malformed')
  const row = await find(deps.pool, regionCode, prescriptionNo)
  if (row === undefined) throw new Problem('prescription-unknown')
  // Delayed until nothing can be done with it: a link to an ended prescription only worries people.
  const isOver = row.state === 'cancelled' || row.state === 'expired' || row.expiresAt <= deps.clock()
  if (kind === 'patient-link' && isOver) return undefined
  const { personId, salt } = (await findAddressee(deps.pool, regionCode, prescriptionNo)) ?? {}
  const phone = personId && (await phoneOf(deps, regionCode, personId))
  const told = {
    id: `${regionCode}-${outboxId}`,
    regionCode,
    prescriptionNo,
    ...(phone === undefined ? {} : { phone }),
  }
  const link = salt && `${deps.settings.publicUrl}/p/${linkToken(deps.linkKey, prescriptionNo, salt)}`
  if (kind === 'patient-link') {
    if (link === undefined) throw new Problem('link-unknown')
    return { kind, ...told, link, expiresAt: row.expiresAt.toISOString() }
  }
  const { hospitalId, state, revision } = row
  const owedFen = (await refundsOfPrescription(deps.pool, regionCode, prescriptionNo))
    .filter((refund) => refund.state === 'owed')
    .reduce((sum, { amountFen }) => sum + amountFen, 0)
  const changedAt = row.changedAt.toISOString()
  return {
    kind,
    ...told,
    hospitalId,
    state,
    revision,
    changedAt,
    ...(owedFen === 0 ? {} : { owedFen }),
    ...(link === undefined ? {} : { link }),
  }
}

async function aboutDecision(deps: Deps, { regionCode, outboxId, body }: QueuedWork): Promise<Notification> {
  const { noticeId } = body
  if (typeof noticeId !== 'string') throw new Problem('malformed')
  const notice = await findNotice(deps.pool, regionCode, noticeId)
  if (notice === undefined) throw new Problem('link-unknown')
  const phone = await phoneOf(deps, regionCode, notice.personId)
  return {
    kind: 'decision',
    id: `${regionCode}-${outboxId}`,
    regionCode,
    noticeId,
    link: `${deps.settings.publicUrl}/d/${linkToken(deps.linkKey, noticeId, notice.salt)}`,
    ...(phone === undefined ? {} : { phone }),
    decidedAt: notice.decidedAt.toISOString(),
  }
}

/** @returns undefined when it was turned on again or ended meanwhile */
async function aboutCallback(
  deps: Deps,
  { regionCode, outboxId, body }: QueuedWork,
): Promise<Notification | undefined> {
  const { callbackId } = body
  if (typeof callbackId !== 'string') throw new Problem('malformed')
  const found = await findSwitchedOff(deps.pool, callbackId)
  if (found === undefined) return undefined
  const { institutionId, failingSince, lastAnswer } = found
  const phone =
    institutionId === null
      ? undefined
      : (await deps.registers.latest(deps.pool, regionCode)).find(
          'institution',
          institutionId,
          dayOf(deps.clock()),
        )?.phone
  return {
    kind: 'callback-switched-off',
    id: `${regionCode}-${outboxId}`,
    regionCode,
    callbackId,
    ...(institutionId === null ? {} : { institutionId }),
    ...(phone === undefined ? {} : { phone }),
    failingSince: failingSince.toISOString(),
    answer: lastAnswer,
  }
}

async function phoneOf(deps: Deps, regionCode: string, personId: string): Promise<string | undefined> {
  return (await registeredPerson(deps, regionCode, personId))?.phone || undefined
}
