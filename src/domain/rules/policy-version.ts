import type { Step } from '../facts.ts'
import type { Bilingual, Effect, FigureStatus } from '../finding.ts'
import type { CivilDay } from '../primitives/civil-day.ts'
import type { WorkingCalendar } from '../primitives/working-days.ts'
import type { Scheme } from '../registers.ts'
import type { Occasion, ReimbursementTerms } from '../reimbursement/terms.ts'
import type { SettlementPlan } from '../settlement/plan.ts'
import type { WorkflowBook } from '../workflows/workflow.ts'
import type { FigureDecision } from './founded.ts'

/** One parameter of a policy, with where it comes from. An unset one has no value. */
export interface Figure<Value = unknown> {
  readonly value?: Value
  readonly status: FigureStatus
  /** The duty: `MZ-6.3`. */
  readonly source: string
  /** Where it stands; the article of the rule when absent. */
  readonly article?: string
  readonly note?: string
  /** Who set it, where no document does; exactly with the status `decided`. */
  readonly decision?: FigureDecision
}

/** When a rule applies. Every condition that is named must hold; those about a drug select lines. */
export interface Condition {
  readonly setting?: 'outpatient' | 'inpatient'
  readonly scheme?: Scheme
  readonly longTerm?: boolean
  readonly selfPay?: boolean
  /** Only claims by hand on one of these occasions. */
  readonly occasions?: readonly Occasion[]
  /** Not claims by hand on one of these occasions. */
  readonly exceptOccasions?: readonly Occasion[]
  /** Only lines whose drug stands on this list on the day. */
  readonly list?: string
  /** With `list`: only lines of these classes of the list. */
  readonly classes?: readonly string[]
  /** With `list`: no lines of these classes of the list. */
  readonly exceptClasses?: readonly string[]
}

/** One rule as a policy applies it. */
export interface AppliedRule {
  readonly rule: string
  readonly source: string
  readonly article: string
  readonly effect: Effect
  readonly when?: Condition
  readonly note?: string
  readonly parameters: Readonly<Record<string, Figure>>
}

/** A policy document. Its key in the file is the prefix of its duty ids. */
export interface PolicyDocument {
  readonly title: string
  readonly number?: string
  readonly seed?: string
  readonly issuedOn?: CivilDay
  readonly effectiveFrom?: CivilDay
  readonly note?: string
  /** The few words of the document on which its cited figures rest, as they are written there: by duty, by article. */
  readonly phrases?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

/** What one region demands from one day to another. Frozen. */
export interface PolicyVersion {
  readonly id: string
  readonly region: string
  readonly name: Bilingual
  readonly counties: readonly string[]
  readonly documents: Readonly<Record<string, PolicyDocument>>
  readonly from: CivilDay
  /** Last day; absent means until further notice. */
  readonly to?: CivilDay
  readonly note?: string
  /** Days of validity, day of issue being day 1; long-term prescriptions may have their own (SC-N3, FS-3.4). */
  readonly validity: { readonly days: Figure<number>; readonly longTermDays?: Figure<number> }
  /** Minutes for which a pharmacy holds what it has taken, and how often as many may be added; never when absent. */
  readonly hold: {
    readonly minutes: Figure<number>
    readonly renewals?: Figure<number>
    /** How long what is settled waits to be collected. */
    readonly collectHours?: Figure<number>
    /** How long beyond the end of validity it may wait. */
    readonly graceMinutes?: Figure<number>
    /** Within how many days a supplier pays back what a patient paid for nothing. */
    readonly refundDays?: Figure<number>
  }
  /** Whether a paper prescription may be entered at the pharmacy while circulation is down; never when absent (MZ-7.5). */
  readonly paper?: {
    readonly allowed: Figure<boolean>
    /** Days from the day of presentation on within which one that was supplied in time is entered; none when absent. */
    readonly entryDays?: Figure<number>
  }
  readonly steps: Readonly<Partial<Record<Step, readonly AppliedRule[]>>>
  /** How the money is split; see `src/domain/settlement`. */
  readonly settlement?: SettlementPlan
  /** Papers and claim days of manual reimbursement, by occasion (MZ-6.7). */
  readonly reimbursement?: ReimbursementTerms
  /** Days between two uploads of a pharmacy's stock (MZ-9.4a). */
  readonly stock?: { readonly uploadDays: Figure<number> }
  /** Working days, for deadlines that are counted in them; the same for all regions. */
  readonly calendar?: WorkingCalendar
  /** Admission workflows; see `src/domain/workflows`. */
  readonly workflows?: WorkflowBook
}
