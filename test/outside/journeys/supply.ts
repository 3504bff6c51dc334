import { type Json, misfitOf } from '../description.ts'
import { enter, type Place, until } from '../place.ts'

/** The hospital pushes, reads, renews, cancels; before it, everything that a push can be refused for at once. */
export async function hospitalPushes(place: Place): Promise<void> {
  const { world, hospital, secondHospital, region, agency } = place
  const document = await place.document()
  const schema = await world.ok(undefined, 'readPrescriptionSchema', {})
  const misfit = misfitOf(schema.body, document)
  if (misfit !== undefined)
    throw new Error(`the sample is not as the schema of prescriptions wants it: ${misfit}`)
  const envelope = place.signed(document)
  const unsigned = { document: envelope.document }
  await world.ok(hospital, 'preCheckPrescription', { body: unsigned })
  await world.ok(hospital, 'preCheckPrescription', { body: envelope, transport: 'chunked' })
  await world.refused(hospital, 'preCheckPrescription', { body: { document: '!' } }, 'malformed')
  const key = 'one-key-for-one-push-0001'
  const first = await world.ok(hospital, 'submitPrescription', { body: envelope, key })
  const again = await world.ok(hospital, 'submitPrescription', { body: envelope, key })
  if (again.text !== first.text || again.headers['idempotency-replayed'] !== 'true')
    throw new Error('a push sent again does not get its first answer')
  const { prescriptionNo: no } = first.body
  await world.refused(
    hospital,
    'submitPrescription',
    { body: place.signed(await place.document()), key },
    'idempotency-key-reused',
  )
  const other = region.signers.find(({ standing }: Json) => standing === 'revoked')
  const late = {
    ...place.signed(await place.document()),
    signature: Buffer.from('30', 'hex').toString('base64'),
  }
  if (other === undefined) throw new Error('the sandbox has no revoked signer')
  await world.refused(hospital, 'submitPrescription', { body: late }, 'signature-malformed')
  const reused = await place.document((it) => {
    it.hospitalPrescriptionNo = document.hospitalPrescriptionNo
  })
  await world.refused(
    hospital,
    'submitPrescription',
    { body: place.signed(reused) },
    'prescription-number-reused',
  )
  const query = { hospitalPrescriptionNo: document.hospitalPrescriptionNo }
  await world.ok(hospital, 'findHospitalPrescription', { query })
  await world.refused(hospital, 'findHospitalPrescription', { query: { nothing: '1' } }, 'malformed')
  await world.ok(hospital, 'readHospitalPrescription', { path: { no } })
  await world.refused(secondHospital, 'readHospitalPrescription', { path: { no } }, 'prescription-unknown')
  await world.ok(agency, 'tracePrescription', { path: { no } })
  await world.refused(agency, 'tracePrescription', { path: { no: '1'.repeat(22) } }, 'prescription-unknown')
  await world.ok(hospital, 'renewPatientLink', { path: { no } })
  await world.refused(secondHospital, 'renewPatientLink', { path: { no } }, 'prescription-unknown')
  await world.ok(hospital, 'readHospitalEvents', { query: { limit: '2' } })
  const body = { reasonCode: 'prescribing-error' }
  await world.refused(
    secondHospital,
    'cancelHospitalPrescription',
    { path: { no }, body },
    'prescription-unknown',
  )
  await world.ok(hospital, 'cancelHospitalPrescription', { path: { no }, body })
  await world.refused(hospital, 'cancelHospitalPrescription', { path: { no }, body }, 409)
  const second = await place.pushed()
  const duplicate = { path: { no: second.no }, body: { reasonCode: 'duplicate' } }
  await world.ok(agency, 'cancelAgencyPrescription', duplicate)
  await world.refused(agency, 'cancelAgencyPrescription', duplicate, 409)
}

/** The patient's pages: link, second factor, choice, papers, leaving. */
export async function patientOpensTheLink(place: Place): Promise<void> {
  const { world } = place
  const it = await place.pushed()
  const path = { token: it.link }
  await world.ok(undefined, 'openPatientPage', { path })
  await world.ok(undefined, 'openPatientPage', { path, method: 'HEAD' })
  await world.refused(undefined, 'openPatientPage', { path: { token: 'a'.repeat(32) } }, 404)
  await world.refused(
    undefined,
    'openPatientSession',
    { path: { token: 'a'.repeat(32) }, form: { ending: '1' } },
    404,
  )
  const wrong = await world.ok(undefined, 'openPatientSession', { path, form: { ending: '99999Z' } })
  if (wrong.headers['set-cookie'] !== undefined) throw new Error('a wrong second factor opens a session')
  await world.refused(undefined, 'openPatientSession', { path, form: {} }, 400)
  const visit = await enter(world, it)
  const headers = { cookie: visit.cookie }
  await world.refused(undefined, 'choosePharmacy', { path, headers, form: { form: 'x' } }, 400)
  await visit.choose(place.pharmacyId)
  if (!(await visit.page()).includes(place.cast.designatedPharmacy.name))
    throw new Error('the page does not name the pharmacy that was chosen')
  const papers = { path: { ...path, paper: 'settlement' }, headers }
  await world.refused(undefined, 'readPatientPaper', papers, 409)
  const none = { path: { ...papers.path, settlementId: '00000000-0000-4000-8000-000000000000' }, headers }
  await world.refused(undefined, 'readPatientPaperOfSettlement', none, 409)
  await world.refused(undefined, 'leavePatientPage', { path, headers, form: {} }, 400)
  await world.ok(undefined, 'leavePatientPage', { path, headers, form: { form: await visit.formToken() } })
}

/** Take, review, quote, settle, hand over, return; and what each is refused for. */
export async function pharmacySupplies(place: Place): Promise<void> {
  const { world, pharmacy, secondPharmacy, cast } = place
  const it = await place.chosen()
  const { no } = it
  const path = { no }
  const pickupCode = /<code>([^<]+)<\/code>/.exec(await it.page())?.[1]
  await world.ok(pharmacy, 'listPharmacyInbox', { query: { limit: '1' } })
  await world.refused(pharmacy, 'listPharmacyInbox', { query: { limit: '0' } }, 'malformed')
  await world.refused(pharmacy, 'takePrescription', { body: {} }, 'malformed')
  // As people type it: small letters, O for 0, l for 1, dashes between the groups.
  const typed = pickupCode
    ?.toLowerCase()
    .replaceAll('0', 'o')
    .replaceAll('1', 'l')
    .trim()
    .replace(/\s+/g, '-')
  await world.ok(pharmacy, 'takePrescription', { body: { pickupCode: typed } })
  await world.refused(
    secondPharmacy,
    'takePrescription',
    { body: { prescriptionNo: no } },
    'prescription-unknown',
  )
  await world.ok(pharmacy, 'getPharmacyPrescription', { path })
  await world.refused(secondPharmacy, 'getPharmacyPrescription', { path }, 'prescription-unknown')
  await world.ok(pharmacy, 'renewHold', { path })
  await world.refused(secondPharmacy, 'renewHold', { path }, 'prescription-unknown')
  const lines = place.lines(it)
  await world.refused(pharmacy, 'requestSettlement', { path, body: { lines } }, 409)
  await world.ok(pharmacy, 'releasePrescription', { path, body: { reasonCode: 'patient-left' } })
  await world.refused(pharmacy, 'releasePrescription', { path, body: { reasonCode: 'patient-left' } }, 409)
  await world.ok(pharmacy, 'takePrescription', { body: { prescriptionNo: no } })
  const expired = { pharmacistId: cast.expiredPharmacist.practitionerId }
  await world.refused(pharmacy, 'reviewPrescription', place.review(no, expired), 'rules-failed')
  await world.ok(pharmacy, 'reviewPrescription', place.review(no, { opinion: '剂量合适' }))
  const { pharmacistId, buyer } = place.review(no).body
  const checked = { path, body: { pharmacistId, buyer } }
  await world.ok(pharmacy, 'checkBuyer', checked)
  await world.refused(secondPharmacy, 'checkBuyer', checked, 'prescription-unknown')
  await world.ok(pharmacy, 'quoteSettlement', { path, body: { lines } })
  await world.ok(pharmacy, 'quoteSettlement', { path, body: { lines }, transport: 'slow' })
  await world.refused(pharmacy, 'quoteSettlement', { path, body: { lines: [] } }, 'malformed')
  await world.ok(pharmacy, 'requestSettlement', { path, body: { lines } })
  const statement = await until(
    () => world.ok(pharmacy, 'getStatement', { path }),
    ({ body }) => body.status !== 'requested',
  )
  if (statement.body.status !== 'settled') throw new Error(`the settlement is ${statement.body.status}`)
  await world.refused(secondPharmacy, 'getStatement', { path }, 'prescription-unknown')
  await world.ok(pharmacy, 'listOwnSettlements', { path })
  await world.refused(pharmacy, 'listOwnSettlements', { path: { no: 'x' } }, 'malformed')
  const handed = place.handOver(it)
  await world.refused(pharmacy, 'handOver', { path, body: { ...handed, lines: [] } }, 'malformed')
  await world.ok(pharmacy, 'handOver', { path, body: handed })
  await world.refused(pharmacy, 'handOver', { path, body: place.handOver(it) }, 409)
  const headers = { cookie: it.cookie }
  const paper = { token: it.link, paper: 'receipt' }
  await world.ok(undefined, 'readPatientPaper', { path: paper, headers })
  const { settlementId } = statement.body
  await world.ok(undefined, 'readPatientPaperOfSettlement', { path: { ...paper, settlementId }, headers })
  await world.ok(pharmacy, 'readSettlementPaper', { path: { settlementId, paper: 'fee-list' } })
  const foreign = { path: { settlementId, paper: 'fee-list' } }
  await world.refused(secondPharmacy, 'readSettlementPaper', foreign, 'not-yours')
  await world.refused(pharmacy, 'reverseSettlement', { path, body: { reasonCode: 'other' } }, 409)
  await world.ok(pharmacy, 'returnGoods', { path, body: { reasonCode: 'dispensing-error' } })
  await world.refused(pharmacy, 'returnGoods', { path, body: { reasonCode: 'dispensing-error' } }, 409)
}

/** What the agency does in place of a pharmacy, and a settlement taken back before the hand-over. */
export async function takenBack(place: Place): Promise<void> {
  const { world, pharmacy, agency } = place
  const settled = await place.settled()
  await world.ok(pharmacy, 'listOwnUncollected', {})
  await world.ok(agency, 'listUncollected', {})
  for (const [caller, operation] of [
    [pharmacy, 'listOwnUncollected'],
    [agency, 'listUncollected'],
  ] as const) {
    await world.refused(caller, operation, { query: { limit: '0' } }, 'malformed')
  }
  const reason = { reasonCode: 'wrong-quantity' }
  await world.ok(pharmacy, 'reverseSettlement', { path: { no: settled.no }, body: reason })
  await world.refused(pharmacy, 'reverseSettlement', { path: { no: settled.no }, body: reason }, 409)
  const second = await place.settled()
  const gone = { path: { no: second.no }, body: { reasonCode: 'pharmacy-unavailable' } }
  await world.ok(agency, 'reverseAgencySettlement', gone)
  await world.refused(agency, 'reverseAgencySettlement', gone, 409)
  const third = await place.dispensed()
  const recall = { path: { no: third.no }, body: { reasonCode: 'recall' } }
  await world.ok(agency, 'returnAgencyGoods', recall)
  await world.refused(agency, 'returnAgencyGoods', recall, 409)
  const defer = { path: { no: third.no }, body: { reasonCode: 'settlement-overdue' } }
  await world.refused(pharmacy, 'deferSettlement', defer, 409)
  await world.refused(agency, 'deferAgencySettlement', defer, 409)
  await comeBackBySupply(place)
}

/** Goods that come back by supply and line, and what is owed for them. */
async function comeBackBySupply(place: Place): Promise<void> {
  const { world, pharmacy, secondPharmacy, agency } = place
  const unknown = { dispenseId: '00000000-0000-7000-8000-000000000001' }
  const body = { reasonCode: 'dispensing-error' }
  for (const [caller, operation] of [
    [pharmacy, 'returnSupply'],
    [agency, 'returnAgencySupply'],
  ] as const) {
    const { no } = await place.dispensed()
    const settlement = await world.ok(pharmacy, 'listOwnUncollected', {})
    if (settlement.body.items.some((item: { prescriptionNo: string }) => item.prescriptionNo === no)) {
      throw new Error('what was handed over is listed as uncollected')
    }
    const page = await world.ok(pharmacy, 'getPharmacyPrescription', { path: { no } })
    const path = { dispenseId: page.body.dispense.dispenseId }
    await world.ok(caller, operation, { path, body })
    await world.refused(caller, operation, { path, body }, 'goods-returned-already')
    await world.refused(caller, operation, { path: unknown, body }, 'supply-unknown')
  }
  const owed = await world.ok(pharmacy, 'listOwnRefunds', { query: { state: 'owed' } })
  await world.refused(pharmacy, 'listOwnRefunds', { query: { limit: '0' } }, 'malformed')
  await world.ok(agency, 'listRefunds', { query: { overdue: 'true' } })
  await world.refused(agency, 'listRefunds', { query: { limit: '0' } }, 'malformed')
  const [first, second] = owed.body.items.map(({ refundId }: { refundId: string }) => ({
    path: { refundId },
  }))
  const reference = { body: { reference: 'TILL-1' } }
  await world.refused(secondPharmacy, 'payRefundBack', { ...first, ...reference }, 'refund-unknown')
  await world.ok(pharmacy, 'payRefundBack', { ...first, ...reference })
  await world.refused(pharmacy, 'denyRefund', first, 'refund-closed-already')
  await world.ok(pharmacy, 'denyRefund', second)
}
