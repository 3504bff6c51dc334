import PDFDocument from 'pdfkit'
import { type Face, mainFace, type Run, runsOf } from './typefaces.ts'

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
 * Each font is embedded as the subset that the paper uses, and its text can be found and copied.
 *
 * When the stream has been read, it has emitted `missing-characters` with the code points that no font has, if any.
 */
export class PdfSheet {
  readonly stream: PDFKit.PDFDocument
  readonly #missing = new Set<string>()
  readonly #faces = new Set<Face>()
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
      // A parsed font is taken too, which the types don't know; so it is parsed once a process.
      font: mainFace().font as never,
      lang: 'zh-CN',
      displayTitle: true,
      pdfVersion: '1.7',
      info: { Title: options.title, CreationDate: options.madeAt, Creator: 'Prescription hub' },
    })
    this.stream.once('end', () => {
      if (this.#missing.size > 0) this.stream.emit('missing-characters', [...this.#missing])
    })
    this.stream.on('pageAdded', () => this.#dress())
    this.#use(mainFace())
    this.#dress()
    this.stream.fontSize(16).fillColor('black')
    this.#write(this.#runs(options.title), { align: 'center' })
    this.stream.moveDown(0.5)
  }

  #runs(text: string): readonly Run[] {
    return runsOf(text, (code) => this.#missing.add(code))
  }

  #use(face: Face): void {
    if (!this.#faces.has(face)) {
      this.#faces.add(face)
      this.stream.registerFont(face.id, face.font as never)
    }
    this.stream.font(face.id)
  }

  /** Writes text at the place where the paper stands, or at one given; several runs flow on from each other. */
  #write(runs: readonly Run[], options: PDFKit.Mixins.TextOptions, x?: number, y?: number): void {
    // Runs that flow on are laid out one by one, which only goes from the left.
    const flowing: PDFKit.Mixins.TextOptions = runs.length > 1 ? { ...options, align: 'left' } : options
    for (const [place, { face, text }] of runs.entries()) {
      this.#use(face)
      const all = { ...flowing, continued: place < runs.length - 1 }
      if (place === 0 && x !== undefined) this.stream.text(text, x, y, all)
      else this.stream.text(text, all)
    }
    this.#use(mainFace())
  }

  /** The height of what `#write` writes. A character of another face is as wide as a Chinese one, or narrower. */
  #heightOf(runs: readonly Run[], width: number): number {
    const alike = runs.map(({ face, text }) => (face === mainFace() ? text : '国'.repeat([...text].length)))
    return this.stream.heightOfString(alike.join(''), { width })
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
    this.#write(this.#runs(this.#footer), { lineBreak: false }, MARGIN, height - 28)
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
    this.stream.moveDown(0.8).fontSize(11)
    this.#write(this.#runs(text), {}, MARGIN)
    this.stream.fontSize(SIZE).moveDown(0.3)
  }

  /** A line of text. */
  line(text: string, color: string = 'black'): void {
    this.stream.fontSize(SIZE).fillColor(color)
    this.#write(this.#runs(text), {}, MARGIN)
    this.stream.fillColor('black')
  }

  /** Names and values, two beside each other. */
  facts(facts: readonly (readonly [string, string])[]): void {
    const { stream } = this
    stream.fontSize(SIZE)
    const half = (stream.page.width - 2 * MARGIN) / 2
    for (let at = 0; at < facts.length; at += 2) {
      const texts = facts.slice(at, at + 2).map(([name, value]) => this.#runs(`${name}：${value}`))
      const height = Math.max(...texts.map((runs) => this.#heightOf(runs, half - 8)))
      if (stream.y + height > this.#bottom) stream.addPage()
      const top = stream.y
      for (const [place, runs] of texts.entries())
        this.#write(runs, { width: half - 8 }, MARGIN + place * half, top)
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
      const texts = cells.map((cell) => this.#runs(cell))
      stream.fontSize(size)
      const height = Math.max(...texts.map((runs, place) => this.#heightOf(runs, widths[place]! - 6))) + 5
      if (stream.y + height > this.#bottom) {
        stream.addPage()
        if (!isHead) header()
        stream.fontSize(size)
      }
      const top = stream.y
      if (isHead) stream.rect(MARGIN, top, usable, height).fill('#eeeeee').fillColor('black')
      let left = MARGIN
      for (const [place, runs] of texts.entries()) {
        const align = columns[place]?.align ?? 'left'
        this.#write(runs, { width: widths[place]! - 6, align }, left + 3, top + 2)
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
