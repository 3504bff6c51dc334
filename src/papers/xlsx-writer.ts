import { PassThrough, Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** A cell: text stays text, whatever it looks like; a number is shown with two decimals when it is an amount. */
export type Cell = string | { readonly count: number } | { readonly amount: number } | undefined

/** One sheet of a workbook; the rows are read while the file is written. */
export interface Sheet {
  readonly name: string
  /** Widths of the columns, in characters. */
  readonly widths: readonly number[]
  /** The first row stays in sight. */
  readonly headed: boolean
  readonly rows: AsyncIterable<readonly Cell[]>
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Rows that are handed to the archive together. */
const BLOCK = 200

/**
 * A workbook as a stream (ECMA-376, transitional), of any length in the memory of a few rows.
 *
 * @param madeAt stands in the file
 */
export function xlsx(sheets: readonly Sheet[], madeAt: Date): Readable {
  const zip = new ZipFile()
  const out = new PassThrough()
  const fail = (error: Error) => out.destroy(error)
  let reading: Readable | undefined
  // Whoever stops reading ends the reading of the rows.
  out.on('close', () => reading?.destroy())
  const options = { mtime: madeAt }
  for (const [path, text] of parts(sheets, madeAt)) zip.addBuffer(Buffer.from(HEAD + text), path, options)
  for (const [place, sheet] of sheets.entries()) {
    zip.addReadStreamLazy(`xl/worksheets/sheet${place + 1}.xml`, options, (give) => {
      reading = Readable.from(sheetXml(sheet), { objectMode: false }).on('error', fail)
      give(null, reading)
    })
  }
  zip.on('error', fail)
  zip.outputStream.on('error', fail).pipe(out)
  zip.end()
  return out
}

async function* sheetXml({ widths, headed, rows }: Sheet): AsyncGenerator<string> {
  const pane = headed
    ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
    : ''
  const columns = widths.map(
    (width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  )
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>` +
    `<cols>${columns.join('')}</cols><sheetData>`
  let block = ''
  let count = 0
  for await (const cells of rows) {
    count += 1
    block += `<row r="${count}">${cells.map((cell, at) => cellXml(cell, `${letter(at)}${count}`)).join('')}</row>`
    if (count % BLOCK > 0) continue
    yield block
    block = ''
  }
  yield `${block}</sheetData></worksheet>`
}

/** The name of a column, of which a sheet here has at most 26. */
function letter(place: number): string {
  return String.fromCharCode(65 + place)
}

function cellXml(cell: Cell, at: string): string {
  if (cell === undefined || cell === '') return ''
  if (typeof cell === 'string')
    return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
  return 'amount' in cell
    ? `<c r="${at}" s="1"><v>${cell.amount}</v></c>`
    : `<c r="${at}"><v>${cell.count}</v></c>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for XML 1.0, which has no place for controls, halves of characters and U+FFFE, U+FFFF. */
function escaped(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu, '')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign]!)
}

/** The parts that are short, by their paths in the archive. */
function parts(sheets: readonly Sheet[], madeAt: Date): readonly (readonly [string, string])[] {
  const ids = sheets.map((_, place) => place + 1)
  const overrides = [
    ['/xl/workbook.xml', `${TYPE}.sheet.main+xml`],
    ['/xl/styles.xml', `${TYPE}.styles+xml`],
    ['/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'],
    ...ids.map((id) => [`/xl/worksheets/sheet${id}.xml`, `${TYPE}.worksheet+xml`]),
  ]
  return [
    [
      '[Content_Types].xml',
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Default Extension="xml" ContentType="application/xml"/>` +
        `${overrides.map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`).join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      relationships([
        [`${OFFICE}/officeDocument`, 'xl/workbook.xml'],
        [`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
      ]),
    ],
    [
      'docProps/core.xml',
      `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
        `<dcterms:created xsi:type="dcterms:W3CDTF">${madeAt.toISOString()}</dcterms:created></cp:coreProperties>`,
    ],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
        `${sheets.map(({ name }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}` +
        '</sheets></workbook>',
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relationships([
        ...ids.map((id) => [`${OFFICE}/worksheet`, `worksheets/sheet${id}.xml`] as const),
        [`${OFFICE}/styles`, 'styles.xml'],
      ]),
    ],
    // Style 1 is number format 4, `#,##0.00`.
    [
      'xl/styles.xml',
      `<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>` +
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
        '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>',
    ],
  ]
}

function relationships(targets: readonly (readonly [type: string, target: string])[]): string {
  const each = targets.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${type}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`
}
