const NUMERALS = '一二三四五六七八九十'

const ARTICLE = new RegExp(
  `^(?:德阳|四川|国家)?(?:第([${NUMERALS}]+)条|([${NUMERALS}]+))(?:（([${NUMERALS}]+)）)?(\\d)?$`,
)

/** Reads 1 to 99 as documents write them: `三`, `十七`, `3`. */
function numeral(written: string): number {
  if (/^\d+$/.test(written)) return Number(written)
  const [tens, ones] = written.includes('十') ? written.split('十') : ['', written]
  const digit = (word: string | undefined, empty: number) =>
    word === undefined || word === '' ? empty : NUMERALS.indexOf(word) + 1
  return written.includes('十') ? digit(tens, 1) * 10 + digit(ones, 0) : digit(ones, 0)
}

/**
 * The text of one article of a policy document, without any white space.
 *
 * @param text the document as it was published, or several that are sent as one
 * @param number of the document; the text begins after the line that says it and ends before the next annex
 * @param article as policy files write it: `六`, `四（三）`, `二（四）2`, `第十七条（二）`, `德阳二`
 * @returns undefined when there is no such article
 */
export function articleText(text: string, number: string | undefined, article: string): string | undefined {
  const named = ARTICLE.exec(article)
  if (named === null) return undefined
  const [, ofRegulation, ofNotice, section, point] = named
  const lines = linesOf(text, number)
  const heading =
    ofRegulation === undefined ? /^([一二三四五六七八九十]+|\d+)、/ : /^第([一二三四五六七八九十]+)条/
  let within = partOf(lines, heading, numeral((ofRegulation ?? ofNotice)!))
  if (within !== undefined && section !== undefined)
    within = partOf(within, /^[（(]([一二三四五六七八九十]+|\d+)[）)]/, numeral(section))
  if (within === undefined) return undefined
  const whole = within.join('')
  if (point === undefined) return whole
  const points = whole.split(/(?<!\d)(?=\d、)/)
  return points.find((each) => each.startsWith(`${point}、`))
}

function linesOf(text: string, number: string | undefined): string[] {
  const lines = text.split('\n').map((line) => line.replaceAll(/\s/g, ''))
  if (number === undefined) return lines
  const start = lines.indexOf(number) + 1
  const annex = lines.indexOf('附件', start)
  return lines.slice(start, annex < 0 ? undefined : annex)
}

/** The lines from the heading of that number to the next heading of its kind. */
function partOf(lines: readonly string[], heading: RegExp, wanted: number): string[] | undefined {
  const start = lines.findIndex((line) => numeral(heading.exec(line)?.[1] ?? '') === wanted)
  if (start < 0) return undefined
  const length = lines.slice(start + 1).findIndex((line) => heading.test(line))
  return length < 0 ? lines.slice(start) : lines.slice(start, start + 1 + length)
}

/** How often a phrase stands in a text, white space aside. */
export function timesFound(text: string, phrase: string): number {
  return text.split(phrase.replaceAll(/\s/g, '')).length - 1
}

/** Every whole number that is written in a phrase, in digits or in words up to ten. */
export function writtenNumbers(phrase: string): number[] {
  const words = { 两: 2, ...Object.fromEntries([...NUMERALS].map((sign, at) => [sign, at + 1])) }
  return [...phrase.matchAll(/\d+|[一两二三四五六七八九十]/g)].map(
    ([written]) => (words as Record<string, number>)[written] ?? Number(written),
  )
}
