import fc from 'fast-check'
import t from 'tap'
import { plainInstant } from '../../../src/domain/text/instant-text.ts'
import { CODE_LENGTH, CODE_LETTERS, typedCode } from '../../../src/domain/text/typed-code.ts'

t.test('an instant is taken in every way of writing that can mean it alone', async (t) => {
  const cases: Record<string, string> = {
    '2026-11-20T09:30:00+08:00': '2026-11-20T09:30:00+08:00',
    '2026-11-20T09:30+08:00': '2026-11-20T09:30:00+08:00',
    '2026-11-20T09:30:00+0800': '2026-11-20T09:30:00+08:00',
    '2026-11-20T09:30:00+08': '2026-11-20T09:30:00+08:00',
    '2026-11-20T09:30+0800': '2026-11-20T09:30:00+08:00',
    '2026-11-20t01:30:00z': '2026-11-20T01:30:00Z',
    '2026-11-20T01:30Z': '2026-11-20T01:30:00Z',
    '2026-11-20 09:30:00 +0800': '2026-11-20T09:30:00+08:00',
    ' 2026-11-20T09:30:00.5+08:00\n': '2026-11-20T09:30:00.5+08:00',
    '2026-11-20T09:30:00,250+08:00': '2026-11-20T09:30:00.250+08:00',
    '2026-11-20T09:30:00.1230000+08:00': '2026-11-20T09:30:00.123+08:00',
    '2026-11-20T09:30:00.123999+08:00': '2026-11-20T09:30:00.123+08:00',
    '２０２６-11-20T09：30：00＋08：00': '2026-11-20T09:30:00+08:00',
    '2026-11-20T09:30:00\u221205:00': '2026-11-20T09:30:00-05:00',
    '2028-02-29T00:00Z': '2028-02-29T00:00:00Z',
  }
  for (const [written, kept] of Object.entries(cases)) t.equal(plainInstant(written), kept, written)
})

t.test('what is no instant, or could be several, is not taken', async (t) => {
  const odd = [
    '2026-11-20T09:30:00',
    '2026-11-20',
    '20/11/2026 09:30+08:00',
    '2026-02-30T09:30:00Z',
    '2026-02-29T09:30:00Z',
    '2026-13-01T09:30:00Z',
    '2026-11-20T24:00:00Z',
    '2026-11-20T09:60:00Z',
    '2026-12-31T23:59:60Z',
    '2026-11-20T09:30:00+24:00',
    '2026-11-20T09:30:00+08:60',
    '2026-11-20T09:30:00CST',
    '2026-11-20T09:30:00.1234567890+08:00',
    '1795138200',
    '',
    `2026-11-20T09:30:00Z${' '.repeat(60)}`,
  ]
  for (const text of odd) t.equal(plainInstant(text), undefined, text)
})

t.test('the instant that is kept is the one that was written, and is written in one way', async (t) => {
  const part = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'))
  const offset = fc.tuple(fc.constantFrom('+', '-'), part(14), part(59))
  const law = fc.property(
    part(23),
    part(59),
    offset,
    fc.boolean(),
    (hour, minute, [sign, hours, minutes], hasColon) => {
      const kept = plainInstant(
        `2026-11-20t${hour}:${minute}${sign}${hours}${hasColon ? ':' : ''}${minutes}`,
      )!
      const meant = Date.parse(`2026-11-20T${hour}:${minute}:00${sign}${hours}:${minutes}`)
      return Date.parse(kept) === meant && plainInstant(kept) === kept
    },
  )
  t.doesNotThrow(() => fc.assert(law))
})

t.test('a code is the same however it is typed', async (t) => {
  const code = '7ZKQM3T90VXC5B2H8WRD1NPG4A'
  const typed = [
    code,
    code.toLowerCase(),
    code.replace(/(.{4})/g, '$1-'),
    code.replace(/(.{4})/g, '$1 '),
    ` ${code}\r\n`,
    code.replaceAll('0', 'O').replaceAll('1', 'I'),
    code.replaceAll('0', 'o').replaceAll('1', 'l'),
    [...code].map((sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0)).join('\u3000'),
    code.replace(/(.{4})/g, '$1\u2014'),
  ]
  for (const text of typed) t.equal(typedCode(text), code, text)
})

t.test('what cannot be a code is none, and no two codes are taken for one', async (t) => {
  const code = '7ZKQM3T90VXC5B2H8WRD1NPG4A'
  for (const text of [code.slice(1), `${code}0`, code.replace('V', 'U'), code.replace('7', '柒'), ''])
    t.equal(typedCode(text), undefined, text)
  const made = fc
    .array(fc.constantFrom(...CODE_LETTERS), { minLength: CODE_LENGTH, maxLength: CODE_LENGTH })
    .map((letters) => letters.join(''))
  t.doesNotThrow(() => fc.assert(fc.property(made, (own) => typedCode(own) === own)))
})
