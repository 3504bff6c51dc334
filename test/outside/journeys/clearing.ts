import type { Json } from '../description.ts'
import { dayOf, monthAfter, type Place, until } from '../place.ts'
import { streamed } from '../wire.ts'

const HEADER = 'settlement_id,line_no,drug_code,quantity,unit_price,demanded'
const FORMS = ['csv', 'xlsx', 'pdf']

/** Enough for the funds to pay something of it. */
const MUCH = 400

/** One outpatient supply and one of a patient in a bed, each settled and handed over. */
export async function supplyForTheMonth(place: Place, stayNo: string): Promise<void> {
  const { world, hospital, cast } = place
  const stay = {
    path: { stayNo },
    body: { personId: cast.lowIncome.personId, deductibleFen: 88_000, chargedFen: 60_000 },
  }
  await world.ok(hospital, 'stateStayDeductible', stay)
  const foreign = { ...stay, body: { ...stay.body, personId: 'SOMEBODYELSE' } }
  await world.refused(hospital, 'stateStayDeductible', foreign, 'not-yours')
  await place.dispensed((document) => much(document))
  await place.dispensed((document) => {
    much(document)
    // Of another person, whose course of treatment is still to come.
    document.patient = place.patientOf(cast.lowIncome)
    document.setting = 'inpatient'
    document.visit.medicalType = '21'
    document.visit.inpatientNo = stayNo
    document.outsidePurchase = { reasonCode: 'not-stocked' }
  })
}

function much(document: Json): void {
  for (const line of document.lines) {
    line.quantity = String(MUCH)
    line.dose.amount = String(Math.ceil((MUCH / line.days) * 10_000) / 10_000)
  }
}

/** Sets the sandbox's clock to the morning after the last day of a month. */
export async function endOf(place: Place, month: string): Promise<void> {
  const now = `${monthAfter(month)}-01T09:00:00+08:00`
  await place.world.ok(undefined, 'setSandboxClock', { body: { now } })
}

/** Closes a month and waits until it is added up. */
export async function closed({ world, agency }: Place, month: string): Promise<void> {
  await world.ok(agency, 'closeMonth', { path: { month } })
  await until(
    () => world.ok(agency, 'readClearingMonth', { path: { month } }),
    ({ body }) => body.state === 'finished',
  )
}

/** The month of a region: closed, sent, read in every form, matched, disputed, confirmed, paid. */
export async function clearsTheMonth(place: Place, month: string): Promise<void> {
  const { world, agency, cast, pharmacyId } = place
  const path = { month }
  await world.refused(agency, 'readClearingMonth', { path }, 'month-open')
  await closed(place, month)
  await world.refused(agency, 'closeMonth', { path }, 'month-closed')
  await world.refused(agency, 'closeMonth', { path: { month: '1999-01' } }, 'month-before-clearing')
  await world.ok(agency, 'listClearingStatements', { path })
  await world.refused(agency, 'listClearingStatements', { path: { month: '2026-13' } }, 'malformed')
  const ofHospital: Json = { path: { month, institutionId: cast.hospital.institutionId } }
  await world.ok(agency, 'sendClearingStatement', ofHospital)
  await world.refused(agency, 'sendClearingStatement', ofHospital, 'statement-wrong-state')
  await world.ok(agency, 'sendClearingMonth', { path })
  await world.refused(agency, 'sendClearingMonth', { path: { month: '1999-01' } }, 'month-before-clearing')
  await institutionReads(place, month, 'Pharmacy', place.pharmacy)
  await institutionReads(place, month, 'Hospital', place.hospital)
  await agencyReads(place, { month, institutionId: pharmacyId })
  for (const institutionId of [pharmacyId, cast.hospital.institutionId]) {
    const dispute = {
      path: { month, institutionId, disputeNo: '1' },
      body: { resolution: 'rejected', answer: '按审核结果' },
    }
    await world.ok(agency, 'resolveClearingDispute', dispute)
    await world.refused(agency, 'resolveClearingDispute', dispute, 'statement-wrong-state')
  }
  for (const [kind, caller] of [
    ['Pharmacy', place.pharmacy],
    ['Hospital', place.hospital],
  ] as const) {
    await world.ok(caller, `confirm${kind}Statement`, { path })
    await world.refused(caller, `confirm${kind}Statement`, { path }, 'statement-wrong-state')
  }
  const paid = { path: { month, institutionId: pharmacyId } }
  await world.ok(agency, 'payClearingStatement', paid)
  await world.refused(agency, 'payClearingStatement', paid, 'statement-wrong-state')
  await world.ok(agency, 'payClearingMonth', { path })
  await world.refused(agency, 'payClearingMonth', { path: { month: '1999-01' } }, 'month-before-clearing')
  await readsReports(place, month)
}

/** What a pharmacy or hospital does with its statement, over every way of reading it. */
async function institutionReads(place: Place, month: string, kind: string, caller: string): Promise<void> {
  const { world } = place
  const path = { month }
  const gone = { month: '1999-01' }
  await world.ok(caller, `list${kind}Statements`, {})
  await world.ok(caller, `read${kind}Statement`, { path })
  await world.refused(caller, `read${kind}Statement`, { path: gone }, 'month-before-clearing')
  const { body } = await world.ok(caller, `read${kind}StatementLines`, { path })
  await world.refused(caller, `read${kind}StatementLines`, { path, query: { limit: 'x' } }, 'malformed')
  for (const form of FORMS) await world.ok(caller, `export${kind}Statement`, { path: { month, form } })
  await world.refused(caller, `export${kind}Statement`, { path: { month, form: 'doc' } }, 'malformed')
  const match = `match${kind}File`
  const row = (id: string) => `${id},1,XN07XXD130E002010102774,1,3.24,0.00`
  const small = Buffer.from(`${HEADER}\r\n${row('00000000-0000-7000-8000-000000000001')}\r\n`)
  for (const transport of ['length', 'chunked', 'slow', 'expect'] as const)
    await world.ok(caller, match, { path, raw: small, type: 'text/csv', transport })
  // Ten megabytes of the pharmacy's, a tenth of it of the hospital's.
  const rows = kind === 'Pharmacy' ? 140_000 : 14_000
  const big = streamed(lines(rows, row))
  const matched = await world.ok(caller, match, { path, raw: big, type: 'text/csv' })
  if (matched.body.rows !== rows) throw new Error(`${rows} rows were sent and ${matched.body.rows} read`)
  const bad = { path, raw: Buffer.from('a,b\n'), type: 'text/csv' }
  await world.refused(caller, match, bad, 'clearing-file-malformed')
  const list = `list${kind}FileCorrections`
  await world.ok(caller, list, bad)
  await world.refused(caller, list, { ...bad, path: gone }, 'month-before-clearing')
  await world.ok(caller, `read${kind}Differences`, { path, query: { limit: '5' } })
  await world.refused(caller, `read${kind}Differences`, { path: gone }, 'month-before-clearing')
  if (kind === 'Hospital') {
    await world.ok(caller, 'readHospitalStays', { path })
    await world.refused(caller, 'readHospitalStays', { path: gone }, 'month-before-clearing')
    await world.ok(caller, 'exportHospitalStays', { path })
    await world.refused(caller, 'exportHospitalStays', { path: gone }, 'month-before-clearing')
  }
  const dispute = (postingId: string) => ({
    path,
    body: { postingId, reasonCode: 'amount', reason: '金额不符' },
  })
  const nobodys = '00000000-0000-4000-8000-000000000000'
  await world.refused(caller, `dispute${kind}Line`, dispute(nobodys), 422)
  await world.ok(caller, `dispute${kind}Line`, dispute(body.lines[0].postingId))
}

function* lines(rows: number, row: (id: string) => string): Generator<string> {
  yield `${HEADER}\r\n`
  for (let count = 0; count < rows; count += 4_096) {
    yield Array.from({ length: Math.min(4_096, rows - count) }, (_, at) => {
      const number = String(count + at).padStart(12, '0')
      return `${row(`00000000-0000-7000-8000-${number}`)}\r\n`
    }).join('')
  }
}

async function agencyReads({ world, agency, cast }: Place, path: { month: string; institutionId: string }) {
  const gone = { ...path, month: '1999-01' }
  for (const operation of ['readClearingStatement', 'readClearingLines', 'readClearingDifferences']) {
    await world.ok(agency, operation, { path })
    await world.refused(agency, operation, { path: gone }, 'month-before-clearing')
  }
  for (const form of FORMS) await world.ok(agency, 'exportClearingStatement', { path: { ...path, form } })
  await world.refused(
    agency,
    'exportClearingStatement',
    { path: { ...gone, form: 'csv' } },
    'month-before-clearing',
  )
  const hospital = { ...path, institutionId: cast.hospital.institutionId }
  for (const operation of ['readClearingStays', 'exportClearingStays']) {
    await world.ok(agency, operation, { path: hospital })
    await world.refused(agency, operation, { path: gone }, 'month-before-clearing')
  }
}

async function readsReports({ world, agency }: Place, month: string): Promise<void> {
  for (const [operation, report] of [
    ['reportDrugs', 'drugs'],
    ['reportCostlyDrugs', 'costly-drugs'],
    ['reportOutliers', 'outliers'],
    ['reportFundTrend', 'fund-trend'],
    ['reportLapsedHolds', 'lapsed-holds'],
    ['reportNeverPrescribed', 'never-prescribed'],
  ] as const) {
    await world.ok(agency, operation, { path: { month } })
    await world.refused(agency, operation, { path: { month: '2099-01' } }, 'month-not-closed')
    await world.ok(agency, 'downloadReport', { path: { month, report } })
  }
  const open = { path: { month: '2099-01', report: 'drugs' } }
  await world.refused(agency, 'downloadReport', open, 'month-not-closed')
}

/** A budget for a year: granted, read, and settled when all its months are closed (Fushun). */
export async function capitation(place: Place): Promise<void> {
  const { world, agency, cast } = place
  const today = dayOf(await world.now())
  const year = today.slice(0, 4)
  const { institutionId } = cast.hospital
  const body = {
    institutionId,
    scheme: 'resident',
    persons: 2,
    perPersonFen: 4_000,
    advanceFen: 6_000,
    reason: '年度核定',
  }
  await world.ok(agency, 'grantCapitation', { path: { year }, body })
  await world.refused(
    agency,
    'grantCapitation',
    { path: { year }, body: { ...body, persons: 0.5 } },
    'malformed',
  )
  const past = { path: { year: '1999' } }
  for (const [operation, caller] of [
    ['readAgencyCapitation', agency],
    ['readHospitalCapitation', place.hospital],
    ['readPharmacyCapitation', place.secondPharmacy],
  ] as const) {
    await world.ok(caller, operation, { path: { year } })
    await world.refused(caller, operation, past, 'malformed')
  }
  const settle = { path: { year, institutionId } }
  await world.refused(agency, 'settleCapitationYear', settle, 'month-not-over')
  let month = today.slice(0, 7)
  await endOf(place, `${year}-12`)
  for (; month.startsWith(year); month = monthAfter(month)) await closed(place, month)
  await world.ok(agency, 'settleCapitationYear', settle)
  await world.refused(agency, 'settleCapitationYear', settle, 'capitation-wrong-state')
}
