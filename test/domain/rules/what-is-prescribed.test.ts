import t from 'tap'
import type { DrugFacts, Facts, PrescriptionLineFacts } from '../../../src/domain/facts.ts'
import { VOCABULARY } from '../../../src/domain/rules/vocabulary.ts'
import { excessOf } from '../../../src/domain/settlement/excess.ts'
import {
  aDrug,
  aLine,
  aSupply,
  DRUG,
  OTHER_DRUG,
  PERSON,
  plainDrug,
  someFacts,
  type Wish,
} from '../../support/facts.ts'
import { objections } from '../../support/rules.ts'

const at = (wish: Wish = {}) => someFacts('441400', 'intake', wish)
const LINE = '/lines/0/drugCode'
const listed = (...lists: readonly Partial<DrugFacts['lists'][number]>[]): Wish => ({
  drug: {
    lists: lists.map((entry) => ({
      listId: 'dual-channel',
      drugCode: DRUG,
      validFrom: '2020-01-01',
      ...entry,
    })),
  },
})
const lists = { lists: ['dual-channel'] }
const two = (wish: Partial<DrugFacts> = {}): Wish => ({
  drugs: {
    [DRUG]: aDrug('dual-channel'),
    [OTHER_DRUG]: aDrug('dual-channel', { drugCode: OTHER_DRUG, ingredient: '另一成分', ...wish }),
  },
  lines: [aLine('2025-11-20'), aLine('2025-11-20', { lineNo: 2, drugCode: OTHER_DRUG })],
})

t.test(
  'MZ-2 SX-17.6 drug-on-list: the last day on the list passes, and a coming listing is no fault here',
  async (t) => {
    t.same(objections('drug-on-list', lists, at()), [])
    t.same(objections('drug-on-list', lists, at(listed({ validTo: '2025-11-20' }))), [])
    t.same(objections('drug-on-list', lists, at(listed({ validTo: '2025-11-19' }))), [LINE])
    t.same(objections('drug-on-list', lists, at(listed({ listId: 'other' }))), [LINE])
    t.same(objections('drug-on-list', lists, at(listed({ validFrom: '2026-01-01' }))), [])
    t.same(objections('drug-on-list', lists, at({ drug: null })), [LINE], 'unknown code')
  },
)

t.test('SX-17.1 SC-N1 coverage-begun: the first day is covered and the day before is not', async (t) => {
  t.same(objections('coverage-begun', lists, at(listed({ validFrom: '2025-11-20' }))), [])
  t.same(objections('coverage-begun', lists, at(listed({ validFrom: '2025-11-21' }))), [LINE])
  t.same(objections('coverage-begun', lists, at(listed({ validFrom: '2025-11-21' }, {}))), [])
})

t.test(
  'CQ-2.6 agreement-running: the last day of the agreement passes; a renewal or regular listing goes on',
  async (t) => {
    const until = (...ends: readonly (string | undefined)[]) =>
      objections(
        'agreement-running',
        lists,
        at(listed(...ends.map((end) => (end ? { agreementEnd: end } : {})))),
      )
    t.same(until('2025-11-20'), [])
    t.same(until('2025-11-19'), [LINE])
    t.same(until('2025-11-19', '2026-12-31'), [])
    t.same(until('2025-11-19', undefined), [])
  },
)

t.test('MZ-2 excluded-special-drug: each named class and no other', async (t) => {
  const values = { kinds: ['narcotic', 'psychotropic', 'toxic'] }
  for (const special of ['narcotic', 'psychotropic', 'toxic'] as const) {
    t.same(objections('excluded-special-drug', values, at({ drug: { special } })), [LINE])
  }
  t.same(objections('excluded-special-drug', values, at({ drug: { special: 'radioactive' } })), [])
  t.same(objections('excluded-special-drug', values, at()), [])
})

t.test('CQ-2.1 SX-17.3 restricted-disease: one matching diagnosis is enough', async (t) => {
  const diagnosed = (...codes: readonly string[]) =>
    objections(
      'restricted-disease',
      {},
      at({ prescription: { diagnoses: codes.map((code) => ({ code, name: '样例' })) } }),
    )
  t.same(diagnosed('C34.900'), [])
  t.same(diagnosed('J18.900', 'C34.100'), [])
  t.same(diagnosed('J18.900', 'C33.x00'), [LINE])
})

t.test(
  'MZ-6.1 restricted-scope-confirmed: asked only of restricted drugs, and of unknown ones',
  async (t) => {
    const line = { restrictedScopeConfirmed: false }
    const path = '/lines/0/restrictedScopeConfirmed'
    t.same(objections('restricted-scope-confirmed', {}, at()), [])
    t.same(objections('restricted-scope-confirmed', {}, at({ line })), [path])
    t.same(objections('restricted-scope-confirmed', {}, at({ line, drug: null })), [path])
    const { restriction: _, restrictedIcd: __, ...free } = aDrug('dual-channel')
    t.same(objections('restricted-scope-confirmed', {}, at({ line, drugs: { [DRUG]: free } })), [])
  },
)

t.test('MZ-6.2 prescription-on-its-own: the ordinary drug is at fault, wherever it stands', async (t) => {
  t.same(objections('prescription-on-its-own', lists, at(two())), [])
  t.same(objections('prescription-on-its-own', lists, at(two({ lists: [] }))), ['/lines/1/drugCode'])
  t.same(
    objections('prescription-on-its-own', lists, at(listed({ listId: 'other' }))),
    [],
    'no listed drug at all',
  )
})

t.test('SX-8.1 days-at-most: 30 days pass and 31 do not, by days or by dates', async (t) => {
  const line = (days: number, endsOn: string) =>
    objections('days-at-most', { days: 30 }, at({ line: { days, startsOn: '2025-11-20', endsOn } }))
  t.same(line(30, '2025-12-19'), [])
  t.same(line(31, '2025-12-19'), ['/lines/0/days'])
  t.same(line(30, '2025-12-20'), ['/lines/0/days'])
})

t.test('SX-17.5 SC-D4b course-limit: earlier supplies count unless they supplied nothing', async (t) => {
  const drug = { maxDays: 30 }
  t.same(objections('course-limit', {}, at({ drug, history: [aSupply()] })), [], '15 + 15')
  t.same(objections('course-limit', {}, at({ drug, history: [aSupply({ endsOn: '2025-10-16' })] })), [
    '/lines/0/days',
  ])
  t.same(
    objections(
      'course-limit',
      {},
      at({ drug, history: [aSupply({ endsOn: '2025-10-16', state: 'expired' })] }),
    ),
    [],
  )
  t.same(objections('course-limit', {}, at({ history: [aSupply({ endsOn: '2026-10-16' })] })), [], 'no limit')
})

t.test('FS-3.4 no-duplicate-supply: one shared day is one too many, across hospitals', async (t) => {
  const before = (wish: Parameters<typeof aSupply>[0], values = {}) =>
    objections('no-duplicate-supply', values, at({ history: [aSupply({ hospitalId: 'H9', ...wish })] }))
  t.same(before({ endsOn: '2025-11-19' }), [])
  t.same(before({ endsOn: '2025-11-20' }), [LINE])
  t.same(before({ endsOn: '2025-11-20' }, { toleranceDays: 1 }), [])
  t.same(before({ endsOn: '2025-11-21' }, { toleranceDays: 1 }), [LINE])
  t.same(before({ endsOn: '2025-11-20', drugCode: OTHER_DRUG }), [LINE], 'same ingredient, other code')
  t.same(before({ endsOn: '2025-11-20', drugCode: OTHER_DRUG, ingredient: '另一成分' }), [])
  for (const state of ['expired', 'cancelled', 'refused', 'returned']) {
    t.same(before({ endsOn: '2025-11-20', state }), [], state)
  }
  t.same(objections('no-duplicate-supply', {}, at(two({ ingredient: plainDrug.ingredient }))), [
    '/lines/1/drugCode',
  ])
})

t.test('FS-3.4 no-duplicate-supply: a prescription does not duplicate itself', async (t) => {
  const history = [aSupply({ prescriptionNo: 'N1', startsOn: '2025-11-20', endsOn: '2025-12-04' })]
  t.same(objections('no-duplicate-supply', {}, at({ history, prescription: { prescriptionNo: 'N1' } })), [])
})

t.test(
  'SX-9 one-drug-per-indication: a second negotiated drug needs an approval that names both',
  async (t) => {
    const values = { approval: 'drug-combination' }
    const approval = (drugCodes: readonly string[]) => ({
      person: {
        qualifications: [{ personId: PERSON, kind: 'drug-combination', drugCodes, validFrom: '2025-01-01' }],
      },
    })
    const second = '/lines/1/drugCode'
    t.same(objections('one-drug-per-indication', values, at(two())), [second])
    t.same(objections('one-drug-per-indication', values, at(two({ negotiated: false }))), [])
    t.same(
      objections('one-drug-per-indication', values, at(two({ restrictedIcd: ['C50'] }))),
      [],
      'other indication',
    )
    t.same(
      objections('one-drug-per-indication', values, at({ ...two(), ...approval([DRUG, OTHER_DRUG]) })),
      [],
    )
    t.same(objections('one-drug-per-indication', values, at({ ...two(), ...approval([DRUG]) })), [second])
    const supply = { drugCode: OTHER_DRUG, ingredient: '另一成分', diagnoses: ['C34.100'] }
    t.same(
      objections(
        'one-drug-per-indication',
        values,
        at({ history: [aSupply({ ...supply, endsOn: '2025-11-20' })] }),
      ),
      [LINE],
    )
    t.same(
      objections(
        'one-drug-per-indication',
        values,
        at({ history: [aSupply({ ...supply, endsOn: '2025-11-19' })] }),
      ),
      [],
    )
  },
)

t.test('SC-N3 FS-3.4 long-term-allowed: the policy switch', async (t) => {
  const longTerm = at({ prescription: { longTerm: true } })
  t.same(objections('long-term-allowed', { allowed: true }, longTerm), [])
  t.same(objections('long-term-allowed', { allowed: false }, longTerm), ['/longTerm'])
  t.same(objections('long-term-allowed', { allowed: false }, at()), [])
})

t.test('FS-2.2 preferred-equivalent: only an equivalent that loses nothing is preferred', async (t) => {
  const values = { virtues: ['class-a', 'centrally-procured'] }
  const drug = (own: Partial<DrugFacts>, equivalent: Partial<DrugFacts>) =>
    objections(
      'preferred-equivalent',
      values,
      at({ drug: { ...own, equivalents: [{ ...plainDrug, drugCode: OTHER_DRUG, ...equivalent }] } }),
    )
  t.same(drug({ centrallyProcured: false }, {}), [LINE])
  t.same(drug({}, {}), [])
  t.same(drug({ centrallyProcured: false }, { medicineClass: 'B' }), [])
  t.same(
    objections('preferred-equivalent', values, at({ drug: { medicineClass: 'B' } })),
    [],
    'no equivalent',
  )
})

t.test('FS-2.1 diagnosis-among and FS-2.2 setting-allowed', async (t) => {
  t.same(objections('diagnosis-among', { codes: ['C34'] }, at()), [])
  t.same(objections('diagnosis-among', { codes: ['I10'] }, at()), ['/diagnoses'])
  t.same(objections('setting-allowed', { settings: ['outpatient'] }, at()), [])
  t.same(objections('setting-allowed', { settings: ['inpatient'] }, at()), ['/setting'])
})

t.test(
  'SX-8.1 FS-4.2a quantity-fits-use: dose by frequency by days, rounded up to whole units',
  async (t) => {
    const fits = (wish: Partial<PrescriptionLineFacts>, values = {}) => {
      const line = { dose: { amount: '1', unit: '片' }, frequency: { times: 2, days: 1 }, ...wish }
      return objections('quantity-fits-use', values, at({ line: { days: 15, ...line } })).length === 0
    }
    t.ok(fits({ quantity: '30' }))
    t.notOk(fits({ quantity: '30.0001' }))
    t.ok(fits({ quantity: '31', dose: { amount: '1.01', unit: '片' } }), '30.3 units are 31 whole ones')
    t.notOk(fits({ quantity: '32', dose: { amount: '1.01', unit: '片' } }))
    t.ok(fits({ quantity: '60' }, { days: 30 }), 'the days allowed stand above the days stated')
    t.notOk(fits({ quantity: '61' }, { days: 30 }))
    const weekly = { frequency: { times: 3, days: 7 } }
    t.ok(fits({ quantity: '7', ...weekly }), 'three a week are 6.4 in fifteen days')
    t.notOk(fits({ quantity: '8', ...weekly }))
    t.notOk(fits({ quantity: 'many' }), 'what cannot be read never passes')
    t.ok(fits({ quantity: '15', dose: { amount: '5', unit: 'mg' } }), 'half a tablet of 10mg')
    t.notOk(fits({ quantity: '16', dose: { amount: '5', unit: 'mg' } }))
    t.ok(fits({ quantity: '999', dose: { amount: '5', unit: 'IU' } }), 'another unit tells nothing')
    const { dose: _dose, frequency: _frequency, ...bare } = aLine('2025-11-20', { quantity: '999' })
    t.same(
      objections('quantity-fits-use', {}, at({ lines: [bare] })),
      [],
      'nor does a frequency without count',
    )
  },
)

t.test(
  'SX-17.5 a bound of quantity says how much of the line it leaves, as a not-covered finding',
  async (t) => {
    const leaves = (name: string, values: object, facts: Facts) =>
      VOCABULARY.get(name)!
        .check(facts, values)
        .map(({ coveredQuantity }) => coveredQuantity)
    const line = { quantity: '40', days: 40, startsOn: '2025-11-20', endsOn: '2025-12-29' }
    t.same(leaves('days-at-most', { days: 30 }, at({ line })), ['30'])
    t.same(leaves('days-at-most', { days: 30 }, at({ line: { ...line, quantity: '1' } })), ['0.75'])
    t.same(leaves('course-limit', {}, at({ line, drug: { maxDays: 10 } })), ['10'])
    const before = [aSupply({ startsOn: '2025-10-01', endsOn: '2025-11-19' })]
    t.same(leaves('course-limit', {}, at({ line, drug: { maxDays: 10 }, history: before })), ['0'])
    t.same(
      leaves('prescribed-quantity', {}, at({ line: { ...line, remaining: '5' } })),
      ['40'],
      'of the whole line',
    )
  },
)

t.test(
  'SX-17.5 the excess of a supply: what was supplied before counts first, the narrowest bound holds',
  async (t) => {
    const finding = (coveredQuantity?: string) => ({
      ruleId: 'SX-17.5',
      rule: 'r',
      article: '十七',
      effect: 'not-covered' as const,
      lineNo: 1,
      message: { zh: '', en: '' },
      ...(coveredQuantity === undefined ? {} : { coveredQuantity }),
    })
    const excess = (quantity: string, remaining: string, ...covered: (string | undefined)[]) =>
      excessOf(at({ line: { quantity: '40', remaining } }), { lineNo: 1, quantity }, covered.map(finding))
        .excess?.quantity
    t.equal(excess('40', '40', '30'), 100_000n)
    t.equal(excess('30', '40', '30'), undefined)
    t.equal(excess('20', '20', '30'), 100_000n, '20 of 30 were supplied before')
    t.equal(excess('10', '10', '30'), 100_000n, 'all 30 were')
    t.equal(excess('40', '40', '30', '20', '25'), 200_000n)
    t.equal(excess('40', '40', undefined), undefined, 'a finding on the whole line bounds no quantity')
  },
)
