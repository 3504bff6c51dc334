import t from 'tap'
import { cited, EMPTY_YEAR, layersOf, line, part, planOf, settle } from '../builder.ts'

const plan = planOf(
  part('class-b-self-paid', { shareBp: cited(1_000, { medicineClass: 'B' }) }),
  part('deductible', { amountFen: cited(100) }),
  part('ratio', { ratioBp: cited(5_000) }),
  part('medical-assistance', {
    counts: cited(['deductible', 'coinsurance']),
    ratioBp: [
      cited(10_000, { assistance: 'extreme-poverty' }),
      cited(8_000, { assistance: 'minimum-living' }),
    ],
    maximumFen: cited(1_000),
  }),
)
const split = (
  assistance: 'none' | 'minimum-living' | 'extreme-poverty',
  price: bigint,
  assistancePaid = 0n,
) =>
  layersOf(
    settle({
      plan,
      assistance,
      lines: [line({ unitPriceFen: price })],
      balances: { ...EMPTY_YEAR, assistancePaid },
    }),
  )

t.test('MZ-6.6 assistance pays its ratio of the counted own part, cut to a whole fen', (t) => {
  // 301: 100 deductible, 100 fund, 101 own. 201 * 80 % = 160.8
  t.same(split('minimum-living', 301n), {
    'basic-fund': 100,
    coinsurance: 41,
    'medical-assistance': 160,
  })
  t.same(split('extreme-poverty', 301n), { 'basic-fund': 100, 'medical-assistance': 201 })
  t.same(split('none', 301n), { deductible: 100, 'basic-fund': 100, coinsurance: 101 })
  t.end()
})

t.test('MZ-6.6 its yearly maximum is reached to the fen', (t) => {
  t.equal(split('extreme-poverty', 301n, 799n)['medical-assistance'], 201)
  t.equal(split('extreme-poverty', 301n, 800n)['medical-assistance'], 200)
  t.equal(split('extreme-poverty', 301n, 1_000n)['medical-assistance'], undefined)
  t.end()
})

t.test('MZ-6.6 what is not counted stays the patient’s', (t) => {
  // 400 class B: 40 first share; 360 - 100 = 260; 130 fund; 230 assistance
  const bill = settle({
    plan,
    assistance: 'extreme-poverty',
    lines: [line({ unitPriceFen: 400n, medicineClass: 'B' })],
  })
  t.same(layersOf(bill), { 'class-b': 40, 'basic-fund': 130, 'medical-assistance': 230 })
  t.end()
})

t.test('MZ-6.6 assistance also carries a purchase that the deductible takes whole', (t) => {
  t.same(split('extreme-poverty', 60n), { 'medical-assistance': 60 })
  t.end()
})
