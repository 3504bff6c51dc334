import type { Facts } from '../../src/domain/facts.ts'
import { objectionsOf } from '../../src/domain/rules/judge.ts'
import { VOCABULARY } from '../../src/domain/rules/vocabulary.ts'

/**
 * Where a rule of the vocabulary objects: one path (or an empty text) for each objection.
 *
 * @throws when the vocabulary has no such rule
 */
export function objections(name: string, values: Readonly<Record<string, unknown>>, facts: Facts): string[] {
  const rule = VOCABULARY.get(name)
  if (rule === undefined) throw new Error(`no rule ${name}`)
  return objectionsOf(rule, facts, values).map(({ path }) => path ?? '')
}
