import type { Drug } from '../../src/domain/registers.ts'
import type { PrescriptionChoice } from '../../src/embedded/sandbox/sample-prescription.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import { aWrite, type TestHub } from './hub.ts'
import { walker } from './journey.ts'
import { type Bill, settled } from './region.ts'

/** What was bought: the stored bill, what lies on each layer, and who pays, in fen; nothing that is zero. */
export interface Bought {
  readonly no: string
  readonly bill: Bill
  readonly layers: Readonly<Record<string, number>>
  readonly payers: Readonly<Record<string, number>>
  /** Duties by layer. */
  readonly because: Readonly<Record<string, string>>
}

/**
 * Walks a prescription to its hand-over at the price of the sandbox, or at another one.
 *
 * @param unitPriceFen for every line
 */
export async function bought(
  hub: TestHub,
  choice: PrescriptionChoice,
  unitPriceFen?: number,
): Promise<Bought> {
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const { no, content } = await walk.reviewed(choice)
  const lines = walk.lines(content).map((line) => ({ ...line, ...(unitPriceFen && { unitPriceFen }) }))
  const bill = await settled(hub, no, lines)
  if (bill === undefined) throw new Error('the settlement was declined')
  await handOver(hub.deps, pharmacy, aWrite(pharmacy), no, walk.handOverOf(content))
  const layers: Record<string, number> = {}
  for (const { layer, amount } of bill.entries) layers[layer] = (layers[layer] ?? 0) + amount
  return {
    no,
    bill,
    layers,
    payers: Object.fromEntries(Object.entries(bill.totals).filter(([, fen]) => fen !== 0)),
    because: Object.fromEntries(bill.entries.map(({ layer, ruleId }) => [layer, ruleId])),
  }
}

/** Every account that isn't zero, in fen. */
export async function accountsOf(hub: TestHub): Promise<Record<string, number>> {
  const { rows } = await hub.deps.pool.query<{ account: string; fen: number }>(
    `select account, sum(amount_fen)::int as fen from posting_line
      group by account having sum(amount_fen) <> 0 order by account`,
  )
  return Object.fromEntries(rows.map(({ account, fen }) => [account, fen]))
}

/** The same once everything that is settled is handed over: what is settled and not collected is on no account yet. */
export async function accountsOnceCollected(hub: TestHub): Promise<Record<string, number>> {
  const { rows } = await hub.deps.pool.query<{ account: string; fen: number }>(
    `select account, sum(fen)::int as fen
       from (select account, amount_fen as fen from posting_line
             union all
             select e ->> 0, (e ->> 1)::bigint
               from settlement s join dispense d using (region_code, dispense_id)
              cross join lateral jsonb_array_elements(s.entries::jsonb) as e
              where s.status = 'settled' and d.handed_over_at is null) as both_of
      group by account having sum(fen) <> 0 order by account`,
  )
  return Object.fromEntries(rows.map(({ account, fen }) => [account, fen]))
}

/** The first drug of a list in the sandbox that has the class. @throws Error when there is none */
export function drugOf(hub: TestHub, listId: string, drugClass: string): Drug {
  const found = hub.world.entries.find(
    ({ register, data }) =>
      register === 'drug-list' &&
      'listId' in data &&
      data.listId === listId &&
      'class' in data &&
      data.class === drugClass,
  )
  const code = found !== undefined && 'drugCode' in found.data ? found.data.drugCode : undefined
  const drug = hub.world.entries.find(({ register, key }) => register === 'drug' && key === code)
  if (drug === undefined) throw new Error(`no drug of class ${drugClass} on ${listId}`)
  return drug.data as Drug
}
