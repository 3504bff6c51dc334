import type { Facts } from '../facts.ts'
import type { Bilingual } from '../finding.ts'

/** What a rule objects to. The engine adds the duty, the article and the effect from the policy file. */
export interface Objection {
  readonly path?: string
  readonly lineNo?: number
  /** Decimal text: as much of the whole line as the duty allows, where only what lies above it is at fault. */
  readonly coveredQuantity?: string
  readonly message: Bilingual
}

/** A part of the facts without which a rule cannot be satisfied. */
export type Need =
  | 'person'
  | 'hospital'
  | 'physician'
  | 'pharmacy'
  | 'pharmacist'
  | 'supply'
  | 'buyer'
  | 'delivery'
  | 'statement'

/**
 * One rule of the vocabulary: pure, and named as its question.
 *
 * `check` never throws for bad input, reads no clock and keeps nothing. It returns one objection per field or line
 * at fault, and none when the facts satisfy it. Call it through `objectionsOf`, which sees to the needs first.
 */
export interface Rule<Parameters extends object = object> {
  /** Kebab-case; what a policy file writes under `rule:`. */
  readonly name: string
  /** One sentence with `{parameter}` places, for policy officers (`npm run policy -- explain`). */
  readonly sentence: Bilingual
  /** JSON Schema of the parameter values. */
  readonly parameters: object
  /** Facts that must be there; a missing one is an objection of its own, so that no rule passes for want of facts. */
  needs?(parameters: Parameters): readonly Need[]
  check(facts: Facts, parameters: Parameters): readonly Objection[]
}

/**
 * Gives a rule with typed parameters its place in the vocabulary.
 *
 * A method is compared without regard to how narrow its parameters are. That is sound here: the loader has checked
 * every parameter against `rule.parameters` before a rule sees it.
 */
export function defineRule<Parameters extends object>(rule: Rule<Parameters>): Rule {
  return Object.freeze(rule)
}
