import t from 'tap'
import { Problem } from '../../../src/domain/problems.ts'
import { checkedBy } from '../../../src/http/counter/checked.ts'
import { plainly } from '../../../src/http/counter/demands.ts'
import { refusalOf } from '../../../src/http/counter/fault-words.ts'
import { codesIn, handOverOf, returnOf, reviewOf, supplyOf } from '../../../src/http/counter/form-bodies.ts'
import { fenOf, yuanText } from '../../../src/http/counter/price-text.ts'
import { releaseBody } from '../../../src/http/pharmacy/bodies.ts'
import { supplyBody } from '../../../src/http/pharmacy/supply-body.ts'

t.test('yuan and fen say the same price, exactly', async (t) => {
  for (const [fen, yuan] of [
    [6300, '63.00'],
    [35.714286, '0.35714286'],
    [5, '0.05'],
    [0, '0.00'],
    [1_000_000_000, '10000000.00'],
    [0.5, '0.005'],
  ] as const) {
    t.equal(yuanText(fen), yuan)
    t.equal(fenOf(yuan), fen)
  }
  for (const [typed, fen] of [
    ['63', 6300],
    ['６３．５', 6350],
    ['¥1,063.5', 106_350],
    ['63.', 6300],
  ] as const)
    t.equal(fenOf(typed), fen, typed)
  for (const none of ['', '-1', '1.123456789', 'abc', '1e3']) t.equal(fenOf(none), undefined, none)
})

t.test('a scanner writes one code a line; blanks inside a code stay for whoever reads it', async (t) => {
  t.same(codesIn('8123 4567\r\n\r\n(01)0690(21)77\n'), ['8123 4567', '(01)0690(21)77'])
})

t.test('lines of no quantity are not supplied; empty fields are left out', async (t) => {
  const fields = {
    'quantity-1': '14',
    'price-1': '63.00',
    'batch-1': '',
    'codes-1': '81234567890123456789\r\n',
    'quantity-2': '0',
    'price-2': '1.00',
    'quantity-3': '7',
    'price-3': '2.5',
    'split-code-3': '81234567890123456780',
    'split-quantity-3': '7',
    'no-trace-3': '',
  }
  t.same(supplyOf(fields, [1, 2, 3]), {
    lines: [
      { lineNo: 1, quantity: '14', unitPriceFen: 6300, traceCodes: ['81234567890123456789'] },
      {
        lineNo: 3,
        quantity: '7',
        unitPriceFen: 250,
        packs: [{ traceCode: '81234567890123456780', split: true, quantity: '7' }],
      },
    ],
  })
})

t.test('what cannot be read is refused at its place, in words', async (t) => {
  const check = checkedBy<object>(supplyBody)
  try {
    check(supplyOf({ 'quantity-1': '1', 'price-1': 'x' }, [1]))
    t.fail('a price of letters was taken')
  } catch (error) {
    t.match(refusalOf(error as Problem), { title: '填写的内容有误', faults: [/^第 1 种药品的单价：/] })
  }
  try {
    check(supplyOf({ 'quantity-1': '' }, [1]))
    t.fail('nothing was taken')
  } catch (error) {
    t.match(refusalOf(error as Problem).faults, [/^药品：/])
  }
})

t.test('what a form asks for is said without patterns, types and codes', async (t) => {
  const faultsOf = (check: (body: object) => object, body: object) => {
    try {
      check(body)
    } catch (error) {
      return refusalOf(error as Problem).faults
    }
    return []
  }
  const supplying = checkedBy<object>(supplyBody)
  t.same(faultsOf(supplying, supplyOf({ 'quantity-1': 'abc', 'price-1': 'x', 'no-trace-1': 'y' }, [1])), [
    '第 1 种药品的数量：请填写数字，小数最多 4 位，例如 28 或 0.5。',
    '第 1 种药品的单价：请填写金额（元），例如 12.50。',
    '第 1 种药品的无追溯码原因：请选择。',
  ])
  t.same(faultsOf(checkedBy<object>(releaseBody), { reasonCode: '' }), ['原因：请选择。'])
  const told = { path: '/body/opinion', keyword: 'maxLength', message: { zh: '长度', en: 'length' } }
  t.equal(plainly(told), told, 'what is plain already stays as it is')
})

t.test('who was not checked is no buyer; a refusal has a reason and no buyer', async (t) => {
  const typed = { relation: 'agent', 'paper-identity-card': 'yes', 'agent-ending': '021X', opinion: ' ' }
  t.same(reviewOf({ ...typed, decision: 'approve' }, 'YS1'), { pharmacistId: 'YS1', decision: 'approve' })
  t.same(reviewOf({ ...typed, decision: 'approve', 'identity-checked': 'yes' }, 'YS1'), {
    pharmacistId: 'YS1',
    decision: 'approve',
    buyer: { relation: 'agent', identityChecked: true, papers: ['identity-card'], paperNoEnding: '021X' },
  })
  t.same(
    reviewOf({ ...typed, decision: 'refuse', reason: 'dose-unsafe', 'identity-checked': 'yes' }, 'YS1'),
    {
      pharmacistId: 'YS1',
      decision: 'refuse',
      reasonCode: 'dose-unsafe',
    },
  )
})

t.test('at the counter the buyer is whoever was checked before; a delivery has its receiver', async (t) => {
  const typed = {
    'batch-1': 'B1',
    'expires-1': '2028-01-01',
    'codes-1': 'A\nB',
    relation: 'patient',
    fee: '',
  }
  const line = { lineNo: 1, batchNo: 'B1', expiresOn: '2028-01-01', traceCodes: ['A', 'B'] }
  t.same(
    handOverOf(
      {
        ...typed,
        way: 'counter',
        advice: 'yes',
        'statement-signature': 'Q1',
        'issued-receipt': 'yes',
        'issued-fee-list': 'yes',
      },
      [1],
      'YS1',
    ),
    {
      pharmacistId: 'YS1',
      papersIssued: ['receipt', 'fee-list'],
      statementSignatureRef: 'Q1',
      delivery: { way: 'counter', feeFen: 0, adviceGiven: true },
      lines: [line],
    },
  )
  t.same(
    handOverOf(
      { ...typed, way: 'home', fee: '5', 'receipt-signature': 'R1', 'cold-chain': 'ice-pack' },
      [1],
      'YS1',
    ),
    {
      pharmacistId: 'YS1',
      buyer: {
        relation: 'patient',
        identityChecked: false,
        checkedAt: 'delivery',
        receiptSignatureRef: 'R1',
      },
      delivery: { way: 'home', feeFen: 500, coldChain: 'ice-pack' },
      lines: [line],
    },
  )
})

t.test('only what is ticked comes back', async (t) => {
  const fields = { 'back-1': 'yes', 'quantity-1': '7', 'quantity-2': '3', reason: 'recall', packs: 'opened' }
  t.same(returnOf(fields, [1, 2]), {
    reasonCode: 'recall',
    packs: 'opened',
    patientPaid: false,
    lines: [{ lineNo: 1, quantity: '7' }],
  })
})

t.test('a refusal that names a holder says who it is', async (t) => {
  const problem = new Problem('held-by-another', { details: { holderName: '药店二', holderPhone: '0753-1' } })
  t.match(refusalOf(problem).faults, ['现由药店二接单，电话 0753-1。'])
})
