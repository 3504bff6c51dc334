import { fenToJson } from '../../domain/primitives/money.ts'
import { Problem } from '../../domain/problems.ts'
import { addStatement, deductibleLeft } from '../../storage/stay-deductible.ts'
import type { Caller, Deps } from '../deps.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'

/** What a hospital says of a stay's deductible. */
export interface StayDeductible {
  readonly personId: string
  readonly deductibleFen: number
  /** Of it charged by the hospital itself. */
  readonly chargedFen: number
}

export interface StayStated {
  readonly stayNo: string
  readonly statementNo: number
  /** What is left now, the hub's own charges taken off. */
  readonly leftFen: number
}

/**
 * Keeps what the hospital states of a stay's deductible; settlements from now on charge what is left of it.
 *
 * @throws Problem not-yours when the stay is another person's; malformed when more is charged than there is
 * @see CQ-2.3, MZ-7.4
 */
export async function stateStay(
  deps: Deps,
  hospital: Caller & { readonly institutionId: string },
  request: WriteRequest,
  stayNo: string,
  stated: StayDeductible,
): Promise<Answer<StayStated>> {
  const { regionCode, institutionId: hospitalId } = hospital
  const { personId, deductibleFen, chargedFen } = stated
  if (chargedFen > deductibleFen) {
    const message = { zh: '已收取金额不得超过起付标准。', en: 'No more can be charged than the deductible.' }
    throw new Problem('malformed', {
      fields: [{ path: '/body/chargedFen', keyword: 'maximum', message }],
    })
  }
  return await write<StayStated>(deps, request, async (tx, now) => {
    const statementNo = await addStatement(tx, {
      regionCode,
      hospitalId,
      stayNo,
      personId,
      deductible: BigInt(deductibleFen),
      charged: BigInt(chargedFen),
      at: now,
      by: hospital.id,
    })
    if (statementNo === undefined) throw new Problem('not-yours')
    const left = (await deductibleLeft(tx, regionCode, hospitalId, stayNo, personId)) ?? 0n
    return { status: 200, body: { stayNo, statementNo, leftFen: fenToJson(left) } }
  })
}
