import fc from 'fast-check'
import t from 'tap'
import { CsvReader } from '../../../src/domain/clearing/csv-reader.ts'
import { isFileHeader, readFileRow } from '../../../src/domain/clearing/institution-file.ts'
import { csvRow } from '../../../src/papers/csv-writer.ts'

function read(text: string, size = text.length || 1): string[][] {
  const reader = new CsvReader()
  const rows: string[][] = []
  for (let at = 0; at < text.length; at += size) rows.push(...reader.push(text.slice(at, at + size)))
  return [...rows, ...reader.end()]
}

t.test('quotes, line breaks and a byte order mark are read as RFC 4180 says', async (t) => {
  t.same(read('\uFEFFa,b\r\n"x ""y"", z",\r\n\r\n"1\n2",3'), [
    ['a', 'b'],
    ['x "y", z', ''],
    ['1\n2', '3'],
  ])
  t.same(read(''), [])
  t.same(read('""\n'), [['']])
  t.throws(() => read('"a"b,c'), RangeError)
  t.throws(() => read('"a'), RangeError)
  t.throws(() => read('x'.repeat(10_001)), RangeError)
  t.equal(read('x'.repeat(10_000))[0]?.[0]?.length, 10_000)
})

t.test('what is written is read again, whatever the pieces', async () => {
  const cell = fc
    .string({ maxLength: 8 })
    .filter((text) => !/\r/.test(text) && !/^[=+\-@\t\uFEFF]/.test(text))
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 }),
      fc.integer({ min: 1, max: 9 }),
      (rows, size) => {
        const text = rows.map((row) => csvRow(row)).join('')
        return JSON.stringify(read(text, size)) === JSON.stringify(rows)
      },
    ),
    { numRuns: 500 },
  )
})

t.test('a row of the file names the column that is wrong', async (t) => {
  const right = ['00000000-0000-7000-8000-000000000001', '1', 'XL01', '-2.5', '1.00', '-3']
  t.same(readFileRow(right), {
    settlementId: right[0],
    lineNo: 1,
    drugCode: 'XL01',
    quantity: '-2.5',
    unitPriceFen: 100,
    demandedFen: -300,
  })
  const columns = ['settlement_id', 'line_no', 'drug_code', 'quantity', 'unit_price', 'demanded']
  const wrong = ['x', '0', '', '1.23456', '-1', '1e3']
  for (const [place, column] of columns.entries()) {
    t.same(readFileRow(right.with(place, wrong[place]!)), { column })
  }
  t.ok(isFileHeader(columns))
  t.notOk(isFileHeader(columns.toReversed()))
})
