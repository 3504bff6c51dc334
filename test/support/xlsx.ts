import { strFromU8, unzipSync } from 'fflate'

/** A cell as a spreadsheet reads it. */
export interface ReadCell {
  readonly value: string | number
  readonly style: string
  readonly isFormula: boolean
}

/** The cells of each sheet of an XLSX file, by their places (`J2`). Knows what the hub writes, and no more. */
export function readXlsx(bytes: Uint8Array): ReadonlyMap<string, ReadonlyMap<string, ReadCell>> {
  const files = unzipSync(bytes)
  const part = (path: string) => strFromU8(files[path]!)
  const names = [...part('xl/workbook.xml').matchAll(/<sheet name="([^"]+)"/g)].map(([, name]) => name!)
  return new Map(names.map((name, at) => [name, cellsOf(part(`xl/worksheets/sheet${at + 1}.xml`))]))
}

function cellsOf(xml: string): Map<string, ReadCell> {
  const cells = new Map<string, ReadCell>()
  for (const [, at, attributes = '', inner = ''] of xml.matchAll(/<c r="([A-Z]+\d+)"([^>]*)>(.*?)<\/c>/gs)) {
    const text = /<t[^>]*>(.*?)<\/t>/s.exec(inner)?.[1]
    const value = text === undefined ? Number(/<v>(.*?)<\/v>/.exec(inner)?.[1]) : plain(text)
    const style = /s="(\d+)"/.exec(attributes)?.[1] ?? '0'
    cells.set(at!, { value, style, isFormula: inner.includes('<f>') })
  }
  return cells
}

function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
