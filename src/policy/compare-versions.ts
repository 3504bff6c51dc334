import { STEPS, type Step } from '../domain/facts.ts'
import { canonicalJson, type Json } from '../domain/primitives/canonical-json.ts'
import type { AppliedRule, Figure, PolicyVersion } from '../domain/rules/policy-version.ts'
import { BLOCKS, type Block, type BlockItem, blockItems } from './explain-blocks.ts'
import { explainFigure, explainRule, type Language } from './explain-version.ts'

/** Whom a change concerns. */
export type Concerned = 'hospital' | 'patient' | 'pharmacy' | 'agency'

/** One difference between two versions. Texts are whole sentences. */
export interface Change {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly step: Step | 'validity' | 'hold' | 'paper' | Block
  readonly concerned: readonly Concerned[]
  readonly before?: string
  readonly after?: string
}

const CONCERNED: Readonly<Record<Change['step'], readonly Concerned[]>> = {
  intake: ['hospital', 'patient'],
  choice: ['patient', 'pharmacy'],
  taking: ['pharmacy'],
  review: ['pharmacy'],
  settlement: ['pharmacy', 'patient', 'agency'],
  'hand-over': ['pharmacy', 'patient'],
  reimbursement: ['patient', 'agency'],
  validity: ['patient', 'pharmacy'],
  hold: ['pharmacy', 'patient'],
  stock: ['pharmacy', 'agency'],
  workflows: ['hospital', 'patient', 'agency'],
  paper: ['pharmacy', 'hospital'],
}

/** A region that says nothing of renewals allows none. */
const NONE: Figure = { value: 0, status: 'unset', source: '' }
/** A region that says nothing of the time to collect gives until the end of validity. */
const NO_LIMIT: Figure = { value: null, status: 'unset', source: '' }
/** A region that says nothing of paper prescriptions takes none. */
const NO_PAPER: Figure = { value: false, status: 'unset', source: '' }
/** And none after their validity, when it says nothing of that. */
const NO_LATE: Figure = { value: 0, status: 'unset', source: '' }

/**
 * What changed from one version to another, and for whom. The order of rules makes no difference.
 *
 * @param before and after: versions of one region or of two
 */
export function compareVersions(before: PolicyVersion, after: PolicyVersion, language: Language): Change[] {
  return [
    ...figureChange('validity', before.validity.days, after.validity.days, language),
    ...longTermChange(before, after, language),
    ...figureChange('hold', before.hold.minutes, after.hold.minutes, language),
    ...figureChange('hold', before.hold.renewals ?? NONE, after.hold.renewals ?? NONE, language),
    ...figureChange(
      'hold',
      before.hold.collectHours ?? NO_LIMIT,
      after.hold.collectHours ?? NO_LIMIT,
      language,
    ),
    ...figureChange('hold', before.hold.graceMinutes ?? NONE, after.hold.graceMinutes ?? NONE, language),
    ...figureChange('hold', before.hold.refundDays ?? NONE, after.hold.refundDays ?? NONE, language),
    ...figureChange('paper', before.paper?.allowed ?? NO_PAPER, after.paper?.allowed ?? NO_PAPER, language),
    ...figureChange('paper', before.paper?.entryDays ?? NO_LATE, after.paper?.entryDays ?? NO_LATE, language),
    ...STEPS.flatMap((step) => ruleChanges(step, before, after, language)),
    ...BLOCKS.flatMap((block) => blockChanges(block, before, after, language)),
  ]
}

function figureChange(
  step: 'validity' | 'hold' | 'paper',
  a: Figure,
  b: Figure,
  language: Language,
): Change[] {
  const [before, after] = [explainFigure(a, language), explainFigure(b, language)]
  return before === after ? [] : [{ kind: 'changed', step, concerned: CONCERNED[step], before, after }]
}

/** A version that says nothing of long-term prescriptions treats them as all others. */
function longTermChange(before: PolicyVersion, after: PolicyVersion, language: Language): Change[] {
  const [a, b] = [before.validity, after.validity]
  if (a.longTermDays === undefined && b.longTermDays === undefined) return []
  return figureChange('validity', a.longTermDays ?? a.days, b.longTermDays ?? b.days, language)
}

function ruleChanges(step: Step, before: PolicyVersion, after: PolicyVersion, language: Language): Change[] {
  const was = keyed(before.steps[step] ?? [])
  const is = keyed(after.steps[step] ?? [])
  const concerned = CONCERNED[step]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key): Change[] => {
    const [a, b] = [was.get(key), is.get(key)]
    if (a === undefined) return [{ kind: 'added', step, concerned, after: explainRule(b!, after, language) }]
    if (b === undefined)
      return [{ kind: 'removed', step, concerned, before: explainRule(a, before, language) }]
    if (canonical(a) === canonical(b)) return []
    const texts = { before: explainRule(a, before, language), after: explainRule(b, after, language) }
    return [{ kind: 'changed', step, concerned, ...texts }]
  })
}

/**
 * Two uses of a rule are the same use when they ask the same of the same subject under the same condition; a rule that
 * stands there several times, once to warn and once to refuse, is told apart by what it does.
 */
function keyed(rules: readonly AppliedRule[]): ReadonlyMap<string, AppliedRule> {
  const keyOf = (applied: AppliedRule) => {
    const parts = ['subject', 'point', 'kind', 'role', 'difference'].map(
      (name) => applied.parameters[name]?.value ?? null,
    )
    return canonical({ rule: applied.rule, when: applied.when ?? null, parts })
  }
  const times = new Map<string, number>()
  for (const applied of rules) times.set(keyOf(applied), (times.get(keyOf(applied)) ?? 0) + 1)
  const map = new Map<string, AppliedRule>()
  for (const applied of rules) {
    const key = keyOf(applied)
    const own = times.get(key) === 1 ? key : `${key}#${applied.effect}`
    let place = own
    for (let n = 2; map.has(place); n += 1) place = `${own}#${n}`
    map.set(place, applied)
  }
  return map
}

function blockChanges(
  block: Block,
  before: PolicyVersion,
  after: PolicyVersion,
  language: Language,
): Change[] {
  const items = (version: PolicyVersion) =>
    new Map(blockItems(version, block, language).map((item) => [item.key, item]))
  const [was, is] = [items(before), items(after)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key): Change[] => {
    const [a, b] = [was.get(key), is.get(key)]
    if (a?.content === b?.content) return []
    return [
      {
        kind: a === undefined ? 'added' : b === undefined ? 'removed' : 'changed',
        step: block,
        concerned: CONCERNED[block],
        ...(a === undefined ? {} : { before: ownLines(a, b) }),
        ...(b === undefined ? {} : { after: ownLines(b, a) }),
      },
    ]
  })
}

/** The head and the lines that the other one has not; everything when what differs stands in no line. */
function ownLines(item: BlockItem, other: BlockItem | undefined): string {
  const [head = '', ...lines] = item.lines
  const own = lines.filter((line) => other === undefined || !other.lines.includes(line))
  const isShown = other === undefined || canonical(item.lines) !== canonical(other.lines)
  return [head, ...(isShown ? own.map((line) => line.trim()) : [item.content])].join('; ')
}

function canonical(value: unknown): string {
  return canonicalJson(value as Json)
}
