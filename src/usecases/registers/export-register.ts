import { Readable } from 'node:stream'
import { type CivilDay, dayOf } from '../../domain/primitives/civil-day.ts'
import { hasLine, registerCells, registerColumns, type TableRegister } from '../../domain/register-columns.ts'
import { BYTE_ORDER_MARK, csvRow } from '../../papers/csv-writer.ts'
import { holdingOn } from '../../storage/register-import.ts'
import type { Caller, Deps } from '../deps.ts'

/** Entries of one question to the database. */
const BATCH = 2_000

/**
 * The entries of a register that hold on a day, as CSV of the same columns as its import: what was exported can be
 * changed and imported. Made while it is sent; each page is read by itself, by key.
 */
export function exportRegister(deps: Deps, agency: Caller, register: TableRegister, on?: CivilDay): Readable {
  const day = on ?? dayOf(deps.clock())
  const columns = registerColumns(register)
  async function* rows(): AsyncGenerator<string> {
    yield BYTE_ORDER_MARK + csvRow(columns.map(({ name }) => name))
    for (let after = ''; ; ) {
      const page = await holdingOn(deps.pool, agency.regionCode, register, day, after, BATCH)
      const told = page.filter(({ data }) => hasLine(register, data))
      yield told.map((entry) => csvRow([...registerCells(columns, entry)])).join('')
      if (page.length < BATCH) return
      after = page.at(-1)!.key
    }
  }
  return Readable.from(rows(), { objectMode: false })
}
