import t from 'tap'
import { type ReadFields, readFields, readForm } from '../../../src/domain/text/form-text.ts'

const faultsOf = (read: ReadFields) =>
  'faults' in read ? read.faults.map((f) => `${f.path} ${f.keyword}`) : []

t.test('fields are read as a browser writes them', async (t) => {
  for (const fields of [{ a: '1', b: 'x y+z&=%' }, { 名: '张伟', e: '' }, { '': 'x' }]) {
    const text = new URLSearchParams(fields as Record<string, string>).toString()
    t.same(readFields(text, '/body'), { fields })
  }
  t.same(readFields('a&b=&&c=1', '/q'), { fields: { a: '', b: '', c: '1' } })
  t.same(readFields('e=e%CC%81', '/q'), { fields: { e: '\u00e9' } })
  t.same(readForm(Buffer.from('\ufeffa=1'), '/body'), { fields: { a: '1' } })
})

for (const [text, faults] of [
  ['a=%', ['/body/a encoding']],
  ['a=%zz', ['/body/a encoding']],
  ['a=%D5%C5', ['/body/a encoding']],
  ['a=%ED%A0%80', ['/body/a encoding']],
  ['%FF=1', ['/body/? encoding']],
  ['a=%00', ['/body/a letters']],
  ['a=1&a=2', ['/body/a unique']],
  ['a=1&%61=2', ['/body/a unique']],
] as const) {
  t.test(`${text} is refused`, async (t) => {
    t.same(faultsOf(readFields(text, '/body')), faults)
  })
}

t.test('bytes that are no UTF-8 are refused', async (t) => {
  t.same(faultsOf(readForm(Buffer.from([0x61, 0x3d, 0xd5, 0xc5]), '/body')), ['/body encoding'])
})

t.test('a field by the name of a member that every object has is a field', async (t) => {
  t.same(faultsOf(readFields('constructor=1&toString=2', '/q')), [])
})
