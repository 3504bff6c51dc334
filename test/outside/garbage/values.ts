/*
 * What stands in place of a value. Everything is JSON text, or bytes that are none, because much of it can't be had as
 * a value of this language.
 */

/** Names that mean something to a program, and to nobody else. */
export const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'then',
  '$ref',
  '',
  'ｘ',
  '\u200b',
]

/** Values of another type than any member has. */
export const OTHER_TYPES = [
  'null',
  'true',
  '0',
  '-1',
  '1.5',
  '""',
  '"x"',
  '[]',
  '{}',
  '[null]',
  '[[]]',
  '{"$gt":""}',
]

/** Numbers at and beyond the edge of what a program can hold. */
export const NUMBERS = [
  '9007199254740991',
  '9007199254740992',
  '9007199254740993',
  '-9007199254740993',
  '123456789012345678901234567890',
  '1e400',
  '-1e400',
  '1e-400',
  '1E2',
  '-0',
  '0.30000000000000004',
  '2147483648',
  '100000000000000000000.5',
]

/** Days and times that are none, or hardly. */
export const TIMES = [
  '2026-02-30',
  '2026-13-01',
  '0000-00-00',
  '0001-01-01',
  '9999-12-31',
  '1969-12-31',
  '20261129',
  '2026-1-1',
  '２０２６-１１-２９',
  '2026-11-29T24:00:00Z',
  '2026-11-29T23:59:60Z',
  '2026-11-29T10:00:00+25:00',
  '2026-11-29T10:00:00+0800',
  '2026-11-29 10:00',
  '+275760-09-13T00:00:00Z',
  '-000001-01-01T00:00:00Z',
]

/** Decimal texts that are none, or too much. */
export const DECIMALS = [
  '00',
  '-1',
  '+1',
  '1e3',
  '１４',
  '0x10',
  '1.',
  '.5',
  '14 ',
  '1,000',
  '0.0000',
  '999999999999.9999',
  '9999999999999999999',
  'NaN',
  'Infinity',
]

/** Text that no keyboard gives and many programs send. */
export const TEXTS = [
  '\u200b\u200d\ufeff',
  '\u202eabc',
  'e\u0301\u0302\u0303',
  '\u{e0001}\u{e0061}',
  '\ufffe',
  '\u{10ffff}',
  '\u00a0 \u3000',
  '👩‍👩‍👧‍👦',
  '\r\n\r\nHTTP/1.1 200 OK',
  "'; drop table prescription; --",
  '=HYPERLINK("http://x","y")',
  '<script>alert(1)</script>',
  `\${jndi:ldap://x}`,
  '../../../../etc/passwd',
  '%00%0a',
  '\u{20bb7}\u{2a6d6}\u3402',
  '\ud7ff\ue000',
  'a'.repeat(300),
]

/** 中文 in GBK, which is not UTF-8. */
export const GBK = Buffer.from([0x22, 0xd6, 0xd0, 0xce, 0xc4, 0x22])

/** Bytes in quotes that are no UTF-8: cut off, overlong, a surrogate, beyond the last. */
export const NOT_UTF8 = [
  [0xe4, 0xb8],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf5, 0x80, 0x80, 0x80],
  [0xff],
].map((bytes) => Buffer.from([0x22, ...bytes, 0x22]))

/** Arrays or objects one in another. */
export const nested = (depth: number, isArray: boolean): string =>
  isArray ? '['.repeat(depth) + ']'.repeat(depth) : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

/** ASCII in its full-width forms. */
export const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0))
