import type { Pool } from 'pg'
import { type Happening, type Purchase, type Shares, splitYear } from '../../domain/settlement/reference.ts'
import { type Observed, observedOrder } from './observed-order.ts'

/** What was bought, as the test that bought it knows. */
export interface Bought {
  readonly personId: string
  /** Of the request. */
  readonly year: number
  readonly pharmacyId: string
  readonly hospitalId: string
  /** Whose capitation account bears the fund's part, where there is one. */
  readonly holderId: string
  readonly purchase: Purchase
}

/** What a run has met, so that agreement about nothing interesting doesn't pass for agreement. */
export interface Met {
  settlements: number
  reversals: number
  reimbursements: number
  deductibleCrossed: number
  maximumCrossed: number
  large: number
  serious: number
  assistance: number
  capitation: number
  stays: number
}

/**
 * Replays everything that was posted through the independent reference calculator, in the order in which it found the
 * balances of its person's year, and compares each settlement line by line, each reimbursement, each balance of each
 * year, and each account except those of clearing.
 *
 * @returns disagreements, in words; none when all agree
 */
export async function disagreements(
  pool: Pool,
  bought: ReadonlyMap<string, Bought>,
): Promise<{ found: string[]; met: Met }> {
  const found: string[] = []
  const met: Met = {
    settlements: 0,
    reversals: 0,
    reimbursements: 0,
    deductibleCrossed: 0,
    maximumCrossed: 0,
    large: 0,
    serious: 0,
    assistance: 0,
    capitation: 0,
    stays: 0,
  }
  const accounts = new Map<string, bigint>()
  const years = new Map<string, Observed[]>()
  for (const each of await observedOrder(pool)) {
    const it = bought.get(each.settlementId)
    if (it === undefined) {
      found.push(`nobody bought ${each.settlementId}`)
      continue
    }
    const key = `${each.regionCode} ${it.personId} ${it.year}`
    years.set(key, [...(years.get(key) ?? []), each])
  }
  for (const [key, order] of years) {
    const places = new Map<string, number>()
    const year: Happening[] = order.map((each, place) => {
      if (each.kind === 'reversal') return { takesBack: places.get(each.settlementId)! }
      places.set(each.settlementId, place)
      return bought.get(each.settlementId)!.purchase
    })
    const told = splitYear(year)
    for (const [place, each] of order.entries()) {
      const it = bought.get(each.settlementId)!
      const reversed = 'takesBack' in year[place]!
      const shares = reversed
        ? told[(year[place] as { takesBack: number }).takesBack]!.shares
        : told[place]!.shares
      post(accounts, each, it, shares)
      count(met, each, it, shares)
      if (!reversed) found.push(...(await differs(pool, each, shares)))
    }
    found.push(...(await yearDiffers(pool, key, told.at(-1)!.standing.flat())))
  }
  found.push(...(await accountsDiffer(pool, accounts)))
  return { found, met }
}

async function differs(pool: Pool, each: Observed, shares: readonly Shares[]): Promise<string[]> {
  if (each.kind === 'reimbursement') {
    const { rows } = await pool.query<{ amount: string }>(
      `select amount_fen as amount from posting_line
        where region_code = $1 and posting_id = $2 and account = 'patient:reimbursed'`,
      [each.regionCode, each.postingId],
    )
    const paid = BigInt(rows[0]?.amount ?? 0)
    const expected = shares.reduce((sum, one) => sum + fundsOf(one), 0n)
    return paid === expected ? [] : [`file of ${each.settlementId} paid ${paid}, reference ${expected}`]
  }
  const { rows } = await pool.query<{ adjudication: string }>(
    'select adjudication from settlement where region_code = $1 and settlement_id = $2',
    [each.regionCode, each.settlementId],
  )
  const { lines } = JSON.parse(rows[0]!.adjudication) as {
    lines: { lineNo: number; payers: Record<string, number> }[]
  }
  const actual = lines.map(({ lineNo, payers: it }) =>
    [
      lineNo,
      it['patient'],
      it['basic-fund'],
      it['capitation'],
      it['large-amount'],
      it['serious-illness'],
      it['medical-assistance'],
    ].join(' '),
  )
  const expected = shares.map(({ no, patient, fund, capitation, large, serious, assistance }) =>
    [no, patient, fund, capitation, large, serious, assistance].join(' '),
  )
  return actual.join() === expected.join()
    ? []
    : [`${each.settlementId}: hub ${actual.join(', ')}; reference ${expected.join(', ')}`]
}

async function yearDiffers(pool: Pool, key: string, standing: readonly Shares[]): Promise<string[]> {
  const { rows } = await pool.query<{ measure: string; fen: string }>(
    `select measure, sum(amount_fen) as fen from person_year_movement
      where region_code || ' ' || person_id || ' ' || year = $1 and measure not like '%:%'
      group by measure having sum(amount_fen) <> 0 order by measure`,
    [key],
  )
  const sum = (pick: (one: Shares) => bigint) => standing.reduce((total, one) => total + pick(one), 0n)
  const expected = Object.entries({
    assistancePaid: sum((one) => one.assistance),
    deductiblePaid: sum((one) => one.deductible),
    fundPaid: sum((one) => one.fund + one.capitation),
    largeAmountPaid: sum((one) => one.large),
    ownPaid: sum((one) => one.own),
    seriousIllnessPaid: sum((one) => one.serious),
  }).filter(([, fen]) => fen !== 0n)
  const text = (entries: readonly (readonly [string, unknown])[]) =>
    entries.map(([name, fen]) => `${name}=${fen}`).join(' ')
  const [ours, theirs] = [text(rows.map(({ measure, fen }) => [measure, fen])), text(expected)]
  return ours === theirs ? [] : [`year ${key}: hub ${ours}; reference ${theirs}`]
}

/** Posts what the reference says, by hand: the accounts of MZ-7.3, MZ-7.4 and FS-3.5a. */
function post(accounts: Map<string, bigint>, each: Observed, it: Bought, shares: readonly Shares[]): void {
  const sign = each.kind === 'reversal' ? -1n : 1n
  const sum = (pick: (one: Shares) => bigint) => shares.reduce((total, one) => total + pick(one), 0n) * sign
  const add = (account: string, amount: bigint) => {
    const key = `${each.regionCode} ${account}`
    accounts.set(key, (accounts.get(key) ?? 0n) + amount)
  }
  const { pharmacyId, hospitalId, holderId, purchase } = it
  add(`fund:basic:${purchase.employee ? 'employee' : 'resident'}`, -sum((one) => one.fund))
  add('fund:large-amount', -sum((one) => one.large))
  add('fund:serious-illness', -sum((one) => one.serious))
  add('fund:medical-assistance', -sum((one) => one.assistance))
  add(`capitation:${holderId}`, -sum((one) => one.capitation))
  const patient = sum((one) => one.patient)
  if (each.kind === 'reimbursement') {
    add('patient:reimbursed', sum(fundsOf))
    return
  }
  add('patient:paid', -patient)
  // Chongqing's patients pay where they buy (CQ-4.6), Meizhou's in the hospital (MZ-7.4).
  if (purchase.stay !== undefined && purchase.region !== 'CQ') {
    add(`institution:${hospitalId}:receivable`, sum(fundsOf))
    add(`institution:${hospitalId}:patient-receivable`, patient)
    add(`institution:${hospitalId}:deduction`, -(patient + sum(fundsOf)))
    add(`institution:${pharmacyId}:receivable`, patient + sum(fundsOf))
    return
  }
  const prepaid = holderId === pharmacyId ? sum((one) => one.capitation) : 0n
  add(`institution:${pharmacyId}:receivable`, sum(fundsOf) - prepaid)
  add(`institution:${pharmacyId}:prepaid`, prepaid)
  add(`institution:${pharmacyId}:counter`, patient)
}

async function accountsDiffer(pool: Pool, expected: ReadonlyMap<string, bigint>): Promise<string[]> {
  const { rows } = await pool.query<{ key: string; fen: string }>(
    // What is settled and not collected is on no account yet: it counts here as it will be posted.
    `select region_code || ' ' || account as key, sum(fen) as fen
       from (select l.region_code, l.account, l.amount_fen as fen
               from posting_line l join posting p using (region_code, posting_id)
              where p.kind in ('settlement', 'reversal', 'reimbursement')
              union all
             select s.region_code, e ->> 0, (e ->> 1)::bigint
               from settlement s join dispense d using (region_code, dispense_id)
              cross join lateral jsonb_array_elements(s.entries::jsonb) as e
              where s.status = 'settled' and d.handed_over_at is null) as both_of
      group by 1`,
  )
  const actual = new Map(rows.map(({ key, fen }) => [key, BigInt(fen)]))
  return [...new Set([...actual.keys(), ...expected.keys()])]
    .filter((key) => (actual.get(key) ?? 0n) !== (expected.get(key) ?? 0n))
    .map((key) => `account ${key}: hub ${actual.get(key) ?? 0n}, reference ${expected.get(key) ?? 0n}`)
}

/** What all funds bear of a line. */
function fundsOf({ fund, capitation, large, serious, assistance }: Shares): bigint {
  return fund + capitation + large + serious + assistance
}

function count(met: Met, each: Observed, it: Bought, shares: readonly Shares[]): void {
  const has = (pick: (one: Shares) => bigint) => shares.some((one) => pick(one) > 0n)
  if (each.kind === 'reversal') {
    met.reversals += 1
    return
  }
  met[each.kind === 'reimbursement' ? 'reimbursements' : 'settlements'] += 1
  if (has((one) => one.deductible) && has((one) => one.fund + one.capitation)) met.deductibleCrossed += 1
  if (has((one) => one.fund + one.capitation) && has((one) => one.above)) met.maximumCrossed += 1
  if (has((one) => one.large)) met.large += 1
  if (has((one) => one.serious)) met.serious += 1
  if (has((one) => one.assistance)) met.assistance += 1
  if (has((one) => one.capitation)) met.capitation += 1
  if (it.purchase.stay !== undefined) met.stays += 1
}
