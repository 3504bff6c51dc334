import type { Bilingual } from '../../domain/finding.ts'
import type { Column, TableLine } from '../../domain/tables/table.ts'
import { CORRECTION_COLUMNS, isFaulty } from '../../domain/tables/table.ts'
import { BYTE_ORDER_MARK, csvRow } from '../../papers/csv-writer.ts'

/** Faults that are listed; all are counted. */
const LISTED = 100

/** A fault of a line: of its form, or found by a use case against registers and earlier uploads. */
export interface LineFault {
  readonly lineNo: number
  readonly column?: string
  readonly cause: string
  readonly message: Bilingual
}

/** What a refusal says of faults: how many by cause, and the first hundred by line. */
export interface FaultReport {
  readonly faults: number
  /** `format: 180`, the most frequent first. */
  readonly causes: readonly string[]
  readonly fields: readonly { readonly path: string; readonly keyword: string; readonly message: Bilingual }[]
}

/** Counts faults while they are found. */
export class FaultTally {
  #count = 0
  readonly #causes = new Map<string, number>()
  readonly #listed: LineFault[] = []

  add(fault: LineFault): void {
    this.#count += 1
    this.#causes.set(fault.cause, (this.#causes.get(fault.cause) ?? 0) + 1)
    if (this.#listed.length < LISTED) this.#listed.push(fault)
  }

  /** The first fault of all. */
  get first(): LineFault | undefined {
    return this.#listed[0]
  }

  get count(): number {
    return this.#count
  }

  report(): FaultReport {
    return {
      faults: this.#count,
      causes: [...this.#causes].sort(([, a], [, b]) => b - a).map(([cause, count]) => `${cause}: ${count}`),
      fields: this.#listed.map(({ lineNo, column, cause, message }) => ({
        path: `/lines/${lineNo}${column === undefined ? '' : `/${column}`}`,
        keyword: cause,
        message,
      })),
    }
  }
}

/**
 * The list of corrections as CSV: each faulty line with its number, its faults and its cells as they came, in the order
 * of the columns of the table. Once mended it can be uploaded as it is.
 *
 * @param lines each with the faults that were found in it
 */
export async function* correctionsCsv(
  columns: readonly Column[],
  lines: AsyncIterable<{ readonly line: TableLine; readonly faults: readonly LineFault[] }>,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvRow([...columns.map(({ name }) => name), ...CORRECTION_COLUMNS])
  for await (const { line, faults } of lines) {
    if (faults.length === 0) continue
    const cells = columns.map((_, place) => line.cells[place])
    yield csvRow([...cells, line.lineNo, faults.map(({ message }) => message.zh).join(' ')])
  }
}

/** The faults that the reader found in a line. */
export function formFaults(line: TableLine): readonly LineFault[] {
  return isFaulty(line.read) ? line.read : []
}
