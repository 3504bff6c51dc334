import { addDays, type CivilDay } from '../primitives/civil-day.ts'
import type { Qualification, RegisterEntry, RegisterName } from '../registers.ts'
import { type AdmissionFacts, type Application, isWhen } from './application.ts'
import { heldToday } from './checks/held.ts'
import { lastDayOf } from './term.ts'
import type { Outcome, Workflow } from './workflow.ts'

/** What an approved application changes in the registers: first the ends, then the new entries. */
export interface RegisterPlan {
  readonly end: readonly {
    readonly register: RegisterName
    readonly key: string
    readonly lastDay: CivilDay
  }[]
  readonly add: readonly RegisterEntry[]
}

/** One plan in the making. */
interface Draft {
  readonly end: RegisterPlan['end'][number][]
  readonly add: RegisterEntry[]
}

/**
 * The register changes of an approved application. What an outcome replaces ends the day before, so that the new
 * holds from today; an entry that began today then held on no day.
 *
 * @param application with all fields of the last step
 */
export function planOutcome(
  workflow: Workflow,
  application: Application,
  facts: AdmissionFacts,
): RegisterPlan {
  const draft: Draft = { end: [], add: [] }
  const ended = new Set<string>()
  for (const [index, outcome] of (workflow.outcomes ?? []).entries()) {
    if (!isWhen(outcome.when, application, facts)) continue
    // The table has for each kind the function of that kind, which a lookup by a union can't show.
    WRITE[outcome.write](outcome as never, application, facts, draft, ended, index)
  }
  return draft
}

type Write<Kind extends Outcome['write']> = (
  outcome: Extract<Outcome, { write: Kind }>,
  application: Application,
  facts: AdmissionFacts,
  draft: Draft,
  ended: Set<string>,
  index: number,
) => void

const WRITE: { readonly [Kind in Outcome['write']]: Write<Kind> } = {
  qualification(outcome, application, facts, draft, ended, index) {
    if (outcome.unlessHeld === true && heldToday(facts, outcome.kind).length > 0) return
    if (outcome.beside !== true) {
      const origins = Object.values(outcome.fields ?? {})
      const scope = SCOPES.find((member) => origins.includes(member))
      const part = scope && { member: scope, codes: application.fields[scope] ?? [] }
      for (const entry of heldToday(facts, outcome.kind).filter((held) => covers(held, part))) {
        replace(entry, facts.today, draft, ended)
        const rest = beyond(entry, part)
        if (rest !== undefined) add(draft, { ...rest, validFrom: facts.today })
      }
    }
    add(draft, {
      register: 'qualification',
      key: `${application.applicationNo}:${index + 1}`,
      validFrom: facts.today,
      ...lastDay(lastDayOf(outcome.term?.value, facts.today)),
      data: {
        personId: application.subject.id,
        kind: outcome.kind,
        ...valuesOf(outcome.fields ?? {}, application, facts),
        ...outcome.set,
      } as Qualification,
    })
  },
  amend(outcome, application, facts, draft, ended) {
    const { drugCodes } = application.fields
    const part: Part | undefined = drugCodes && { member: 'drugCodes', codes: drugCodes }
    const live = outcome.kinds.flatMap((kind) => heldToday(facts, kind)).filter((held) => covers(held, part))
    for (const entry of live) {
      replace(entry, facts.today, draft, ended)
      const rest = beyond(entry, part)
      const amended = { ...entry.data, ...valuesOf(outcome.fields, application, facts) }
      if (rest !== undefined) {
        amended.drugCodes = entry.data.drugCodes!.filter((code) => drugCodes!.includes(code))
        add(draft, { ...rest, key: `${entry.key}:rest`, validFrom: facts.today })
      }
      add(draft, { ...entry, validFrom: facts.today, data: amended as Qualification })
    }
  },
  designation(outcome, application, facts, draft) {
    const institutionId = application.subject.id
    const validFrom = firstFreeDay(institutionId, outcome.kind, facts)
    add(draft, {
      register: 'designation',
      key: `${institutionId}:${outcome.kind}`,
      validFrom,
      ...lastDay(lastDayOf(outcome.term?.value, validFrom)),
      data: {
        institutionId,
        kind: outcome.kind,
        basis: outcome.basis,
        agreementNo: application.fields.agreementNo ?? application.applicationNo,
      },
    })
  },
  'end-designation'(outcome, application, facts, draft) {
    const institutionId = application.subject.id
    const live = facts.institutions[institutionId]?.designations.find(
      ({ kind, validFrom, validTo }) =>
        kind === outcome.kind &&
        validFrom <= facts.today &&
        (validTo === undefined || validTo >= facts.today),
    )
    if (live === undefined) return
    const key = `${institutionId}:${outcome.kind}`
    draft.end.push({ register: 'designation', key, lastDay: addDays(facts.today, -1) })
  },
}

/** Today, or the day after the end of what the institution holds: a renewal begins where the old one ends (CQ-4.2). */
function firstFreeDay(institutionId: string, kind: string, facts: AdmissionFacts): CivilDay {
  const ends = (facts.institutions[institutionId]?.designations ?? [])
    .filter((one) => one.kind === kind)
    .flatMap(({ validFrom, validTo }) =>
      validTo === undefined || validTo < facts.today || validTo < validFrom ? [] : [validTo],
    )
  return ends.reduce((first, end) => (addDays(end, 1) > first ? addDays(end, 1) : first), facts.today)
}

type Held = RegisterEntry<'qualification'>

/** What of a qualification a decision may be about: some of its drugs, or some of its diagnoses. */
const SCOPES = ['drugCodes', 'diagnoses'] as const
interface Part {
  readonly member: (typeof SCOPES)[number]
  readonly codes: readonly string[]
}

/** One that names no drugs (or diagnoses) covers all; a decision about none of them is about the whole. */
function covers({ data }: Held, part: Part | undefined): boolean {
  const own = part && data[part.member]
  return own === undefined || own.some((code) => part!.codes.includes(code))
}

/** What is left of a qualification beside the part decided about; undefined when nothing is. */
function beyond(entry: Held, part: Part | undefined): Held | undefined {
  const rest = part && entry.data[part.member]?.filter((code) => !part.codes.includes(code))
  if (rest === undefined || rest.length === 0) return undefined
  return { ...entry, data: { ...entry.data, [part!.member]: rest } }
}

/** Ends an entry that holds today, once, so that its successors hold from today. */
function replace({ register, key }: RegisterEntry, today: CivilDay, draft: Draft, ended: Set<string>): void {
  if (!ended.has(`${register}/${key}`)) draft.end.push({ register, key, lastDay: addDays(today, -1) })
  ended.add(`${register}/${key}`)
}

function valuesOf(
  fields: Readonly<Record<string, string>>,
  application: Application,
  facts: AdmissionFacts,
): Record<string, unknown> {
  const origins: Record<string, unknown> = {
    ...application.fields,
    applicantId: application.applicantId,
    today: facts.today,
  }
  return Object.fromEntries(
    Object.entries(fields)
      .map(([target, origin]) => [target, origins[origin]])
      .filter(([, value]) => value !== undefined),
  )
}

function lastDay(validTo: CivilDay | undefined): { validTo?: CivilDay } {
  return validTo === undefined ? {} : { validTo }
}

function add(draft: Draft, entry: RegisterEntry): void {
  draft.add.push(entry)
}
