import type { Shelf, StockReport } from '../../../schemas/pharmacy-stock.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { isUnitPrice } from '../../domain/primitives/price.ts'
import { Problem } from '../../domain/problems.ts'
import { listShelf } from '../../storage/pharmacy/shelf.ts'
import * as stock from '../../storage/stock.ts'
import type { Deps } from '../deps.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'
import { drugView } from './register-view.ts'
import type { Supplier } from './supplier.ts'

/** How many unknown codes a refusal lists. */
const LISTED = 20

/** What a stock report did. */
export interface StockReported {
  readonly reported: number
  readonly reportedAt: string
}

/**
 * Takes a pharmacy's report of stock and prices (库存和价格上报). Each row replaces what was reported of its drug; drugs
 * that are not named stay as they are. All rows or none.
 *
 * @throws Problem drug-unknown with the codes that no register has; malformed when a drug stands twice or a price is too fine
 * @see MZ-5
 */
export async function reportStock(
  deps: Deps,
  supplier: Supplier,
  request: WriteRequest,
  { items }: StockReport,
): Promise<Answer<StockReported>> {
  return await write<StockReported>(deps, request, async (tx, now) => {
    requireEachOnce(items)
    requirePrices(items)
    const snapshot = await deps.registers.latest(tx, supplier.regionCode)
    const today = dayOf(now)
    const unknown = items.filter(({ drugCode }) => snapshot.find('drug', drugCode, today) === undefined)
    if (unknown.length > 0) {
      const drugCodes = unknown.slice(0, LISTED).map(({ drugCode }) => drugCode)
      throw new Problem('drug-unknown', { details: { unknown: unknown.length, drugCodes } })
    }
    const rows = items.map((item) => ({ ...item, pharmacyId: supplier.institutionId }))
    await stock.report(tx, supplier.regionCode, rows, now)
    return { status: 200, body: { reported: rows.length, reportedAt: now.toISOString() } }
  })
}

function requirePrices(items: StockReport['items']): void {
  const message = { zh: '单价（分）最多六位小数。', en: 'A price in fen has at most six decimals.' }
  const fields = items.flatMap(({ unitPriceFen }, index) =>
    isUnitPrice(unitPriceFen)
      ? []
      : [{ path: `/body/items/${index}/unitPriceFen`, keyword: 'decimals', message }],
  )
  if (fields.length > 0) throw new Problem('malformed', { fields })
}

function requireEachOnce(items: StockReport['items']): void {
  const seen = new Set<string>()
  const fields = items.flatMap(({ drugCode }, index) => {
    if (!seen.has(drugCode)) {
      seen.add(drugCode)
      return []
    }
    const message = { zh: '同一药品只能出现一次。', en: 'A drug may stand only once.' }
    return [{ path: `/body/items/${index}/drugCode`, keyword: 'uniqueItems', message }]
  })
  if (fields.length > 0) throw new Problem('malformed', { fields })
}

/** A page of what a pharmacy last reported, by drug code. */
export async function readShelf(
  deps: Deps,
  supplier: Supplier,
  question: { readonly after?: string | undefined; readonly limit: number },
): Promise<Shelf> {
  const { regionCode, institutionId } = supplier
  const rows = await listShelf(deps.pool, regionCode, institutionId, question.after ?? '', question.limit)
  const snapshot = await deps.registers.latest(deps.pool, regionCode)
  const today = dayOf(deps.clock())
  const last = rows.at(-1)
  return {
    items: rows.map(({ drugCode, quantity, unitPriceFen, reportedAt }) => ({
      drugCode,
      quantity,
      unitPriceFen,
      reportedAt: reportedAt.toISOString(),
      ...drugView(snapshot, drugCode, today),
    })),
    ...(last !== undefined && rows.length === question.limit ? { next: last.drugCode } : {}),
  }
}
