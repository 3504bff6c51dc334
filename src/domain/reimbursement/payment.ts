import type { Fen } from '../primitives/money.ts'
import type { Adjudication, Payer } from '../settlement/adjudication.ts'
import type { Posting } from '../settlement/postings.ts'

/** The accounts from which a patient who paid first is paid back. */
const PAID_FROM: Readonly<Partial<Record<Payer, string>>> = {
  'large-amount': 'fund:large-amount',
  'serious-illness': 'fund:serious-illness',
  'medical-assistance': 'fund:medical-assistance',
}

/**
 * The balanced entries of a reimbursement: each fund owes its part to the patient, who has paid the supplier in full.
 * What is free (charity) or waived was never paid and isn't paid back.
 *
 * @param capitationHolderId whose capitation account bears the fund's part under capitation
 * @returns entries with amounts other than zero; none when no fund pays anything
 * @see MZ-6.7, CQ-4.7b, SX-16
 */
export function reimbursementPostings(
  { totals, input }: Pick<Adjudication, 'totals'> & { readonly input: Pick<Adjudication['input'], 'scheme'> },
  capitationHolderId: string,
): Posting[] {
  const accounts: Readonly<Partial<Record<Payer, string>>> = {
    'basic-fund': `fund:basic:${input.scheme}`,
    ...PAID_FROM,
    capitation: `capitation:${capitationHolderId}`,
  }
  const parts = Object.entries(accounts).map(([payer, account]) => ({
    account,
    amount: -totals[payer as Payer],
  }))
  const paid = parts.reduce((sum, { amount }) => sum - amount, 0n)
  return [...parts, { account: 'patient:reimbursed', amount: paid }].filter(({ amount }) => amount !== 0n)
}

/** What the patient gets back in all. */
export function reimbursedFen({ totals }: Pick<Adjudication, 'totals'>): Fen {
  return (
    totals['basic-fund'] +
    totals['large-amount'] +
    totals['serious-illness'] +
    totals['medical-assistance'] +
    totals.capitation
  )
}
