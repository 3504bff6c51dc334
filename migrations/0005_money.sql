-- Settlements and the ledger. Nothing posted is ever changed; a mistake is mended by an opposite entry.

create table settlement (
  region_code     text not null,
  settlement_id   uuid not null,
  prescription_no text not null,
  dispense_id     uuid not null,
  person_id       text not null,
  pharmacy_id     text not null,
  hospital_id     text not null,
  status          text not null check (status in ('requested', 'settled', 'declined', 'deferred', 'reversed')),
  requested_at    timestamptz not null,
  -- What the pharmacy asked for: lines with quantity and price.
  request         text not null,
  decided_at      timestamptz,
  reversed_at     timestamptz,
  policy_version  text,
  -- Canonical JSON of the adjudication: every amount with its rule, parameter and version.
  adjudication    text,
  findings        text,
  charge_fen      bigint check (charge_fen >= 0),
  fund_fen        bigint check (fund_fen >= 0),
  patient_fen     bigint check (patient_fen >= 0),
  payer_reference text,
  primary key (region_code, settlement_id),
  constraint settlement_of foreign key (region_code, dispense_id) references dispense,
  constraint every_fen_is_paid check (fund_fen + patient_fen = charge_fen)
) with (fillfactor = 85);
create unique index settlement_effective_once on settlement (region_code, dispense_id)
  where status in ('requested', 'settled', 'deferred');
create index settlement_by_person on settlement (region_code, person_id, decided_at);
create index settlement_by_pharmacy on settlement (region_code, pharmacy_id, decided_at);
create trigger settlement_is_kept before delete on settlement for each row execute function refuse_delete();

-- One row per person and year: the lock under which balances are read and moved.
create table person_year (
  region_code text not null,
  person_id   text not null,
  year        int not null,
  primary key (region_code, person_id, year)
);

create table posting (
  region_code   text not null,
  posting_id    uuid not null,
  kind          text not null check (kind in ('settlement', 'reversal', 'adjustment', 'reimbursement', 'clearing')),
  settlement_id uuid,
  reverses_id   uuid,
  -- The day of the books. Never in a closed month, so later than the day of `at` when that month is closed.
  day           date not null,
  at            timestamptz not null,
  -- The transaction that wrote it: only that one may add lines and movements.
  xact          xid8 not null default pg_current_xact_id(),
  primary key (region_code, posting_id),
  constraint posting_of foreign key (region_code, settlement_id) references settlement
);
create unique index posting_settlement_once on posting (region_code, settlement_id, kind)
  where kind in ('settlement', 'reversal');
create unique index posting_reversed_once on posting (region_code, reverses_id) where reverses_id is not null;
create index posting_by_day on posting (region_code, day);

create table posting_line (
  region_code text not null,
  posting_id  uuid not null,
  line_no     int not null,
  account     text not null,
  -- Debit positive, credit negative.
  amount_fen  bigint not null check (amount_fen <> 0),
  rule_id     text,
  primary key (region_code, posting_id, line_no),
  constraint posting_line_of foreign key (region_code, posting_id) references posting
);
create index posting_line_by_account on posting_line (region_code, account, posting_id);

-- What a posting moved in a person's year: deductible, fund paid, out of pocket…
create table person_year_movement (
  region_code text not null,
  person_id   text not null,
  year        int not null,
  posting_id  uuid not null,
  measure     text not null,
  amount_fen  bigint not null,
  primary key (region_code, person_id, year, posting_id, measure),
  constraint movement_of foreign key (region_code, posting_id) references posting,
  constraint movement_under_lock foreign key (region_code, person_id, year) references person_year
);

-- Checked at the end of each statement: an entry is written in one, whole and balanced, and nothing joins it later.
-- One check per statement, so that a million lines cost one and not a million.
create function check_balanced() returns trigger language plpgsql as $$
declare
  bad record;
begin
  select posting_id, sum(amount_fen) as total into bad
    from added group by region_code, posting_id having sum(amount_fen) <> 0 limit 1;
  if found then
    raise exception 'posting % is out of balance by % fen', bad.posting_id, bad.total using errcode = 'HB004';
  end if;
  select posting_id into bad
    from added join posting p using (region_code, posting_id)
   where p.xact <> pg_current_xact_id() limit 1;
  if found then
    raise exception 'posting % is complete', bad.posting_id using errcode = 'HB003';
  end if;
  return null;
end $$;
create trigger posting_balances after insert on posting_line
  referencing new table as added for each statement execute function check_balanced();

create function check_written_with_posting() returns trigger language plpgsql as $$
declare
  bad record;
begin
  select posting_id into bad
    from added join posting p using (region_code, posting_id)
   where p.xact <> pg_current_xact_id() limit 1;
  if found then
    raise exception 'posting % is complete', bad.posting_id using errcode = 'HB003';
  end if;
  return null;
end $$;
create trigger movement_with_posting after insert on person_year_movement
  referencing new table as added for each statement execute function check_written_with_posting();

create trigger posting_is_kept before update or delete on posting for each row execute function refuse_change();
create trigger posting_line_is_kept before update or delete on posting_line for each row execute function refuse_change();
create trigger movement_is_kept before update or delete on person_year_movement for each row execute function refuse_change();
create trigger posting_is_never_emptied before truncate on posting for each statement execute function refuse_change();
create trigger posting_line_is_never_emptied before truncate on posting_line for each statement execute function refuse_change();
create trigger movement_is_never_emptied before truncate on person_year_movement for each statement execute function refuse_change();

-- Manual reimbursement (零星报销), opened when real-time settlement was impossible or the patient paid first.
create table manual_file (
  region_code     text not null,
  file_id         uuid not null,
  settlement_id   uuid,
  prescription_no text,
  person_id       text not null,
  reason          text not null,
  status          text not null check (status in ('open', 'withdrawn', 'submitted', 'approved', 'declined', 'paid')),
  opened_at       timestamptz not null,
  closed_at       timestamptz,
  primary key (region_code, file_id)
);
create unique index manual_file_once on manual_file (region_code, settlement_id) where status <> 'withdrawn';
