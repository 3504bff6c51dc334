-- Paper prescriptions that pharmacies enter while circulation is down, and what the hospital says to them (MZ-7.5).

alter table dispense
  drop constraint dispense_taken_by_check,
  add constraint dispense_taken_by_check check (taken_by in ('inbox', 'pickup-code', 'paper'));

-- Only what came on paper may be without a signature.
alter table prescription
  add constraint unsigned_is_paper check (length(signature) > 0 or verdict::jsonb ->> 'status' = 'paper');

create table paper_prescription (
  region_code     text not null,
  prescription_no text not null,
  -- Follows time: lists go on by it.
  entry_id        uuid not null,
  hospital_id     text not null,
  pharmacy_id     text not null,
  reason_code     text not null,
  presented_at    timestamptz not null,
  entered_at      timestamptz not null,
  entered_by      text not null,
  -- The scan is kept by the pharmacy, or by the hub where `stored_scan` names its file.
  scan_type       text not null check (scan_type in ('application/pdf', 'image/jpeg', 'image/png')),
  scan_sha256     bytea not null check (length(scan_sha256) = 32),
  stored_scan     bytea,
  state           text not null default 'unconfirmed' check (state in ('unconfirmed', 'confirmed', 'objected')),
  objection_code  text,
  -- What an objection came to: the prescription ended, will end, or money had moved and the agency looks into it.
  effect          text check (effect in ('cancelled', 'cancel-pending', 'recorded')),
  answered_at     timestamptz,
  answered_by     text,
  primary key (region_code, prescription_no),
  constraint paper_of foreign key (region_code, prescription_no) references prescription,
  constraint scan_is_stored foreign key (region_code, stored_scan) references paper_file,
  constraint scan_is_the_one check (stored_scan is null or stored_scan = scan_sha256),
  constraint answered_whole check (
    (state = 'unconfirmed') = (answered_at is null)
    and (answered_at is null) = (answered_by is null)
    and (state = 'objected') = (objection_code is not null)
    and (state = 'objected') = (effect is not null))
);
create unique index paper_by_entry on paper_prescription (region_code, entry_id);

create function check_paper_prescription() returns trigger language plpgsql as $$
begin
  if old.state <> 'unconfirmed'
     or (new.region_code, new.prescription_no, new.entry_id, new.hospital_id, new.pharmacy_id, new.reason_code,
         new.presented_at, new.entered_at, new.entered_by, new.scan_type, new.scan_sha256, new.stored_scan)
        is distinct from
        (old.region_code, old.prescription_no, old.entry_id, old.hospital_id, old.pharmacy_id, old.reason_code,
         old.presented_at, old.entered_at, old.entered_by, old.scan_type, old.scan_sha256, old.stored_scan)
  then
    raise exception 'a paper prescription is answered once and never rewritten' using errcode = 'HB003';
  end if;
  return new;
end $$;

create trigger paper_prescription_is_kept before update on paper_prescription
  for each row execute function check_paper_prescription();
create trigger paper_prescription_is_never_deleted before delete on paper_prescription
  for each row execute function refuse_delete();
