/**
 * Reads comma separated text (RFC 4180) piece by piece: fields may be quoted and then hold commas, line breaks and
 * doubled quotes. Empty lines are passed over; a byte order mark is dropped.
 */
export class CsvReader {
  readonly #maxRow: number
  #field = ''
  #row: string[] = []
  #quoted = false
  /** A quote inside a quoted field was seen last: it ends the field, or is doubled. */
  #maybeEnd = false
  #length = 0
  #begun = false

  /** @param maxRow characters that one row may have */
  constructor(maxRow = 10_000) {
    this.#maxRow = maxRow
  }

  /**
   * @returns the rows that this piece completes
   * @throws RangeError when a row is longer than allowed, or text follows a closing quote
   */
  push(text: string): string[][] {
    const rows: string[][] = []
    for (const sign of this.#begun || text === '' ? text : text.replace(/^\uFEFF/, '')) {
      this.#begun = true
      this.#length += 1
      if (this.#length > this.#maxRow) throw new RangeError('row too long')
      if (this.#quoted && !this.#maybeEnd) {
        if (sign === '"') this.#maybeEnd = true
        else this.#field += sign
        continue
      }
      if (this.#quoted && sign === '"') {
        this.#field += '"'
        this.#maybeEnd = false
        continue
      }
      if (sign === ',') this.#endField()
      else if (sign === '\n') this.#endRow(rows)
      else if (sign === '\r') continue
      else if (this.#quoted) throw new RangeError('text after a closing quote')
      else if (sign === '"' && this.#field === '') this.#quoted = true
      else this.#field += sign
    }
    return rows
  }

  /**
   * @returns the last row, when no line break ended it
   * @throws RangeError when a quoted field never ended
   */
  end(): string[][] {
    if (this.#quoted && !this.#maybeEnd) throw new RangeError('quoted field without an end')
    const rows: string[][] = []
    this.#endRow(rows)
    return rows
  }

  #endField(): void {
    this.#row.push(this.#field)
    this.#field = ''
    this.#quoted = false
    this.#maybeEnd = false
  }

  #endRow(rows: string[][]): void {
    const isEmpty = this.#row.length === 0 && this.#field === '' && !this.#quoted
    this.#endField()
    if (!isEmpty) rows.push(this.#row)
    this.#row = []
    this.#length = 0
  }
}
