import t from 'tap'
import {
  isMeasure,
  sameForm,
  sameSpecification,
  sameUnit,
  unitsOf,
} from '../../../src/domain/words/drug-words.ts'

t.test('MZ-4.3a one strength is one, however it is written', async (t) => {
  for (const [one, other] of [
    ['0.1g/粒', '100mg/粒'],
    ['0.1g/粒', '０．１ｇ／粒'],
    ['0.1g', '0.10 G × 24粒'],
    ['100mg*24粒', '0.1g×24粒'],
    ['1.5mg:0.5ml/支', '1.5mg：0.5mL'],
    ['50μg/片', '0.05mg/片'],
    ['100ml/瓶', '0.1L/瓶'],
    ['每支装10ml(相当于饮片7.462g)', '每支装 10ml（相当于饮片7.462g）'],
  ] as const)
    t.ok(sameSpecification(one, other), `${one} is ${other}`)
  for (const [one, other] of [
    ['0.1g/粒', '100mg*30片 2'],
    ['0.1g/粒', '1g/粒'],
    ['10mg', '100mg'],
    ['0.1g*24粒', '0.1g*30粒'],
    ['5mg/片', '5g/片'],
    ['10ml', '10mg'],
  ] as const)
    t.notOk(sameSpecification(one, other), `${one} is not ${other}`)
})

t.test('MZ-4.3a a form may end in 剂, a unit may be a word or a sign', async (t) => {
  t.ok(sameForm('软胶囊', '软胶囊剂'))
  t.notOk(sameForm('软胶囊', '胶囊剂'))
  t.ok(sameUnit('毫升', 'ML'))
  t.notOk(sameUnit('盒', '粒'))
  t.ok(isMeasure('克'))
  t.notOk(isMeasure('片'))
})

t.test(
  'MZ-8 a dose is counted in units by the strength, where the specification says it plainly',
  async (t) => {
    const units = (amount: string, doseUnit: string, unit: string, specification: string) => {
      const found = unitsOf({ amount, unit: doseUnit }, unit, specification)
      return found === undefined ? undefined : Number(found.numerator) / 10_000 / Number(found.denominator)
    }
    t.equal(units('2', '粒', '粒', '0.1g/粒'), 2)
    t.equal(units('200', 'mg', '粒', '0.1g/粒'), 2)
    t.equal(units('0.5', 'ml', '支', '1.5mg:0.5ml/支'), 1)
    t.equal(units('3', 'mg', '支', '1.5mg:0.5ml/支'), 2)
    t.equal(units('10', 'ml', '瓶', '100ml/瓶'), 0.1)
    t.equal(units('6', 'mg', '支', '6mg(0.05ml)/支'), 1)
    t.equal(units('10', 'mg', '支', '10mg/ml,0.2ml/支'), undefined, 'a concentration is no content')
    t.equal(units('10', 'mg', '瓶', '5ml/依达拉奉10mg与右莰醇2.5mg/瓶'), undefined)
    t.equal(units('300', 'IU', '支', '3ml:300IU/支'), undefined)
    t.equal(units('5', 'mg', '盒', '5mg/片'), undefined, 'the strength of another unit')
    t.equal(units('many', 'mg', '片', '5mg/片'), undefined)
  },
)
