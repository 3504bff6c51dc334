import type { Bilingual } from '../finding.ts'
import { canonicalJson, type Json } from '../primitives/canonical-json.ts'
import { formatYuan } from '../primitives/money.ts'
import type { AdjudicationJson } from './adjudication-json.ts'

/** One thing that is not as it was in the quote. */
export interface Difference {
  /** `input`: a fact that changed. `figure`: a figure of the policy. `amount`: what follows for a payer. */
  readonly kind: 'input' | 'figure' | 'amount'
  /** `balances.fundPaid`, `lines.2.unitPriceFen`, `ratio.ratioBp`, `totals.patient`… */
  readonly path: string
  readonly before: Json
  readonly after: Json
  readonly reason: Bilingual
}

/** Why a changed fact matters, by the first word of its path. */
const REASONS: Readonly<Record<string, Bilingual>> = {
  versionId: {
    zh: '结算日适用的政策版本不同。',
    en: 'Another policy version is in force on the day of settlement.',
  },
  day: { zh: '结算日期不同。', en: 'The day of settlement is another.' },
  balances: {
    zh: '本年度累计已变化（其间有其他结算或冲正）。',
    en: "The year's balances changed: another settlement or reversal came in between.",
  },
  lines: {
    zh: '药品明细、价格或医保支付标准已变化。',
    en: 'A line, its price or its payment standard changed.',
  },
  notCovered: { zh: '不予支付的认定已变化。', en: 'What is found not to be covered changed.' },
  scheme: { zh: '参保险种已变化。', en: 'The insurance scheme changed.' },
  assistance: { zh: '医疗救助身份已变化。', en: 'The assistance class changed.' },
  hospitals: { zh: '选定的定点医院已变化。', en: 'The chosen hospitals changed.' },
  specialDisease: { zh: '特病资质已变化。', en: 'The special-disease qualification changed.' },
  otherBenefit: { zh: '其他待遇的情况已变化。', en: 'What another benefit pays changed.' },
  stay: { zh: '住院信息已变化。', en: 'The facts of the hospital stay changed.' },
  decidedBy: {
    zh: '医保核心系统核定的金额与平台计算不同。',
    en: 'The core system decided other amounts than the hub worked out.',
  },
}
const OTHERWISE: Bilingual = {
  zh: '结算所依据的信息已变化。',
  en: 'A fact that the settlement rests on changed.',
}

/** As much of a settlement's JSON as a comparison needs. */
type ComparedJson = Pick<AdjudicationJson, 'charge' | 'totals' | 'figures' | 'input' | 'decidedBy'>

/**
 * Says what changed between a quote and the bill, facts first, then figures, then what follows for each payer.
 *
 * @returns empty when both rest on the same facts and figures; then their amounts are the same too
 */
export function explainDifference(quote: ComparedJson, bill: ComparedJson): Difference[] {
  const facts = compare(flatten(factsOf(quote)), flatten(factsOf(bill))).map((change) => ({
    kind: 'input' as const,
    ...change,
    reason: REASONS[change.path.split('.')[0]!] ?? OTHERWISE,
  }))
  const figures = compare(figuresOf(quote), figuresOf(bill)).map((change) => ({
    kind: 'figure' as const,
    ...change,
    reason: { zh: '适用的政策参数已变化。', en: 'Another figure of the policy applies.' },
  }))
  const amounts = compare(flatten(amountsOf(quote)), flatten(amountsOf(bill))).map((change) => ({
    kind: 'amount' as const,
    ...change,
    reason: {
      zh: `因以上变化，金额由 ${yuan(change.before)} 元变为 ${yuan(change.after)} 元。`,
      en: `For these reasons the amount is CNY ${yuan(change.after)} instead of CNY ${yuan(change.before)}.`,
    },
  }))
  return [...facts, ...figures, ...amounts]
}

/** A difference as pharmacies and patients may see it. */
export type ShownDifference = Pick<Difference, 'kind' | 'path' | 'reason'> & Partial<Difference>

/**
 * The differences that a signer is shown. Balances, confidential prices and other facts are named with their reason and
 * without their values; figures and amounts with both values.
 *
 * @returns empty when every payer bears what was told
 */
export function shownDifferences(quote: ComparedJson, bill: ComparedJson): ShownDifference[] {
  const all = explainDifference(quote, bill)
  if (!all.some(({ kind }) => kind === 'amount')) return []
  const facts = new Map<string, ShownDifference>()
  for (const { kind, path, reason } of all.filter(({ kind }) => kind === 'input')) {
    const [word, lineNo] = path.split('.')
    const named = word === 'lines' ? `${word}.${lineNo}` : word!
    facts.set(named, { kind, path: named, reason })
  }
  return [...facts.values(), ...all.filter(({ kind }) => kind !== 'input')]
}

function factsOf(settlement: ComparedJson): Json {
  const { lines, notCovered, ...rest } = settlement.input
  return {
    ...rest,
    ...(settlement.decidedBy === undefined ? {} : { decidedBy: settlement.decidedBy }),
    lines: Object.fromEntries(lines.map((line) => [line.lineNo, line])) as Json,
    notCovered: notCovered.map((finding) => `${finding.ruleId} ${finding.lineNo ?? '*'}`).sort(),
  }
}

function figuresOf(settlement: ComparedJson): Map<string, Json> {
  const figures = new Map<string, Json[]>()
  for (const { part, name, value } of settlement.figures) {
    const key = `${part}.${name}`
    figures.set(key, [...(figures.get(key) ?? []), value as Json])
  }
  return new Map([...figures].map(([key, values]) => [key, values.length === 1 ? values[0]! : values]))
}

function amountsOf({ charge, totals }: ComparedJson): Json {
  return { charge, totals: { ...totals } }
}

function flatten(value: Json, path = ''): Map<string, Json> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return new Map([[path, value]])
  return new Map(
    Object.entries(value).flatMap(([key, member]) => [
      ...flatten(member as Json, path === '' ? key : `${path}.${key}`),
    ]),
  )
}

function compare(before: Map<string, Json>, after: Map<string, Json>) {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }))
    .filter((change) => canonicalJson(change.before) !== canonicalJson(change.after))
}

function yuan(fen: Json): string {
  return formatYuan(BigInt(Number(fen ?? 0)))
}
