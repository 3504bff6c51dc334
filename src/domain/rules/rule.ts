import type { Facts } from '../facts.ts'
import type { Bilingual } from '../finding.ts'

/** What a rule objects to. The engine adds the duty, the article and the effect from the policy file. */
export interface Objection {
  readonly path?: string
  readonly lineNo?: number
  readonly message: Bilingual
}

/**
 * One rule of the vocabulary: pure, and named as its question.
 *
 * `check` never throws for bad input, reads no clock and keeps nothing. It returns one objection per field or line
 * at fault, and none when the facts satisfy it.
 */
export interface Rule<Parameters = Readonly<Record<string, unknown>>> {
  /** Kebab-case; what a policy file writes under `rule:`. */
  readonly name: string
  /** One sentence with `{parameter}` places, for policy officers (`npm run policy -- explain`). */
  readonly sentence: Bilingual
  /** JSON Schema of the parameter values. */
  readonly parameters: object
  check(facts: Facts, parameters: Parameters): readonly Objection[]
}
