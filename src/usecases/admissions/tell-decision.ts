import { v7 as uuid } from 'uuid'
import type { Transaction } from '../../storage/database.ts'
import { add, type NoticeSubject } from '../../storage/decision-notice.ts'
import * as outbox from '../../storage/outbox.ts'
import type { Deps } from '../deps.ts'
import { newLink } from '../secrets.ts'

/**
 * Leaves word for a person about a decision: notice and outgoing work commit with the decision itself. The work
 * holds the id of the notice alone; what was decided is read behind the link, after the second factor.
 *
 * @see SX-4.2, CQ-4.1, FS-4.2b
 */
export async function tellDecision(
  deps: Pick<Deps, 'linkKey'>,
  tx: Transaction,
  regionCode: string,
  personId: string,
  about: NoticeSubject,
  now: Date,
): Promise<void> {
  const noticeId = uuid()
  const { salt, hash } = newLink(deps.linkKey, noticeId)
  await add(tx, { regionCode, noticeId, personId, about, decidedAt: now, linkHash: hash, salt })
  await outbox.add(tx, regionCode, 'notification', { kind: 'decision', noticeId }, now)
}
