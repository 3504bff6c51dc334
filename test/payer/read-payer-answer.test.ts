import t from 'tap'
import { PAYERS } from '../../src/domain/settlement/adjudication.ts'
import { type PayerReading, readPayerAnswer, readPayerPage } from '../../src/payer/read-payer-answer.ts'

const ID = '0193c2a0-0000-7000-8000-000000000001'
const totals = Object.fromEntries(PAYERS.map((bearer, place) => [bearer, place * 100])) as Record<
  string,
  number
>
const texts = Object.fromEntries(Object.entries(totals).map(([bearer, fen]) => [bearer, String(fen)]))
const accepted = { reference: 'P-1', totals }
const paid = { kind: 'paid', reference: 'P-1', totals } as PayerReading
const because = (cause: string) => ({ kind: 'unreadable', cause }) as PayerReading
const JSON_TYPE = 'application/json; charset=utf-8'

const utf8 = (value: unknown) => Buffer.from(JSON.stringify(value))
const utf16le = (value: unknown, mark: string) => Buffer.from(mark + JSON.stringify(value), 'utf16le')
const utf16be = (value: unknown, mark: string) => utf16le(value, mark).swap16()
/** "已结算" in GB 18030, inside JSON. */
const gbk = Buffer.concat([
  Buffer.from('{"message":"'),
  Buffer.from([0xd2, 0xd1, 0xbd, 0xe1, 0xcb, 0xe3]),
  Buffer.from(`",${JSON.stringify(accepted).slice(1)}`),
])

const READINGS: readonly [string, number, string | null, Uint8Array | undefined, PayerReading][] = [
  ['as the interface says', 200, JSON_TYPE, utf8(accepted), paid],
  ['a byte order mark', 200, JSON_TYPE, Buffer.from(`\ufeff${JSON.stringify(accepted)}`), paid],
  ['UTF-16 with a mark', 200, JSON_TYPE, utf16le(accepted, '\ufeff'), paid],
  ['UTF-16 without one', 200, 'application/json; charset=utf-16', utf16le(accepted, ''), paid],
  ['UTF-16, big end first', 200, null, utf16be(accepted, '\ufeff'), paid],
  ['UTF-16, big end first, without a mark', 200, null, utf16be(accepted, ''), paid],
  ['GB 18030 that claims to be UTF-8', 200, JSON_TYPE, gbk, paid],
  ['an encoding that does not exist', 200, 'application/json; charset=utf8mb4', utf8(accepted), paid],
  ['blanks and line ends around', 200, null, Buffer.from(`\r\n ${JSON.stringify(accepted)}\r\n\n`), paid],
  ['amounts as text', 200, JSON_TYPE, utf8({ reference: 'P-1', totals: texts }), paid],
  [
    'amounts as decimals of whole fen',
    200,
    JSON_TYPE,
    Buffer.from(JSON.stringify(accepted).replaceAll('00,', '00.0,')),
    paid,
  ],
  [
    'a reference as a number',
    200,
    JSON_TYPE,
    utf8({ ...accepted, reference: 17 }),
    { kind: 'paid', reference: '17', totals } as PayerReading,
  ],
  [
    'members nobody asked for',
    200,
    JSON_TYPE,
    utf8({ ...accepted, settlementId: ID, state: 'paid', x: [1] }),
    paid,
  ],
  ['201', 201, JSON_TYPE, utf8(accepted), paid],
  ['202 with the whole answer', 202, JSON_TYPE, utf8(accepted), paid],
  ['409 settled already', 409, JSON_TYPE, utf8({ code: 'already-settled', ...accepted }), paid],
  [
    '409 cancelled before',
    409,
    JSON_TYPE,
    utf8({ state: 'cancelled', ...accepted }),
    { kind: 'refused', code: 'cancelled-before' },
  ],
  [
    '422 with a code',
    422,
    JSON_TYPE,
    utf8({ code: 'insurance-suspended' }),
    { kind: 'refused', code: 'insurance-suspended' },
  ],
  [
    '422 with a mark and a number as code',
    422,
    null,
    Buffer.from('\ufeff{"code":4001}'),
    { kind: 'refused', code: '4001' },
  ],
  ['422 without a code', 422, JSON_TYPE, utf8({ detail: 'x' }), because('refusal-without-code')],
  ['409 without amounts', 409, JSON_TYPE, utf8({ code: 'already-settled' }), because('no-totals')],
  ['200 without a body', 200, JSON_TYPE, Buffer.alloc(0), because('empty')],
  ['204', 204, null, Buffer.alloc(0), because('empty')],
  ['202 without a body', 202, null, Buffer.from('  '), because('empty')],
  ['a body that breaks off', 200, JSON_TYPE, undefined, because('cut-off')],
  ['half of the JSON', 200, JSON_TYPE, utf8(accepted).subarray(0, 30), because('not-json')],
  ['a page of HTML', 200, 'text/html', Buffer.from('<html>login</html>'), because('not-json')],
  ['bytes that are no text', 200, null, Buffer.from([0x7b, 0xff, 0xff, 0x80, 0x7d]), because('not-text')],
  ['a list', 200, JSON_TYPE, utf8([accepted]), because('not-an-object')],
  ['null', 200, JSON_TYPE, utf8(null), because('not-an-object')],
  [
    'an amount missing',
    200,
    JSON_TYPE,
    utf8({ reference: 'P-1', totals: { ...totals, patient: undefined } }),
    because('no-totals'),
  ],
  [
    'half a fen',
    200,
    JSON_TYPE,
    utf8({ reference: 'P-1', totals: { ...totals, patient: 0.5 } }),
    because('no-totals'),
  ],
  [
    'half a fen as text',
    200,
    JSON_TYPE,
    utf8({ reference: 'P-1', totals: { ...texts, patient: '0.5' } }),
    because('no-totals'),
  ],
  [
    'more than a number holds',
    200,
    JSON_TYPE,
    utf8({ reference: 'P-1', totals: { ...texts, patient: '9007199254740993' } }),
    because('no-totals'),
  ],
  [
    'an amount that is empty text',
    200,
    JSON_TYPE,
    utf8({ reference: 'P-1', totals: { ...texts, patient: '' } }),
    because('no-totals'),
  ],
  ['no reference', 200, JSON_TYPE, utf8({ totals }), because('no-reference')],
  [
    'another settlement',
    200,
    JSON_TYPE,
    utf8({ settlementId: 'S-2', ...accepted }),
    because('another-settlement'),
  ],
  ['a redirection', 302, null, Buffer.alloc(0), because('unexpected-status')],
  ['a refused signature', 401, JSON_TYPE, utf8({ code: 'not-signed' }), because('unexpected-status')],
  ['an unknown address', 404, 'text/html', Buffer.from('<html>'), because('unexpected-status')],
  ['too many requests', 429, null, Buffer.alloc(0), { kind: 'busy' }],
  ['a broken gateway', 502, 'text/html', Buffer.from('<html>'), { kind: 'busy' }],
  ['a server error with a body', 500, JSON_TYPE, utf8(accepted), { kind: 'busy' }],
]

t.test('an answer of the payer is read, or named, and never taken for silence', async (t) => {
  for (const [what, status, contentType, bytes, reading] of READINGS)
    t.same(readPayerAnswer(status, { contentType }, bytes, ID), reading, what)
})

t.test('a page of the list is read as a whole or not at all', async (t) => {
  const record = { settlementId: ID, state: 'paid', reference: 'P-1', totals: texts }
  const page = (content: unknown, mark = '') =>
    readPayerPage({ contentType: JSON_TYPE }, Buffer.from(mark + JSON.stringify(content)))
  t.same(page({ settlements: [record], next: null }, '\ufeff'), { settlements: [{ ...record, totals }] })
  t.same(page({ settlements: [], next: 17 }), { settlements: [], next: '17' })
  t.same(page({ settlements: [record, { ...record, totals: {} }] }), { cause: 'no-totals' })
  t.same(page({ settlements: [{ ...record, state: 'done' }] }), { cause: 'not-an-object' })
  t.same(page([]), { cause: 'not-an-object' })
  t.same(readPayerPage({}, undefined), { cause: 'cut-off' })
})
