import { type CivilDay, yearOf } from '../../domain/primitives/civil-day.ts'
import type { Fen } from '../../domain/primitives/money.ts'
import type { Adjudication, PersonYear } from '../../domain/settlement/adjudication.ts'
import { measuresOfYear, movementsOf, personYearOf } from '../../domain/settlement/year-movements.ts'

interface Carried {
  readonly year: number
  readonly reversedAt: Date | undefined
  /** What the year would have moved more, by measure. */
  readonly more: ReadonlyMap<string, Fen>
}

/**
 * What an otherwise judged settlement leaves to the person's later ones of the year: a deductible paid earlier, a
 * maximum reached sooner. It remembers one person at a time, so settlements come person by person, oldest first.
 */
export class CarriedYear {
  #person = ''
  #carried: Carried[] = []

  /** The balances with which a settlement would have begun. */
  balances(personId: string, day: CivilDay, at: Date, stored: PersonYear): PersonYear {
    if (personId !== this.#person) {
      this.#person = personId
      this.#carried = []
    }
    // A settlement that was taken back before has left nothing, in whichever way it was judged.
    const live = this.#carried.filter(
      ({ year, reversedAt }) => year === yearOf(day) && (reversedAt === undefined || reversedAt > at),
    )
    if (live.length === 0) return stored
    const measures = measuresOfYear(stored)
    for (const { more } of live) {
      for (const [measure, fen] of more) measures.set(measure, (measures.get(measure) ?? 0n) + fen)
    }
    return personYearOf(measures)
  }

  /** Remembers by how much a settlement would have moved the year otherwise; `after` is absent when declined. */
  carry(day: CivilDay, reversedAt: Date | undefined, before: Moved, after: Moved | undefined): void {
    const more = new Map<string, Fen>(after === undefined ? [] : movementsOf(after as Adjudication))
    for (const [measure, fen] of movementsOf(before as Adjudication)) {
      more.set(measure, (more.get(measure) ?? 0n) - fen)
    }
    if ([...more.values()].some((fen) => fen !== 0n)) {
      this.#carried.push({ year: yearOf(day), reversedAt, more })
    }
  }
}

/** The part of an adjudication that says what it moved. */
export interface Moved {
  readonly input: Pick<Adjudication['input'], 'balances'>
  readonly balancesAfter: PersonYear
}
