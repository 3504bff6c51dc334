import { STEPS } from '../domain/facts.ts'
import type { FigureDecision } from '../domain/rules/founded.ts'
import type { AppliedRule, Figure, PolicyVersion } from '../domain/rules/policy-version.ts'
import { term, terms } from '../domain/rules/terms.ts'
import { VOCABULARY } from '../domain/rules/vocabulary.ts'
import { BLOCKS, blockItems, blockTitle } from './explain-blocks.ts'
import { documentOf } from './version-faults.ts'

export type Language = 'zh' | 'en'

const WORDS = {
  zh: {
    until: '至',
    open: '今',
    validity: '处方有效期（天）',
    longTerm: '长期处方有效期（天）',
    hold: '药店锁定（分钟）',
    renewals: '锁定可续次数',
    collectHours: '结算后取药期限（小时）',
    graceMinutes: '有效期届满后的取药宽限（分钟）',
    refundDays: '退费期限（天）',
    paper: '系统中断时可在药店录入纸质处方',
    paperEntry: '纸质处方有效期内已供药的补录期限（自出示之日起，天）',
    none: '无',
    only: '仅适用于',
  },
  en: {
    until: 'to',
    open: 'now',
    validity: 'Validity (days)',
    longTerm: 'Validity of long-term prescriptions (days)',
    hold: 'Hold (minutes)',
    renewals: 'Renewals of a hold',
    collectHours: 'Hours to collect after settlement',
    graceMinutes: 'Minutes to collect beyond validity',
    refundDays: 'Days to pay a patient back',
    paper: 'Paper prescriptions entered at the pharmacy while circulation is down',
    paperEntry: 'Days from presentation to enter a paper that was supplied in time',
    none: 'none',
    only: 'only for',
  },
} as const

/**
 * Explains a policy version for policy officers: each rule in one sentence with its duty, document and article, and
 * a mark wherever a figure is only a sample or unset, or was decided by the agency: by whom, when, under which number and why.
 *
 * @returns lines of text
 */
export function explainVersion(version: PolicyVersion, language: Language): string[] {
  const words = WORDS[language]
  const lines = [
    `${version.name[language]} ${version.id} (${version.from} ${words.until} ${version.to ?? words.open})`,
    ...(version.note === undefined ? [] : [`  ${version.note}`]),
    ...Object.entries(version.documents).map(
      ([key, { title, number }]) => `  ${key}: ${title}${number === undefined ? '' : ` ${number}`}`,
    ),
    `${words.validity}: ${explainFigure(version.validity.days, language)}`,
    ...(version.validity.longTermDays === undefined
      ? []
      : [`${words.longTerm}: ${explainFigure(version.validity.longTermDays, language)}`]),
    `${words.hold}: ${explainFigure(version.hold.minutes, language)}`,
    ...(['renewals', 'collectHours', 'graceMinutes', 'refundDays'] as const).flatMap((name) => {
      const figure = version.hold[name]
      return figure === undefined ? [] : [`${words[name]}: ${explainFigure(figure, language)}`]
    }),
    ...(version.paper === undefined
      ? []
      : [`${words.paper}: ${explainFigure(version.paper.allowed, language)}`]),
    ...(version.paper?.entryDays === undefined
      ? []
      : [`${words.paperEntry}: ${explainFigure(version.paper.entryDays, language)}`]),
  ]
  for (const step of STEPS) {
    const rules = version.steps[step] ?? []
    if (rules.length === 0) continue
    lines.push('', term(step)[language])
    for (const applied of rules) lines.push(`  ${explainRule(applied, version, language)}`)
  }
  for (const block of BLOCKS) {
    const items = blockItems(version, block, language)
    if (items.length === 0) continue
    lines.push('', blockTitle(block, language))
    for (const item of items) lines.push(...item.lines.map((line) => `  ${line}`))
  }
  return lines
}

/** What a rule demands, with its figures in place: `开方医师须具有副主任医师及以上职称。` */
export function sentenceOf({ rule, parameters }: AppliedRule, language: Language): string {
  const sentence = VOCABULARY.get(rule)?.sentence[language] ?? rule
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => inWords(parameters[name], language))
}

/** One rule as a sentence: `[MZ-4.3b 四（三）] 开方医师须具有副主任医师及以上职称。 — 不符则拒绝` */
export function explainRule(applied: AppliedRule, version: PolicyVersion, language: Language): string {
  const open = Object.entries(applied.parameters)
    .filter(([, { status }]) => status !== 'cited')
    .map(
      ([name, { status, decision }]) =>
        `${name}: ${term(status)[language]}${explainDecision(decision, language)}`,
    )
  const when = Object.entries(applied.when ?? {}).map(([key, value]) => `${key} ${words(value, language)}`)
  const number = version.documents[documentOf(applied.source, version.documents) ?? '']?.number
  return [
    `[${applied.source} ${applied.article}${number === undefined ? '' : `, ${number}`}]`,
    `${sentenceOf(applied, language)} — ${term(applied.effect)[language]}`,
    ...(when.length === 0 ? [] : [`(${WORDS[language].only} ${when.join('; ')})`]),
    ...(open.length === 0 ? [] : [`(${open.join('; ')})`]),
  ].join(' ')
}

/** A figure with its status and source. */
export function explainFigure(figure: Figure, language: Language): string {
  const article = figure.article === undefined ? '' : ` ${figure.article}`
  const decided = explainDecision(figure.decision, language)
  return `${inWords(figure, language)} (${term(figure.status)[language]}, ${figure.source}${article}${decided})`
}

/** The act behind a decided figure: `, 梅州市医疗保障局 2026-11-20 梅医保〔2026〕12号：本地规定`; nothing for another figure. */
export function explainDecision(decision: FigureDecision | undefined, language: Language): string {
  if (decision === undefined) return ''
  const { by, on, number, why } = decision
  return language === 'zh' ? `，${by} ${on} ${number}：${why}` : `, ${by}, ${on}, ${number}: ${why}`
}

function inWords(figure: Figure | undefined, language: Language): string {
  if (figure === undefined) return WORDS[language].none
  return figure.status === 'unset' ? term('unset')[language] : words(figure.value, language)
}

function words(value: unknown, language: Language): string {
  return Array.isArray(value) ? terms(value.map(String))[language] : term(String(value))[language]
}
