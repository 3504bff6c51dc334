import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import { PACKAGE_ROOT } from '../package-root.ts'

const FONTS = new URL('assets/fonts/', PACKAGE_ROOT)
const FONT = fileURLToPath(new URL('noto-sans-cjk-sc-gb2312.otf', FONTS))

let known: ReadonlySet<number> | undefined

/** The characters that the font has. */
function characters(): ReadonlySet<number> {
  known ??= new Set(
    readFileSync(new URL('noto-sans-cjk-sc-gb2312.unicodes.txt', FONTS), 'utf8')
      .split(',')
      .map((code) => Number.parseInt(code.trim().slice(2), 16)),
  )
  return known
}

/** The text with 〓 for what the font lacks, so that nothing vanishes from a paper unseen. */
function printable(text: string): string {
  return [...text]
    .map((sign) => (sign === '\n' || characters().has(sign.codePointAt(0)!) ? sign : '〓'))
    .join('')
}

/** A column of a table; widths are shares of the page. */
export interface Column {
  readonly title: string
  readonly width: number
  readonly align?: 'left' | 'right'
}

const MARGIN = 40
const SIZE = 9
const GREY = '#666666'

/**
 * A4 sheets with Chinese text, written page by page as they fill: a paper of any length needs the memory of one page.
 * The font is embedded as a subset.
 */
export class PdfSheet {
  readonly stream: PDFKit.PDFDocument
  readonly #mark: string | undefined
  readonly #footer: string
  #page = 0

  /**
   * @param options.mark printed across each page: 样例 for what rests on samples
   * @param options.madeAt instant that stands in the file
   */
  constructor(options: {
    readonly title: string
    readonly footer: string
    readonly madeAt: Date
    readonly mark?: string
    readonly landscape?: boolean
  }) {
    this.#mark = options.mark
    this.#footer = options.footer
    this.stream = new PDFDocument({
      size: 'A4',
      layout: options.landscape === true ? 'landscape' : 'portrait',
      margin: MARGIN,
      font: FONT,
      lang: 'zh-CN',
      displayTitle: true,
      pdfVersion: '1.7',
      info: { Title: options.title, CreationDate: options.madeAt, Creator: 'Prescription hub' },
    })
    this.stream.on('pageAdded', () => this.#dress())
    this.#dress()
    this.stream
      .fontSize(16)
      .fillColor('black')
      .text(printable(options.title), { align: 'center' })
      .moveDown(0.5)
  }

  /** Footer and mark of a new page; the position of the text is left as it was. */
  #dress(): void {
    const { stream } = this
    const { width, height } = stream.page
    this.#page += 1
    stream.save()
    if (this.#mark !== undefined) {
      stream.rotate(-35, { origin: [width / 2, height / 2] })
      stream.fontSize(120).fillColor('#cc0000', 0.1)
      stream.text(this.#mark, 0, height / 2 - 80, { width, align: 'center', lineBreak: false })
      stream.rotate(35, { origin: [width / 2, height / 2] })
    }
    stream.restore()
    // The footer stands below the text area, where a line of text would begin another page.
    const { bottom } = stream.page.margins
    stream.page.margins.bottom = 0
    stream.fontSize(7).fillColor(GREY, 1)
    stream.text(printable(this.#footer), MARGIN, height - 28, { lineBreak: false })
    stream.text(`第 ${this.#page} 页`, MARGIN, height - 28, {
      width: width - 2 * MARGIN,
      align: 'right',
      lineBreak: false,
    })
    stream.page.margins.bottom = bottom
    stream.fontSize(SIZE).fillColor('black', 1)
    stream.x = MARGIN
    stream.y = MARGIN
  }

  get #bottom(): number {
    return this.stream.page.height - MARGIN
  }

  /** A heading within the paper. */
  heading(text: string): void {
    if (this.stream.y > this.#bottom - 60) this.stream.addPage()
    this.stream.moveDown(0.8).fontSize(11).text(printable(text), MARGIN).fontSize(SIZE).moveDown(0.3)
  }

  /** A line of text. */
  line(text: string, color: string = 'black'): void {
    this.stream.fontSize(SIZE).fillColor(color).text(printable(text), MARGIN).fillColor('black')
  }

  /** Names and values, two beside each other. */
  facts(facts: readonly (readonly [string, string])[]): void {
    const { stream } = this
    stream.fontSize(SIZE)
    const half = (stream.page.width - 2 * MARGIN) / 2
    for (let at = 0; at < facts.length; at += 2) {
      const texts = facts.slice(at, at + 2).map(([name, value]) => printable(`${name}：${value}`))
      const height = Math.max(...texts.map((text) => stream.heightOfString(text, { width: half - 8 })))
      if (stream.y + height > this.#bottom) stream.addPage()
      const top = stream.y
      for (const [place, text] of texts.entries())
        stream.text(text, MARGIN + place * half, top, { width: half - 8 })
      stream.x = MARGIN
      stream.y = top + height + 3
    }
  }

  /** Begins a table: returns what adds a row. The header is repeated on each page. @param size of the text in points */
  table(columns: readonly Column[], size = 8): (cells: readonly string[]) => void {
    const { stream } = this
    const usable = stream.page.width - 2 * MARGIN
    const whole = columns.reduce((sum, { width }) => sum + width, 0)
    const widths = columns.map(({ width }) => (usable * width) / whole)
    const draw = (cells: readonly string[], isHead: boolean): void => {
      const texts = cells.map(printable)
      stream.fontSize(size)
      const height =
        Math.max(...texts.map((text, place) => stream.heightOfString(text, { width: widths[place]! - 6 }))) +
        5
      if (stream.y + height > this.#bottom) {
        stream.addPage()
        if (!isHead) header()
        stream.fontSize(size)
      }
      const top = stream.y
      if (isHead) stream.rect(MARGIN, top, usable, height).fill('#eeeeee').fillColor('black')
      let left = MARGIN
      for (const [place, text] of texts.entries()) {
        stream.text(text, left + 3, top + 2, {
          width: widths[place]! - 6,
          align: columns[place]?.align ?? 'left',
        })
        left += widths[place]!
      }
      stream.x = MARGIN
      stream.y = top + height
      stream
        .moveTo(MARGIN, stream.y)
        .lineTo(MARGIN + usable, stream.y)
        .lineWidth(0.4)
        .strokeColor('#bbbbbb')
        .stroke()
      stream.fontSize(SIZE)
    }
    const header = () =>
      draw(
        columns.map(({ title }) => title),
        true,
      )
    header()
    return (cells) => draw(cells, false)
  }

  /** Ends the paper; the stream ends with it. */
  end(): void {
    this.stream.end()
  }
}
