import type { FieldFault } from '../field-fault.ts'
import { formatQuantity, parseQuantity, type Quantity } from '../primitives/quantity.ts'
import { Problem } from '../problems.ts'
import type { PackClaim, PackGiven } from './pack.ts'
import { readTraceCodes } from './read-trace-codes.ts'

/** What of a line comes from one batch, as a pharmacy tells it. A line from two batches comes twice. */
export interface BatchGiven {
  readonly lineNo: number
  /** Decimal text; may be left out where the line comes once, and is then all of it. */
  readonly quantity?: string
  readonly batchNo?: string
  readonly expiresOn?: string
  /** Whole packs, the short form. */
  readonly traceCodes?: readonly string[]
  readonly packs?: readonly PackGiven[]
  /** Of the code list `no-trace-reasons`. */
  readonly noTraceReason?: string
}

/** A batch with its quantity and packs read. */
export interface Batch extends Omit<BatchGiven, 'quantity' | 'traceCodes' | 'packs'> {
  readonly quantity: string
  readonly drugCode: string
  readonly claims: readonly PackClaim[]
}

/** A line that is supplied, from however many batches. */
export interface LineTotal {
  readonly lineNo: number
  readonly drugCode: string
  readonly quantity: string
}

/**
 * Reads the batches of a body: every quantity, every pack once, and no more packs than the quantity can need.
 *
 * @param totals the lines, each with all of its quantity
 * @throws Problem trace-code-unreadable, trace-code-contradicts, trace-code-twice, packs-implausible
 */
export function readBatches(
  given: readonly BatchGiven[],
  totals: readonly LineTotal[],
  sizeOf: (drugCode: string) => Quantity | undefined,
): Batch[] {
  const named = given.map((batch, index) => ({ batch, packs: packsNamed(batch, `/body/lines/${index}`) }))
  const codes = readTraceCodes(
    named.flatMap(({ batch: { batchNo, expiresOn }, packs }) =>
      packs.map(({ path, traceCode }) => ({ path, scanned: traceCode, batchNo, expiresOn })),
    ),
  )
  let place = 0
  const batches = named.map(({ batch: { traceCodes: _, packs: __, ...batch }, packs }) => {
    const { drugCode = '', quantity = '0' } = totals.find(({ lineNo }) => lineNo === batch.lineNo) ?? {}
    const claims = packs.map(({ path, split, quantity, packSize }): PackClaim => {
      const code = codes[place++]!
      const part = split === true && quantity !== undefined ? parseQuantity(quantity) : undefined
      return {
        path,
        lineNo: batch.lineNo,
        drugCode,
        code,
        ...(part === undefined ? {} : { part }),
        ...(packSize === undefined ? {} : { size: parseQuantity(packSize) }),
      }
    })
    return { ...batch, quantity: batch.quantity ?? quantity, drugCode, claims }
  })
  const fields = batches.flatMap((batch, index) => tooMany(batch, sizeOf, `/body/lines/${index}`))
  if (fields.length > 0) throw new Problem('packs-implausible', { fields })
  return batches
}

/** How many packs of a size a quantity needs. */
export function packsNeeded(quantity: Quantity, size: Quantity): number {
  return Number((quantity + size - 1n) / size)
}

function packsNamed(
  { traceCodes = [], packs = [] }: BatchGiven,
  at: string,
): (PackGiven & { path: string })[] {
  return [
    ...traceCodes.map((traceCode, index) => ({ traceCode, path: `${at}/traceCodes/${index}` })),
    ...packs.map((pack, index) => ({ ...pack, path: `${at}/packs/${index}` })),
  ]
}

/** More by a pack or more than leaves; the parts of split packs are never more than leaves. */
function tooMany(
  { claims, quantity: text, drugCode }: Batch,
  sizeOf: (drugCode: string) => Quantity | undefined,
  path: string,
): FieldFault[] {
  const quantity = parseQuantity(text)
  const parts = claims.reduce((sum, { part }) => sum + (part ?? 0n), 0n)
  const whole = claims.filter(({ part }) => part === undefined).length
  // A pack of unknown size holds a unit at least.
  const size = sizeOf(drugCode) ?? parseQuantity('1')
  if (parts <= quantity && (whole === 0 || BigInt(whole - 1) * size + parts < quantity)) return []
  const rest = quantity > parts ? quantity - parts : 0n
  return [
    {
      path,
      keyword: 'packs-implausible',
      message: {
        zh: `数量 ${formatQuantity(quantity)} 除拆零部分外至多需要 ${packsNeeded(rest, size)} 个整包装的追溯码。`,
        en: `A quantity of ${formatQuantity(quantity)} needs at most ${packsNeeded(rest, size)} whole packs besides the parts of split ones.`,
      },
    },
  ]
}
