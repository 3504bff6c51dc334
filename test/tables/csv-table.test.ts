import fc from 'fast-check'
import t from 'tap'
import { FILE_COLUMNS } from '../../src/domain/clearing/institution-file.ts'
import { STOCK_COLUMNS } from '../../src/domain/stock/stock-line.ts'
import { type Column, isFaulty, type TableLine } from '../../src/domain/tables/table.ts'
import { csvRow } from '../../src/papers/csv-writer.ts'
import { csvTable } from '../../src/tables/csv-table.ts'
import { jsonTable } from '../../src/tables/json-table.ts'
import { type Charset, charsetOf } from '../../src/tables/text-of.ts'

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

async function all(lines: AsyncIterable<TableLine>): Promise<TableLine[]> {
  const found: TableLine[] = []
  for await (const line of lines) found.push(line)
  return found
}

const read = async (
  text: string | Uint8Array,
  { columns = STOCK_COLUMNS, charset = 'utf-8' as Charset, size = 1 << 16 } = {},
) => await all(csvTable(pieces(Buffer.from(text as string), size), columns, charset))

/** The lines as `2 value…` and their faults as `2 column cause`. */
const told = (lines: readonly TableLine[]) =>
  lines.flatMap(({ lineNo, read: found }) =>
    isFaulty(found)
      ? found.map((fault) => `${fault.lineNo} ${fault.column ?? '-'} ${fault.cause}`)
      : [`${lineNo} ${Object.values(found).join(' ')}`],
  )

const DRUG = 'XN07XXD130E002010102774'
const HEADER = 'kind,reference,on,drugCode,quantity,unitPriceFen,batchNo,dispenseId'
const row = (change: Partial<Record<string, string>> = {}) =>
  Object.values({
    kind: 'purchase',
    reference: 'R1',
    on: '2026-03-05',
    drugCode: DRUG,
    quantity: '10',
    unitPriceFen: '324',
    batchNo: 'B1',
    dispenseId: '',
    ...change,
  }).join(',')
const PLAIN = `purchase R1 2026-03-05 ${DRUG} 10 324 B1`

t.test('MZ-9.4a what spreadsheets add changes nothing', async (t) => {
  const files: Record<string, string | Uint8Array> = {
    plain: `${HEADER}\n${row()}\n`,
    'no end of line': `${HEADER}\n${row()}`,
    'byte order mark': `\uFEFF${HEADER}\r\n${row()}\r\n`,
    'old Macintosh ends': `${HEADER}\r${row()}\r`,
    'empty column': `${HEADER},\n${row()},\n`,
    'blanks in the header': `${HEADER.replaceAll(',', ', ')}\n${row()}\n`,
    'NBSP and full-width blanks': `${HEADER.replace('on,', 'on\u00a0,')}\n${row({ kind: '　purchase\u00a0' })}\n`,
    'capitals and low lines': `${HEADER.toUpperCase().replace('DRUGCODE', 'drug_code')}\n${row()}\n`,
    'Chinese names': `类型,流水号,日期,药品编码,数量,单价（分）,批号,供药编号\n${row({ kind: '采购' })}\n`,
    'sep= and semicolons': `sep=;\n${HEADER.replaceAll(',', ';')}\n${row().replaceAll(',', ';')}\n`,
    semicolons: `${HEADER.replaceAll(',', ';')}\n${row().replaceAll(',', ';')}\n`,
    tabs: `${HEADER.replaceAll(',', '\t')}\n${row().replaceAll(',', '\t')}\n`,
    'Ctrl-Z': `${HEADER}\n${row()}\n\u001a`,
    'a slashed day': `${HEADER}\n${row({ on: '2026/3/5' })}\n`,
    'a day with a time': `${HEADER}\n${row({ on: '2026-3-5 0:00' })}\n`,
    'a day in digits': `${HEADER}\n${row({ on: '20260305' })}\n`,
    'a Chinese day': `${HEADER}\n${row({ on: '2026年3月5日' })}\n`,
    'zeros after the point': `${HEADER}\n${row({ quantity: '10.00000', unitPriceFen: '324.00' })}\n`,
    'full-width digits': `${HEADER}\n${row({ quantity: '１０', drugCode: DRUG.toLowerCase() })}\n`,
    'codes as formulas': `${HEADER}\n${row({ reference: '"=""R1"""', batchNo: "'B1" })}\n`,
    'columns that are missing and may be': `${HEADER.replace(',dispenseId', '')}\n${row().replace(/,$/, '')}\n`,
  }
  for (const [name, text] of Object.entries(files)) {
    const [line] = told(await read(text))
    t.equal(line?.replace(/^\d+ /, ''), PLAIN, name)
    t.equal(told(await read(text, { size: 1 })).length, 1, `${name}, byte by byte`)
  }
  t.same(told(await read(`${HEADER}\n${row({ quantity: '"1,000"' })}\n`))[0]?.split(' ')[5], '1000')
})

t.test('MZ-9.4a GBK is read where it is declared', async (t) => {
  // 类型 and 采购 in GBK.
  const header = Buffer.concat([Buffer.from([0xc0, 0xe0, 0xd0, 0xcd]), Buffer.from(HEADER.slice(4))])
  const line = Buffer.concat([Buffer.from([0xb2, 0xc9, 0xb9, 0xba]), Buffer.from(row().slice(8))])
  const file = Buffer.concat([header, Buffer.from('\r\n'), line])
  t.same(told(await read(file, { charset: 'gb18030', size: 1 })), [`2 ${PLAIN}`])
  t.same(told(await read(file)), ['1 - encoding'], 'and is no UTF-8')
  t.equal(charsetOf('text/csv; charset=GBK'), 'gb18030')
  t.equal(charsetOf('text/csv;charset="GB18030"'), 'gb18030')
  t.equal(charsetOf('text/csv'), 'utf-8')
  t.equal(charsetOf('text/csv; charset=big5'), undefined)
})

t.test(
  'MZ-9.4a rows without content are passed over, and lines are numbered as an editor does',
  async (t) => {
    const file = `${HEADER}\n${row()}\n${',,,,,,,\n'.repeat(30)}\n${row({ drugCode: 'X' })}\n`
    t.same(told(await read(file)), [`2 ${PLAIN}`, '34 drugCode format'])
    const broken = `${HEADER}\n${row({ batchNo: '"B\r\n1"' })}\n${row({ quantity: 'x' })}\n`
    t.same(told(await read(broken)), ['2 batchNo format', '4 quantity format'])
    t.same(told(await read(`sep=,\r\n${HEADER}\r\n${row({ on: '' })}`)), ['3 on required'])
  },
)

t.test('MZ-9.4a what could mean two things, or has lost its digits, is refused by name', async (t) => {
  const faults: [change: Partial<Record<string, string>>, fault: string][] = [
    [{ dispenseId: '4.4E+21' }, 'dispenseId scientific'],
    [{ drugCode: '8.1E+19' }, 'drugCode scientific'],
    [{ quantity: '1E+02' }, 'quantity scientific'],
    [{ on: '46086' }, 'on serial-day'],
    [{ on: '3/5/2026' }, 'on format'],
    [{ on: '2026-02-30' }, 'on format'],
    [{ quantity: '"1,00"' }, 'quantity separators'],
    [{ quantity: '"1,0000"' }, 'quantity separators'],
    [{ quantity: '-1' }, 'quantity format'],
    [{ quantity: '1.23456' }, 'quantity format'],
    [{ unitPriceFen: '324.1234567' }, 'unitPriceFen format'],
    [{ reference: '=1+1' }, 'reference format'],
    [{ kind: 'gift' }, 'kind format'],
  ]
  for (const [change, fault] of faults) {
    const lines = await read(`${HEADER}\n${row(change)}\n`)
    t.same(told(lines), [`2 ${fault}`])
    const [found] = lines[0]!.read as readonly { message: { zh: string; en: string } }[]
    t.match(found?.message.en, /Expected: |Read/, fault)
  }
})

t.test('MZ-9.4a faults of the header and of the file itself say what they are', async (t) => {
  const causes = async (text: string | Uint8Array) => told(await read(text))
  t.same(await causes(''), ['1 - header'])
  t.same(await causes(`张三,1\n${row()}`), ['1 - header'])
  const bare = await read('张三,440102199001011234\n')
  t.notMatch(JSON.stringify(bare), /张三|4401/, 'what may be data is not repeated')
  t.same(await causes(`${HEADER},colour\n${row()},red`), ['1 - unknown-column'])
  t.match(JSON.stringify(await read(`${HEADER},colour\n`)), /colour/, 'it is named')
  t.same(await causes(`${HEADER.replace('on,', '')}\n`), ['1 on missing-column'])
  t.same(await causes(`${HEADER},on\n`), ['1 on repeated-column'])
  t.same(await causes(`${HEADER}\n${row()},,x\n`), ['2 - surplus-cell'])
  t.same(await causes(`${HEADER}\n${row()}\n"${row()}\n${row()}`), [`2 ${PLAIN}`, '3 - quotes'])
  t.same(await causes(`${HEADER}\n${row({ batchNo: 'B"1' })}\n${row()}`), ['2 - quotes', `3 ${PLAIN}`])
  t.same(await causes(Buffer.from(`\uFEFF${HEADER}`, 'utf16le')), ['1 - encoding'])
  t.match(JSON.stringify(await read(Buffer.from(`\uFEFF${HEADER}`, 'utf16le'))), /UTF-16/)
  t.same(await causes(`${HEADER}\n${row({ batchNo: 'x'.repeat(12_000) })}\n${row()}`), ['2 - too-long'])
})

t.test('MZ-7.3 amounts in yuan become whole fen, prices stay as fine as they are', async (t) => {
  const id = '00000000-0000-7000-8000-00000000000A'
  const head = FILE_COLUMNS.map(({ name }) => name).join(',')
  const one = async (quantity: string, price: string, demanded: string) =>
    told(await read(`${head}\n${id},1,XL01,${quantity},${price},${demanded}`, { columns: FILE_COLUMNS }))
  const known = `2 ${id.toLowerCase()} 1 XL01`
  t.same(await one('2', '3.240', '0.10'), [`${known} 2 3.24 10`])
  t.same(await one('-2', '¥3.24', '(6.48)'), [`${known} -2 3.24 -648`])
  t.same(await one('2', '"1,234.5"', '-0.01'), [`${known} 2 1234.5 -1`])
  t.same(await one('2', '-1', '1.001'), ['2 unit_price format', '2 demanded format'])
})

t.test('what is written as CSV is read as it was, cut anywhere', async (t) => {
  const column: Column = {
    name: 'text',
    required: false,
    read: (value) => ({ value }),
    expected: { zh: '', en: '' },
  }
  const cells = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'ab,;\t"\n张𬭎é') })
  await fc.assert(
    fc.asyncProperty(
      fc.array(cells, { maxLength: 8 }),
      fc.integer({ min: 1, max: 40 }),
      async (texts, size) => {
        const file =
          csvRow(['text', 'more']).replace(',more', '') + texts.map((text) => csvRow([text])).join('')
        const lines = await read(file, { columns: [column], size })
        const kept = texts.map(asWritten).filter((text) => text.trim() !== '')
        return JSON.stringify(lines.map(({ cells: [cell] }) => cell)) === JSON.stringify(kept)
      },
    ),
    { numRuns: 300, seed: 11 },
  )
  t.pass()
})

/** A text that begins like a formula is written with an apostrophe. */
function asWritten(text: string): string {
  return /^[\t\n]/.test(text) ? `'${text}` : text
}

t.test('MZ-9.4a NDJSON has the same faults by line', async (t) => {
  const line = { kind: 'purchase', reference: 'R1', on: '2026-03-05', drugCode: DRUG, quantity: '10' }
  const lines = [
    { ...line, unitPriceFen: 324, batchNo: 'B1' },
    { ...line, unitPriceFen: true },
    { ...line, unitPriceFen: 1, batchNo: ['B1'] },
    { ...line },
    { ...line, unitPriceFen: 1, more: 1 },
  ].map((each) => JSON.stringify(each))
  const text = ['', ...lines, '[]', 'x', ' '.repeat(5000), 'x'.repeat(5000)].join('\n')
  for (const size of [1, 7, 1 << 16])
    t.same(told(await all(jsonTable(pieces(Buffer.from(text), size), STOCK_COLUMNS))), [
      `2 ${PLAIN}`,
      '3 unitPriceFen format',
      '4 batchNo format',
      '5 unitPriceFen required',
      '6 - unknown-column',
      '7 - format',
      '8 - format',
      '9 - too-long',
      '10 - too-long',
    ])
})
