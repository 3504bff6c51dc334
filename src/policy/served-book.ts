import type { Bilingual } from '../domain/finding.ts'
import type { CivilDay } from '../domain/primitives/civil-day.ts'
import { Problem } from '../domain/problems.ts'
import { openFigures } from '../domain/rules/founded.ts'
import type { PolicyVersion } from '../domain/rules/policy-version.ts'
import type { PolicyBook } from './policy-book.ts'

/** Figures that a refusal names; `policy -- check --production` names all. */
const NAMED = 10

/** A region that a production doesn't serve on a day. */
export interface UnservedRegion {
  readonly region: string
  readonly name: Bilingual
  /** Undefined when no version is in force. */
  readonly version: string | undefined
  /** Figures that are samples or unset. */
  readonly figures: number
}

/**
 * The policies as a production uses them: a version with a figure that is neither cited nor decided is not in force
 * for anybody, so that a region is refused at its first call and not at the counter.
 *
 * Versions named by id stay: what was judged by one is carried on.
 */
export function servedBook(book: PolicyBook): PolicyBook {
  const open = new Map(
    book
      .regions()
      .flatMap(({ region }) => book.versions(region))
      .map((version) => [version.id, openFigures(version)]),
  )
  return Object.freeze({
    ...book,
    inForce(region: string, day: CivilDay): PolicyVersion | undefined {
      const version = book.inForce(region, day)
      const figures = version === undefined ? [] : (open.get(version.id) ?? [])
      if (version === undefined || figures.length === 0) return version
      throw new Problem('policy-not-cited', {
        details: {
          policyVersion: version.id,
          notServed: true,
          missing: figures.length,
          figures: figures.slice(0, NAMED).map(({ path, source, status }) => `${source} ${path} (${status})`),
        },
      })
    },
  })
}

/** The regions of a book that a production doesn't serve on a day, by code. */
export function unservedRegions(book: PolicyBook, day: CivilDay): UnservedRegion[] {
  return book.regions().flatMap(({ region, name }) => {
    const version = book
      .versions(region)
      .find(({ from, to }) => from <= day && (to === undefined || day <= to))
    const figures = version === undefined ? 0 : openFigures(version).length
    return version !== undefined && figures === 0 ? [] : [{ region, name, version: version?.id, figures }]
  })
}
