import { dayOf, type Place } from '../place.ts'

/** What was bought where no settlement can be had: a file of the patient's own (Shanxi). */
export async function boughtElsewhere(place: Place): Promise<void> {
  const { world, hospital, secondHospital, cast } = place
  const body = {
    occasion: 'living-elsewhere',
    personId: cast.person.personId,
    reason: '长居外地',
    expenseOn: dayOf(await world.now(), -2),
    invoiceNo: `INV-${place.number()}-0001`,
    hospital: { institutionId: cast.hospital.institutionId, name: cast.hospital.name, level: 'tertiary' },
    physicianId: cast.physician.practitionerId,
    supplier: { name: '居住地药店' },
    diagnoses: [{ code: 'C61.x00', name: '前列腺恶性肿瘤' }],
    lines: [
      {
        lineNo: 1,
        drugCode: cast.drug.drugCode,
        quantity: '60',
        unit: cast.drug.unit,
        days: 14,
        unitPriceFen: 4_000,
      },
    ],
  }
  const opened = await world.ok(hospital, 'openReimbursement', { body })
  await world.refused(hospital, 'openReimbursement', { body }, 'invoice-used')
  const { fileId } = opened.body
  const path = { fileId }
  await world.ok(hospital, 'readReimbursement', { path })
  await world.refused(secondHospital, 'readReimbursement', { path }, 404)
  await world.ok(hospital, 'listReimbursements', { query: { status: 'open' } })
  await world.refused(hospital, 'listReimbursements', { query: { status: 'lost' } }, 'malformed')
  await world.ok(hospital, 'withdrawReimbursement', { path, body: { reason: '重复申请' } })
  await world.refused(
    hospital,
    'withdrawReimbursement',
    { path, body: { reason: '重复申请' } },
    'file-wrong-state',
  )
}

/** A settlement that nobody could make: handed over for full payment, and reimbursed by hand (Meizhou). */
export async function payerAway(place: Place): Promise<void> {
  const { world, pharmacy, agency } = place
  const it = await place.requested()
  const path = { no: it.no }
  const overdue = { path, body: { reasonCode: 'settlement-overdue' } }
  const early = await world.ask(pharmacy, 'deferSettlement', overdue)
  if (early.status === 409) await new Promise((resolve) => setTimeout(resolve, 1_100))
  const deferred = early.status === 200 ? early : await world.ok(pharmacy, 'deferSettlement', overdue)
  const second = await place.requested()
  const stuck = { path: { no: second.no }, body: { reasonCode: 'settlement-unavailable' } }
  await world.ok(agency, 'deferAgencySettlement', stuck)
  await world.ok(pharmacy, 'handOver', { path, body: place.handOver(it) })
  await world.ok(agency, 'listManualFiles', { query: { status: 'open' } })
  await world.refused(agency, 'listManualFiles', { query: { after: '1' } }, 'malformed')
  const file = { fileId: deferred.body.manualFileId as string }
  const say = (operation: string, body?: object) =>
    world.ok(agency, operation, { path: file, ...(body === undefined ? {} : { body }) })
  const paper = (name: string) => ({ papers: [{ paper: name, reference: `BOX/${name}` }] })
  await world.refused(agency, 'submitReimbursement', { path: file }, 'papers-missing')
  await say('addReimbursementPapers', paper('invoice'))
  await world.refused(agency, 'addReimbursementPapers', { path: file, body: { papers: [] } }, 'malformed')
  await say('addReimbursementPapers', paper('settlement-statement'))
  await say('submitReimbursement')
  await say('sendBackReimbursement', { reason: '发票不清' })
  await world.refused(agency, 'sendBackReimbursement', { path: file, body: { reason: '' } }, 'malformed')
  await say('submitReimbursement')
  await say('previewReimbursement')
  await world.refused(agency, 'previewReimbursement', { path: { fileId: 'x' } }, 'malformed')
  const decide = (decision: string) => ({ decision, reason: '审核', waivers: [] })
  await say('decideReimbursement', decide('decline'))
  await world.refused(
    agency,
    'decideReimbursement',
    { path: file, body: decide('approve') },
    'file-wrong-state',
  )
  await say('reopenReimbursement', { reason: '补充材料' })
  await world.refused(
    agency,
    'reopenReimbursement',
    { path: file, body: { reason: '补充' } },
    'file-wrong-state',
  )
  await say('decideReimbursement', decide('approve'))
  await say('payReimbursement', { paymentReference: 'BANK-1' })
  const twice = { path: file, body: { paymentReference: 'BANK-2' } }
  await world.refused(agency, 'payReimbursement', twice, 'file-wrong-state')
  await world.ok(agency, 'listPayerDifferences', { query: { day: it.document.issuedAt.slice(0, 10) } })
  await world.refused(agency, 'listPayerDifferences', { query: { day: 'today' } }, 'malformed')
  const unanswered = { settlementId: deferred.body.settlementId as string }
  const resolve = (action: string) => ({ path: unanswered, body: { action } })
  await world.ok(agency, 'resolveUnansweredSettlement', resolve('ask-again'))
  await world.refused(agency, 'resolveUnansweredSettlement', resolve('forget'), 'malformed')
}
