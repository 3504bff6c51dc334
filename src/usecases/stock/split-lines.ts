/** A line of a file; `text` is absent when the line is longer than may be. */
export interface FileLine {
  readonly lineNo: number
  readonly text?: string
}

/** Bytes of a line. */
const MAX_LINE = 4096

/** Splits bytes into lines with bounded memory; empty lines are passed over but counted. A byte order mark is dropped. */
export async function* splitLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<FileLine> {
  let rest = Buffer.alloc(0)
  let lineNo = 0
  let tooLong = false
  const line = (bytes: Buffer): FileLine | undefined => {
    lineNo += 1
    const wasTooLong = tooLong || bytes.length > MAX_LINE
    tooLong = false
    if (wasTooLong) return { lineNo }
    const text = bytes.toString('utf8').replace(/\r$/, '')
    const plain = lineNo === 1 ? text.replace(/^\uFEFF/, '') : text
    return plain === '' ? undefined : { lineNo, text: plain }
  }
  for await (const chunk of source) {
    let from = 0
    const bytes = Buffer.concat([rest, chunk])
    for (let end = bytes.indexOf(10, from); end !== -1; end = bytes.indexOf(10, from)) {
      const found = line(bytes.subarray(from, end))
      if (found !== undefined) yield found
      from = end + 1
    }
    rest = bytes.subarray(from)
    if (rest.length > MAX_LINE) {
      tooLong = true
      rest = Buffer.alloc(0)
    }
  }
  if (rest.length > 0 || tooLong) {
    const found = line(rest)
    if (found !== undefined) yield found
  }
}
