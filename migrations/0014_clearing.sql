-- Monthly clearing (月度清算): closing the books of a region, statements, disputes, and the pharmacies' own files.

-- From which day a region's books are open. Everything before is closed for good.
create table ledger_calendar (
  region_code text primary key,
  open_from   date not null check (extract(day from open_from) = 1)
);
create function check_calendar() returns trigger language plpgsql as $$
begin
  if new.region_code <> old.region_code or new.open_from <= old.open_from then
    raise exception 'a closed month stays closed' using errcode = 'HB005';
  end if;
  return new;
end $$;
create trigger calendar_moves_on before update on ledger_calendar for each row execute function check_calendar();
create trigger calendar_is_kept before delete on ledger_calendar for each row execute function refuse_delete();

-- Every posting holds this lock in share mode until its commit, and closing takes it alone: when a month is closed,
-- all postings of that month are visible, and no later one can get a day in it.
create function lock_books(region text, is_closing boolean) returns void language plpgsql as $$
begin
  if is_closing then
    perform pg_advisory_xact_lock(7270014, region::int);
  else
    perform pg_advisory_xact_lock_shared(7270014, region::int);
  end if;
end $$;

-- The day of the books for something that happened on a day: the day itself, or the first open one (later corrections
-- go to the next month).
create function ledger_day(region text, happened_on date) returns date language plpgsql volatile as $$
declare
  first_open date;
begin
  perform lock_books(region, false);
  -- A statement of its own after the lock, so that it sees what the closing committed.
  select open_from into first_open from ledger_calendar where region_code = region;
  return greatest(happened_on, first_open);
end $$;

create function check_month_open() returns trigger language plpgsql as $$
begin
  if ledger_day(new.region_code, new.day) <> new.day then
    raise exception 'the month of % is closed in region %', new.day, new.region_code using errcode = 'HB005';
  end if;
  return new;
end $$;
create trigger posting_in_open_month before insert on posting for each row execute function check_month_open();

-- What was settled stays as it was decided; only a reversal follows.
create function check_settlement_kept() returns trigger language plpgsql as $$
begin
  if old.status in ('settled', 'reversed') and (
    (new.status <> old.status and not (old.status = 'settled' and new.status = 'reversed'))
    or (new.charge_fen, new.fund_fen, new.patient_fen, new.adjudication, new.policy_version, new.decided_at,
        new.person_id, new.pharmacy_id, new.hospital_id, new.dispense_id, new.requested_at, new.request)
       is distinct from
       (old.charge_fen, old.fund_fen, old.patient_fen, old.adjudication, old.policy_version, old.decided_at,
        old.person_id, old.pharmacy_id, old.hospital_id, old.dispense_id, old.requested_at, old.request))
  then
    raise exception 'settlement % is decided', old.settlement_id using errcode = 'HB003';
  end if;
  return new;
end $$;
create trigger settlement_stays_decided before update on settlement
  for each row execute function check_settlement_kept();

-- One closing of one month. Its figures are added up day by day, so a killed process goes on where it was.
create table clearing_run (
  region_code text not null,
  month       text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  closed_at   timestamptz not null,
  closed_by   text not null,
  -- The next day to add up; the first of the next month when all are.
  next_day    date not null,
  postings    bigint not null default 0,
  finished_at timestamptz,
  primary key (region_code, month)
);
create trigger run_is_kept before delete on clearing_run for each row execute function refuse_delete();

-- What a month moved on the accounts of an institution.
create table clearing_movement (
  region_code    text not null,
  month          text not null,
  institution_id text not null,
  -- The last word of the account: receivable, deduction, counter, charity, prepaid, patient-receivable, paid; or capitation.
  account        text not null,
  kind           text not null,
  amount_fen     bigint not null,
  entries        bigint not null,
  primary key (region_code, month, institution_id, account, kind),
  constraint movement_of_run foreign key (region_code, month) references clearing_run
);

create function check_run_open() returns trigger language plpgsql as $$
begin
  if exists (select from clearing_run
              where region_code = coalesce(new.region_code, old.region_code)
                and month = coalesce(new.month, old.month) and finished_at is not null) then
    raise exception 'the figures of a finished month are final' using errcode = 'HB005';
  end if;
  return coalesce(new, old);
end $$;
create trigger clearing_movement_is_final before insert or update or delete on clearing_movement
  for each row execute function check_run_open();

-- The same rows as in src/domain/clearing/transitions.ts; a test compares them.
create table clearing_transition (
  from_status text not null,
  command     text not null,
  to_status   text not null,
  primary key (from_status, command, to_status)
);
insert into clearing_transition (from_status, command, to_status) values
  ('draft', 'send', 'sent'),
  ('sent', 'confirm', 'confirmed'),
  ('sent', 'dispute', 'disputed'),
  ('disputed', 'dispute', 'disputed'),
  ('disputed', 'resolve', 'disputed'),
  ('disputed', 'resolve', 'sent'),
  ('confirmed', 'pay', 'paid');

create table clearing_statement (
  region_code    text not null,
  month          text not null,
  institution_id text not null,
  status         text not null,
  last_command   text not null,
  -- What was unpaid when the month began and when it ended.
  opening_fen    bigint not null,
  closing_fen    bigint not null,
  -- What this month's own entries make payable; negative: to be taken off other payments (MZ-7.4) or paid back.
  due_fen        bigint not null,
  -- Payments posted in this month, for this or earlier ones.
  paid_fen       bigint not null,
  changed_at     timestamptz not null,
  sent_at        timestamptz,
  confirmed_at   timestamptz,
  paid_at        timestamptz,
  payment_id     uuid,
  primary key (region_code, month, institution_id),
  constraint statement_of_run foreign key (region_code, month) references clearing_run,
  constraint payment_posted foreign key (region_code, payment_id) references posting,
  constraint figures_close check (closing_fen = opening_fen + due_fen - paid_fen)
);
create index clearing_statement_by_institution on clearing_statement (region_code, institution_id, month);
create trigger statement_is_kept before delete on clearing_statement for each row execute function refuse_delete();

create function check_statement() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'draft' then
      raise exception 'a statement begins as a draft' using errcode = 'HB002';
    end if;
    return new;
  end if;
  if (new.region_code, new.month, new.institution_id, new.opening_fen, new.closing_fen, new.due_fen, new.paid_fen)
     is distinct from
     (old.region_code, old.month, old.institution_id, old.opening_fen, old.closing_fen, old.due_fen, old.paid_fen) then
    raise exception 'the figures of a statement are final' using errcode = 'HB005';
  end if;
  if not exists (select from clearing_transition
                  where from_status = old.status and command = new.last_command and to_status = new.status) then
    raise exception 'no transition from % by % to %', old.status, new.last_command, new.status using errcode = 'HB002';
  end if;
  return new;
end $$;
create trigger statement_transition before insert or update on clearing_statement
  for each row execute function check_statement();

-- An objection of an institution to one line of its statement.
create table clearing_dispute (
  region_code    text not null,
  month          text not null,
  institution_id text not null,
  dispute_no     int not null,
  posting_id     uuid not null,
  reason_code    text not null check (reason_code in ('not-ours', 'amount', 'quantity', 'price', 'missing-return', 'other')),
  reason         text not null,
  raised_at      timestamptz not null,
  raised_by      text not null,
  resolution     text check (resolution in ('upheld', 'rejected')),
  answer         text,
  resolved_at    timestamptz,
  resolved_by    text,
  -- The correction, in the month that was open when it was decided.
  adjustment_id  uuid,
  primary key (region_code, month, institution_id, dispute_no),
  constraint dispute_of foreign key (region_code, month, institution_id) references clearing_statement,
  constraint disputed_entry foreign key (region_code, posting_id) references posting,
  constraint adjustment_posted foreign key (region_code, adjustment_id) references posting,
  constraint resolved_whole check ((resolution is null) = (resolved_at is null))
);
create unique index clearing_dispute_once on clearing_dispute (region_code, month, institution_id, posting_id)
  where resolution is null;

-- What an institution's own system says about a month. The newest file counts.
create table clearing_file (
  region_code    text not null,
  file_id        uuid not null,
  month          text not null,
  institution_id text not null,
  sha256         bytea not null check (length(sha256) = 32),
  bytes          bigint not null,
  rows           bigint not null,
  uploaded_at    timestamptz not null,
  uploaded_by    text not null,
  primary key (region_code, file_id)
);
create index clearing_file_by_statement on clearing_file (region_code, institution_id, month, uploaded_at desc);
create trigger file_is_kept before update or delete on clearing_file for each row execute function refuse_change();

create table clearing_file_line (
  region_code    text not null,
  file_id        uuid not null,
  settlement_id  uuid not null,
  line_no        int not null,
  drug_code      text not null,
  quantity       numeric(16, 4) not null,
  unit_price_fen bigint not null,
  fund_fen       bigint not null,
  primary key (region_code, file_id, settlement_id, line_no),
  constraint file_line_of foreign key (region_code, file_id) references clearing_file deferrable initially deferred
);

create table clearing_difference (
  region_code   text not null,
  file_id       uuid not null,
  difference_no int not null,
  kind          text not null check (kind in
    ('missing-here', 'missing-there', 'amount-differs', 'quantity-differs', 'price-differs', 'not-handed-over')),
  -- Why, as far as the hub can tell.
  explanation   text not null,
  settlement_id uuid not null,
  line_no       int,
  -- The line of the statement that can be disputed.
  posting_id    uuid,
  ours          text,
  theirs        text,
  primary key (region_code, file_id, difference_no),
  constraint difference_in foreign key (region_code, file_id) references clearing_file
);
