import type { Fen } from '../primitives/money.ts'

/**
 * The accounts of an institution, by their last word. `receivable` and `deduction` are what the agency owes it or
 * takes off (MZ-7.4); the others are memos: what patients paid, free supplies, what capitation prepaid.
 */
const INSTITUTION_ACCOUNTS = [
  'receivable',
  'deduction',
  'paid',
  'counter',
  'patient-receivable',
  'prepaid',
  'charity',
  'capitation',
] as const
export type InstitutionAccount = (typeof INSTITUTION_ACCOUNTS)[number]

/** The accounts that clearing brings back to zero. */
export const OWED_ACCOUNTS: readonly InstitutionAccount[] = ['receivable', 'deduction']

/** The kind of ledger entry that pays a statement. */
const PAYMENT = 'clearing'
/** The kind that grants a budget, pays it in advance, and settles its year. */
const CAPITATION = 'capitation'

/** The sum of one kind of entries on one account of an institution in a month. */
export interface Movement {
  readonly account: string
  /** Kind of the posting: settlement, reversal, adjustment, reimbursement, clearing, capitation. */
  readonly kind: string
  readonly amount: Fen
  readonly entries: number
}

/** One row of a statement's summary. */
export interface StatementItem {
  readonly item:
    | 'settlements'
    | 'reversals'
    | 'inpatient-deductions'
    | 'adjustments'
    | 'payments'
    | 'capitation'
    | 'capitation-budget'
    | 'capitation-payments'
    | 'counter'
    | 'patient-receivable'
    | 'charity'
    | 'prepaid'
  readonly amount: Fen
  readonly entries: number
}

/** The figures of one institution and month. `closing === opening + due - paid`. */
export interface StatementFigures {
  /** Unpaid when the month began. */
  readonly opening: Fen
  /** What this month's own entries make payable. */
  readonly due: Fen
  /** Payments made in this month. */
  readonly paid: Fen
  readonly closing: Fen
  /** Rows that make up `due` and `paid`, with their sign as it moves the balance. */
  readonly items: readonly StatementItem[]
  /** Rows for information: nobody pays them through clearing. */
  readonly memos: readonly StatementItem[]
}

const MEMOS: Readonly<Record<string, StatementItem['item']>> = {
  capitation: 'capitation',
  counter: 'counter',
  'patient-receivable': 'patient-receivable',
  charity: 'charity',
  prepaid: 'prepaid',
}

/**
 * Makes a statement from what the month moved on the institution's accounts.
 *
 * @param opening what was unpaid at the end of the month before
 * @throws RangeError for an account that no statement knows, so that no amount is left out silently
 * @see MZ-7.3, MZ-7.4, CQ-4.6, FS-3.5a
 */
export function statementOf(opening: Fen, movements: readonly Movement[]): StatementFigures {
  const items = new Map<StatementItem['item'], StatementItem>()
  const memos = new Map<StatementItem['item'], StatementItem>()
  for (const movement of movements) {
    if (movement.account === 'paid') continue // the other side of a payment
    const name = itemOf(movement)
    const rows = (OWED_ACCOUNTS as readonly string[]).includes(movement.account) ? items : memos
    const before = rows.get(name) ?? { item: name, amount: 0n, entries: 0 }
    rows.set(name, {
      item: name,
      amount: before.amount + movement.amount,
      entries: before.entries + movement.entries,
    })
  }
  const paid = -(items.get('payments')?.amount ?? 0n)
  const due = [...items.values()].reduce((sum, { amount }) => sum + amount, 0n) + paid
  return {
    opening,
    due,
    paid,
    closing: opening + due - paid,
    items: [...items.values()],
    memos: [...memos.values()],
  }
}

function itemOf({ account, kind }: Movement): StatementItem['item'] {
  const memo = MEMOS[account]
  if (memo !== undefined) return memo === 'capitation' && kind === CAPITATION ? 'capitation-budget' : memo
  if (!(OWED_ACCOUNTS as readonly string[]).includes(account)) {
    throw new RangeError(`no statement has a row for the account ${account}`)
  }
  if (kind === PAYMENT) return 'payments'
  if (kind === CAPITATION) return 'capitation-payments'
  if (kind === 'adjustment' || kind === 'reimbursement') return 'adjustments'
  // Reversed deductions stay among the deductions: together they are what the hospital is short of.
  if (account === 'deduction') return 'inpatient-deductions'
  return kind === 'reversal' ? 'reversals' : 'settlements'
}

/**
 * The entries that pay a statement: its own balance on each owed account goes to zero and has been received.
 *
 * A negative due is paid by the institution: a hospital's deduction is taken off its other payments (MZ-7.4).
 *
 * @returns balanced lines with amounts other than zero; none when nothing is due
 */
export function paymentLines(
  institutionId: string,
  movements: readonly Movement[],
): { account: string; amount: Fen }[] {
  const lines = OWED_ACCOUNTS.map((account) => ({
    account: `institution:${institutionId}:${account}`,
    amount: -movements
      .filter((movement) => movement.account === account && movement.kind !== PAYMENT)
      .reduce((sum, { amount }) => sum + amount, 0n),
  }))
  const total = lines.reduce((sum, { amount }) => sum - amount, 0n)
  return [...lines, { account: `institution:${institutionId}:paid`, amount: total }].filter(
    ({ amount }) => amount !== 0n,
  )
}
