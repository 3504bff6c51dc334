import type { Fen } from '../primitives/money.ts'
import type { Adjudication, Payer } from './adjudication.ts'

/** Who takes part in a settlement. */
export interface Parties {
  /** Who hands the medicine over. */
  readonly supplierId: string
  /** The hospital that prescribes; for inpatients, that of the stay. */
  readonly hospitalId: string
  /** Holder of the capitation account: the institution that the patient has chosen (FS-3.6). Default: the supplier. */
  readonly capitationHolderId?: string
}

/**
 * One side of a double entry. Positive: the account is owed the amount or has received it. Negative: it pays.
 * The sum over a settlement is zero.
 */
export interface Posting {
  readonly account: string
  readonly amount: Fen
}

/** What the entries of a settlement rest on: who bears how much, and whether a stay is behind it. */
export interface Split extends Pick<Adjudication, 'charge' | 'totals'> {
  readonly stay?: Pick<NonNullable<Adjudication['stay']>, 'paysWhere'>
  readonly input: Pick<Adjudication['input'], 'scheme'>
}

const FUND_ACCOUNTS: Readonly<Partial<Record<Payer, string>>> = {
  'large-amount': 'fund:large-amount',
  'serious-illness': 'fund:serious-illness',
  'medical-assistance': 'fund:medical-assistance',
}

/**
 * The balanced ledger entries of a settlement.
 *
 * Outpatients: the patient pays the own part at the counter, the funds owe the rest to the supplier (MZ-7.3).
 * Inpatients: the agency owes the supplier the whole amount and takes it off what it owes the hospital; the funds'
 * part is due to the hospital, and the patient pays the own part there (MZ-7.4), so the hospital ends at zero. Where the
 * patient pays where he buys, they go as outpatients do (CQ-4.6).
 * Capitation: the fund's part comes out of the capitation account of its holder; a holder who supplies has been
 * paid in advance, so it becomes no receivable (FS-3.5a). Charity stands as a memo pair (SX-5). What the supplier
 * waives (FS-3.4) is charged to nobody and not posted.
 *
 * @returns entries with amounts other than zero, one per account, whose sum is zero
 * @see MZ-7.3, MZ-7.4, CQ-4.6, FS-3.5a, SX-5
 */
export function postingsOf(adjudication: Split, parties: Parties): Posting[] {
  const { totals, stay } = adjudication
  const accounts = new Map<string, Fen>()
  const post = (account: string, amount: Fen) => accounts.set(account, (accounts.get(account) ?? 0n) + amount)
  const move = (from: string, to: string, amount: Fen) => {
    if (amount === 0n) return
    post(from, -amount)
    post(to, amount)
  }
  const supplier = `institution:${parties.supplierId}`
  const hospital = `institution:${parties.hospitalId}`
  const throughHospital = stay !== undefined && stay.paysWhere !== 'supplier'
  const owed = throughHospital ? `${hospital}:receivable` : `${supplier}:receivable`
  const basic = `fund:basic:${adjudication.input.scheme}`

  move(basic, owed, totals['basic-fund'])
  for (const [payer, account] of Object.entries(FUND_ACCOUNTS)) move(account, owed, totals[payer as Payer])
  const holder = parties.capitationHolderId ?? parties.supplierId
  const prepaid = !throughHospital && holder === parties.supplierId
  move(`capitation:${holder}`, prepaid ? `${supplier}:prepaid` : owed, totals.capitation)
  move('charity:supply', `${supplier}:charity`, totals.charity)
  if (!throughHospital) {
    move('patient:paid', `${supplier}:counter`, totals.patient)
  } else {
    move('patient:paid', `${hospital}:patient-receivable`, totals.patient)
    move(`${hospital}:deduction`, `${supplier}:receivable`, billed(adjudication))
  }
  return [...accounts].filter(([, amount]) => amount !== 0n).map(([account, amount]) => ({ account, amount }))
}

/** What the supplier may demand in all: the charge without what is free or waived. */
function billed({ charge, totals }: Split): Fen {
  return charge - totals.charity - totals.institution
}

/** The opposite entries: a settlement is never changed, only reversed. */
export function reversalOf(postings: readonly Posting[]): Posting[] {
  return postings.map(({ account, amount }) => ({ account, amount: -amount }))
}
