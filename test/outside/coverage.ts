import { type Description, OF_ANY } from './description.ts'

/** How often an operation was asked, by how it answered. */
export interface Tally {
  succeeded: number
  refused: number
}

/** Counts what was reached. A refusal counts when it is one of the operation's own, if it has any. */
export function coverageOf(description: Description) {
  const tallies = new Map<string, Tally>([...description.operations.keys()].map((id) => [id, empty()]))
  return {
    count(id: string, status: number): void {
      const tally = tallies.get(id)!
      if (status < 400) tally.succeeded += 1
      else if (!isOfAny(status) || !description.canRefuse(description.operation(id))) tally.refused += 1
    },
    /** The operations that never succeeded, or were never refused. */
    missing(): string[] {
      return [...tallies].flatMap(([id, { succeeded, refused }]) => [
        ...(succeeded === 0 ? [`${id} never succeeded`] : []),
        ...(refused === 0 ? [`${id} was never refused`] : []),
      ])
    },
    /** One line an operation, for the log. */
    table(): string[] {
      return [...tallies].map(
        ([id, { succeeded, refused }]) =>
          `${id.padEnd(34)} ${String(succeeded).padStart(5)} ${String(refused).padStart(5)}`,
      )
    },
  }
}

const empty = (): Tally => ({ succeeded: 0, refused: 0 })
const isOfAny = (status: number) => OF_ANY.includes(status)
