import { randomFrom } from '../domain/settlement/random-years.ts'

/** Which of the two pharmacies. */
export type Place = 0 | 1
export const PLACES: readonly Place[] = [0, 1]
/** Who acts where the agency may act for a pharmacy. */
export type By = Place | 'agency'

/** Prescriptions under way at once; a place is taken again once its prescription is over. */
export const SLOTS = 5
/** Packs that are named again and again, of each drug. */
const POOL = 4

/** Packs of a line: new whole ones, one of the pool whole, or a part of one of the pool (拆零). */
export type Pick =
  | { readonly pack: 'new' }
  | { readonly pack: 'whole'; readonly code: number }
  | { readonly pack: 'part'; readonly code: number; readonly units: number }

interface OfSlot {
  readonly slot: number
}
interface Push extends OfSlot {
  readonly person: number
  readonly quantities: readonly number[]
}
interface AtPharmacy extends OfSlot {
  readonly place: Place
}

/** What happens on a day, as data: a step says nothing that depends on the steps before, so that any may be dropped. */
interface Steps {
  /** Whatever leads on: from the push to the hand-over, by the right pharmacy; a new one when it is over and `again`. */
  on: Push & {
    readonly place: Place
    readonly tenths: readonly number[]
    readonly early?: readonly Pick[]
    readonly picks: readonly Pick[]
    readonly again: boolean
  }
  push: Push
  choose: AtPharmacy
  take: AtPharmacy
  approve: AtPharmacy
  refuse: AtPharmacy
  release: AtPharmacy
  /** Tenths of what remains, by line; 0 leaves the line out, 11 is one unit too many. */
  request: AtPharmacy & { readonly tenths: readonly number[]; readonly early?: readonly Pick[] }
  settle: OfSlot
  defer: OfSlot & { readonly by: By }
  'hand-over': AtPharmacy & { readonly picks: readonly Pick[] }
  reverse: OfSlot & { readonly by: By; readonly paid?: boolean }
  /** Of the supply at `supply`, tenths of what the patient has; 0 leaves the line out, 11 is one unit too many. */
  return: OfSlot & {
    readonly by: By
    /** Which prescription of the place, 0 the newest, and which supply of it; counted round. */
    readonly ago: number
    readonly supply: number
    readonly tenths?: readonly number[]
    readonly named: boolean
    readonly barred: boolean
  }
  cancel: OfSlot & { readonly by: 'hospital' | 'agency' }
  'pay-back': { readonly place: Place; readonly refund: number; readonly taken: boolean }
  sweep: object
  pass: { readonly minutes: number }
  /** To the morning of the first day of the next month. */
  'next-month': object
  /** The first month that is not closed. */
  close: object
  /** All that can be sent, confirmed and paid of the months that are closed. */
  clear: object
}
export type Step = { readonly [Kind in keyof Steps]: { readonly do: Kind } & Steps[Kind] }[keyof Steps]

export type Of<Kind extends Step['do']> = Extract<Step, { do: Kind }>

type Random = ReturnType<typeof randomFrom>

/** How often a step comes up, and how it is drawn. What leads on comes up more often, or nothing would get far. */
const DRAWS: { readonly [Kind in keyof Steps]: readonly [weight: number, draw: (r: Random) => Steps[Kind]] } =
  {
    on: [
      110,
      (r) => ({
        ...push(r),
        place: place(r),
        tenths: tenths(r),
        ...(r.chance(0.25) ? { early: picks(r) } : {}),
        picks: picks(r),
        again: r.chance(0.4),
      }),
    ],
    push: [2, push],
    choose: [4, at],
    take: [4, at],
    approve: [4, at],
    refuse: [1, at],
    release: [4, at],
    request: [6, (r) => ({ ...at(r), tenths: tenths(r), ...(r.chance(0.25) ? { early: picks(r) } : {}) })],
    settle: [3, slot],
    defer: [3, (r) => ({ ...slot(r), by: by(r) })],
    'hand-over': [6, (r) => ({ ...at(r), picks: picks(r) })],
    reverse: [6, (r) => ({ ...slot(r), by: by(r), ...(r.chance(0.5) ? { paid: r.chance(0.5) } : {}) })],
    return: [
      14,
      (r) => ({
        ...slot(r),
        by: by(r),
        ago: r.below(3),
        supply: r.below(2),
        ...(r.chance(0.6) ? { tenths: tenths(r) } : {}),
        named: r.chance(0.4),
        barred: r.chance(0.3),
      }),
    ],
    cancel: [3, (r) => ({ ...slot(r), by: r.chance(0.7) ? 'hospital' : 'agency' })],
    'pay-back': [8, (r) => ({ place: place(r), refund: r.below(4), taken: r.chance(0.8) })],
    sweep: [5, () => ({})],
    pass: [8, (r) => ({ minutes: r.one([2, 2, 5, 5, 10, 10, 31, 300, 1_440, 4_400]) })],
    'next-month': [1, () => ({})],
    close: [4, () => ({})],
    clear: [2, () => ({})],
  }

/** The steps of a day, the same for the same seed. */
export function stepsOf(seed: number, count: number): Step[] {
  const random = randomFrom(seed)
  const kinds = Object.entries(DRAWS).flatMap(([kind, [weight]]) =>
    Array.from({ length: weight }, () => kind as keyof Steps),
  )
  return Array.from({ length: count }, () => {
    const kind = random.one(kinds)
    return { do: kind, ...DRAWS[kind][1](random) } as Step
  })
}

function slot(r: Random): OfSlot {
  return { slot: r.below(SLOTS) }
}

function push(r: Random): Push {
  return { ...slot(r), person: r.below(5), quantities: quantities(r) }
}

function place(r: Random): Place {
  return r.chance(0.75) ? 0 : 1
}

function at(r: Random): AtPharmacy {
  return { ...slot(r), place: place(r) }
}

function by(r: Random): By {
  return r.chance(0.25) ? 'agency' : place(r)
}

/** Of one line or two: a few tablets, a month of them, or enough that the funds pay. */
function quantities(r: Random): number[] {
  return Array.from({ length: 1 + r.below(2) }, () => r.one([7, 30, 300, 2_000]) + r.below(20))
}

function tenths(r: Random): number[] {
  return Array.from({ length: 2 }, () => r.one([10, 10, 10, 10, 5, 3, 1, 0, 11]))
}

function picks(r: Random): Pick[] {
  return Array.from({ length: 2 }, (): Pick => {
    const pack = r.one(['new', 'new', 'whole', 'part', 'part'] as const)
    if (pack === 'new') return { pack }
    const code = r.below(POOL)
    return pack === 'whole' ? { pack, code } : { pack, code, units: 1 + r.below(28) }
  })
}
