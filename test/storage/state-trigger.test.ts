import t from 'tap'
import { COMMANDS, STATES, transitionsOf } from '../../src/domain/lifecycle/transitions.ts'
import { testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'

t.test(
  'the database refuses every change of state that the table does not name, and takes every one it names',
  async (t) => {
    const hub = await testHub(t)
    const { no } = await walker(hub).submitted()
    const { pool } = hub.deps
    // Tries one cell as somebody with psql would, and takes it back whatever happened.
    await pool.query(`
    create function try_cell(no text, before text, command text, after text) returns boolean language plpgsql as $$
    begin
      begin
        perform set_config('session_replication_role', 'replica', true);
        update prescription_state
           set state = before, pharmacy_id = 'P1', dispense_id = gen_random_uuid(), hold_until = now()
         where prescription_no = no;
        perform set_config('session_replication_role', 'origin', true);
        update prescription_state set state = after, last_command = command, revision = revision + 1
         where prescription_no = no;
        raise exception 'taken' using errcode = 'HB999';
      exception
        when sqlstate 'HB999' then return true;
        when sqlstate 'HB002' then return false;
      end;
    end $$`)
    const cells = STATES.flatMap((before) =>
      COMMANDS.flatMap((command) => STATES.map((after) => ({ before, command, after }))),
    )
    const { rows } = await pool.query<{ before: string; command: string; after: string; taken: boolean }>(
      `select c.before, c.command, c.after, try_cell($1, c.before, c.command, c.after) as taken
       from jsonb_to_recordset($2::jsonb) as c(before text, command text, after text)`,
      [no, JSON.stringify(cells)],
    )
    t.equal(rows.length, STATES.length * COMMANDS.length * STATES.length)
    const wrong = rows.filter(
      (row) =>
        row.taken !==
        transitionsOf(row.before as (typeof STATES)[number], row.command as (typeof COMMANDS)[number]).some(
          ({ to }) => to === row.after,
        ),
    )
    t.same(wrong, [])
  },
)

t.test('a state without its event does not commit', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const { no } = await walk.submitted()
  await t.rejects(
    hub.deps.pool.query(
      `update prescription_state set state = 'cancelled', last_command = 'cancel', revision = revision + 1
        where prescription_no = $1`,
      [no],
    ),
    { code: '23503' },
  )
  t.equal(await walk.stateOf(no), 'open')
})

t.test('documents, events, decisions and states are never deleted, and only states change', async (t) => {
  const hub = await testHub(t)
  const { no } = await walker(hub).submitted()
  for (const sql of [
    `update prescription set document = 'x' where prescription_no = $1`,
    'delete from prescription where prescription_no = $1',
    `update prescription_event set type = 'x' where prescription_no = $1`,
    'delete from prescription_event where prescription_no = $1',
    `update decision set findings = '[]' where prescription_no = $1`,
    'delete from prescription_state where prescription_no = $1',
  ]) {
    await t.rejects(hub.deps.pool.query(sql, [no]), { code: 'HB003' }, sql)
  }
})

t.test('register entries are ended, never rewritten or deleted', async (t) => {
  const hub = await testHub(t)
  const { pool } = hub.deps
  await t.rejects(pool.query(`update register_entry set data = '{}' where register = 'institution'`), {
    code: 'HB001',
  })
  await t.rejects(pool.query(`delete from register_entry where register = 'institution'`), { code: 'HB001' })
})
