-- Capitation (按人头付费): what an institution is granted for a calendar year, and how the year ended (FS-3.5a).

alter table posting drop constraint posting_kind_check;
alter table posting add constraint posting_kind_check
  check (kind in ('settlement', 'reversal', 'adjustment', 'reimbursement', 'clearing', 'capitation'));

-- One row per institution and year: the lock under which its budget is granted and its year is settled.
create table capitation_year (
  region_code    text not null,
  institution_id text not null,
  year           int not null,
  scheme         text not null check (scheme in ('employee', 'resident')),
  -- How it ended; JSON of the figures, fen as numbers.
  settled_at     timestamptz,
  settled_by     text,
  outcome        text,
  posting_id     uuid,
  primary key (region_code, institution_id, year),
  constraint capitation_posted foreign key (region_code, posting_id) references posting,
  constraint capitation_settled_whole check ((settled_at is null) = (settled_by is null) and (settled_at is null) = (outcome is null))
);

create table capitation_grant (
  region_code    text not null,
  institution_id text not null,
  year           int not null,
  grant_no       int not null check (grant_no >= 1),
  persons        int not null check (persons >= 1),
  per_person_fen bigint not null check (per_person_fen >= 1),
  budget_fen     bigint not null,
  -- What of it is paid in advance, through the clearing of the month in which it is granted.
  advance_fen    bigint not null check (advance_fen >= 0),
  reason         text not null,
  granted_at     timestamptz not null,
  granted_by     text not null,
  posting_id     uuid not null,
  primary key (region_code, institution_id, year, grant_no),
  constraint grant_of foreign key (region_code, institution_id, year) references capitation_year,
  constraint grant_posted foreign key (region_code, posting_id) references posting,
  constraint budget_is_per_person check (budget_fen = persons * per_person_fen),
  constraint advance_within_budget check (advance_fen <= budget_fen)
);
create trigger grant_is_kept before update or delete on capitation_grant for each row execute function refuse_change();

create function check_capitation_year() returns trigger language plpgsql as $$
begin
  if old.settled_at is not null
     or (new.region_code, new.institution_id, new.year, new.scheme)
        is distinct from (old.region_code, old.institution_id, old.year, old.scheme) then
    raise exception 'a capitation year is settled once and never rewritten' using errcode = 'HB003';
  end if;
  return new;
end $$;
create trigger capitation_year_is_kept before update on capitation_year
  for each row execute function check_capitation_year();
create trigger capitation_year_is_never_deleted before delete on capitation_year
  for each row execute function refuse_delete();

create function check_grant_in_time() returns trigger language plpgsql as $$
begin
  if exists (select from capitation_year
              where region_code = new.region_code and institution_id = new.institution_id and year = new.year
                and settled_at is not null) then
    raise exception 'the capitation year % of % is settled', new.year, new.institution_id using errcode = 'HB003';
  end if;
  return new;
end $$;
create trigger grant_in_time before insert on capitation_grant for each row execute function check_grant_in_time();
