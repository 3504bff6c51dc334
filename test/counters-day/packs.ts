import type { Day } from './day.ts'
import { PACK, type Part, packHolds } from './model.ts'
import type { Pick } from './steps.ts'

/** What a line names of packs: in the model, and as the members of a body. */
export interface Named {
  readonly code: string
  readonly units?: number
  readonly body: object
}

/** Turns what a step picks into packs, by line; nothing where nothing is picked. */
export function packsFor(
  day: Day,
  lines: readonly { readonly lineNo: number; readonly quantity: number }[],
  picks: readonly Pick[] | undefined,
): ReadonlyMap<number, Named> {
  if (picks === undefined) return new Map()
  return new Map(
    lines.map(({ lineNo, quantity }) => [lineNo, named(day, lineNo, quantity, picks[lineNo - 1]!)]),
  )
}

function named(day: Day, lineNo: number, quantity: number, pick: Pick): Named {
  if (pick.pack === 'new') {
    day.newPacks += 1
    return whole(codeOf(2, lineNo, day.newPacks))
  }
  const code = codeOf(1, lineNo, pick.code)
  if (pick.pack === 'whole') return whole(code)
  const units = Math.min(pick.units, quantity)
  const part = { traceCode: code, split: true, quantity: String(units), packSize: String(PACK) }
  return { code, units, body: { packs: [part] } }
}

function whole(code: string): Named {
  return { code, body: { traceCodes: [code] } }
}

/** Each drug has packs of its own. */
function codeOf(kind: 1 | 2, lineNo: number, no: number): string {
  return `8${kind}${lineNo}${String(no).padStart(17, '0')}`
}

/** Whether all packs are there to be taken. */
export function areTaken({ parts }: Day, packs: ReadonlyMap<number, Named>): boolean {
  return [...packs.values()].every(({ code, units }) => packHolds(parts, code, units))
}

/** Packs named with the request: nobody else gets them. */
export function promise(day: Day, dispenseId: string, packs: ReadonlyMap<number, Named>): void {
  day.parts.push(...partsOf(dispenseId, packs, false))
}

/** Ends the promise to a supply that comes to no hand-over. */
export function unpromise(day: Day, dispenseId: string): void {
  day.parts = day.parts.filter((part) => part.isSold || part.dispenseId !== dispenseId)
}

/** They leave with the patient, as do those that were promised. */
export function sell(day: Day, dispenseId: string, packs: ReadonlyMap<number, Named>): void {
  for (const part of day.parts) if (part.dispenseId === dispenseId) part.isSold = true
  day.parts.push(...partsOf(dispenseId, packs, true))
}

/** Packs of a line that are with the patient. */
export function soldOf(day: Day, dispenseId: string, lineNo: number): Part[] {
  return day.parts.filter(
    (part) => part.dispenseId === dispenseId && part.lineNo === lineNo && part.isSold && !part.isBarred,
  )
}

/** They came back: free again, or barred for ever. */
export function giveBack(day: Day, parts: readonly Part[], isBarred: boolean): void {
  if (isBarred) for (const part of parts) part.isBarred = true
  else day.parts = day.parts.filter((part) => !parts.includes(part))
}

function partsOf(dispenseId: string, packs: ReadonlyMap<number, Named>, isSold: boolean): Part[] {
  return [...packs].map(([lineNo, { code, units }]) => ({
    code,
    dispenseId,
    lineNo,
    ...(units === undefined ? {} : { units }),
    isSold,
    isBarred: false,
  }))
}
