import t from 'tap'
import { csvRow } from '../../src/papers/csv-writer.ts'

t.test('text that begins as a formula is disarmed, in full width too; numbers stay numbers', async (t) => {
  for (const sign of ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t']) {
    t.equal(csvRow([`${sign}1+1`]), `'${sign}1+1\r\n`, JSON.stringify(sign))
  }
  t.equal(csvRow(['\r=1', '\n=1']), '"\'\r=1","\'\n=1"\r\n')
  t.equal(csvRow(['a=1', ' b', '药-1']), 'a=1, b,药-1\r\n')
  t.equal(csvRow([-3, '-3', '-0.5', -12n, '1', '-1-1']), "-3,-3,-0.5,-12,1,'-1-1\r\n")
})

t.test('quotes, commas and line breaks are quoted; what is absent stays empty', async (t) => {
  t.equal(csvRow(['x,"y"', 'a\nb', undefined, '']), '"x,""y""","a\nb",,\r\n')
})
