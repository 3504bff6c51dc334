import type { Queryable } from './database.ts'

/** How many prescriptions are in a state, and how many holds have run out and are still marked as held. */
export interface StateCount {
  readonly regionCode: string
  readonly state: string
  readonly count: number
}

const COUNT = 'select region_code as "regionCode", state, count(*)::integer as count from prescription_state'

/** Prescriptions with something still to come; read from the partial indexes, so it costs what is open. */
export async function countLiving(db: Queryable): Promise<StateCount[]> {
  const { rows } = await db.query<StateCount>(
    `${COUNT} where state in ('open', 'chosen') group by 1, 2
     union all
     ${COUNT} where state in ('held', 'reviewed', 'settling', 'settled', 'deferred') group by 1, 2`,
  )
  return rows
}

/** Prescriptions that have ended; reads all there ever were. */
export async function countEnded(db: Queryable): Promise<StateCount[]> {
  const { rows } = await db.query<StateCount>(
    `${COUNT} where state in ('dispensed', 'returned', 'refused', 'cancelled', 'expired') group by 1, 2`,
  )
  return rows
}

/** Holds whose time is over and that no command or sweep has ended yet. */
export async function countOverdueHolds(db: Queryable, now: Date): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::integer as count from prescription_state
      where state in ('held', 'reviewed') and hold_until <= $1`,
    [now],
  )
  return rows[0]?.count ?? 0
}
