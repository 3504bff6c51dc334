import { admissionRefused, conduct } from '../journeys/admissions.ts'
import { onPaper, refusedElsewhere } from '../journeys/paper.ts'
import { openToAll, operatorTidiesUp } from '../journeys/public.ts'
import { agencyRegisters } from '../journeys/registers.ts'
import { boughtElsewhere } from '../journeys/reimbursement.ts'
import { hospitalPushes, patientOpensTheLink, pharmacySupplies, takenBack } from '../journeys/supply.ts'
import { awayFromMidnight, dayOf, placeOf } from '../place.ts'
import { succeeded } from '../sweep.ts'
import type { Recorded, World } from '../world.ts'

/** Walks the short journeys, so that there is a request of most operations to break. The clock is left alone. */
export async function validRequests(world: World): Promise<Recorded[]> {
  await awayFromMidnight(world)
  const meizhou = placeOf(world, '441400')
  const shanxi = placeOf(world, '140000')
  await openToAll(world)
  await hospitalPushes(meizhou)
  await patientOpensTheLink(meizhou)
  await pharmacySupplies(meizhou)
  await takenBack(meizhou)
  await onPaper(meizhou)
  await refusedElsewhere(meizhou)
  await agencyRegisters(meizhou)
  await operatorTidiesUp(meizhou)
  await admissionRefused(shanxi)
  await boughtElsewhere(shanxi)
  await conduct(placeOf(world, '510600'))
  await anUpload(world)
  const kept = succeeded(world).filter(({ operation }) => !LEFT_ALONE.includes(operation.id))
  const { faults } = world
  faults.length = 0
  return kept
}

/** The clock is everybody's; metrics and descriptions are long and take nothing. */
const LEFT_ALONE = ['setSandboxClock', 'readMetrics', 'readSandbox']

/** A small file of each kind that is read as a stream. */
async function anUpload(world: World): Promise<void> {
  const { pharmacy, cast, number } = placeOf(world, '441400')
  const on = dayOf(await world.now())
  const line = {
    kind: 'purchase',
    reference: `G${number()}`,
    on,
    drugCode: cast.drug.drugCode,
    quantity: '1',
  }
  const raw = Buffer.from(`${JSON.stringify({ ...line, unitPriceFen: 324 })}\n`)
  await world.ok(pharmacy, 'uploadStock', { raw, type: 'application/x-ndjson' })
  const items = [{ drugCode: cast.drug.drugCode, quantity: '12', unitPriceFen: 324 }]
  await world.ok(pharmacy, 'reportStock', { body: { items } })
}
