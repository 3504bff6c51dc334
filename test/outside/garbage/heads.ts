import type { Recorded } from '../world.ts'
import type { Random } from './random.ts'

/** A request whose head was broken. */
export interface BrokenHead {
  readonly kind: string
  readonly target?: string
  readonly headers?: Readonly<Record<string, string>>
}

const PIECES = [
  '..',
  '%2e%2e%2f',
  '%00',
  '%ff',
  '%zz',
  '%E4%B8',
  '%F0%9F%92%8A',
  '%3Cb%3E',
  'a'.repeat(190),
  'a'.repeat(3_000),
  '%20',
  '0',
  '-1',
  '%EF%BC%91',
]
const TYPES = [
  'application/json; charset=GBK',
  'application/json; charset=utf-16',
  'application/json; charset="utf-8"',
  'APPLICATION/JSON',
  'application/json;',
  'text/json',
  'application/json, application/json',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'text/csv',
  '*/*',
  'json',
  '',
]
const KEYS = [
  'short',
  'k'.repeat(300),
  'with blanks in the key',
  '\u00e9'.repeat(20),
  '',
  'a,b,c,d,e,f,g,h,i,j',
]
const TOKENS = [
  '',
  'Bearer',
  'Basic eDp5',
  'Bearer a.b.c',
  `Bearer ${'a'.repeat(9_000)}`,
  'bearer',
  'Bearer \u00e9',
  'Bearer eyJhbGciOiJub25lIn0.e30.',
]
const OTHERS: readonly [string, readonly string[]][] = [
  ['accept', ['', '*/*;q=2', 'text/html', 'application/xml', `${'a/b,'.repeat(1_000)}c/d`]],
  ['accept-encoding', ['gzip', 'br;q=2', 'identity;q=0, *;q=0']],
  ['content-encoding', ['gzip', 'identity', 'br, gzip', 'x']],
  ['cookie', ['=', ';;;', `patient-x=${'a'.repeat(4_000)}`, 'a=%zz', '__proto__=1']],
  ['host', ['', 'x'.repeat(255), 'a:b:c', '127.0.0.1:99999']],
  ['x-forwarded-for', ['127.0.0.1', '::1, x', '\u00e9']],
  ['last-event-id', ['-1', '9'.repeat(300), '?', '999999.1']],
  ['range', ['bytes=0-0', 'bytes=-']],
  ['if-none-match', ['*', '"x"']],
  ['origin', ['null', 'http://elsewhere.example']],
  ['expect', ['something']],
  ['content-type', TYPES],
]

/** Breaks the address, the query or a header. */
export function brokenHead({ target, headers, operation }: Recorded, random: Random): BrokenHead {
  const [path, query = ''] = target.split('?') as [string, string?]
  switch (random.below(5)) {
    case 0: {
      const pieces = path.split('/')
      const at = 1 + random.below(pieces.length - 1)
      const changed = pieces.map((piece, index) => (index === at ? random.pick(PIECES) : piece)).join('/')
      return { kind: 'another address', target: query === '' ? changed : `${changed}?${query}` }
    }
    case 1: {
      const names = operation.parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name)
      const name = random.pick([...names, 'limit', 'after', '__proto__'])
      const value = random.pick(PIECES)
      return { kind: 'another query', target: `${path}?${query}${query === '' ? '' : '&'}${name}=${value}` }
    }
    case 2:
      return { kind: 'another media type', headers: { ...headers, 'content-type': random.pick(TYPES) } }
    case 3:
      return random.below(2) === 0
        ? { kind: 'another key', headers: { ...headers, 'idempotency-key': random.pick(KEYS) } }
        : { kind: 'another token', headers: { ...headers, authorization: random.pick(TOKENS) } }
    default: {
      const [name, values] = random.pick(OTHERS)
      return { kind: `another ${name}`, headers: { ...headers, [name]: random.pick(values) } }
    }
  }
}

const crlf = (...lines: readonly string[]) => lines.join('\r\n')

/** Bytes that are no request, or two at once; each on a connection of its own. */
export const RAW: readonly Buffer[] = [
  '',
  '\r\n\r\n',
  'GET',
  'GET / HTTP/1.1\r\n\r\n',
  'GET /codes HTTP/9.9\r\nhost: a\r\n\r\n',
  'GET /codes\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n',
  'GET /codes HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n',
  'GET /codes HTTP/1.1\r\nhost: a\r\n folded: x\r\n\r\n',
  'GET /codes HTTP/1.1\r\nhost : a\r\n\r\n',
  'GET /codes HTTP/1.1\r\nhost: a\r\nx: \u0000\r\n\r\n',
  'GET  /codes  HTTP/1.1\r\nhost: a\r\n\r\n',
  'GET http://elsewhere.example/codes HTTP/1.1\r\nhost: a\r\n\r\n',
  'GET /%zz HTTP/1.1\r\nhost: a\r\n\r\n',
  'GET /p/%c0%80 HTTP/1.1\r\nhost: a\r\n\r\n',
  crlf(
    'POST /oauth/token HTTP/1.1',
    'host: a',
    'content-length: 5',
    'transfer-encoding: chunked',
    '',
    '0',
    '',
    '',
  ),
  crlf('POST /oauth/token HTTP/1.1', 'host: a', 'content-length: 5', 'content-length: 6', '', 'abcde'),
  crlf('POST /oauth/token HTTP/1.1', 'host: a', 'content-length: -1', '', 'abc'),
  crlf('POST /oauth/token HTTP/1.1', 'host: a', 'content-length: 1e2', '', 'abc'),
  crlf('POST /oauth/token HTTP/1.1', 'host: a', 'transfer-encoding: gzip, chunked', '', '0', '', ''),
  crlf('POST /oauth/token HTTP/1.1', 'host: a', 'transfer-encoding: chunked', '', 'zz', 'abc', ''),
  crlf(
    'POST /oauth/token HTTP/1.1',
    'host: a',
    'transfer-encoding: chunked',
    '',
    'ffffffffffffffffff',
    'abc',
    '',
  ),
  `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`,
  `GET /codes HTTP/1.1\r\nhost: a\r\n${'x: y\r\n'.repeat(3_000)}\r\n`,
].map((text) => Buffer.from(text, 'latin1'))
