import t from 'tap'
import type { Facts, PrescriptionLineFacts } from '../../../src/domain/facts.ts'
import { objectionsOf } from '../../../src/domain/rules/judge.ts'
import { VOCABULARY } from '../../../src/domain/rules/vocabulary.ts'
import { aLine, plainDrug, someFacts, type Wish } from '../../support/facts.ts'

const at = (wish: Wish = {}) => someFacts('441400', 'intake', wish)
const paths = (rule: string, values: Record<string, unknown>, facts: Facts) =>
  objectionsOf(VOCABULARY.get(rule)!, facts, values).map(({ path }) => path)
const words = {
  form: plainDrug.form,
  specification: plainDrug.specification,
}

t.test('MZ-4.3a SX-10.1 drug-as-registered: each member that is not the register’s is named', async (t) => {
  const of = (line: Partial<PrescriptionLineFacts>) =>
    paths('drug-as-registered', {}, at({ line: { ...words, ...line } }))
  t.same(of({}), [])
  t.same(of({ genericName: ' 样例药片 ', form: '片', specification: '0.01 g／片' }), [], 'written otherwise')
  t.same(of({ genericName: '阿司匹林肠溶片' }), ['/lines/0/genericName'])
  t.same(of({ form: '软胶囊', specification: '100mg*30片', unit: '盒' }), [
    '/lines/0/form',
    '/lines/0/specification',
    '/lines/0/unit',
  ])
  t.same(paths('drug-as-registered', {}, at({ drug: null })), [], 'an unknown code is for another rule')
  t.same(paths('drug-as-registered', {}, at()), [], 'what was judged before is not judged by what it lacked')
})

t.test('MZ-4.3a named-as-registered and MZ-6.1 diagnosis-named object to what was found', async (t) => {
  const facts = at({
    facts: {
      named: {
        hospital: false,
        department: true,
        physician: false,
        diagnoses: ['same', 'another', 'wording'],
      },
    },
  })
  const named = (subject: string, of = facts) => paths('named-as-registered', { subject }, of)
  t.same(named('hospital'), ['/hospital/name'])
  t.same(named('department'), [])
  t.same(named('physician'), ['/physician/name'])
  t.same(named('physician', at()), [], 'nothing was compared')
  t.same(paths('diagnosis-named', { difference: 'another' }, facts), ['/diagnoses/1/name'])
  t.same(paths('diagnosis-named', { difference: 'wording' }, facts), ['/diagnoses/2/name'])
})

t.test('MZ-8 CQ-5.3 use-plausible: a slip of the pen is more than a bound', async (t) => {
  const daily = { dose: { amount: '1', unit: '片' }, frequency: { times: 2, days: 1 }, days: 15 }
  const of = (line: Partial<PrescriptionLineFacts>, values: Record<string, unknown>) =>
    paths('use-plausible', values, at({ line: { ...daily, ...words, ...line } }))
  t.same(of({ quantity: '150' }, { timesUse: 5 }), [], 'five times 30')
  t.same(of({ quantity: '150.0001' }, { timesUse: 5 }), ['/lines/0/quantity'])
  t.same(of({ dose: { amount: '60', unit: '片' } }, { unitsATime: 60 }), [])
  t.same(of({ dose: { amount: '60.5', unit: '片' } }, { unitsATime: 60 }), ['/lines/0/dose/amount'])
  t.same(
    of({ dose: { amount: '610', unit: 'mg' } }, { unitsATime: 60 }),
    ['/lines/0/dose/amount'],
    '61 of 10mg',
  )
  t.same(of({ dose: { amount: '600', unit: 'IU' } }, { unitsATime: 60 }), [], 'not to be counted')
  const unknown = { dose: { amount: '1', unit: 'IU' } }
  t.same(of({ ...unknown, quantity: '3000' }, { unitsADay: 200, timesUse: 5 }), [])
  t.same(of({ ...unknown, quantity: '999999999999' }, { unitsADay: 200 }), ['/lines/0/quantity'])
  t.same(
    of({ quantity: '3000', unit: 'ml' }, { unitsADay: 20, measureADay: 200 }),
    [],
    'a measure has its own',
  )
  t.same(of({ quantity: '3001', unit: 'ml' }, { unitsADay: 20, measureADay: 200 }), ['/lines/0/quantity'])
  t.same(of({ quantity: 'many' }, { unitsADay: 200 }), ['/lines/0/quantity'])
  t.same(
    of({ quantity: '999999999999', dose: { amount: '999', unit: '片' } }, {}),
    [],
    'no bound, no objection',
  )
})

t.test('FS-3.4 days-fill-period: what is taken daily ends with its days', async (t) => {
  const of = (line: Partial<PrescriptionLineFacts>) =>
    paths('days-fill-period', {}, at({ lines: [aLine('2025-11-20', line)] }))
  t.same(of({ frequency: { times: 1, days: 1 }, endsOn: '2025-12-04' }), [])
  t.same(of({ frequency: { times: 1, days: 1 }, endsOn: '2025-12-05' }), ['/lines/0/endsOn'])
  t.same(of({ frequency: { times: 1, days: 7 }, endsOn: '2025-12-05' }), [])
})
