import t from 'tap'
import { parseDocument } from '../../src/usecases/parse-document.ts'
import { testHub } from '../support/hub.ts'

const hub = await testHub(t)
const text = hub.envelope().document.toString('utf8')
const read = (json: string) => parseDocument(Buffer.from(json))

t.test('a document in which a member stands twice is refused, wherever it stands', async (t) => {
  t.same(read(text), JSON.parse(text))
  const { hospitalPrescriptionNo } = JSON.parse(text) as { hospitalPrescriptionNo: string }
  for (const twice of [
    text.replace('{', `{"hospitalPrescriptionNo":"OTHER-1",`),
    text.replace('{', `{"hospitalPrescriptionNo":${JSON.stringify(hospitalPrescriptionNo)},`),
    text.replace('"lines":[{', '"lines":[{"lineNo":9,'),
    text.replace('{', `{"hospitalPrescription\\u004eo":"OTHER-1",`),
  ]) {
    t.not(twice, text)
    t.throws(() => read(twice), { code: 'document-malformed', fields: [{ keyword: 'unique' }] })
  }
})

t.test('colons, quotes and braces within texts are no members', async (t) => {
  const content = JSON.parse(text) as { hospital: { name: string } }
  content.hospital.name = '：a:"b":{c}\\'
  t.equal(read(JSON.stringify(content, null, 2)).hospital.name, content.hospital.name)
})

t.test('what is no JSON in UTF-8 is refused', async (t) => {
  for (const bytes of [Buffer.from('{'), Buffer.from([0x22, 0xff, 0x22]), Buffer.alloc(0)])
    t.throws(() => parseDocument(bytes), { code: 'document-malformed', fields: [{ keyword: 'json' }] })
})
