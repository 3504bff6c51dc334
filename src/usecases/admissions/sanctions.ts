import { addDays, type CivilDay, dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import type { Qualification, RegisterEntry, Sanction } from '../../domain/registers.ts'
import { requireCited } from '../../domain/rules/cited.ts'
import { isFounded } from '../../domain/rules/founded.ts'
import { lastDayOf } from '../../domain/workflows/term.ts'
import type { SanctionRule } from '../../domain/workflows/workflow.ts'
import { lockRegisters } from '../../storage/admissions/register-lock.ts'
import { isUniqueViolation, type Transaction } from '../../storage/database.ts'
import { addEntries, endEntry, listEntries, type RegisterChange } from '../../storage/registers.ts'
import type { Caller, Deps } from '../deps.ts'
import { requireSubject } from '../registers/change-register.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'
import { tellDecision } from './tell-decision.ts'
import { versionToday } from './workflows-of.ts'

/** A sanction that the agency decides. */
export interface NewSanction {
  readonly kind: Sanction['kind']
  readonly subject: Sanction['subject']
  readonly subjectId: string
  readonly reason: string
  readonly officerNo: string
  /** Last day; absent: until it is ended. Not given where the document fixes the term. */
  readonly validTo?: CivilDay
}

export interface ImposedSanction {
  readonly sanctions: readonly {
    readonly key: string
    readonly kind: Sanction['kind']
    readonly validFrom: CivilDay
    readonly validTo?: CivilDay
  }[]
}

/**
 * Puts an institution, practitioner or person under a sanction from today on; the rules know it at once. The policy
 * says which sanctions there are, for how long, and which others go with it.
 *
 * @throws Problem sanction-unknown, reference-unknown when no register ever knew the subject, register-conflict when the
 * same sanction holds already, policy-not-cited
 * @see MZ-4.1, CQ-5.3, SC-D5, SC-P2, FS-4.2a, FS-4.2b
 */
export async function imposeSanction(
  deps: Deps,
  agency: Caller,
  request: WriteRequest,
  asked: NewSanction,
): Promise<Answer<ImposedSanction>> {
  return await write<ImposedSanction>(deps, request, async (tx, now) => {
    const { regionCode } = agency
    const version = versionToday(deps, agency, now)
    const today = dayOf(now)
    const rules = version.workflows?.sanctions ?? []
    const rule = rules.find(({ kind, subject }) => kind === asked.kind && subject === asked.subject)
    if (rule === undefined) throw new Problem('sanction-unknown', { details: { kind: asked.kind } })
    if (asked.validTo !== undefined && (rule.term !== undefined || asked.validTo < today))
      throw new Problem('sanction-unknown', { details: { kind: asked.kind, field: 'validTo' } })
    if (rule.term !== undefined && !isFounded(rule.term.status))
      requireCited(
        version,
        [{ rule: 'sanctions', ruleId: rule.term.source, parameter: rule.kind, status: rule.term.status }],
        deps.mode,
      )
    await lockRegisters(tx, regionCode)
    await requireSubject(tx, regionCode, asked, today)
    const held = await liveKinds(tx, regionCode, asked.subjectId, today)
    const brought = (rule.brings ?? []).flatMap((kind) =>
      held.has(kind)
        ? []
        : [
            entryOf(
              rules.find((one) => one.kind === kind && one.subject === asked.subject),
              kind,
              asked,
              today,
            ),
          ],
    )
    const entries = [entryOf(rule, asked.kind, asked, today, asked.validTo), ...brought]
    try {
      await addEntries(tx, regionCode, entries, {
        author: `${agency.id}/${asked.officerNo}`,
        reason: asked.reason,
        at: now,
      })
    } catch (error) {
      if (isUniqueViolation(error)) throw new Problem('register-conflict')
      throw error
    }
    const change = { author: `${agency.id}/${asked.officerNo}`, reason: asked.reason, at: now }
    if (asked.subject === 'person') {
      await endQualifications(tx, regionCode, asked.subjectId, rule.ends ?? [], today, change)
    }
    const sanctions = entries.map(({ key, data, validFrom, validTo }) => ({
      key,
      kind: data.kind,
      validFrom,
      ...(validTo === undefined ? {} : { validTo }),
    }))
    if (asked.subject === 'person') {
      const kinds = sanctions.map(({ key: _, ...told }) => told)
      const sanction = { change: 'imposed', kinds, reason: asked.reason } as const
      await tellDecision(deps, tx, regionCode, asked.subjectId, { sanction }, now)
    }
    return { status: 201, body: { sanctions } }
  })
}

/**
 * Ends a sanction at once: the day before today is its last; one that only began today then held on no day.
 *
 * @throws Problem entry-unknown when no sanction of that key holds today
 */
export async function liftSanction(
  deps: Deps,
  agency: Caller,
  request: WriteRequest,
  asked: { readonly key: string; readonly reason: string; readonly officerNo: string },
): Promise<Answer<{ readonly key: string; readonly lastDay: CivilDay }>> {
  return await write(deps, request, async (tx, now) => {
    const today = dayOf(now)
    await lockRegisters(tx, agency.regionCode)
    const entries = await listEntries(tx, agency.regionCode, 'sanction', { key: asked.key, limit: 50 })
    const live = entries.find((entry) => holds(entry, today))
    if (live === undefined)
      throw new Problem('entry-unknown', { details: { register: 'sanction', key: asked.key } })
    const lastDay = addDays(today, -1)
    await endEntry(tx, agency.regionCode, 'sanction', asked.key, lastDay, {
      author: `${agency.id}/${asked.officerNo}`,
      reason: asked.reason,
      at: now,
    })
    const { subject, subjectId, kind } = live.data as Sanction
    if (subject === 'person') {
      const kinds = [{ kind, validFrom: live.validFrom, validTo: lastDay }]
      const sanction = { change: 'lifted', kinds, reason: asked.reason } as const
      await tellDecision(deps, tx, agency.regionCode, subjectId, { sanction }, now)
    }
    return { status: 200, body: { key: asked.key, lastDay } }
  })
}

function entryOf(
  rule: SanctionRule | undefined,
  kind: Sanction['kind'],
  { subject, subjectId, reason }: NewSanction,
  today: CivilDay,
  chosen?: CivilDay,
): RegisterEntry<'sanction'> {
  const validTo = lastDayOf(rule?.term?.value, today) ?? chosen
  return {
    register: 'sanction',
    key: `${kind}:${subjectId}`,
    validFrom: today,
    ...(validTo === undefined ? {} : { validTo }),
    data: { subject, subjectId, kind, reason },
  }
}

/** Ends what holds today or later, so that it never revives by itself. @see FS-4.2b */
async function endQualifications(
  tx: Transaction,
  regionCode: string,
  personId: string,
  kinds: readonly string[],
  today: CivilDay,
  change: RegisterChange,
): Promise<void> {
  if (kinds.length === 0) return
  const held = await listEntries(tx, regionCode, 'qualification', { subject: personId, limit: 500 })
  for (const { key, data, validFrom, validTo } of held) {
    const holds = validTo === undefined || (validTo >= today && validTo >= validFrom)
    if (!holds || !kinds.includes((data as Qualification).kind)) continue
    // One that has yet to begin is withdrawn: it ends on the day before its first.
    const lastDay = addDays(validFrom > today ? validFrom : today, -1)
    await endEntry(tx, regionCode, 'qualification', key, lastDay, change)
  }
}

async function liveKinds(
  tx: Transaction,
  regionCode: string,
  subjectId: string,
  today: CivilDay,
): Promise<ReadonlySet<string>> {
  const entries = await listEntries(tx, regionCode, 'sanction', { subject: subjectId, limit: 200 })
  return new Set(entries.filter((entry) => holds(entry, today)).map(({ data }) => (data as Sanction).kind))
}

function holds({ validFrom, validTo }: RegisterEntry, day: CivilDay): boolean {
  return validFrom <= day && (validTo === undefined || day <= validTo)
}
