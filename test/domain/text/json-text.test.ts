import t from 'tap'
import { DEEPEST, type ReadJson, readJson } from '../../../src/domain/text/json-text.ts'

const read = (text: string | Buffer, mark: 'dropped' | 'refused' = 'dropped') =>
  readJson(Buffer.from(text as string), '/body', mark)
const faultsOf = (result: ReadJson) =>
  'faults' in result ? result.faults.map((f) => `${f.path} ${f.keyword}`) : []

for (const [text, faults] of [
  ['{"a":1,"a":2}', ['/body/a unique']],
  ['{"a":1,"\\u0061":2}', ['/body/a unique']],
  ['{"a":{"b":1},"c":{"b":1}}', []],
  ['[{"a":1},{"a":1}]', []],
  ['[{"a":1},{"x":[0,{"b":1,"c":2,"b":3}]}]', ['/body/1/x/1/b unique']],
  ['{"\u8eab\u4efd":1,"\u8eab\u4efd":2}', ['/body/? unique']],
  ['{"__proto__":{}}', ['/body/__proto__ additionalProperties']],
  ['{"a":{"\\u005f_proto__":1}}', ['/body/a/__proto__ additionalProperties']],
  ['{"a":"\\ud842"}', ['/body/a letters']],
  ['{"a":["x","\\udfb7\u674e"]}', ['/body/a/1 letters']],
  ['{"a":"\\ud842\\udfb7"}', []],
  ['{"a":"\\u0000"}', ['/body/a letters']],
  ['{"a":"\\b"}', ['/body/a letters']],
  ['{"a":"\\\\u0000 C:\\\\b\\\\f"}', []],
  ['{"\\ud842":1}', ['/body/? letters']],
  ['{"a":"line\\nbreak\\ttab"}', []],
  ['{"lines":[{"traceCodes":["0106901234567892\\u001d21AB"]}]}', []],
  ['{"packs":[{"traceCode":"[)>\\u001e06\\u001d81\\u0004"}]}', []],
  ['{"traceCodes":["8\\u0000"]}', ['/body/traceCodes/0 letters']],
  ['{"note":"a\\u001d"}', ['/body/note letters']],
  ['{"a":9007199254740991}', []],
  ['{"a":9007199254740993}', ['/body/a number']],
  ['{"a":[0.1,-0.25,1e3,1.50,0.0,-0]}', []],
  ['{"a":[1,2,1e400]}', ['/body/a/2 number']],
  ['{"a":1e-400}', ['/body/a number']],
  ['{"a":0.1000000000000000055511151231257827}', ['/body/a number']],
  ['{"a":', ['/body json']],
  ['', ['/body json']],
  ['{"a":1}x', ['/body json']],
  ['{"a":"x', ['/body json']],
  ['{"a":1,}', ['/body json']],
  ["{'a':1}", ['/body json']],
  ['NaN', ['/body json']],
  ['"\\"', ['/body json']],
] as const) {
  t.test(`${JSON.stringify(text.slice(0, 60))} is read as it should be`, async (t) => {
    const result = read(text)
    t.same(faultsOf(result), faults)
    if (faults.length === 0) t.same('value' in result && result.value, JSON.parse(text))
  })
}

t.test('what is no UTF-8 is refused with that word, whatever it is', async (t) => {
  for (const bytes of [
    Buffer.from([0x7b, 0x22, 0xd5, 0xc5, 0xce, 0xb0, 0x22, 0x7d]),
    Buffer.from('\ufeff{}', 'utf16le'),
    Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
    Buffer.from([0x22, 0xc0, 0x80, 0x22]),
  ]) {
    const result = read(bytes)
    t.same(faultsOf(result), ['/body encoding'])
    t.match(result, { faults: [{ message: { en: /UTF-8/, zh: /UTF-8/ } }] })
  }
})

t.test('a byte order mark is dropped once, or refused, as the reader says', async (t) => {
  t.same(read('\ufeff{"a":1}'), { value: { a: 1 } })
  t.same(faultsOf(read('\ufeff{"a":1}', 'refused')), ['/body byteOrderMark'])
  t.same(faultsOf(read('\ufeff\ufeff{"a":1}')), ['/body json'])
})

t.test(
  `${DEEPEST} within each other are read, one more is refused, and no depth ends the reader`,
  async (t) => {
    const nested = (depth: number, by: string, end: string) => by.repeat(depth) + end.repeat(depth)
    t.same(faultsOf(read(nested(DEEPEST, '[', ']'))), [])
    for (const depth of [DEEPEST + 1, 2_000, 120_000]) {
      t.same(faultsOf(read(nested(depth, '[', ']'))), ['/body depth'])
      t.same(faultsOf(read(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)), ['/body depth'])
    }
    t.same(faultsOf(read('['.repeat(100_000))), ['/body depth'])
  },
)

t.test('texts come out in the normal form NFC', async (t) => {
  const e = 'e\u0301'
  t.same(read(`{"a":"${e}","b":[["${e}"]],"c":"\\u0065\\u0301"}`), {
    value: { a: '\u00e9', b: [['\u00e9']], c: '\u00e9' },
  })
  t.same(read(`"${e}"`), { value: '\u00e9' })
})

t.test('at most 100 faults are told, and a long text is read in time that grows with it', async (t) => {
  const many = `{${Array.from({ length: 5_000 }, () => '"a":1').join(',')}}`
  t.equal(faultsOf(read(many)).length, 100)
  const backslashes = `{"a":"${'\\\\'.repeat(100_000)}"}`
  t.equal(faultsOf(read(backslashes)).length, 0)
  t.same(faultsOf(read(`[1${'0'.repeat(200_000)}1]`)), ['/body/0 number'])
})
