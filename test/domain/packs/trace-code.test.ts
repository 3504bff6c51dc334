import fc from 'fast-check'
import t from 'tap'
import { isSamePack, type TraceCode, traceCodeOf } from '../../../src/domain/packs/trace-code.ts'

const GTIN = '06901234567892'
const DIGITS = '81234567890123456789'
const GS = '\u001d'

t.test('MZ-4.3a one trace code in any scanner dress is one code', async (t) => {
  for (const scanned of [
    DIGITS,
    `${DIGITS}\r`,
    `${DIGITS}\r\n`,
    ` ${DIGITS}`,
    `\t${DIGITS}`,
    `]C1${DIGITS}`,
    `]C0${DIGITS}`,
    `]d1${DIGITS}`,
    `]Q1${DIGITS}`,
    `]C1${GS}${DIGITS}`,
    '8123 4567 8901 2345 6789',
    '8123-4567-8901-2345-6789',
    '8123\u20134567\u20138901\u20132345\u20136789',
    '8123\u00a04567\u20038901\u300023456789',
    `\ufeff${DIGITS}\u200b`,
    DIGITS.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
    `https://www.mashangfangxin.com/?code=${DIGITS}`,
  ]) {
    t.same(traceCodeOf(scanned), { serial: DIGITS }, JSON.stringify(scanned))
  }
  t.same(traceCodeOf('abcde12345f'), traceCodeOf('ABCDE12345F'))
  t.same(traceCodeOf('ＡＢｃｄｅ１２３４５'), { serial: 'ABCDE12345' })
})

t.test('MZ-4.3a GS1 elements in every spelling name the pack by its serial', async (t) => {
  const same: TraceCode = { serial: 'AB000000123', gtin: GTIN }
  for (const scanned of [
    `(01)${GTIN}(21)AB000000123`,
    `(01) ${GTIN} (21) ab000000123`,
    `（01）${GTIN}（21）AB000000123`,
    `(21)AB000000123(01)${GTIN}`,
    `01${GTIN}21AB000000123`,
    `01${GTIN}21AB000000123\r`,
    `]d201${GTIN}21AB000000123`,
    `]C101${GTIN}21AB000000123${GS}`,
    `]Q3${GS}01${GTIN}21AB000000123`,
    `]e001${GTIN}21AB000000123`,
    `]d221AB000000123${GS}01${GTIN}`,
    `https://id.gs1.org/01/${GTIN}/21/AB000000123`,
  ]) {
    t.same(traceCodeOf(scanned), same, JSON.stringify(scanned))
  }
  t.same(traceCodeOf(`]d201${GTIN}1728073110B7${GS}21AB000000123`), {
    ...same,
    batchNo: 'B7',
    expiresOn: '2028-07-31',
  })
  t.same(traceCodeOf(`(01)${GTIN}(17)280200(10)B7(21)AB000000123`), {
    ...same,
    batchNo: 'B7',
    expiresOn: '2028-02-29',
  })
})

t.test('MZ-4.3a what names no pack says what is expected', async (t) => {
  t.equal(traceCodeOf('6901234567892'), 'product-barcode')
  t.equal(traceCodeOf(`(01)${GTIN}`), 'gs1-without-serial')
  t.equal(traceCodeOf(`]d201${GTIN}10B7`), 'gs1-without-serial')
  t.equal(traceCodeOf('(01)06901234567891(21)AB000000123'), 'gs1-check-digit')
  t.equal(traceCodeOf(`(01)${GTIN}(17)281331(21)AB000000123`), 'gs1-date')
  for (const text of [
    '',
    ' ',
    '123',
    ']C1',
    'x'.repeat(41),
    '追溯码8123',
    'https://example.org/',
    '(01',
    '()',
    '(21)',
  ]) {
    t.equal(traceCodeOf(text), 'not-a-trace-code', JSON.stringify(text))
  }
})

t.test(
  'MZ-4.3a the pack by its bare serial is the same pack; another product with that serial is not',
  async (t) => {
    const full: TraceCode = { serial: 'AB000000123', gtin: GTIN }
    t.equal(isSamePack(full, { serial: 'AB000000123' }), true)
    t.equal(isSamePack(full, { ...full, gtin: '06901234567809' }), false)
    t.equal(isSamePack(full, { ...full, serial: 'AB000000124' }), false)
  },
)

t.test('MZ-4.3a what was read is read as itself again', async (t) => {
  const serials = fc.stringMatching(/^[0-9A-Z]{15,40}$/).filter((text) => !/^0[12]/.test(text))
  const dressings = fc.array(fc.constantFrom(' ', '-', '\r', '\u2013', '\u200b', '\u3000'), { maxLength: 4 })
  fc.assert(
    fc.property(serials, dressings, fc.nat({ max: 39 }), (serial, dressing, place) => {
      const scanned = `${serial.slice(0, place)}${dressing.join('')}${serial.slice(place)}`
      t.strictSame(traceCodeOf(scanned), { serial })
      t.strictSame(traceCodeOf(scanned.toLowerCase()), { serial })
    }),
  )
})
