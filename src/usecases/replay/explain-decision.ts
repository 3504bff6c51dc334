import type { Finding } from '../../domain/finding.ts'
import { formatInstant } from '../../domain/primitives/civil-day.ts'
import type { PolicyVersion } from '../../domain/rules/policy-version.ts'
import { term } from '../../domain/rules/terms.ts'
import { explainRule, type Language } from '../../policy/explain-version.ts'
import type { PolicyBook } from '../../policy/policy-book.ts'
import type { PastDecision } from '../../storage/decision-stream.ts'
import { recomputeDecision } from './recompute.ts'

const WORDS = {
  zh: {
    none: '没有任何规则提出异议。',
    same: '按当时政策版本重新计算：逐字节一致。',
    other: '按当时政策版本重新计算：不一致——政策文件在此版本号下已被修改。',
    gone: '当时的政策版本不在政策文件中，无法重新计算。',
  },
  en: {
    none: 'No rule objected.',
    same: 'Worked out again by its policy version: the same to the byte.',
    other:
      'Worked out again by its policy version: not the same, so the policy file was changed under this version id.',
    gone: 'Its policy version is not in the policy files, so it cannot be worked out again.',
  },
} as const

/**
 * Explains one stored decision: each finding with its duty, article and the rule's sentence, and whether the decision
 * still comes out the same.
 *
 * @returns lines of text
 */
export function explainDecision(past: PastDecision, book: PolicyBook, language: Language): string[] {
  const words = WORDS[language]
  const findings = JSON.parse(past.findings) as Finding[]
  const version = book.version(past.policyVersion)
  const again = version === undefined ? undefined : recomputeDecision(version, past.step, past.facts)
  return [
    `${past.regionCode} ${past.decisionId}`,
    `${term(past.step)[language]} · ${past.policyVersion} · ${formatInstant(past.decidedAt)}`,
    ...(findings.length === 0
      ? [words.none]
      : findings.flatMap((it) => explain(it, past, version, language))),
    again === undefined ? words.gone : again === past.findings ? words.same : words.other,
  ]
}

function explain(
  finding: Finding,
  past: PastDecision,
  version: PolicyVersion | undefined,
  language: Language,
): string[] {
  const rules = version?.steps[past.step as keyof PolicyVersion['steps']] ?? []
  const applied = rules.find(
    ({ rule, source, effect }) =>
      rule === finding.rule && source === finding.ruleId && effect === finding.effect,
  )
  const head =
    version === undefined || applied === undefined
      ? `[${finding.ruleId} ${finding.article}] ${finding.rule} — ${term(finding.effect)[language]}`
      : explainRule(applied, version, language)
  const at = finding.path === undefined ? '' : ` (${finding.path})`
  return [head, `  ${finding.message[language]}${at}`]
}
