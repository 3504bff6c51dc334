import type { FigureStatus } from '../domain/finding.ts'
import { canonicalJson, type Json } from '../domain/primitives/canonical-json.ts'
import type { FigureDecision } from '../domain/rules/founded.ts'
import type { PolicyVersion } from '../domain/rules/policy-version.ts'
import { term } from '../domain/rules/terms.ts'
import { explainDecision, type Language } from './explain-version.ts'

/** The parts of a version beside its rules. */
export const BLOCKS = ['settlement', 'reimbursement', 'stock', 'workflows'] as const
export type Block = (typeof BLOCKS)[number]

const TITLES: Readonly<Record<Block, Readonly<Record<Language, string>>>> = {
  settlement: { zh: '结算 (settlement)', en: 'settlement (settlement)' },
  reimbursement: { zh: '零星报销 (reimbursement)', en: 'manual reimbursement (reimbursement)' },
  stock: { zh: '进销存上传 (stock)', en: 'stock uploads (stock)' },
  workflows: { zh: '准入与处理 (workflows)', en: 'admissions and sanctions (workflows)' },
}

/** One thing that a block demands: a settlement part, an occasion, an admission, a sanction. */
export interface BlockItem {
  /** The same in every version of a region. */
  readonly key: string
  /** `[MZ-7.2 七] yearly-maximum`, then its figures and whatever else has an article, indented. */
  readonly lines: readonly string[]
  /** All of it as canonical JSON. */
  readonly content: string
}

type Members = Readonly<Record<string, unknown>>

/** The heading of a block. */
export function blockTitle(block: Block, language: Language): string {
  return TITLES[block][language]
}

/**
 * What a block of a version demands, in the order of the file; nothing when the version has no such block.
 *
 * Every line of something that a document demands names its duty and article, and every figure its status.
 */
export function blockItems(version: PolicyVersion, block: Block, language: Language): BlockItem[] {
  const found = version[block]
  if (found === undefined) return []
  const items = new Map<string, BlockItem>()
  for (const [group, members] of Object.entries(found)) {
    for (const member of [members].flat() as Members[]) {
      const name = `${group}/${String(nameOf(member) ?? group)}`
      let key = name
      for (let n = 2; items.has(key); n += 1) key = `${name}#${n}`
      items.set(key, {
        key,
        lines: linesOf(member, group, language),
        content: canonicalJson(member as Json),
      })
    }
  }
  return [...items.values()]
}

function linesOf(value: unknown, label: string, language: Language): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => linesOf(each, label, language))
  if (value === null || typeof value !== 'object') return []
  const member = value as Members
  if ('status' in member) return [figureLine(member, label, language)]
  const below = Object.entries(member).flatMap(([name, each]) => linesOf(each, name, language))
  if (!('article' in member)) return below
  return [
    `[${String(member['source'])} ${String(member['article'])}] ${titleOf(member, label, language)}`,
    ...below.map((line) => `  ${line}`),
  ]
}

/** `ratioBp {"scheme":"employee"}: 8000 (cited, CQ-2.5a 二（五）1)` */
function figureLine(figure: Members, name: string, language: Language): string {
  const { when, value = null, status, source, article, decision } = figure
  const condition = when === undefined ? '' : ` ${JSON.stringify(when)}`
  const place = article === undefined ? String(source) : `${String(source)} ${String(article)}`
  const mark = term(status as FigureStatus)[language]
  return `${name}${condition}: ${JSON.stringify(value)} (${mark}, ${place}${explainDecision(decision as FigureDecision | undefined, language)})`
}

function titleOf(member: Members, label: string, language: Language): string {
  const title = member['title'] as Readonly<Record<Language, string>> | undefined
  const name = nameOf(member)
  if (title === undefined) return String(name ?? label)
  return name === undefined ? title[language] : `${title[language]} (${String(name)})`
}

/** What the things of a block are told apart by. */
function nameOf(member: Members): unknown {
  const { name, part, occasion, check, code, write, kind } = member
  if (write !== undefined) return kind === undefined ? write : `${String(write)} ${String(kind)}`
  return name ?? part ?? occasion ?? check ?? code ?? kind
}
