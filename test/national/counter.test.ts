import { randomUUID } from 'node:crypto'
import t from 'tap'
import type { Split } from '../../schemas/statement.ts'
import { Problem } from '../../src/domain/problems.ts'
import { fenAt, quantityAt, unitPriceAt } from '../../src/national/amounts.ts'
import { billOf } from '../../src/national/bill.ts'
import { gatewayTime, isHeaderSigned } from '../../src/national/gateway.ts'
import { pricedLines, soldLines, traceCodesOf } from '../../src/national/sale.ts'
import { shortId, uuidOf } from '../../src/national/short-id.ts'
import { NATIONAL_TABLES, readTables } from '../../src/national/tables.ts'

const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'nothing refused'
  } catch (error) {
    if (error instanceof Problem) return `${error.code} ${error.fields[0]?.path ?? ''}`
    throw error
  }
}

t.test(
  'amounts are read as clients write them, to the fen, and anything else is refused by its field',
  async (t) => {
    const at = (text: string) => ({ x: text })
    t.equal(fenAt(at('12.5'), 'x', ''), 1250)
    t.equal(fenAt(at('12.5000'), 'x', ''), 1250)
    t.equal(fenAt(at(''), 'x', ''), undefined)
    t.equal(unitPriceAt(at('1.234567'), 'x', ''), 123.4567)
    t.equal(unitPriceAt(at('3'), 'x', ''), 300)
    t.equal(quantityAt(at('14.0000'), 'x', ''), '14')
    for (const wrong of ['-1', '1e3', '1,5', '0x10', '１', '1.2.3', 'NaN'])
      t.equal(
        codeOf(() => fenAt(at(wrong), 'x', 'row/0/')),
        'malformed /row/0/x',
        wrong,
      )
    t.equal(
      codeOf(() => fenAt(at('0.001'), 'x', '')),
      'malformed /x',
      'less than a fen',
    )
    t.equal(
      codeOf(() => unitPriceAt(at('0.0000001'), 'x', '')),
      'malformed /x',
    )
    t.equal(
      codeOf(() => quantityAt(at('0.00001'), 'x', '')),
      'malformed /x',
    )
  },
)

t.test('an id of the hub fits the interface and comes back', async (t) => {
  for (const id of [
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    randomUUID(),
  ]) {
    t.match(shortId(id), /^[0-9A-Z]{25}$/)
    t.equal(uuidOf(shortId(id).toLowerCase()), id)
  }
  for (const wrong of ['', 'Z'.repeat(25), 'A'.repeat(24), '-'.repeat(25)])
    t.equal(uuidOf(wrong), undefined, wrong)
})

t.test('times of a gateway are wall time in Shanghai', async (t) => {
  const at = new Date('2026-11-29T04:05:06Z')
  for (const text of ['2026-11-29 12:05:06', '20261129120506', '2026-11-29T12:05:06', '20261129120506789'])
    t.same(gatewayTime(text), at, text)
  for (const wrong of ['', '2026-02-30 00:00:00', '2026-11-29', '2026-11-29 25:00:00', 'Z20261129120506'])
    t.equal(gatewayTime(wrong), undefined, wrong)
})

t.test('the headers of a gateway are the published answer', async (t) => {
  const signature = '3b3ec841ebbb8f20f99756586fed2b4f512e5cf3ca26301be669e887f544e7eb'
  const headers = { timestamp: '1706152100', nonce: 'L3nmSZ2N', signature }
  t.ok(isHeaderSigned(headers, ''), 'a public website that leaves the secret empty')
  t.notOk(isHeaderSigned(headers, 'secret'))
})

t.test('rows of a sale go to the lines of their drug, and packs of one batch together', async (t) => {
  const lines = [
    { lineNo: 1, drugCode: 'A', remaining: '2' },
    { lineNo: 2, drugCode: 'A', remaining: '3' },
    { lineNo: 3, drugCode: 'B', remaining: '1' },
  ]
  const row = (code: string, count: string, more = {}) => ({
    med_list_codg: code,
    manu_lotnum: 'L1',
    expy_end: '2028-01-01',
    sel_retn_cnt: count,
    ...more,
  })
  const sold = soldLines(
    [
      row('A', '3', { drug_trac_codg: '81' }),
      row('A', '1', { drug_trac_codg: '82' }),
      row('A', '1', { drug_trac_codg: '83' }),
      row('B', '1'),
    ],
    lines,
  )
  t.same(sold, [
    { lineNo: 2, batchNo: 'L1', expiresOn: '2028-01-01', quantity: '3', packs: [{ traceCode: '81' }] },
    {
      lineNo: 1,
      batchNo: 'L1',
      expiresOn: '2028-01-01',
      quantity: '2',
      packs: [{ traceCode: '82' }, { traceCode: '83' }],
    },
    { lineNo: 3, batchNo: 'L1', expiresOn: '2028-01-01', quantity: '1' },
  ])
  t.same(soldLines(row('B', '0.5', { trdn_flag: '1', drug_trac_codg: '81' }), lines)[0]?.packs, [
    { traceCode: '81', split: true, quantity: '0.5' },
  ])
  t.equal(
    codeOf(() => soldLines([row('C', '1')], lines)),
    'line-unknown /selinfo/0/med_list_codg',
  )
  t.equal(
    codeOf(() => soldLines([], lines)),
    'malformed /selinfo',
  )
  for (const day of ['2028-13-01', '2027-02-29', '20280431', '0000-00-00'])
    t.equal(
      codeOf(() => soldLines([row('A', '1', { expy_end: day })], lines)),
      'malformed /selinfo/0/expy_end',
      day,
    )
  const priced = pricedLines(
    { med_list_codg: 'B', cnt: '1', pric: '0.105', det_item_fee_sumamt: '0.11' },
    lines,
  )
  t.same(priced, [{ lineNo: 3, quantity: '1', unitPriceFen: 10.5, amountFen: 11 }])
})

t.test('trace codes are found in every shape that clients send', async (t) => {
  for (const shape of [
    { drug_trac_codg: '81, 82' },
    { drugtracinfo: [{ drug_trac_codg: '81' }, { drug_trac_codg: '82' }] },
    { drugtracinfo: { drug_trac_code: '81' }, drug_trac_codg: '82' },
    { drug_trac_info: [{ drug_trac_codg: '81' }, { drug_trac_codg: '82' }, { drug_trac_codg: '81' }] },
  ])
    t.same(traceCodesOf(shape).sort(), ['81', '82'], JSON.stringify(shape))
  t.same(traceCodesOf({ drugtracinfo: [] }), [])
})

t.test('a bill adds up: funds and patient, account and cash, and the details of the funds', async (t) => {
  const split = {
    chargeFen: 10_000,
    fundFen: 6_789,
    patientFen: 3_211,
    totals: [
      { payer: 'patient', amountFen: 3_211 },
      { payer: 'basic-fund', amountFen: 6_000 },
      { payer: 'medical-assistance', amountFen: 700 },
      { payer: 'charity', amountFen: 89 },
    ],
    entries: [{ lineNo: 1, payer: 'patient', layer: 'not-covered', amountFen: 211 }],
    lines: [],
  } as unknown as Split
  const person = {
    personId: 'P',
    name: 'N',
    idType: '01',
    idNumber: '1',
    sex: '1',
    birthDate: '',
    scheme: 'resident',
  } as const
  const ids = { setlId: 'S', mdtrtId: 'M', medinsSetlId: 'MSG', setlTime: '' }
  const { setlinfo, setldetail } = billOf(split, person, ids, {})
  t.match(setlinfo, {
    medfee_sumamt: 100,
    fund_pay_sumamt: 67.89,
    psn_part_amt: 32.11,
    psn_cash_pay: 32.11,
    inscp_scp_amt: 97.89,
  })
  t.same(
    setldetail.map(({ fund_pay_type, fund_payamt }) => [fund_pay_type, fund_payamt]),
    [
      ['390100', 60],
      ['610100', 7],
      ['999997', 0.89],
    ],
  )
  const back = billOf(split, person, ids, {}, -1)
  t.equal(back.setlinfo.medfee_sumamt, -100)
  t.ok(Object.is(back.setlinfo.acct_pay, 0), 'nothing is zero either way')
})

t.test('tables of a region are read whole or refused by name', async (t) => {
  t.same(readTables('{}'), NATIONAL_TABLES)
  const own = readTables(
    '{"errorCodes":{"rules-failed":40001},"tokenSeconds":30,"reversalAmounts":"positive"}',
  )
  t.match(own, {
    errorCodes: { 'rules-failed': 40001 },
    tokenSeconds: 30,
    reversalAmounts: 'positive',
    settlementSeconds: 20,
  })
  for (const [text, name] of [
    ['{"errorCodes":{"a":0}}', 'errorCodes'],
    ['{"tokenSeconds":0}', 'tokenSeconds'],
    ['{"useStatus":{"unused":{"code":"0","name":"x"}}}', 'useStatus'],
    ['{"reviewPassed":[]}', 'reviewPassed'],
    ['{"toString":1}', 'toString'],
    ['{"nothing":1}', 'nothing'],
  ] as const)
    t.throws(() => readTables(text), new RegExp(name), text)
  t.throws(() => readTables('[]'), RangeError)
})
