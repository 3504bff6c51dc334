import type { Dossier } from '../../../schemas/pharmacy.ts'
import type { Step } from '../../domain/facts.ts'
import type { Finding } from '../../domain/finding.ts'
import type { Buyer } from '../../domain/prescription/buyer.ts'
import { Problem } from '../../domain/problems.ts'
import type { PolicyVersion } from '../../domain/rules/policy-version.ts'
import { sentenceOf } from '../../policy/explain-version.ts'
import * as decisions from '../../storage/decision.ts'
import * as stocks from '../../storage/stock.ts'
import type { Deps } from '../deps.ts'
import { type LoadedPrescription, loadPrescription } from '../judge-stored.ts'
import { readDossier } from './dossier.ts'
import { listOwnSettlements, type OwnSettlement, readStatement, type Statement } from './statement.ts'
import type { Supplier } from './supplier.ts'

/** One rule and what came of it. */
export interface RuleVerdict {
  readonly ruleId: string
  readonly article: string
  /** What the rule demands, in Chinese. */
  readonly sentence: string
  /** `passed`, or the gravest of what it found. */
  readonly verdict: 'passed' | Finding['effect']
  readonly found: readonly string[]
}

/** What the rules of one step said, the last time it was judged. */
export interface StepVerdict {
  readonly step: Step
  readonly rules: readonly RuleVerdict[]
}

/** All that a pharmacist sees of one prescription. */
export interface CounterView {
  readonly now: Date
  readonly dossier: Dossier
  /** Only with the document: signers, and every rule in words. */
  readonly proof?: {
    readonly signature: LoadedPrescription['verdict']
    readonly steps: readonly StepVerdict[]
  }
  /** Who was checked at the counter for the supply under way. */
  readonly buyer?: Buyer
  /** Fen for one unit as the pharmacy last reported it, by national drug code. */
  readonly prices: ReadonlyMap<string, number>
  readonly statement?: Statement
  readonly papers: readonly OwnSettlement[]
}

/**
 * One prescription as the people at a counter work with it: the dossier, what the rules said, and the money.
 *
 * @throws Problem prescription-unknown also when it concerns another pharmacy
 * @see MZ-6.4, MZ-6.5
 */
export async function readCounterView(
  deps: Deps,
  supplier: Supplier,
  prescriptionNo: string,
): Promise<CounterView> {
  const dossier = await readDossier(deps, supplier, prescriptionNo)
  const now = deps.clock()
  const { regionCode } = supplier
  const [prices, papers, statement] = await Promise.all([
    reportedPrices(deps, supplier, dossier),
    listOwnSettlements(deps, supplier, prescriptionNo),
    dossier.settlement === undefined ? undefined : statementOrNone(deps, supplier, prescriptionNo),
  ])
  const rest = { prices, papers, ...(statement === undefined ? {} : { statement }) }
  // Who may not see the document may not see what was judged of it.
  if (dossier.prescription === undefined) return { now, dossier, ...rest }
  const loaded = await loadPrescription(deps, deps.pool, regionCode, prescriptionNo, now)
  const kept = await decisions.list(deps.pool, regionCode, prescriptionNo)
  const newest = new Map(kept.map((decision) => [decision.step, decision]))
  const steps = [...newest.values()].flatMap(({ step, policyVersion, findings }) => {
    const version = deps.policies.version(policyVersion)
    if (version === undefined) return []
    return [stepVerdict(version, step as Step, JSON.parse(findings) as Finding[])]
  })
  // The newest check is of whoever holds the prescription now.
  const buyer = dossier.dispense?.endedAt === undefined ? loaded.buyer : undefined
  return {
    now,
    dossier,
    proof: { signature: loaded.verdict, steps },
    ...(buyer === undefined ? {} : { buyer }),
    ...rest,
  }
}

/** Every rule of a step with what it found. @param findings of one judgement of the step */
export function stepVerdict(version: PolicyVersion, step: Step, findings: readonly Finding[]): StepVerdict {
  const rules = (version.steps[step] ?? []).map((applied): RuleVerdict => {
    const found = findings.filter(({ rule, ruleId }) => rule === applied.rule && ruleId === applied.source)
    const effects = found.map(({ effect }) => effect)
    const verdict = GRAVITY.find((effect) => effects.includes(effect)) ?? 'passed'
    return {
      ruleId: applied.source,
      article: applied.article,
      sentence: sentenceOf(applied, 'zh'),
      verdict,
      found: [...new Set(found.map(({ message }) => message.zh))],
    }
  })
  return { step, rules }
}

const GRAVITY = ['reject', 'not-covered', 'warn'] as const

async function reportedPrices(
  deps: Deps,
  { regionCode, institutionId }: Supplier,
  { lines }: Dossier,
): Promise<ReadonlyMap<string, number>> {
  const codes = lines.map(({ drugCode }) => drugCode)
  const rows = await stocks.of(deps.pool, regionCode, codes)
  const own = rows.filter(({ pharmacyId }) => pharmacyId === institutionId)
  return new Map(own.map(({ drugCode, unitPriceFen }) => [drugCode, unitPriceFen]))
}

async function statementOrNone(
  deps: Deps,
  supplier: Supplier,
  prescriptionNo: string,
): Promise<Statement | undefined> {
  try {
    return await readStatement(deps, supplier, prescriptionNo)
  } catch (error) {
    if (error instanceof Problem && error.code === 'settlement-unknown') return undefined
    throw error
  }
}
