import type { Document, LineCounter } from 'yaml'

/** One thing wrong in a policy file. Lines and columns begin at 1. */
export interface PolicyFault {
  readonly file: string
  readonly line: number
  readonly column: number
  /** One sentence that says what is wrong. */
  readonly message: string
}

/** A policy folder that may not be used. Its message has one line for each fault: `file:line:column sentence`. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError'
  readonly faults: readonly PolicyFault[]

  constructor(faults: readonly PolicyFault[]) {
    super(faults.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`).join('\n'))
    this.faults = faults
  }
}

/** Where a file is no YAML, or names a member twice. */
export function yamlFaults(document: Document, lines: LineCounter, file: string): PolicyFault[] {
  return document.errors.map(({ pos, message }) => {
    const { line, col } = lines.linePos(pos[0])
    return { file, line, column: col, message: message.split('\n')[0]! }
  })
}
