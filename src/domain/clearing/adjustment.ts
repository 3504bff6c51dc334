import type { Fen } from '../primitives/money.ts'
import { OWED_ACCOUNTS } from './statement.ts'

/** Why a correction can't be booked: the entry holds nothing that was owed, or it is more than the entry itself. */
export type CorrectionFault = 'correction-impossible' | 'correction-exceeds'

/**
 * The entries that correct what an institution is owed.
 *
 * Against the fund that bore most of the disputed entry; for a pharmacy that supplied an inpatient, against the
 * hospital's deduction, because the agency pays such a pharmacy on the hospital's account (MZ-7.4).
 *
 * @param disputed lines of the entry that was disputed
 * @param earlier fen by which it was corrected before, in all
 * @param correction fen by which the institution is owed more; negative: less; not zero
 * @returns balanced lines, or why there are none; all corrections together are no more than what the entry corrects
 */
export function adjustmentLines(
  institutionId: string,
  disputed: readonly { readonly account: string; readonly amount: Fen }[],
  earlier: Fen,
  correction: Fen,
): { account: string; amount: Fen }[] | CorrectionFault {
  const owed = OWED_ACCOUNTS.map((account) => `institution:${institutionId}:${account}`)
  const ownLines = disputed.filter((line) => owed.includes(line.account))
  const account = ownLines[0]?.account
  const deduction = disputed.find((line) => /:deduction$/.test(line.account) && !owed.includes(line.account))
  const funds = disputed.filter((line) => /^(fund|capitation):/.test(line.account))
  const payer = deduction ?? funds.toSorted((a, b) => (size(a.amount) < size(b.amount) ? 1 : -1))[0]
  if (account === undefined || payer === undefined) return 'correction-impossible'
  const most = size(ownLines.reduce((sum, { amount }) => sum + amount, 0n))
  if (size(earlier + correction) > most) return 'correction-exceeds'
  return [
    { account: payer.account, amount: -correction },
    { account, amount: correction },
  ]
}

function size(amount: Fen): Fen {
  return amount < 0n ? -amount : amount
}
