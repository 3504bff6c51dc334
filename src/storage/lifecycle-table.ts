import { TRANSITIONS } from '../domain/lifecycle/transitions.ts'
import type { Queryable } from './database.ts'

/**
 * Copies the transition table into the database, where a trigger refuses every other change of state.
 * Runs with the migrations, so that program and database never disagree.
 */
export async function copyTransitions(db: Queryable): Promise<void> {
  const rows = TRANSITIONS.map(({ from, command, to, event }) => ({
    from_state: from,
    command,
    to_state: to,
    event,
  }))
  await db.query(
    `
    with wanted as (
      select * from jsonb_to_recordset($1::jsonb) as w(from_state text, command text, to_state text, event text)
    ), removed as (
      delete from lifecycle_transition t
      where not exists (
        select 1 from wanted w
        where (w.from_state, w.command, w.to_state) = (t.from_state, t.command, t.to_state))
    )
    insert into lifecycle_transition (from_state, command, to_state, event)
    select distinct from_state, command, to_state, event from wanted
    on conflict (from_state, command, to_state) do update set event = excluded.event`,
    [JSON.stringify(rows)],
  )
}
