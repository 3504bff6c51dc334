import t from 'tap'
import { isWritable, letterFault, letterFaults } from '../../../src/domain/text/letters.ts'

for (const [text, what] of [
  ['李小龙·Ñandú', 'letters of any writing'],
  ['𠮷野家', 'letters beyond the first 65,536'],
  ['第一行\n第二行\r\n\t缩进', 'line breaks and tabs'],
  ['\ue863', 'letters of private use, which older tables of GB 18030 gave to names'],
  ['👨‍👩‍👧', 'joined signs'],
  ['', 'nothing'],
] as const) {
  t.test(`${what} may be written`, async (t) => {
    t.ok(isWritable(text))
  })
}

for (const [text, point] of [
  ['a\u0000b', 'U+0000'],
  ['a\u001b[31m', 'U+001B'],
  ['\u007f', 'U+007F'],
  ['\u0085', 'U+0085'],
  ['abc\u202ecba', 'U+202E'],
  ['\u2066x\u2069', 'U+2066'],
  ['中\ufeff文', 'U+FEFF'],
  ['��', 'U+FFFD'],
  ['\uffff', 'U+FFFF'],
  ['\u{1fffe}', 'U+1FFFE'],
  ['\ud842', 'U+D842'],
  ['\udfb7李', 'U+DFB7'],
] as const) {
  t.test(`${point} is no letter, and is named`, async (t) => {
    t.notOk(isWritable(text))
    const fault = letterFault(text, '/body/name')
    t.match(fault, { path: '/body/name', keyword: 'letters' })
    t.ok(fault.message.en.includes(point))
  })
}

t.test('the fields of a record are named by their place, values never repeated', async (t) => {
  const faults = letterFaults(
    { good: 'x', bad: 'secret\u0000', list: ['y', '\u0000'], '\u0000': 'z' },
    '/querystring',
  )
  t.same(
    faults.map(({ path }) => path),
    ['/querystring/bad', '/querystring/list', '/querystring/?'],
  )
  t.notOk(JSON.stringify(faults).includes('secret'))
  t.same(letterFaults(undefined, ''), [])
})
