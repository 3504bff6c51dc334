import { createHash } from 'node:crypto'
import t from 'tap'
import { readDifferences, uploadFile } from '../../../src/usecases/clearing/upload-file.ts'
import { testHub } from '../../support/hub.ts'
import { walker } from '../../support/journey.ts'
import { aStay, COVERED, clearing, DECEMBER } from './clearing.ts'

const MONTH = '2026-11'
const HEADER = 'settlement_id,line_no,drug_code,quantity,unit_price,demanded'

async function* bytes(text: string, size = 7) {
  const all = Buffer.from(text)
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size)
}

t.test('MZ-7.3 ledger, dispense record and file are matched, and each difference is explained', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const clear = clearing(hub)
  const right = await walk.dispensed(COVERED)
  const inpatient = await walk.dispensed(aStay(hub, 'ZY-1'))
  const lessMoney = await walk.dispensed(COVERED)
  const quantity = await walk.dispensed(COVERED)
  const price = await walk.dispensed(COVERED)
  const forgotten = await walk.dispensed(COVERED)
  const waiting = await walk.settled(COVERED)
  const returned = await walk.dispensed(COVERED)
  await clear.returned(returned.no)
  const undecided = await walk.settling(COVERED)
  hub.now = DECEMBER
  await clear.close(MONTH)
  const pharmacy = hub.pharmacy()
  await clear.send(MONTH, pharmacy.institutionId)

  const { rows } = await hub.deps.pool.query(
    `select s.settlement_id as id, l.unit_price_fen::int as price, l.drug_code as drug,
            (select sum(amount_fen)::int from posting_line x join posting p using (region_code, posting_id)
              where p.settlement_id = s.settlement_id and p.kind = 'settlement' and x.account = $1) as owed
       from settlement s join dispense_line l using (region_code, dispense_id)`,
    [`institution:${pharmacy.institutionId}:receivable`],
  )
  const known = new Map<string, { price: number; drug: string; owed: number }>(
    rows.map((row) => [row.id, row]),
  )
  const line = (id: string, but: { quantity?: string; price?: number; owed?: number; no?: number } = {}) => {
    const { price, drug, owed } = known.get(id)!
    const yuan = (fen: number) => (fen / 100).toFixed(2)
    return [
      id,
      but.no ?? 1,
      drug,
      but.quantity ?? '400',
      yuan(but.price ?? price),
      yuan(but.owed ?? owed ?? 0),
    ].join(',')
  }
  const unknown = '00000000-0000-7000-8000-000000000001'
  const text = [
    HEADER,
    line(right.settlementId),
    line(inpatient.settlementId),
    line(lessMoney.settlementId, { owed: known.get(lessMoney.settlementId)!.owed - 1 }),
    line(quantity.settlementId, { quantity: '399.5' }),
    line(price.settlementId, { price: known.get(price.settlementId)!.price + 1, owed: 1 }),
    line(returned.settlementId),
    line(undecided.settlementId),
    line(waiting.settlementId),
    line(right.settlementId).replace(right.settlementId, unknown),
    line(inpatient.settlementId, { no: 2, owed: 0 }),
    '',
  ].join('\r\n')
  const matched = await uploadFile(hub.deps, pharmacy, MONTH, bytes(text))
  t.equal(matched.sha256, createHash('sha256').update(text).digest('hex'))
  t.equal(matched.rows, 10)
  const { file, differences } = await readDifferences(hub.deps, pharmacy, MONTH, undefined, 0, 100)
  t.equal(file.fileId, matched.fileId)
  const seen = differences
    .map((d) => `${d.settlementId} ${d.lineNo ?? '-'} ${d.kind} ${d.explanation}`)
    .sort()
  t.same(
    seen,
    [
      `${lessMoney.settlementId} - amount-differs adjudicated-otherwise`,
      `${quantity.settlementId} 1 quantity-differs handed-over-otherwise`,
      `${price.settlementId} 1 price-differs handed-over-otherwise`,
      `${price.settlementId} - amount-differs follows-from-lines`,
      `${forgotten.settlementId} - missing-there not-in-file`,
      `${waiting.settlementId} - not-handed-over not-handed-over`,
      `${returned.settlementId} - missing-here taken-back-this-month`,
      `${undecided.settlementId} - missing-here undecided`,
      `${unknown} - missing-here unknown-settlement`,
      `${inpatient.settlementId} 2 missing-here line-not-supplied`,
    ].sort(),
  )
  const amount = differences.find((d) => d.explanation === 'adjudicated-otherwise')!
  const { owed } = known.get(lessMoney.settlementId)!
  t.same([amount.ours, amount.theirs], [String(owed), String(owed - 1)])
  t.ok(
    differences.every(
      (d) => ['missing-here', 'not-handed-over'].includes(d.kind) || d.postingId !== undefined,
    ),
    'each that is on the statement can be disputed',
  )

  const again = await uploadFile(hub.deps, pharmacy, MONTH, bytes(text, 100_000))
  t.same(again.differences, matched.differences, 'the same file gives the same result')

  // Totals and batches, where the file has them: one row a batch.
  const unit = known.get(right.settlementId)!
  const row = (id: string, cells: (string | number)[]) => {
    const { drug, owed } = known.get(id)!
    const [quantity, price, charged, batch, demanded = ((owed ?? 0) / 100).toFixed(2), code = drug] = cells
    return [id, 1, code, quantity, price, demanded, charged, batch].join(',')
  }
  const yuan = (fen: number) => (fen / 100).toFixed(2)
  const total = yuan(unit.price * 400)
  const rounded = yuan(unit.price) // in a file with totals the price of one unit may be rounded
  const batches = [
    `${HEADER},金额（元）,批号`,
    row(right.settlementId, ['150', rounded, yuan(unit.price * 150), 'b1', yuan(unit.owed)]),
    row(right.settlementId, ['250', yuan(unit.price + 0.4), yuan(unit.price * 250), 'B2', '0']),
    row(lessMoney.settlementId, ['400', rounded, total, 'B1']),
    row(quantity.settlementId, ['400', rounded, yuan(unit.price * 400 - 1), 'B1']),
    row(price.settlementId, ['400', yuan(unit.price + 1), total, 'B1']),
    row(forgotten.settlementId, ['400', rounded, total, '', undefined!, 'XA02BCA105B002010102310']),
    row(inpatient.settlementId, ['400', rounded, total, 'B1']),
    '',
  ].join('\r\n')
  await uploadFile(hub.deps, pharmacy, MONTH, bytes(batches))
  const found = (await readDifferences(hub.deps, pharmacy, MONTH, undefined, 0, 100)).differences
  t.same(
    found.map((d) => [d.settlementId, d.kind, d.explanation, d.ours, d.theirs]).sort(),
    [
      [right.settlementId, 'batch-differs', 'batch-not-supplied', 'B1 400', 'B1 150, B2 250'],
      [
        quantity.settlementId,
        'charge-differs',
        'rounded-otherwise',
        String(unit.price * 400),
        String(unit.price * 400 - 1),
      ],
      [
        price.settlementId,
        'price-differs',
        'handed-over-otherwise',
        String(unit.price),
        String(unit.price + 1),
      ],
      [forgotten.settlementId, 'drug-differs', 'handed-over-otherwise', unit.drug, 'XA02BCA105B002010102310'],
    ].sort(),
  )
  const twice = `${batches}${row(right.settlementId, ['1', rounded, '0', 'B2', '0'])}\r\n`
  await t.rejects(uploadFile(hub.deps, pharmacy, MONTH, bytes(twice)), {
    code: 'clearing-file-malformed',
    details: { column: 'line_no', reason: 'duplicate' },
  })
})

t.test('MZ-7.3 a file that cannot be read is refused whole, with row and column', async (t) => {
  const hub = await testHub(t)
  const clear = clearing(hub)
  hub.now = DECEMBER
  await clear.close(MONTH)
  const pharmacy = hub.pharmacy()
  await clear.send(MONTH, pharmacy.institutionId)
  const row = '00000000-0000-7000-8000-000000000001,1,XL01,2,1.00,2.00'
  const cases: [string, object][] = [
    ['', { row: 1, column: 'header', reason: 'header' }],
    ['a,b\n', { row: 1, column: 'header' }],
    [`${HEADER}\n${row.replace(',2,', ',two,')}\n`, { row: 2, column: 'quantity' }],
    [`${HEADER}\n${row}\n${row.replace('1.00', '1.0000001')}\n`, { row: 3, column: 'unit_price' }],
    [`${HEADER}\n${row}\n${row}\n`, { row: 3, column: 'line_no', reason: 'duplicate' }],
    [`${HEADER}\n"${row}`, { row: 2, reason: 'quotes' }],
  ]
  for (const [text, details] of cases) {
    await t.rejects(uploadFile(hub.deps, pharmacy, MONTH, bytes(text)), {
      code: 'clearing-file-malformed',
      details,
    })
  }
  async function* latin() {
    yield Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.from([0xff, 0xfe, 0x0a])])
  }
  await t.rejects(uploadFile(hub.deps, pharmacy, MONTH, latin()), { code: 'clearing-file-malformed' })
  const { rows } = await hub.deps.pool.query('select (select count(*) from clearing_file_line)::int as n')
  t.equal(rows[0].n, 0, 'nothing is left of it')
})
