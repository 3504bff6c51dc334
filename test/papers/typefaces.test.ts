import t from 'tap'
import { PdfSheet } from '../../src/papers/pdf-sheet.ts'
import { faceOf, runsOf } from '../../src/papers/typefaces.ts'
import { pdfText, withPdfTools } from './pdf.ts'

/** What 通用规范汉字表 has outside the basic plane, by which level 2 of GB 18030-2022 differs from level 1. */
const TABLE_BEYOND =
  '𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓'

const block = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, place) => String.fromCodePoint(first + place))

/** The characters of the two-byte part of GB 18030 that are no private use. */
function twoBytes(): string[] {
  const decoder = new TextDecoder('gb18030')
  const leads = block(0x81, 0xfe).map((lead) => lead.codePointAt(0)!)
  const trails = block(0x40, 0xfe).map((trail) => trail.codePointAt(0)!)
  return leads
    .flatMap((lead) => trails.filter((trail) => trail !== 0x7f).map((trail) => Uint8Array.of(lead, trail)))
    .map((bytes) => decoder.decode(bytes))
    .filter((text) => !/[\p{Co}\uFFFD]/u.test(text))
}

const lacking = (characters: readonly string[]) => characters.filter((one) => faceOf(one) === undefined)
const codes = (characters: readonly string[]) =>
  characters.map((one) => `U+${one.codePointAt(0)!.toString(16)}`)

t.test('MZ-7.1 every character of GB 18030-2022, implementation level 2, has a glyph', async (t) => {
  t.ok(twoBytes().length > 21_800)
  t.same(codes(lacking(twoBytes())), [])
  t.same(codes(lacking(block(0x9fa6, 0x9fef))), [])
  t.same(codes(lacking(block(0x3400, 0x4db5))), [])
  t.same(codes(lacking([...TABLE_BEYOND])), [])
})

t.test('letters of passports have glyphs', async (t) => {
  t.same(lacking([...'Šimić Łukasz Ağaoğlu Nguyễn Thị Иван Ђорђе Ελένη José O’Neil']), [])
})

t.test(
  'a character without a glyph is named by its code point and told, once the paper was read',
  withPdfTools,
  async (t) => {
    const told: string[] = []
    const runs = runsOf('某\u{2ebf0}\uE000', (code) => told.push(code))
    t.equal(runs.map(({ text }) => text).join(''), '某〔U+2EBF0〕〔U+E000〕')
    t.same(told, ['U+2EBF0', 'U+E000'])

    const sheet = new PdfSheet({ title: '单据', footer: '', madeAt: new Date('2026-11-22T02:00:00Z') })
    const heard: (readonly string[])[] = []
    sheet.stream.on('missing-characters', (codePoints) => heard.push(codePoints))
    sheet.facts([['姓名', '某\u{2ebf0}\u{2ebf0}']])
    sheet.end()
    t.match(await pdfText(t, sheet.stream, 'missing'), '姓名：某〔U+2EBF0〕〔U+2EBF0〕')
    t.same(heard, [['U+2EBF0']])
  },
)

t.test('what nobody sees leaves no mark, and old private use is printed as what it stands for', async (t) => {
  const printed = (text: string) => {
    const told: string[] = []
    return [
      runsOf(text, (code) => told.push(code))
        .map((run) => run.text)
        .join(''),
      ...told,
    ]
  }
  t.same(printed('葛\u{E0100}某\u200b\u0000\ufeff'), ['葛某'])
  t.same(printed('刘\uE863'), ['刘䶮'])
  t.same(printed('Jose\u0301\u00a0M\tX'), ['José M X'])
})

t.test(
  'MZ-7.1 MZ-7.3 names of several faces stand in facts and tables as they are, and can be found',
  withPdfTools,
  async (t) => {
    const sheet = new PdfSheet({ title: '单据', footer: '', madeAt: new Date('2026-11-22T02:00:00Z') })
    const names = [
      '张祎',
      '王玥',
      '宋镕',
      '李喆',
      '陈堃',
      '周芃',
      '刘𬭎',
      '阿依努尔·买买提',
      '〇样',
      '㑇𠅤',
      'Šimić',
    ]
    const long = `${'刘𬭎'.repeat(50)}`
    sheet.facts([...names, long].map((name) => ['姓名', name] as const))
    const row = sheet.table([
      { title: '姓名', width: 1 },
      { title: '金额', width: 1, align: 'right' },
    ])
    for (const name of [...names, long]) row([name, '12.34'])
    sheet.end()
    const text = await pdfText(t, sheet.stream, 'names')
    for (const name of names) t.match(text, `姓名：${name}`)
    t.equal(text.split('𬭎').length - 1, 102)
    t.notMatch(text, /[〓\uFFFD]/)
  },
)
