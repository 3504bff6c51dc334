import t from 'tap'
import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import { patientDifferences } from '../../src/domain/prescription-facts.ts'
import type { Person } from '../../src/domain/registers.ts'

const PERSON = {
  name: '阿卜来提·如则托合提',
  idNumber: '99441419600304123X',
  sex: 'female',
  birthDate: '1960-03-04',
} as Person
const differs = (patient: Partial<PrescriptionDocument['patient']>) =>
  patientDifferences({ patient: { ...PERSON, ...patient } as PrescriptionDocument['patient'] }, PERSON)

t.test('MZ-6.1 the patient is the registered person when every member agrees by its folding', async (t) => {
  t.same(differs({}), [])
  t.same(differs({ name: '阿卜来提 • 如则托合提' }), [])
  t.same(differs({ idNumber: '９９４４１４ 19600304 123x' }), [])
  t.same(differs({ sex: 'unstated' }), [], 'unstated agrees with any')
})

t.test('MZ-6.1 each member that differs is told, and no other', async (t) => {
  t.same(differs({ name: '阿卜来提·如则' }), ['name'])
  t.same(differs({ idNumber: '994414196003041230' }), ['idNumber'])
  t.same(differs({ sex: 'male' }), ['sex'])
  t.same(differs({ birthDate: '1960-04-03' }), ['birthDate'])
  t.same(differs({ name: '某', birthDate: '1960-04-03' }), ['name', 'birthDate'])
})
