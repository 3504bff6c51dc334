import type { Got } from '../support/hub-app.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { type Day, Find, pharmacyAt, read, trace } from './day.ts'
import { dispensed, type Prescription, remaining, returned, sum, timePasses } from './model.ts'
import { figuresOf } from './office.ts'
import { PLACES } from './steps.ts'

/**
 * Holds everything that can be read against what should be: by SQL, and by the API as hospital, pharmacies and agency
 * see it.
 *
 * @throws Find with what differs
 */
export async function check(day: Day): Promise<void> {
  for (const prescription of day.prescriptions) timePasses(prescription, day.it.hub.now)
  const broken = await brokenInvariants(day.it.hub.deps.pool)
  if (broken.length > 0) throw new Find(`broken: ${JSON.stringify(broken)}`)
  const owedBySupplies = new Map<string, number>()
  for (const prescription of day.prescriptions) await checkPrescription(day, prescription, owedBySupplies)
  await checkUncollected(day)
  await checkRefunds(day)
  await checkBooks(day, owedBySupplies)
}

/** State and quantities as they should be read, and entries for what is with the patient alone. */
async function checkPrescription(
  day: Day,
  prescription: Prescription,
  owed: Map<string, number>,
): Promise<void> {
  const { status, chain, settlements, postings } = await trace(day, prescription)
  same(`chain of ${prescription.no}`, chain.intact, true)
  same(`state of ${prescription.no}`, status.state, prescription.state)
  const { hub } = day.it
  const hospitals = await read(day, hub.hospital(), `/hospital/prescriptions/${prescription.no}`)
  same(`state of ${prescription.no} as the hospital reads it`, hospitals.state, prescription.state)
  if (prescription.place !== undefined) {
    const own = await read(
      day,
      pharmacyAt(day, prescription.place),
      `/pharmacy/prescriptions/${prescription.no}`,
    )
    same(`state of ${prescription.no} as the pharmacy reads it`, own.state, prescription.state)
    same(`remaining of ${prescription.no} as the pharmacy reads it`, ...rests(own, prescription))
  }
  for (const { lineNo, ...line } of status.lines) {
    const rest = remaining(prescription, lineNo)
    const gone = dispensed(prescription, lineNo)
    const prescribed = prescription.prescribed[lineNo - 1]!
    const lines = {
      prescribed: line.prescribed,
      dispensed: line.dispensed,
      cancelled: line.cancelled,
      remaining: line.remaining,
      returned: line.returned ?? '0',
    }
    const wanted = {
      prescribed: String(prescribed),
      dispensed: String(gone),
      cancelled: String(prescribed - gone - rest),
      remaining: String(rest),
      returned: String(returned(prescription, lineNo)),
    }
    same(`line ${lineNo} of ${prescription.no}`, lines, wanted)
  }
  for (const supply of prescription.supplies) {
    const now = settlements.find((one: { settlementId: string }) => one.settlementId === supply.settlementId)
    const isKept = supply.lines.some((line) => line.returned < line.quantity)
    const standing = !isKept ? 'reversed' : supply.isDeferred ? 'deferred' : 'settled'
    same(`settlement of supply ${supply.dispenseId}`, now?.status, standing)
  }
  const kept = new Set(prescription.supplies.map(({ settlementId }) => settlementId))
  const account = new Map<string, number>()
  for (const { settlementId, lines } of postings)
    for (const line of lines) {
      if (!line.account.endsWith(':receivable')) continue
      account.set(settlementId, (account.get(settlementId) ?? 0) + line.amountFen)
      owed.set(line.account, (owed.get(line.account) ?? 0) + line.amountFen)
    }
  for (const { settlementId, status: standing, fundFen } of settlements) {
    const isOwed = standing === 'settled' && kept.has(settlementId)
    same(`receivable of ${settlementId}`, account.get(settlementId) ?? 0, isOwed ? fundFen : 0)
  }
}

/** What is settled and not handed over is listed, and nothing else. */
async function checkUncollected(day: Day): Promise<void> {
  const waits = (prescription: Prescription) =>
    prescription.state === 'settled' || prescription.state === 'deferred'
  const { items } = await read(day, day.it.hub.agency(), '/agency/uncollected?limit=200')
  const listed = items.map((one: { prescriptionNo: string }) => one.prescriptionNo).sort()
  same('uncollected', listed, numbers(day.prescriptions.filter(waits)))
  for (const place of PLACES) {
    const own = await read(day, pharmacyAt(day, place), '/pharmacy/uncollected?limit=200')
    const wanted = numbers(
      day.prescriptions.filter((prescription) => waits(prescription) && prescription.place === place),
    )
    same(
      'own uncollected',
      own.items.map((one: { prescriptionNo: string }) => one.prescriptionNo).sort(),
      wanted,
    )
  }
}

/** What is owed to patients is what was paid for what was taken back. */
async function checkRefunds(day: Day): Promise<void> {
  for (const place of PLACES) {
    const { items, owedFen } = await read(day, pharmacyAt(day, place), '/pharmacy/refunds?limit=200')
    const told = items.map((one: { settlementId: string; amountFen: number; state: string }) => [
      one.settlementId,
      one.amountFen,
      one.state !== 'owed',
    ])
    const own = day.refunds.filter((refund) => refund.place === place)
    const wanted = own.map((one) => [one.settlementId, one.amountFen, one.isClosed])
    same('refunds', sorted(told), sorted(wanted))
    same(
      'owed to patients',
      owedFen,
      sum(own, ({ amountFen, isClosed }) => (isClosed ? 0 : amountFen)),
    )
  }
}

/** The books: in balance, of what was handed over and paid, and closed months as they were closed. */
async function checkBooks(day: Day, owed: ReadonlyMap<string, number>): Promise<void> {
  for (const [month, figures] of day.closed) {
    const now = await figuresOf(day, month)
    same(`closed month ${month}`, now, figures)
  }
  const months = [...day.closed.keys()]
  const last = months.at(-1)
  if (last === undefined) return
  const { trialBalance } = await read(day, day.it.hub.agency(), `/agency/clearing/${last}`)
  same('trial balance', trialBalance.totalFen, 0)
  const { rows } = await day.it.hub.deps.pool.query<{ fen: string }>(
    `select coalesce(sum(amount_fen), 0) as fen from posting_line join posting using (region_code, posting_id)
      where kind = 'clearing' and account like '%:receivable'`,
  )
  const owedInAll = [...owed.values()].reduce((total, fen) => total + fen, 0)
  for (const { account, amountFen } of trialBalance.accounts) {
    if (account !== 'institution:*:receivable') continue
    same(account, amountFen, owedInAll + Number(rows[0]!.fen))
  }
}

/** What remains of each line: as told, and as it should be. */
function rests({ lines }: Got['body'], prescription: Prescription): [is: unknown, wanted: unknown] {
  const is = lines.map((line: { remaining: string }) => line.remaining)
  return [is, prescription.prescribed.map((_, index) => String(remaining(prescription, index + 1)))]
}

function numbers(prescriptions: readonly Prescription[]): string[] {
  return prescriptions.map(({ no }) => no).sort()
}

function sorted(rows: readonly unknown[]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort()
}

function same(what: string, is: unknown, wanted: unknown): void {
  const [left, right] = [JSON.stringify(is), JSON.stringify(wanted)]
  if (left !== right) throw new Find(`${what} is ${left}, and should be ${right}`)
}
