/** One field after RFC 4180. Texts that a spreadsheet would take for a formula get an apostrophe in front. */
function field(value: string | number | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows as CSV in UTF-8 with a byte order mark, so that spreadsheets read Chinese. The first line names the columns. */
export function toCsv<Row extends object>(
  columns: readonly (keyof Row & string)[],
  rows: readonly Row[],
): string {
  const lines = rows.map((row) =>
    columns.map((column) => field(row[column] as string | number | undefined)).join(','),
  )
  return `\uFEFF${[columns.join(','), ...lines].join('\r\n')}\r\n`
}
