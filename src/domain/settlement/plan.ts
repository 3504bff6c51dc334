import type { FigureStatus } from '../finding.ts'
import type { HospitalLevel, Person, Scheme } from '../registers.ts'
import type { FigureDecision } from '../rules/founded.ts'

/**
 * The vocabulary of a settlement, in the order in which parts may stand in a plan. A region names the parts it
 * needs; each part at most once, never before one that stands earlier here.
 */
export const PART_NAMES = [
  'charity',
  'zero-mark-up',
  'double-benefit',
  'payment-standard',
  'class-b-self-paid',
  'inpatient',
  'deductible',
  'ratio',
  'yearly-maximum',
  'large-amount',
  'serious-illness',
  'medical-assistance',
  'capitation',
] as const
export type PartName = (typeof PART_NAMES)[number]

/** Layers of a patient's own payment that serious-illness insurance or medical assistance may count. */
export const COUNTABLE_LAYERS = ['class-b', 'deductible', 'coinsurance', 'above-maximum'] as const
export type CountableLayer = (typeof COUNTABLE_LAYERS)[number]

/** From `overFen` above the threshold on (fen, ascending, the first 0), `ratioBp` basis points are paid. */
export interface Band {
  readonly overFen: number
  readonly ratioBp: number
}

/** Fen or basis points as an integer, a choice, counted layers, or bands. */
export type FigureValue = number | string | readonly CountableLayer[] | readonly Band[]

/** Circumstances in which a figure holds; every named one must fit. */
export interface Condition {
  readonly scheme?: Scheme | readonly Scheme[]
  readonly level?: HospitalLevel | readonly HospitalLevel[]
  readonly setting?: 'outpatient' | 'inpatient'
  readonly listClass?: string | readonly string[]
  readonly medicineClass?: 'A' | 'B'
  readonly assistance?: Person['assistance'] | readonly Person['assistance'][]
}

/** One figure with where it comes from. */
export interface Figure {
  /** Absent or null exactly when `status` is `unset`. */
  readonly value?: FigureValue | null
  readonly status: FigureStatus
  /** The duty that states the figure or, for a sample, calls for one; entries resting on the figure name it. */
  readonly source: string
  readonly article?: string
  /** Why the figure is only a sample. */
  readonly note?: string
  /** Who set it, where no document does; exactly with the status `decided`. */
  readonly decision?: FigureDecision
  readonly when?: Condition
}

/** One part of the settlement: its duty and its figures. In a list of figures the first that fits holds. */
export interface PlanPart {
  readonly part: PartName
  /** Duty id, e.g. `CQ-2.4a`. */
  readonly source: string
  readonly article: string
  readonly parameters?: Readonly<Record<string, Figure | readonly Figure[]>>
}

/** The `settlement:` block of a policy version. */
export interface SettlementPlan {
  readonly parts: readonly PlanPart[]
}

/** What a parameter holds. */
export type ParameterKind = 'fen' | 'ratio' | 'bands' | 'layers' | 'level-choice' | 'paying-place' | 'switch'

/** The parameters of each part; names end in their unit (`Fen`, `Bp` for basis points). */
export const PART_PARAMETERS: Readonly<
  Record<PartName, Readonly<Record<string, { readonly kind: ParameterKind; readonly required: boolean }>>>
> = {
  charity: {},
  'zero-mark-up': {},
  'double-benefit': {},
  'payment-standard': {},
  'class-b-self-paid': { shareBp: { kind: 'ratio', required: true } },
  inpatient: {
    ratioBp: { kind: 'ratio', required: true },
    // Without it the supplier is paid whole, out of what the hospital is owed (MZ-7.4).
    paysWhere: { kind: 'paying-place', required: false },
  },
  deductible: {
    amountFen: { kind: 'fen', required: true },
    levelWhenQualified: { kind: 'level-choice', required: false },
  },
  ratio: { ratioBp: { kind: 'ratio', required: true } },
  'yearly-maximum': { maximumFen: { kind: 'fen', required: true } },
  'large-amount': {
    ratioBp: { kind: 'ratio', required: true },
    maximumFen: { kind: 'fen', required: true },
  },
  'serious-illness': {
    counts: { kind: 'layers', required: true },
    thresholdFen: { kind: 'fen', required: true },
    bands: { kind: 'bands', required: true },
    maximumFen: { kind: 'fen', required: true },
  },
  'medical-assistance': {
    counts: { kind: 'layers', required: true },
    ratioBp: { kind: 'ratio', required: true },
    maximumFen: { kind: 'fen', required: true },
  },
  capitation: {
    // Whether it is paid so at all, where the document only calls for exploring it; paid so when absent.
    switch: { kind: 'switch', required: false },
    // How a year ends; a settlement doesn't ask for them.
    surplusKeptBp: { kind: 'ratio', required: false },
    overrunSharedBp: { kind: 'ratio', required: false },
  },
}

/** The figures of one parameter as a list, whichever way the file writes them. */
export function figuresOf(part: PlanPart, name: string): readonly Figure[] {
  const entry = part.parameters?.[name]
  if (entry === undefined) return []
  return isList(entry) ? entry : [entry]
}

function isList(entry: Figure | readonly Figure[]): entry is readonly Figure[] {
  return Array.isArray(entry)
}
