/**
 * Reads comma separated text with one header row, RFC 4180: quoted fields may hold commas and doubled quotes.
 *
 * @returns one record for each row, keyed by the header; every value is text
 * @throws RangeError when a row has not as many fields as the header
 */
export function parseCsv(text: string): Record<string, string>[] {
  const [header, ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map(fieldsOf)
  if (header === undefined) return []
  return rows.map((row, index) => {
    if (row.length !== header.length) throw new RangeError(`row ${index + 2} has ${row.length} fields`)
    return Object.fromEntries(header.map((column, place) => [column, row[place]!]))
  })
}

/** The files that ship with the sandbox have no line breaks inside fields. */
function fieldsOf(line: string): string[] {
  return [...line.matchAll(/(?<=^|,)(?:"((?:[^"]|"")*)"|([^,]*))(?=,|$)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
}
