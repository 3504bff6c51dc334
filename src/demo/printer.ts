/** Writes the demonstration for a reader: steps, facts, amounts. */
export interface Printer {
  title(zh: string, en: string): void
  /** A numbered step: who does what. */
  step(who: string, zh: string, en: string): void
  /** Something that came out of it. */
  fact(zh: string, en?: string): void
  /** One checked rule. */
  rule(mark: 'passed' | 'failed' | 'warned', id: string, zh: string, en: string): void
  /** An amount with its reason; without `en`, a row of a table. */
  amount(fen: number, zh: string, en?: string): void
  /** Text as it is. */
  plain(text: string): void
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const
const MARKS = { passed: ['✓', 'green'], failed: ['✗', 'red'], warned: ['!', 'yellow'] } as const

/** `1234` as `12.34`, from fen, without floating point. */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/**
 * @param write takes lines
 * @param colours whether the reader is a terminal
 */
export function printer(write: (text: string) => void, colours: boolean): Printer {
  const paint = (name: keyof typeof CODES, text: string) =>
    colours ? `\u001b[${CODES[name]}m${text}\u001b[0m` : text
  let steps = 0
  return {
    title(zh, en) {
      write(`\n${paint('bold', zh)}\n${paint('dim', en)}\n`)
    },
    step(who, zh, en) {
      steps += 1
      write(`\n${paint('cyan', `${steps}. ${who}`)}  ${paint('bold', zh)}\n   ${paint('dim', en)}\n`)
    },
    fact(zh, en) {
      write(`   · ${zh}\n${en === undefined ? '' : `     ${paint('dim', en)}\n`}`)
    },
    rule(mark, id, zh, en) {
      const [sign, colour] = MARKS[mark]
      write(
        `   ${paint(colour, sign)} ${paint('bold', id.padEnd(8))} ${zh}\n              ${paint('dim', en)}\n`,
      )
    },
    amount(fen, zh, en) {
      write(`   ${paint('bold', yuan(fen).padStart(10))} 元  ${zh}\n`)
      if (en !== undefined) write(`                  ${paint('dim', en)}\n`)
    },
    plain: (text) => write(text),
  }
}
