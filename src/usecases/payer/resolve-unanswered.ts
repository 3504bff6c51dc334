import { Problem } from '../../domain/problems.ts'
import { PAYER_QUESTION_QUEUE } from '../../domain/settlement/payer-gateway.ts'
import * as outbox from '../../storage/outbox.ts'
import * as differences from '../../storage/payer-difference.ts'
import * as requests from '../../storage/payer-request.ts'
import type { Caller, Deps } from '../deps.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'
import { leavePayerCancel } from './cancel-at-payer.ts'

/** What a person decides: see the API description. */
export type Resolution = 'ask-again' | 'take-back' | 'keep'

export interface Resolved {
  readonly settlementId: string
  readonly action: Resolution
}

/** The differences that a person clears up. */
const UNANSWERED = ['answer-unreadable', 'deferred-unanswered', 'paid-there-only', 'refused-anew'] as const

/**
 * A person of the agency clears up a settlement that was deferred while the payer had not answered, or not so that it
 * could be read; or one of what a patient kept after a return, for which the payer does not pay. Only a person lets the hub cancel what may have been paid.
 *
 * @throws Problem settlement-unknown when the payer was never asked about it here; wrong-state when nothing is open, or when
 *   it is to be asked again what it has answered
 * @see MZ-6.7
 */
export async function resolveUnanswered(
  deps: Pick<Deps, 'pool' | 'clock'>,
  agency: Caller,
  request: WriteRequest,
  settlementId: string,
  action: Resolution,
): Promise<Answer<Resolved>> {
  const { regionCode } = agency
  return await write<Resolved>(deps, request, async (tx, now) => {
    const asked = await requests.lock(tx, regionCode, settlementId)
    if (asked === undefined) throw new Problem('settlement-unknown')
    if (asked.status !== 'unresolved') throw new Problem('wrong-state', { details: { status: asked.status } })
    switch (action) {
      case 'ask-again':
        // The same question gets the same answer.
        if (asked.answer !== undefined) throw new Problem('wrong-state', { details: { status: 'answered' } })
        await outbox.add(tx, regionCode, PAYER_QUESTION_QUEUE, { settlementId }, now)
        break
      case 'take-back':
        await leavePayerCancel(tx, regionCode, settlementId, 'decided-by-agency', now)
        break
      case 'keep':
        await requests.move(tx, regionCode, settlementId, ['unresolved'], 'kept', { at: now })
        await differences.markAnswered(tx, regionCode, settlementId, UNANSWERED, now)
        break
    }
    return { status: 202, body: { settlementId, action } }
  })
}
