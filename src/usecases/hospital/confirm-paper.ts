import type { CodeOf } from '../../domain/codes.ts'
import { CANCEL_WAITS, type State, transitionsOf } from '../../domain/lifecycle/transitions.ts'
import { cancelChanges } from '../../domain/prescription/cancel.ts'
import { Problem } from '../../domain/problems.ts'
import { answerPaper, findPaperState, type ObjectionEffect } from '../../storage/prescription/paper.ts'
import { saveDecision } from '../../storage/prescription/save.ts'
import type { Caller, Deps } from '../deps.ts'
import { lockPrescription, note } from '../lifecycle.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'

/** The hospital knows the prescription, or it objects. */
export type PaperDecision =
  | { readonly decision: 'confirm' }
  | { readonly decision: 'object'; readonly reasonCode: CodeOf<'paper-objection-reasons'> }

export interface PaperAnswered {
  readonly prescriptionNo: string
  readonly decision: 'confirm' | 'object'
  /** What the objection came to; `recorded` once money has moved: the agency looks into it. */
  readonly effect?: ObjectionEffect
  readonly state: State
}

/**
 * The hospital confirms a paper prescription that a pharmacy entered in its name, or objects. Before settlement an
 * objection is a cancel, pending while a pharmacy holds it; afterwards it is recorded and listed for the agency.
 *
 * @throws Problem prescription-unknown for another hospital's, or one that didn't come on paper;
 *   paper-answered-already
 * @see MZ-7.5
 */
export async function confirmPaper(
  deps: Deps,
  hospital: Caller & { readonly institutionId: string },
  request: WriteRequest,
  prescriptionNo: string,
  decision: PaperDecision,
): Promise<Answer<PaperAnswered>> {
  return await write<PaperAnswered>(deps, request, async (tx, now) => {
    const { regionCode } = hospital
    const row = await lockPrescription(tx, regionCode, prescriptionNo, now)
    if (row.hospitalId !== hospital.institutionId) throw new Problem('prescription-unknown')
    const earlier = await findPaperState(tx, regionCode, prescriptionNo)
    if (earlier === undefined) throw new Problem('prescription-unknown')
    if (earlier !== 'unconfirmed') throw new Problem('paper-answered-already', { details: { earlier } })
    const answered = { answeredAt: now, answeredBy: hospital.id }
    if (decision.decision === 'confirm') {
      await note(tx, row, 'paper-confirmed', { caller: hospital, now })
      await answerPaper(tx, regionCode, prescriptionNo, { state: 'confirmed', ...answered })
      return { status: 200, body: { prescriptionNo, decision: 'confirm', state: row.state } }
    }
    const { reasonCode } = decision
    let effect: ObjectionEffect = 'recorded'
    let state = row.state
    if (CANCEL_WAITS.includes(state) || transitionsOf(state, 'cancel').length > 0) {
      const situation = { prescription: row, now }
      const done = cancelChanges(situation, { caller: hospital, reasonCode })
      saveDecision(tx, row, { changes: done.changes }, now)
      effect = done.cancel === 'pending' ? 'cancel-pending' : 'cancelled'
      state = done.state
    } else {
      await note(tx, row, 'paper-objected', { caller: hospital, now, data: { reason: reasonCode } })
    }
    const objection = { state: 'objected', objectionCode: reasonCode, effect, ...answered } as const
    await answerPaper(tx, regionCode, prescriptionNo, objection)
    return { status: 200, body: { prescriptionNo, decision: 'object', effect, state } }
  })
}
