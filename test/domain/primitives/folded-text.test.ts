import fc from 'fast-check'
import t from 'tap'
import {
  foldedIdNumber,
  isSameIdNumber,
  printedIdNumber,
} from '../../../src/domain/primitives/folded-id-number.ts'
import { foldedName, isSameName } from '../../../src/domain/primitives/folded-name.ts'

/** Any code point but half of one. */
const characters = fc.integer({ min: 1, max: 0x10ffff }).filter((code) => code < 0xd800 || code > 0xdfff)
const letters = fc.constantFrom(..."阿·•.'’-—－ 　ＡａZzßİıﬁé\u0301\u0345\u200d\uE863𬭎号號()（）0OI1lX×")
const texts = fc
  .array(
    fc.oneof(
      letters,
      characters.map((code) => String.fromCodePoint(code)),
    ),
    { maxLength: 12 },
  )
  .map((signs) => signs.join(''))

for (const fold of [foldedName, foldedIdNumber, printedIdNumber]) {
  t.test(`${fold.name} of what is folded changes nothing more`, async () => {
    for (let first = 0; first < 0x33400; first += 0x100) {
      // Apart, so that no character joins with its neighbour.
      const block = Array.from({ length: 0x100 }, (_, place) => String.fromCodePoint(first + place)).join(
        '\u4e00',
      )
      const once = fold(block)
      if (fold(once) !== once) throw new Error(`block U+${first.toString(16)}`)
    }
    fc.assert(
      fc.property(texts, (text) => fold(fold(text)) === fold(text)),
      { numRuns: 2000, seed: 7 },
    )
  })
}

t.test(
  'comparing is reflexive and symmetric, and takes no notice of the form of Unicode, width or blanks',
  async () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const dressed = ` ${a.normalize('NFD')}\u3000\u200b`
        return (
          isSameName(a, a) &&
          isSameIdNumber(a, a) &&
          isSameName(a, b) === isSameName(b, a) &&
          isSameIdNumber(a, b) === isSameIdNumber(b, a) &&
          isSameName(a, dressed) &&
          isSameIdNumber(a, dressed)
        )
      }),
      { numRuns: 2000, seed: 7 },
    )
  },
)

t.test('MZ-6.1 differences that no reader sees are none between names', async (t) => {
  const pairs: readonly (readonly [string, string])[] = [
    ...[...'·•・･‧．.∙⋅●˙'].map((dot) => ['阿卜来提·如则托合提', `阿卜来提${dot}如则托合提`] as const),
    ['阿卜来提·如则托合提', '阿卜来提 · 如则托合提'],
    ['José Marín'.normalize('NFC'), 'José Marín'.normalize('NFD')],
    ['\u91d1一', '\uf90a一'],
    ['\u4f60', '\u{2f804}'],
    ['刘䶮', '刘\uE863'],
    ['葛\u{E0100}某', '葛某'],
    ['试验甲', '试验甲 '],
    ['试验甲', '\u200b试\u00a0验\t甲\ufeff'],
    ['John Smith', 'JOHN SMITH'],
    ['JOHN SMITH', 'ＪＯＨＮ\u3000ＳＭＩＴＨ'],
    ["O'Neil", 'O’NEIL'],
    ["O'Neil", 'Oʼneil'],
    ['Anne-Marie', 'Anne‐Marie'],
    ['Anne-Marie', 'ANNE－MARIE'],
    ['Straße', 'STRASSE'],
  ]
  for (const [a, b] of pairs) t.ok(isSameName(a, b), `${a} ${b}`)
})

t.test('MZ-6.1 what readers tell apart stays apart', async (t) => {
  const pairs = [
    ['张三', '章三'],
    ['José', 'Jose'],
    ['国华', '國華'],
    ['阿卜来提·如则', '阿卜来提如则'],
    ['O’Neil', 'ONeil'],
    ['李一', '李-'],
    ['未', '末'],
  ] as const
  for (const [a, b] of pairs) t.notOk(isSameName(a, b), `${a} ${b}`)
})

t.test('MZ-6.1 identity numbers: dress that can mean only one thing is none', async (t) => {
  const pairs: readonly (readonly [string, string])[] = [
    ['44140219600315123X', '44140219600315123x'],
    ['44140219600315123X', '４４１４０２１９６００３１５１２３Ｘ'],
    ['44140219600315123X', '441402 19600315 123×'],
    ['44140219600315123X', '441402-19600315-123Х'],
    ['441402196003151230', '44I4O2l96OO3l5l23O'],
    ['H1234567(1)', 'H1234567（1）'],
    ['A123456(3)', 'a1234563'],
    ['E12345678', 'e-12345678'],
    ['军字第2001988号', '军字第 ２００１９８８ 號'],
    ['AB/12.3456', 'ab／12．3456'],
    ['AB/12.3456', 'AB、12。3456'],
    ['12-3456', '12—3456'],
  ]
  for (const [a, b] of pairs) t.ok(isSameIdNumber(a, b), `${a} ${b}`)
  for (const [a, b] of [
    ['44140219600315123X', '441402196003151230'],
    ['12-3456', '123-456'],
    ['E12345678', 'E12345679'],
    ['EO1234567', 'E01234567'],
    ['军字第2001988号', '武字第2001988号'],
    ['AB/12.3456', 'AB.12/3456'],
  ] as const)
    t.notOk(isSameIdNumber(a, b), `${a} ${b}`)
})
