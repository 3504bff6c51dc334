import t from 'tap'
import { disputeLine, resolveDispute } from '../../../src/usecases/clearing/dispute.ts'
import {
  confirmStatement,
  pageOfLines,
  pageOfStays,
  readStatement,
  sendStatement,
  streamLines,
} from '../../../src/usecases/clearing/statement.ts'
import { readDifferences } from '../../../src/usecases/clearing/upload-file.ts'
import { aWrite, testHub } from '../../support/hub.ts'
import { walker } from '../../support/journey.ts'
import { aStay, COVERED, clearing, DECEMBER } from './clearing.ts'

const MONTH = '2026-11'

t.test('MZ-7.4 the pharmacy is paid in full and the hospital is short of the whole amount', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const clear = clearing(hub)
  const one = await walk.dispensed(aStay(hub, 'ZY-7'))
  const back = await walk.dispensed(aStay(hub, 'ZY-7'))
  await clear.returned(back.no)
  const { rows } = await hub.deps.pool.query(
    'select charge_fen::int as charge, fund_fen::int as fund, patient_fen::int as patient from settlement where settlement_id = $1',
    [one.settlementId],
  )
  const { charge, fund, patient } = rows[0]
  t.ok(fund > 0 && patient > 0)
  hub.now = DECEMBER
  await clear.close(MONTH)
  const agency = hub.agency()
  const pharmacy = await readStatement(hub.deps, agency, MONTH, hub.pharmacy().institutionId)
  t.equal(pharmacy.figures.closing, BigInt(charge))
  const hospitalId = hub.hospital().institutionId!
  const hospital = await readStatement(hub.deps, agency, MONTH, hospitalId)
  t.equal(hospital.figures.closing, BigInt(fund - charge))
  t.equal(hospital.figures.items.find(({ item }) => item === 'inpatient-deductions')?.amount, BigInt(-charge))
  t.equal(hospital.figures.memos.find(({ item }) => item === 'patient-receivable')?.amount, BigInt(patient))
  const stays = await pageOfStays(hub.deps, agency, MONTH, hospitalId, '', 10)
  t.match(stays, [
    { stayNo: 'ZY-7', deducted: BigInt(charge), patient: BigInt(patient), counted: BigInt(charge) },
  ])

  await clear.confirmed(MONTH)
  await clear.pay(MONTH, hub.pharmacy().institutionId)
  await sendStatement(hub.deps, aWrite(agency), { caller: agency, month: MONTH, institutionId: hospitalId })
  await confirmStatement(hub.deps, aWrite(hub.hospital()), { caller: hub.hospital(), month: MONTH })
  t.match((await clear.pay(MONTH, hospitalId)).body, { paidFen: fund - charge })
  const receivable = `institution:${hospitalId}:receivable`
  t.equal(await clear.total(receivable), 0n)
  t.equal(await clear.total('%:deduction'), 0n)
  t.equal(await clear.total(`institution:${hub.pharmacy().institutionId}:receivable`), 0n)
  t.equal(await clear.total(), 0n)
})

t.test('MZ-7.3 a dispute is answered line by line; the correction goes to the open month', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const clear = clearing(hub)
  const agency = hub.agency()
  const pharmacy = hub.pharmacy()
  await walk.dispensed(COVERED)
  await walk.dispensed(COVERED)
  hub.now = DECEMBER
  await clear.close(MONTH)
  const where = { caller: pharmacy, month: MONTH }
  const answer = { caller: agency, month: MONTH, institutionId: pharmacy.institutionId }
  const lines = await pageOfLines(hub.deps, agency, MONTH, pharmacy.institutionId, undefined, 10)
  t.equal(lines.length, 2)
  const dispute = (postingId: string) =>
    disputeLine(hub.deps, aWrite(pharmacy), where, { postingId, reasonCode: 'amount', reason: '少付' })
  await t.rejects(dispute(lines[0]!.postingId), { code: 'statement-not-sent' })
  await clear.send(MONTH, pharmacy.institutionId)
  await t.rejects(dispute('00000000-0000-7000-8000-000000000000'), { code: 'statement-line-unknown' })
  t.match((await dispute(lines[0]!.postingId)).body, { status: 'disputed', disputeNo: 1 })
  await t.rejects(dispute(lines[0]!.postingId), { code: 'line-disputed-already' })
  t.match((await dispute(lines[1]!.postingId)).body, { status: 'disputed', disputeNo: 2 })
  await t.rejects(confirmStatement(hub.deps, aWrite(pharmacy), where), { code: 'statement-wrong-state' })
  await t.rejects(clear.pay(MONTH, pharmacy.institutionId), { code: 'statement-wrong-state' })
  const resolve = (no: number, resolution: Parameters<typeof resolveDispute>[4]) =>
    resolveDispute(hub.deps, aWrite(agency), answer, no, resolution)
  const november = (await readStatement(hub.deps, agency, MONTH, pharmacy.institutionId)).figures
  for (const correctionFen of [9_000_000_000_000_000, -9_000_000_000_000_000]) {
    await t.rejects(
      resolve(1, { resolution: 'upheld', answer: '补付', correctionFen }),
      { code: 'correction-exceeds' },
      'no more than the line itself',
    )
  }
  const upheld = await resolve(1, { resolution: 'upheld', answer: '补付', correctionFen: 123 })
  t.match(upheld.body, { status: 'disputed' })
  await t.rejects(
    resolve(1, { resolution: 'rejected', answer: '不同意' }),
    { code: 'dispute-unknown' },
    'answered once',
  )
  t.match((await resolve(2, { resolution: 'rejected', answer: '核对无误' })).body, { status: 'sent' })
  t.same((await readStatement(hub.deps, agency, MONTH, pharmacy.institutionId)).figures, november)
  await confirmStatement(hub.deps, aWrite(pharmacy), where)
  await clear.pay(MONTH, pharmacy.institutionId)
  t.equal(await clear.total('%:receivable'), 123n, 'what is left is the correction')

  hub.now = new Date('2027-01-01T02:00:00.000Z')
  await clear.close('2026-12')
  const december = (await readStatement(hub.deps, agency, '2026-12', pharmacy.institutionId)).figures
  t.match(december, { opening: november.closing, due: 123n, paid: november.due, closing: 123n })
  t.equal(december.items.find(({ item }) => item === 'adjustments')?.amount, 123n)
  t.equal(await clear.total(), 0n)
})

t.test('MZ-7.3 an institution sees its own statement and no other, page by page', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const clear = clearing(hub)
  for (let i = 0; i < 3; i += 1) await walk.dispensed(COVERED)
  hub.now = DECEMBER
  await clear.close(MONTH)
  const pharmacy = hub.pharmacy()
  await clear.send(MONTH, pharmacy.institutionId)
  const stranger = hub.pharmacy('P00000000000')
  await t.rejects(readStatement(hub.deps, stranger, MONTH), { code: 'statement-unknown' })
  await t.rejects(readStatement(hub.deps, stranger, MONTH, pharmacy.institutionId), { code: 'not-yours' })
  const foreign = { ...hub.agency(), regionCode: '500000' }
  await t.rejects(readStatement(hub.deps, foreign, MONTH, pharmacy.institutionId), { code: 'month-open' })
  await t.rejects(readDifferences(hub.deps, pharmacy, MONTH, undefined, 0, 10), {
    code: 'clearing-file-missing',
    details: { month: MONTH },
  })
  const all: string[] = []
  for await (const line of streamLines(hub.deps, pharmacy, MONTH, undefined, 2)) all.push(line.postingId)
  t.equal(new Set(all).size, 3)
  t.same(all, all.toSorted())
})
