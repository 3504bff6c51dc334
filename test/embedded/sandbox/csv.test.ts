import t from 'tap'
import { parseCsv } from '../../../src/embedded/sandbox/csv.ts'

t.test('fields may be empty, quoted, hold commas and doubled quotes', async (t) => {
  t.same(parseCsv('a,b,c\n1,"x, ""y""",\n,2,3\n'), [
    { a: '1', b: 'x, "y"', c: '' },
    { a: '', b: '2', c: '3' },
  ])
})

t.test('a row with another number of fields than the header is refused', async (t) => {
  t.throws(() => parseCsv('a,b\n1\n'), RangeError)
  t.throws(() => parseCsv('a,b\n1,2,3\n'), RangeError)
})

t.test('no text, no rows', async (t) => {
  t.same(parseCsv(''), [])
})
