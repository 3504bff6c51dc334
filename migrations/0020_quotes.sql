-- What somebody was told that a settlement would come to, until it is settled: the bill says how it differs, and why,
-- before anybody signs.
create table settlement_quote (
  region_code     text not null,
  prescription_no text not null,
  -- Who was told: the pharmacy that asked, or the patient at the choice.
  told            text not null check (told in ('pharmacy', 'patient')),
  pharmacy_id     text not null,
  quoted_at       timestamptz not null,
  -- Canonical JSON, as that of the settlement.
  adjudication    text not null,
  primary key (region_code, prescription_no, told),
  constraint quote_of foreign key (region_code, prescription_no) references prescription
) with (fillfactor = 85);

-- JSON: for each quote when it was made, to whom, and how the bill differs.
alter table settlement add column quote_differences text;

create function check_differences_kept() returns trigger language plpgsql as $$
begin
  raise exception 'settlement % is decided', old.settlement_id using errcode = 'HB003';
end $$;
create trigger settlement_differences_stay before update on settlement
  for each row
  when (old.status in ('settled', 'reversed') and new.quote_differences is distinct from old.quote_differences)
  execute function check_differences_kept();
