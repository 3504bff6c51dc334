import t from 'tap'
import { bytesOf } from '../../../src/http/hospital/envelope.ts'

const BYTES = Buffer.from(Array.from({ length: 200 }, (_, index) => (index * 37 + 251) % 256))
const PLAIN = BYTES.toString('base64')
const wrapped = (width: number, end: string) => PLAIN.replace(new RegExp(`(.{${width}})`, 'g'), `$1${end}`)

for (const [what, text] of [
  ['one line', PLAIN],
  ['lines of 76 with CR LF', wrapped(76, '\r\n')],
  ['lines of 64 with LF', wrapped(64, '\n')],
  ['a line break at the end', `${PLAIN}\n`],
  ['blanks between', wrapped(10, ' ')],
] as const) {
  t.test(`base64 in ${what} is the same bytes`, async (t) => t.ok(bytesOf(text, 'document').equals(BYTES)))
}

for (const [what, text] of [
  ['the URL-safe alphabet', PLAIN.replaceAll('+', '-').replaceAll('/', '_')],
  ['PEM', `-----BEGIN CMS-----\n${wrapped(64, '\n')}\n-----END CMS-----`],
  ['no padding', PLAIN.replace(/=+$/, '')],
  ['a second spelling of the last bits', 'QR=='],
  ['nothing but blanks', '  \n '],
] as const) {
  t.test(`${what} is refused, and told what is expected`, async (t) => {
    t.throws(() => bytesOf(text, 'signature'), {
      code: 'malformed',
      fields: [{ path: '/body/signature', keyword: 'contentEncoding', message: { en: /standard base64/ } }],
    })
  })
}
