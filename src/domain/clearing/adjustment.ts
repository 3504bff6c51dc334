import type { Fen } from '../primitives/money.ts'
import { OWED_ACCOUNTS } from './statement.ts'

/**
 * The entries that correct what an institution is owed.
 *
 * Against the fund that bore most of the disputed entry; for a pharmacy that supplied an inpatient, against the
 * hospital's deduction, because the agency pays such a pharmacy on the hospital's account (MZ-7.4).
 *
 * @param disputed lines of the entry that was disputed
 * @param correction fen by which the institution is owed more; negative: less; not zero
 * @returns balanced lines, or undefined when the entry holds nothing that the institution was owed
 */
export function adjustmentLines(
  institutionId: string,
  disputed: readonly { readonly account: string; readonly amount: Fen }[],
  correction: Fen,
): { account: string; amount: Fen }[] | undefined {
  const owed = OWED_ACCOUNTS.map((account) => `institution:${institutionId}:${account}`)
  const account = disputed.find((line) => owed.includes(line.account))?.account
  const deduction = disputed.find((line) => /:deduction$/.test(line.account) && !owed.includes(line.account))
  const funds = disputed.filter((line) => /^(fund|capitation):/.test(line.account))
  const payer = deduction ?? funds.toSorted((a, b) => (size(a.amount) < size(b.amount) ? 1 : -1))[0]
  if (account === undefined || payer === undefined) return undefined
  return [
    { account: payer.account, amount: -correction },
    { account, amount: correction },
  ]
}

function size(amount: Fen): Fen {
  return amount < 0n ? -amount : amount
}
