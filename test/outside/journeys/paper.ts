import { createHash } from 'node:crypto'
import type { Place } from '../place.ts'

const PDF = Buffer.from('%PDF-1.7\n% a scanned prescription\n')

/** An instant as many programs write it: a blank for the T, an offset without a colon. */
function asTyped(at: Date): string {
  const shanghai = new Date(at.getTime() + 8 * 3_600_000).toISOString()
  return `${shanghai.slice(0, 10)} ${shanghai.slice(11, 19)}+0800`
}

/** A prescription on paper: entered by the pharmacy, read and answered by hospital and agency. */
export async function onPaper(place: Place): Promise<void> {
  const { world, pharmacy, hospital, secondHospital, agency } = place
  const enter = async (reason: string) => {
    const document = await place.document()
    const scan = {
      mediaType: 'application/pdf',
      sha256: createHash('sha256').update(PDF).digest('hex'),
      content: PDF.toString('base64'),
    }
    return {
      document: Buffer.from(JSON.stringify(document)).toString('base64'),
      scan,
      presentedAt: asTyped(new Date((await world.now()).getTime() - 30_000)),
      reason,
    }
  }
  const body = await enter('hub-unreachable')
  await world.refused(
    pharmacy,
    'enterPaperPrescription',
    { body: { ...body, reason: 'no reason' } },
    'malformed',
  )
  const entered = await world.ok(pharmacy, 'enterPaperPrescription', { body })
  const path = { no: entered.body.prescriptionNo }
  await world.ok(hospital, 'readHospitalPaperScan', { path })
  await world.refused(secondHospital, 'readHospitalPaperScan', { path }, 'prescription-unknown')
  await world.ok(agency, 'readAgencyPaperScan', { path })
  const nowhere = { path: { no: '2'.repeat(22) } }
  await world.refused(agency, 'readAgencyPaperScan', nowhere, 'prescription-unknown')
  await world.ok(agency, 'listPaperPrescriptions', { query: { state: 'unconfirmed' } })
  await world.refused(agency, 'listPaperPrescriptions', { query: { state: 'lost' } }, 'malformed')
  await world.ok(hospital, 'confirmPaperPrescription', { path, body: { decision: 'confirm' } })
  await world.refused(
    hospital,
    'confirmPaperPrescription',
    { path, body: { decision: 'object', reasonCode: 'withdrawn' } },
    'paper-answered-already',
  )
}

/** Prescriptions written elsewhere that the hospital would not take over. */
export async function refusedElsewhere(place: Place): Promise<void> {
  const { world, hospital, agency, cast } = place
  const body = {
    physicianId: cast.physician.practitionerId,
    drugCode: cast.drug.drugCode,
    refusedOn: new Date((await world.now()).getTime() - 86_400_000).toISOString().slice(0, 10),
    reasonCode: 'not-indicated',
  }
  await world.ok(hospital, 'reportOutsideRefusal', { body })
  const never = { body: { ...body, refusedOn: '2026-02-30' } }
  await world.refused(hospital, 'reportOutsideRefusal', never, 'malformed')
  await world.ok(hospital, 'listOwnOutsideRefusals', {})
  await world.refused(hospital, 'listOwnOutsideRefusals', { query: { limit: '201' } }, 'malformed')
  await world.ok(agency, 'listOutsideRefusals', {})
  await world.refused(agency, 'listOutsideRefusals', { query: { after: 'x' } }, 'malformed')
}
