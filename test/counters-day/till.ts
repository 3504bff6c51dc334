import { walker } from '../support/journey.ts'
import { asking, type Day, Find, heard, pharmacistAt, pharmacyAt, pricesOf, trace } from './day.ts'
import { endByCancel, isWithPatient, type Prescription, remaining, type Supply, sum } from './model.ts'
import { areTaken, giveBack, packsFor, sell, soldOf, unpromise } from './packs.ts'
import type { Of } from './steps.ts'

/** The medicine leaves. */
export async function handOver(day: Day, prescription: Prescription, step: Of<'hand-over'>): Promise<void> {
  const { hub, as } = day.it
  const supply = prescription.underWay
  const lines = supply?.lines ?? [{ lineNo: 1, quantity: 1 }]
  const packs = packsFor(day, lines, supply?.isPromised === true ? undefined : step.picks)
  const isAllowed =
    (prescription.state === 'settled' || prescription.state === 'deferred') &&
    prescription.place === step.place &&
    hub.now < prescription.holdUntil! &&
    areTaken(day, packs)
  const { lines: given, ...rest } = walker(hub).handOverOf({ lines })
  const body = {
    ...rest,
    pharmacistId: pharmacistAt(day, step.place),
    lines: given.map(({ traceCodes: _, ...line }) => ({ ...line, ...packs.get(line.lineNo)?.body })),
  }
  const got = await as(
    pharmacyAt(day, step.place),
    'POST',
    `/pharmacy/prescriptions/${prescription.no}/hand-over`,
    {
      body,
    },
  )
  if (!heard(day, step, isAllowed, got)) return
  sell(day, supply!.dispenseId, packs)
  prescription.supplies.push(supply!)
  Object.assign(prescription, { underWay: undefined, requestedAt: undefined })
  if (prescription.prescribed.every((_, index) => remaining(prescription, index + 1) === 0))
    prescription.state = 'dispensed'
  else {
    Object.assign(prescription, {
      state: 'open',
      place: undefined,
      dispenseId: undefined,
      holdUntil: undefined,
    })
    if (prescription.isCancelPending) endByCancel(prescription)
  }
}

/** The settlement is taken back before anything left. */
export async function reverse(day: Day, prescription: Prescription, step: Of<'reverse'>): Promise<void> {
  const { caller, at } = asking(day, step.by)
  const isAllowed =
    (prescription.state === 'settled' || prescription.state === 'deferred') &&
    (step.by === 'agency' || prescription.place === step.by)
  const body = { reasonCode: 'other', ...(step.paid === undefined ? {} : { patientPaid: step.paid }) }
  const got = await day.it.as(caller, 'POST', `${at}/prescriptions/${prescription.no}/reverse`, { body })
  if (!heard(day, step, isAllowed, got)) return
  const supply = prescription.underWay!
  if (step.paid ?? step.by === 'agency') owe(day, supply, supply.settlementId, supply.paidFen)
  unpromise(day, supply.dispenseId)
  const { status } = await trace(day, prescription)
  const holdUntil = new Date(status.holdUntil)
  Object.assign(prescription, { state: 'reviewed', underWay: undefined, requestedAt: undefined, holdUntil })
}

/** Goods come back: all that the patient has of a supply, or some lines of it, or some of a line. */
export async function takeBack(day: Day, prescription: Prescription, step: Of<'return'>): Promise<void> {
  const supply = prescription.supplies[step.supply % prescription.supplies.length]
  if (supply === undefined) return
  const lines = comingBack(supply, step.tenths)
  if (lines.length === 0 && step.tenths !== undefined) return
  const isAllowed =
    (step.by === 'agency' || step.by === supply.place) &&
    isWithPatient(supply) &&
    lines.every(({ quantity, kept }) => quantity <= kept)
  const back = lines.map(({ lineNo, quantity, kept }) => {
    const sold = soldOf(day, supply.dispenseId, lineNo)
    const named = step.named ? sold.slice(0, 1) : []
    return { lineNo, quantity, named, packs: quantity === kept ? sold : named }
  })
  const { caller, at } = asking(day, step.by)
  const body = {
    reasonCode: step.barred ? 'recall' : 'dispensing-error',
    ...(step.tenths === undefined
      ? {}
      : {
          lines: back.map(({ lineNo, quantity, named }) => ({
            lineNo,
            quantity: String(quantity),
            traceCodes: named.map(({ code }) => code),
          })),
        }),
  }
  const got = await day.it.as(caller, 'POST', `${at}/dispenses/${supply.dispenseId}/returns`, { body })
  if (!heard(day, step, isAllowed, got)) return
  giveBack(
    day,
    back.flatMap(({ packs }) => packs),
    step.barred,
  )
  for (const { lineNo, quantity } of back)
    supply.lines.find((line) => line.lineNo === lineNo)!.returned += quantity
  const before = supply.settlementId
  const paidFen = await paidFor(day, prescription, supply, got.body.resettlementId)
  owe(day, supply, before, supply.paidFen - paidFen)
  supply.paidFen = paidFen
  if (prescription.state === 'dispensed' && !prescription.supplies.some(isWithPatient))
    prescription.state = 'returned'
}

/** What comes back, with what there is of it. */
function comingBack({ lines }: Supply, tenths: readonly number[] | undefined) {
  return lines.flatMap(({ lineNo, quantity: all, returned }) => {
    const kept = all - returned
    const share = tenths?.[lineNo - 1] ?? 10
    const quantity = share > 10 ? kept + 1 : Math.ceil((kept * share) / 10)
    return quantity === 0 ? [] : [{ lineNo, quantity, kept }]
  })
}

/** What the patient pays for what is kept, in fen; the supply is settled anew. */
async function paidFor(
  day: Day,
  prescription: Prescription,
  supply: Supply,
  anew: string | undefined,
): Promise<number> {
  if (isWithPatient(supply) !== (anew !== undefined))
    throw new Find('what is kept should be settled anew, and only that')
  if (anew === undefined) return 0
  supply.settlementId = anew
  const prices = pricesOf(day)
  if (supply.isDeferred)
    return sum(supply.lines, ({ lineNo, quantity, returned }) => (quantity - returned) * prices[lineNo - 1]!)
  const { settlements } = await trace(day, prescription)
  return settlements.find((one: { settlementId: string }) => one.settlementId === anew).patientFen
}

/** What the supplier owes from now on. */
export function owe(day: Day, { place }: Supply, settlementId: string, amountFen: number): void {
  if (amountFen > 0) day.refunds.push({ place, settlementId, amountFen, isClosed: false })
}
