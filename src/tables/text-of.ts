/** How the bytes of a table are to be read. */
export type Charset = 'utf-8' | 'gb18030'

/** Names of charsets that Chinese systems declare. GBK and GB 2312 are parts of GB 18030. */
const CHARSETS: Readonly<Record<string, Charset>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  gb18030: 'gb18030',
  cp936: 'gb18030',
  'windows-936': 'gb18030',
}

/** The charset that a content type declares: UTF-8 when it declares none, undefined for one that is not read. */
export function charsetOf(contentType: string): Charset | undefined {
  const declared = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  return CHARSETS[declared.toLowerCase()]
}

/** Bytes that can't be read as text; `line` is the line in which they stand. */
export class UnreadableText extends Error {
  readonly line: number
  readonly found: 'utf-16' | Charset

  constructor(line: number, found: 'utf-16' | Charset) {
    super(`no text in line ${line}`)
    this.line = line
    this.found = found
  }
}

/**
 * Decodes a stream. Every line ends in a line feed, whatever it ended in; a byte order mark and the end-of-file sign of
 * old programs (0x1A) are dropped.
 *
 * @throws UnreadableText
 */
export async function* textOf(source: AsyncIterable<Uint8Array>, charset: Charset): AsyncGenerator<string> {
  const decoder = new TextDecoder(charset, { fatal: true })
  let line = 1
  let isBegun = false
  // A carriage return at the end of a piece: a line feed may follow.
  let held = ''
  for await (const bytes of source) {
    if (!isBegun && isUtf16(bytes)) throw new UnreadableText(1, 'utf-16')
    const text = held + decode(() => decoder.decode(bytes, { stream: true }), bytes)
    held = text.endsWith('\r') ? '\r' : ''
    const whole = held === '' ? text : text.slice(0, -1)
    if (whole === '') continue
    const plain = (isBegun ? whole : whole.replace(/^\uFEFF/, ''))
      .replace(/\r\n?/g, '\n')
      .replaceAll('\u001A', '')
    isBegun = true
    line += plain.split('\n').length - 1
    yield plain
  }
  decode(() => decoder.decode(), new Uint8Array())
  if (held !== '') yield '\n'

  function decode(read: () => string, bytes: Uint8Array): string {
    try {
      return read()
    } catch {
      const [good = ''] = new TextDecoder(charset).decode(bytes).split('\uFFFD')
      throw new UnreadableText(line + good.split('\n').length - 1, charset)
    }
  }
}

function isUtf16(bytes: Uint8Array): boolean {
  const [a, b] = bytes
  return (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)
}
