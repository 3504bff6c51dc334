import type { Finding } from '../../domain/finding.ts'
import { Problem } from '../../domain/problems.ts'
import { requireCited } from '../../domain/rules/cited.ts'
import type { AdmissionStatus } from '../../domain/workflows/application.ts'
import { type Act, decideAdmission } from '../../domain/workflows/decide-admission.ts'
import type { Due } from '../../domain/workflows/due-day.ts'
import { uncitedOf } from '../../domain/workflows/figures.ts'
import type { RegisterPlan } from '../../domain/workflows/outcome.ts'
import * as applications from '../../storage/admissions/application.ts'
import { lockRegisters } from '../../storage/admissions/register-lock.ts'
import { isUniqueViolation, type Transaction } from '../../storage/database.ts'
import { addEntries, endEntry, type RegisterChange } from '../../storage/registers.ts'
import type { Caller, Deps } from '../deps.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'
import { gatherAdmissionFacts } from './gather-admission-facts.ts'
import { actorOf, type Signer } from './open-admission.ts'
import { requireVisible } from './read-admission.ts'
import { tellDecision } from './tell-decision.ts'
import { workflowOf } from './workflows-of.ts'

/** A decision as it is asked for. */
export interface StepDecision extends Act {
  readonly signer: Signer
}

/** What a step made of an application. */
export interface DecidedStep {
  readonly applicationNo: string
  readonly status: AdmissionStatus
  readonly step: string
  readonly dueOn?: string
  readonly dueUnknown?: NonNullable<Due['dueUnknown']>
  readonly findings: readonly Finding[]
  /** Register entries that began, each with its period: effective in the rules from `validFrom`. */
  readonly registered: readonly {
    readonly register: string
    readonly key: string
    readonly validFrom: string
    readonly validTo?: string
  }[]
  readonly ended: readonly { readonly register: string; readonly key: string; readonly lastDay: string }[]
}

/**
 * Takes one step of an application. The last approval writes into the registers in the same transaction, so the
 * rules know it at once; decisions of a region go one after the other, so the last place is given once. A person is
 * told of the end, with the reason behind a link.
 *
 * @throws Problem not-yours, admission-not-at-step, admission-actor-refused, admission-incomplete, rules-failed,
 * register-conflict
 * @see MZ-4.1, MZ-4.2, MZ-5, CQ-4.1, CQ-4.3, SX-4.2, SX-6, SX-7, SX-9, SC-D2, FS-3.3, FS-3.6
 */
export async function decideStep(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  applicationNo: string,
  decision: StepDecision,
): Promise<Answer<DecidedStep>> {
  return await write<DecidedStep>(deps, request, async (tx, now) => {
    const row = requireVisible(await applications.lock(tx, caller.regionCode, applicationNo), caller)
    await lockRegisters(tx, caller.regionCode)
    const version = deps.policies.version(row.policyVersion)
    if (version === undefined) throw new Problem('policy-missing')
    const workflow = workflowOf(version, row.workflow)
    requireCited(version, uncitedOf(workflow), deps.mode)
    const actor = actorOf(caller, decision.signer)
    const after = { ...row, fields: { ...row.fields, ...decision.fields } }
    const facts = await gatherAdmissionFacts(deps, tx, caller.regionCode, after, actor, now)
    const result = decideAdmission(workflow, row, decision, actor, facts, {
      mode: deps.mode,
      calendar: version.calendar ?? {},
    })
    if (result.kind === 'refusal')
      throw new Problem(result.code, { findings: result.findings, details: result.details })
    const { plan } = result
    await applyPlan(tx, caller.regionCode, plan, {
      author: result.signedBy,
      reason: `${applicationNo} ${workflow.name}`,
      at: now,
    })
    await applications.change(
      tx,
      row,
      { ...result, ...result.due },
      {
        step: decision.step,
        decision: decision.decision,
        actorKind: caller.kind,
        actorId: caller.id,
        signedBy: result.signedBy,
        ...(decision.reason === undefined ? {} : { reason: decision.reason }),
        explained: decision.explained ?? false,
        fields: decision.fields ?? {},
        findings: result.findings,
        at: now,
      },
    )
    if (row.subject.kind === 'person' && isTold(result.status, decision.decision)) {
      const about = { applicationNo, revision: row.revision + 1 }
      await tellDecision(deps, tx, caller.regionCode, row.subject.id, about, now)
    }
    return {
      status: 200,
      body: {
        applicationNo,
        status: result.status,
        step: result.step,
        ...result.due,
        findings: result.findings,
        registered: plan.add.map(({ data: _, ...entry }) => entry),
        ended: plan.end,
      },
    }
  })
}

/** The person hears of the end of an application, and of one that was sent back; steps in between are not theirs. */
function isTold(status: AdmissionStatus, verb: Act['decision']): boolean {
  return verb === 'return' || status === 'approved' || status === 'refused'
}

/** @throws Problem register-conflict when somebody registered the same otherwise */
async function applyPlan(
  tx: Transaction,
  regionCode: string,
  plan: RegisterPlan,
  change: RegisterChange,
): Promise<void> {
  try {
    for (const { register, key, lastDay } of plan.end) {
      if (!(await endEntry(tx, regionCode, register, key, lastDay, change)))
        throw new Problem('register-conflict')
    }
    await addEntries(tx, regionCode, plan.add, change)
  } catch (error) {
    if (isUniqueViolation(error)) throw new Problem('register-conflict')
    throw error
  }
}
