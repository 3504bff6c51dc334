import { v7 as uuid } from 'uuid'
import { MOST_BUDGET_FEN } from '../../../schemas/bounds.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { fenToJson } from '../../domain/primitives/money.ts'
import { Problem } from '../../domain/problems.ts'
import type { Scheme } from '../../domain/registers.ts'
import { grantLines } from '../../domain/settlement/capitation-year.ts'
import * as capitation from '../../storage/capitation.ts'
import * as ledger from '../../storage/ledger.ts'
import type { Caller, Deps } from '../deps.ts'
import { unknownReferences } from '../registers/change-register.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'
import { capitationPart } from './policy-of-year.ts'

/** What the agency grants. */
export interface Grant {
  readonly institutionId: string
  readonly scheme: Scheme
  readonly persons: number
  /** Fen a head and year. */
  readonly perPersonFen: number
  /** Fen of the budget that are paid in advance. */
  readonly advanceFen: number
  readonly reason: string
}

export interface Granted {
  readonly institutionId: string
  readonly year: number
  readonly grantNo: number
  readonly budgetFen: number
  readonly postingId: string
}

/**
 * Grants an institution its capitation budget for a calendar year, or more of it. The advance is paid with the
 * clearing of the month of the grant.
 *
 * @throws Problem reference-unknown for an unknown institution; capitation-wrong-state when the policy of the year has no
 *   capitation, or the year is settled; malformed for an advance above the budget, budgets above `MOST_BUDGET_FEN` in
 *   the year, or another scheme than before
 * @see FS-3.5a, FS-3.6
 */
export async function grantBudget(
  deps: Deps,
  agency: Caller,
  request: WriteRequest,
  year: number,
  grant: Grant,
): Promise<Answer<Granted>> {
  const { institutionId, scheme } = grant
  const budget = BigInt(grant.persons) * BigInt(grant.perPersonFen)
  const advance = BigInt(grant.advanceFen)
  if (budget > BigInt(MOST_BUDGET_FEN)) throw tooMuch('/body/perPersonFen')
  if (advance > budget) throw tooMuch('/body/advanceFen')
  const { regionCode } = agency
  capitationPart(deps, regionCode, year)
  return await write<Granted>(deps, request, async (tx, now) => {
    const snapshot = await deps.registers.latest(tx, regionCode)
    if (snapshot.find('institution', institutionId, dayOf(now)) === undefined)
      throw unknownReferences(
        [{ register: 'institution', key: institutionId, path: '/body/institutionId' }],
        dayOf(now),
      )
    const opened = await capitation.lockYear(tx, regionCode, institutionId, year, scheme)
    if (opened?.settledAt !== undefined) {
      throw new Problem('capitation-wrong-state', { details: { state: 'settled' } })
    }
    if (opened?.scheme !== scheme) throw anotherScheme()
    const before = await capitation.granted(tx, regionCode, institutionId, year)
    if (before + budget > BigInt(MOST_BUDGET_FEN)) throw tooMuch('/body/perPersonFen')
    const postingId = uuid()
    await ledger.post(tx, {
      regionCode,
      postingId,
      kind: 'capitation',
      day: dayOf(now),
      at: now,
      lines: grantLines(institutionId, scheme, budget, advance),
    })
    const grantNo = await capitation.addGrant(tx, {
      regionCode,
      institutionId,
      year,
      persons: grant.persons,
      perPerson: BigInt(grant.perPersonFen),
      budget,
      advance,
      reason: grant.reason,
      at: now,
      by: agency.id,
      postingId,
    })
    return {
      status: 201,
      body: { institutionId, year, grantNo, budgetFen: fenToJson(budget), postingId },
    }
  })
}

function tooMuch(path: string): Problem {
  const message = {
    zh: `金额超出可拨付范围：该机构全年预算合计不得超过 ${MOST_BUDGET_FEN} 分，预付不得超过本次预算。`,
    en: `The amount is too large: all grants of the year come to at most ${MOST_BUDGET_FEN} fen, an advance to at most its budget.`,
  }
  return new Problem('malformed', { fields: [{ path, keyword: 'maximum', message }] })
}

function anotherScheme(): Problem {
  const message = { zh: '同一机构同一年度只能有一个险种。', en: 'One scheme an institution and year.' }
  return new Problem('malformed', { fields: [{ path: '/body/scheme', keyword: 'const', message }] })
}
