import type { Step } from '../domain/facts.ts'
import type { PolicyVersion } from '../domain/rules/policy-version.ts'
import { explainRule } from '../policy/explain-version.ts'
import type { Printer } from './printer.ts'

/** A finding as the hub answers it. */
export interface AnsweredFinding {
  readonly ruleId: string
  readonly rule: string
  readonly article: string
  readonly effect: 'reject' | 'not-covered' | 'warn'
  readonly message: { readonly zh: string; readonly en: string }
}

/** Prints the rules of a step, from the published policy file, marked by what the hub answered about them. */
export function printRules(
  print: Printer,
  version: PolicyVersion,
  step: Step,
  findings: readonly AnsweredFinding[],
): void {
  for (const applied of version.steps[step] ?? []) {
    const found = findings.filter(({ ruleId, rule }) => ruleId === applied.source && rule === applied.rule)
    const mark =
      found.length === 0 ? 'passed' : found.some(({ effect }) => effect === 'reject') ? 'failed' : 'warned'
    const [zh, en] = (['zh', 'en'] as const).map((language) =>
      explainRule(applied, version, language).replace(/^\[[^\]]*\] /, ''),
    ) as [string, string]
    print.rule(mark, applied.source, `（${applied.article}）${zh}`, en)
    for (const { message } of found) print.fact(message.zh, message.en)
  }
}
