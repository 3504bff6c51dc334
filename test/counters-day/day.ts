import type { Caller } from '../../src/usecases/deps.ts'
import type { Scope } from '../support/database.ts'
import { type Got, type HubApp, hubApp } from '../support/hub-app.ts'
import { standardOf } from '../usecases/months/shopper.ts'
import type { Part, Prescription } from './model.ts'
import { type By, type Place, SLOTS, type Step } from './steps.ts'

/** Something that should not be: the step, and what was seen. */
export class Find extends Error {}

/** What a supplier should owe a patient, or should have owed. */
export interface Owed {
  readonly place: Place
  readonly settlementId: string
  readonly amountFen: number
  isClosed: boolean
}

/** One run: the hub, and everything that should be true of it. */
export interface Day {
  readonly it: HubApp
  /** The prescriptions of each place, newest first. */
  readonly slots: Prescription[][]
  /** All prescriptions there were. */
  readonly prescriptions: Prescription[]
  parts: Part[]
  readonly refunds: Owed[]
  /** What was read of the statements of each closed month when it was closed. */
  readonly closed: Map<string, string>
  newPacks: number
  /** How many commands had an effect, and how many were refused, by kind. */
  readonly done: Map<string, number>
}

/** Two days before the end of a month, so that months end under way. */
export const MORNING = new Date('2026-01-30T01:00:00.000Z')
/** The agreed prices of the sandbox end with the year, and nothing is settled without them: time stops before. */
const LAST = new Date('2026-12-25T00:00:00.000Z')

/** Lets time pass, as far as there are prices. */
export function passTo(day: Day, then: Date): void {
  if (then < LAST) day.it.hub.now = then
}

export async function startDay(t: Scope): Promise<Day> {
  const it = await hubApp(t, {
    now: MORNING,
    anyQuantity: true,
    environment: { RATE_PER_CLIENT: '0', RATE_PER_ADDRESS: '0' },
  })
  return {
    it,
    slots: Array.from({ length: SLOTS }, () => []),
    prescriptions: [],
    parts: [],
    refunds: [],
    closed: new Map(),
    newPacks: 0,
    done: new Map(),
  }
}

/** A pharmacy as the caller of its own routes. */
export function pharmacyAt({ it: { hub } }: Day, place: Place) {
  return place === 0 ? hub.pharmacy() : hub.pharmacy(hub.world.cast.secondPharmacy.institutionId)
}

/** Who works there. */
export function pharmacistAt({ it: { hub } }: Day, place: Place): string {
  const { pharmacist, secondPharmacist } = hub.world.cast
  return (place === 0 ? pharmacist : secondPharmacist).practitionerId
}

/** Fen for a unit of each line: what the fund pays at most. */
export function pricesOf({ it: { hub } }: Day): readonly number[] {
  const { drug, publicPriceDrug } = hub.world.cast
  return [drug, publicPriceDrug].map(({ drugCode }) => Number(standardOf(hub, drugCode)))
}

/** Who asks, and where: an agency has routes of its own. */
export function asking(day: Day, by: By): { readonly caller: Caller; readonly at: string } {
  if (by === 'agency') return { caller: day.it.hub.agency(), at: '/agency' }
  return { caller: pharmacyAt(day, by), at: '/pharmacy' }
}

/**
 * Holds an answer against what should be allowed.
 *
 * @returns whether the command had its effect
 * @throws Find when the hub did otherwise, or broke
 */
export function heard(day: Day, step: Step, isAllowed: boolean, { status, body }: Got): boolean {
  const isDone = status < 300
  if (status >= 500) throw new Find(`${step.do}: ${status} ${JSON.stringify(body)}`)
  if (isDone !== isAllowed) {
    const wanted = isAllowed ? 'done' : 'refused'
    throw new Find(
      `${step.do} should be ${wanted}: ${status} ${body?.code ?? ''} ${JSON.stringify(body?.details ?? body?.findings ?? '')}`,
    )
  }
  const name = isDone ? step.do : `${step.do}: ${body.code}`
  day.done.set(name, (day.done.get(name) ?? 0) + 1)
  return isDone
}

/** Reads something that must be there. @throws Find when it is not */
export async function read(day: Day, caller: Caller, url: string): Promise<Got['body']> {
  const { status, body } = await day.it.as(caller, 'GET', url)
  if (status !== 200) throw new Find(`GET ${url}: ${status} ${body?.code ?? ''}`)
  return body
}

/** Everything that is recorded of a prescription. */
export async function trace(day: Day, { no }: Prescription): Promise<Got['body']> {
  return await read(day, day.it.hub.agency(), `/agency/prescriptions/${no}`)
}
