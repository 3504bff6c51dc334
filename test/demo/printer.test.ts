import t from 'tap'
import { choicesIn, pickupCodeIn } from '../../src/demo/patient-browser.ts'
import { printer, yuan } from '../../src/demo/printer.ts'

t.test('amounts are written in yuan from fen, to the fen', async (t) => {
  for (const [fen, text] of [
    [0, '0.00'],
    [5, '0.05'],
    [99, '0.99'],
    [100, '1.00'],
    [143_024, '1430.24'],
    [-7, '-0.07'],
  ] as const) {
    t.equal(yuan(fen), text)
  }
})

t.test('colours only for a terminal', async (t) => {
  const texts = [true, false].map((colours) => {
    let text = ''
    const print = printer((part) => (text += part), colours)
    print.step('谁', '做什么', 'what')
    print.rule('failed', 'MZ-4.3b', '句子', 'sentence')
    return text
  })
  t.match(texts[0], '\u001b[31m✗\u001b[0m')
  t.notMatch(texts[1], '\u001b')
})

t.test('the forms and the code of a page are found, and nothing in a page without', async (t) => {
  const page = `<form method="post" action="/p/x/choice"><input type="hidden" name="form" value="F"><input type="hidden" name="pharmacy" value="P44140200001">
<button>选这家</button></form><form method="post" action="/p/x/leave"></form><code>ABCD EFGH</code>`
  t.same(choicesIn(page), [{ action: '/p/x/choice', fields: { form: 'F', pharmacy: 'P44140200001' } }])
  t.equal(pickupCodeIn(page), 'ABCDEFGH')
  t.same(choicesIn(''), [])
  t.equal(pickupCodeIn(''), undefined)
})
