import { Ajv2020 } from 'ajv/dist/2020.js'
import t from 'tap'
import { prescribingPhysician, prescriptionPatient } from '../../schemas/prescription-visit.ts'
import { registerData } from '../../schemas/registers.ts'

const PLACES: Readonly<Record<string, object>> = {
  'name of a person in the register': registerData.person.properties.name,
  'name of a patient in a document': prescriptionPatient.properties.name,
  'name of a practitioner in the register': registerData.practitioner.properties.name,
  'name of a physician in a document': prescribingPhysician.properties.name,
}
const NUMBERS: Readonly<Record<string, object>> = {
  'number of a person in the register': registerData.person.properties.idNumber,
  'number of a patient in a document': prescriptionPatient.properties.idNumber,
}
const takes = (schema: object, text: string) => new Ajv2020({ strictTypes: false }).compile(schema)(text)

t.test('MZ-6.1 who can be registered can be prescribed for: names have one limit', async (t) => {
  for (const [place, schema] of Object.entries(PLACES)) {
    for (const name of ['〇', '刘𬭎', '\uE863某', 'M'.repeat(100), '𬭎'.repeat(100)])
      t.ok(takes(schema, name), `${place} ${name}`)
    for (const name of ['', ' ', '·', 'M'.repeat(101)]) t.notOk(takes(schema, name), `${place} ${name}`)
  }
})

t.test('MZ-6.1 identity numbers have one limit, and an ending of six characters', async (t) => {
  for (const [place, schema] of Object.entries(NUMBERS)) {
    for (const number of ['123456', '军字第2001988号', 'AB/12.3456', 'H1234567(1)', '1'.repeat(50)])
      t.ok(takes(schema, number), `${place} ${number}`)
    for (const number of ['12345', '1 2 3 4 5', '      ', '1'.repeat(51)])
      t.notOk(takes(schema, number), `${place} ${number}`)
  }
})
