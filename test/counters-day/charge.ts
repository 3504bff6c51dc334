import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { asking, type Day, Find, heard, pharmacyAt, pricesOf, read, trace } from './day.ts'
import { type Prescription, remaining, sum } from './model.ts'
import { areTaken, packsFor, promise } from './packs.ts'
import type { Of } from './steps.ts'

/** The pharmacy asks for a settlement of some lines, or of some of a line. */
export async function request(day: Day, prescription: Prescription, step: Of<'request'>): Promise<void> {
  const { now } = day.it.hub
  const prices = pricesOf(day)
  const lines = prescription.prescribed.flatMap((_, index) => {
    const lineNo = index + 1
    const rest = remaining(prescription, lineNo)
    const tenths = step.tenths[index]!
    const quantity = tenths > 10 ? rest + 1 : Math.ceil((rest * tenths) / 10)
    return quantity === 0 ? [] : [{ lineNo, quantity, isMore: quantity > rest }]
  })
  if (lines.length === 0) return
  const packs = packsFor(day, lines, step.early)
  const isAllowed =
    prescription.state === 'reviewed' &&
    prescription.place === step.place &&
    now < prescription.expiresAt &&
    !prescription.isCancelPending &&
    lines.every(({ isMore }) => !isMore) &&
    areTaken(day, packs)
  const body = {
    lines: lines.map(({ lineNo, quantity }) => ({
      lineNo,
      quantity: String(quantity),
      unitPriceFen: prices[lineNo - 1],
      ...packs.get(lineNo)?.body,
    })),
  }
  const got = await day.it.as(
    pharmacyAt(day, step.place),
    'POST',
    `/pharmacy/prescriptions/${prescription.no}/settlement`,
    { body },
  )
  if (!heard(day, step, isAllowed, got)) return
  const dispenseId = prescription.dispenseId!
  promise(day, dispenseId, packs)
  prescription.state = 'settling'
  prescription.requestedAt = now
  prescription.underWay = {
    dispenseId,
    place: step.place,
    settlementId: got.body.settlementId,
    isDeferred: false,
    isPromised: packs.size > 0,
    paidFen: 0,
    lines: lines.map(({ lineNo, quantity }) => ({ lineNo, quantity, returned: 0 })),
  }
}

/** The worker comes. */
export async function settle(day: Day, prescription: Prescription, _step: Of<'settle'>): Promise<void> {
  if (prescription.state !== 'settling') return
  const supply = prescription.underWay!
  const { hub } = day.it
  const { settlementId } = supply
  await settlePrescription(hub.deps, { regionCode: hub.world.regionCode, settlementId })
  const { status, settlements } = await trace(day, prescription)
  const settlement = settlements.find((one: { settlementId: string }) => one.settlementId === settlementId)
  if (settlement.status !== 'settled') {
    const why = await read(
      day,
      pharmacyAt(day, supply.place),
      `/pharmacy/prescriptions/${prescription.no}/settlement`,
    )
    throw new Find(`settle: ${settlement.status} ${JSON.stringify(why)}`)
  }
  supply.paidFen = settlement.patientFen
  Object.assign(prescription, { state: 'settled', holdUntil: new Date(status.holdUntil) })
}

/** Beyond this a pharmacy need not wait for a settlement: see the settings of the test hub. */
const PATIENCE = 60_000

/** The counter goes on without the answer of the payer: the patient pays all of it. */
export async function defer(day: Day, prescription: Prescription, step: Of<'defer'>): Promise<void> {
  const { caller, at } = asking(day, step.by)
  const isAllowed =
    prescription.state === 'settling' &&
    (step.by === 'agency' ||
      (prescription.place === step.by &&
        day.it.hub.now.getTime() - prescription.requestedAt!.getTime() >= PATIENCE))
  const body = { reasonCode: 'settlement-overdue' }
  const got = await day.it.as(caller, 'POST', `${at}/prescriptions/${prescription.no}/defer`, { body })
  if (!heard(day, step, isAllowed, got)) return
  const supply = prescription.underWay!
  const prices = pricesOf(day)
  supply.isDeferred = true
  supply.paidFen = sum(supply.lines, ({ lineNo, quantity }) => quantity * prices[lineNo - 1]!)
  const { status } = await trace(day, prescription)
  Object.assign(prescription, { state: 'deferred', holdUntil: new Date(status.holdUntil) })
}
