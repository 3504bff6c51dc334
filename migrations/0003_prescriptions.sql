-- Prescriptions, their states, their events, and what is done with them.

-- The transition table of src/domain/lifecycle/transitions.ts, copied here by the migration step.
create table lifecycle_transition (
  from_state text not null,
  command    text not null,
  to_state   text not null,
  event      text not null,
  primary key (from_state, command, to_state)
);

-- Eight digits of the national number; together with region and day never used twice.
create sequence prescription_serial minvalue 1 maxvalue 99999999 cycle;

-- What was signed. Inserted once, never updated: the signature covers these very bytes.
create table prescription (
  region_code              text not null check (region_code ~ '^\d{6}$'),
  prescription_no          text not null check (prescription_no ~ '^\d{22}$'),
  hospital_id              text not null,
  hospital_prescription_no text not null,
  physician_id             text not null,
  person_id                text not null,
  setting                  text not null check (setting in ('outpatient', 'inpatient')),
  -- For rules that look into a person's history (SX-9).
  diagnosis_codes          text[] not null,
  -- The person's prescriptions counted: two that were judged on the same history can't both be stored.
  person_no                int not null check (person_no > 0),
  -- Three facts, kept apart: when the document says it was issued, when it was signed, when it arrived.
  issued_at                timestamptz not null,
  signed_at                timestamptz,
  received_at              timestamptz not null,
  -- Exclusive; computed by the validity rule, never in SQL (MZ-6.3).
  expires_at               timestamptz not null,
  policy_version           text not null,
  document                 bytea not null,
  signature                bytea not null,
  document_sha256          bytea not null,
  -- Signers and revocation evidence, as the trust room found them.
  verdict                  text not null,
  primary key (region_code, prescription_no),
  constraint hospital_number_used_once unique (region_code, hospital_id, hospital_prescription_no),
  constraint person_number_used_once unique (region_code, person_id, person_no)
) with (toast_tuple_target = 8160);
alter table prescription alter column document set storage main;
alter table prescription alter column signature set storage main;
create index prescription_by_person on prescription (region_code, person_id, issued_at);

create table prescription_line (
  region_code     text not null,
  prescription_no text not null,
  line_no         int not null check (line_no > 0),
  drug_code       text not null,
  unit            text not null,
  prescribed      numeric(16, 4) not null check (prescribed > 0),
  dispensed       numeric(16, 4) not null default 0 check (dispensed >= 0),
  cancelled       numeric(16, 4) not null default 0 check (cancelled >= 0),
  remaining       numeric(16, 4) generated always as (prescribed - dispensed - cancelled) stored,
  starts_on       date not null,
  ends_on         date not null,
  primary key (region_code, prescription_no, line_no),
  constraint line_belongs foreign key (region_code, prescription_no) references prescription,
  constraint nothing_beyond_prescribed check (prescribed - dispensed - cancelled >= 0)
) with (fillfactor = 90);

create table prescription_event (
  region_code     text not null,
  prescription_no text not null,
  revision        int not null check (revision > 0),
  type            text not null,
  at              timestamptz not null,
  actor_kind      text not null,
  actor_id        text not null,
  -- Codes and ids only; personal data stays in the document and the registers.
  data            text not null,
  -- SHA-256 over the previous hash and the canonical form of this event.
  hash            bytea not null check (length(hash) = 32),
  primary key (region_code, prescription_no, revision)
);

-- The part that changes: narrow, so that a change costs little.
create table prescription_state (
  region_code       text not null,
  prescription_no   text not null,
  state             text not null,
  last_command      text not null,
  revision          int not null,
  hash              bytea not null,
  changed_at        timestamptz not null,
  expires_at        timestamptz not null,
  hospital_id       text not null,
  pharmacy_id       text,
  dispense_id       uuid,
  hold_until        timestamptz,
  settlement_requested_at timestamptz,
  cancel_pending_at timestamptz,
  cancel_reason     text,
  primary key (region_code, prescription_no),
  constraint state_belongs foreign key (region_code, prescription_no) references prescription,
  -- A state and the event that records it commit together or not at all.
  constraint state_is_recorded foreign key (region_code, prescription_no, revision)
    references prescription_event deferrable initially deferred,
  constraint holder_is_known check (
    state not in ('held', 'reviewed', 'settling', 'settled', 'deferred')
    or (pharmacy_id is not null and dispense_id is not null and hold_until is not null)),
  constraint choice_is_known check (state <> 'chosen' or pharmacy_id is not null)
) with (fillfactor = 80);

create index state_inbox on prescription_state (region_code, pharmacy_id, changed_at, prescription_no)
  where state in ('chosen', 'held', 'reviewed', 'settling', 'settled', 'deferred');
create index state_open_by_expiry on prescription_state (expires_at) where state in ('open', 'chosen');
create index state_hold_by_end on prescription_state (hold_until) where state in ('held', 'reviewed');

create function check_transition() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'open' or new.revision <> 1 then
      raise exception 'a prescription begins as open' using errcode = 'HB002';
    end if;
    return new;
  end if;
  if (new.region_code, new.prescription_no, new.hospital_id) is distinct from (old.region_code, old.prescription_no, old.hospital_id) then
    raise exception 'a prescription keeps its number and hospital' using errcode = 'HB002';
  end if;
  if new.revision <> old.revision + 1 then
    raise exception 'every change of a prescription is one revision' using errcode = 'HB002';
  end if;
  -- A remark (a pending cancel, a renewed hold) changes no state.
  if new.state = old.state and new.last_command = 'note' then
    return new;
  end if;
  if not exists (
    select 1 from lifecycle_transition
    where from_state = old.state and command = new.last_command and to_state = new.state)
  then
    raise exception 'no transition from % by % to %', old.state, new.last_command, new.state using errcode = 'HB002';
  end if;
  return new;
end $$;

create trigger prescription_state_transition before insert or update on prescription_state
  for each row execute function check_transition();

-- What must never change after it was written.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'HB003';
end $$;

create trigger prescription_is_kept before update or delete on prescription
  for each row execute function refuse_change();
create trigger event_is_kept before update or delete on prescription_event
  for each row execute function refuse_change();
create function refuse_delete() returns trigger language plpgsql as $$
begin
  raise exception '% is never deleted', tg_table_name using errcode = 'HB003';
end $$;
create trigger state_is_kept before delete on prescription_state for each row execute function refuse_delete();

-- Who is told of which event. The transaction id makes a cursor that no late commit can slip behind.
create table feed_entry (
  region_code     text not null,
  recipient_id    text not null,
  xact            xid8 not null default pg_current_xact_id(),
  seq             bigint generated always as identity,
  prescription_no text not null,
  revision        int not null,
  primary key (recipient_id, xact, seq)
);

create function announce_feed() returns trigger language plpgsql as $$
begin
  perform pg_notify('feed', new.recipient_id);
  return null;
end $$;
create trigger feed_is_announced after insert on feed_entry for each row execute function announce_feed();

-- Judgements, with the facts they rest on: the same facts and policy version give the same findings for ever.
create table decision (
  region_code     text not null,
  decision_id     uuid not null,
  prescription_no text,
  step            text not null,
  policy_version  text not null,
  decided_at      timestamptz not null,
  refused         boolean not null,
  facts           text not null,
  findings        text not null,
  primary key (region_code, decision_id)
);
create index decision_by_prescription on decision (region_code, prescription_no);
create trigger decision_is_kept before update or delete on decision
  for each row execute function refuse_change();

-- One fulfilment (调配) of a prescription at one pharmacy.
create table dispense (
  region_code     text not null,
  dispense_id     uuid not null,
  prescription_no text not null,
  pharmacy_id     text not null,
  taken_at        timestamptz not null,
  taken_by        text not null check (taken_by in ('inbox', 'pickup-code')),
  pharmacist_id   text,
  review          text,
  reviewed_at     timestamptz,
  hand_over       text,
  handed_over_at  timestamptz,
  returned_at     timestamptz,
  ended_at        timestamptz,
  end_reason      text,
  primary key (region_code, dispense_id),
  constraint dispense_of foreign key (region_code, prescription_no) references prescription
) with (fillfactor = 85);
create index dispense_by_prescription on dispense (region_code, prescription_no);
create index dispense_by_pharmacy on dispense (region_code, pharmacy_id, handed_over_at) where handed_over_at is not null;

create table dispense_line (
  region_code     text not null,
  dispense_id     uuid not null,
  line_no         int not null,
  drug_code       text not null,
  quantity        numeric(16, 4) not null check (quantity > 0),
  unit_price_fen  bigint not null check (unit_price_fen >= 0),
  batch_no        text,
  expires_on      date,
  primary key (region_code, dispense_id, line_no),
  constraint line_of foreign key (region_code, dispense_id) references dispense
);

-- A trace code (追溯码) sells once in the whole hub, until the pack is returned.
create table trace_code (
  trace_code  text not null,
  region_code text not null,
  dispense_id uuid not null,
  line_no     int not null,
  sold_at     timestamptz not null,
  returned_at timestamptz,
  constraint trace_of foreign key (region_code, dispense_id) references dispense
);
create unique index trace_code_sold_once on trace_code (trace_code) where returned_at is null;
create index trace_code_by_dispense on trace_code (region_code, dispense_id);

-- The patient's way in. Only hashes of the secrets are kept.
create table patient_link (
  region_code     text not null,
  link_hash       bytea not null,
  -- The secret is an HMAC over this salt, so that the worker can send it and no table holds it.
  salt            bytea not null,
  prescription_no text not null,
  created_at      timestamptz not null,
  attempts        int not null default 0,
  locked_at       timestamptz,
  replaced_at     timestamptz,
  primary key (link_hash),
  constraint link_of foreign key (region_code, prescription_no) references prescription
);
create index patient_link_by_prescription on patient_link (region_code, prescription_no);

create table patient_session (
  session_hash bytea not null primary key,
  link_hash    bytea not null references patient_link,
  created_at   timestamptz not null,
  ends_at      timestamptz not null
);

create table pickup_code (
  region_code     text not null,
  prescription_no text not null,
  code_hash       bytea not null unique,
  created_at      timestamptz not null,
  primary key (region_code, prescription_no)
);

create table stock (
  region_code    text not null,
  pharmacy_id    text not null,
  drug_code      text not null,
  quantity       numeric(16, 4) not null check (quantity >= 0),
  unit_price_fen bigint not null check (unit_price_fen >= 0),
  reported_at    timestamptz not null,
  primary key (region_code, drug_code, pharmacy_id)
);

-- The first answer to each write, kept in the transaction of the write.
create table idempotency_key (
  caller_id  text not null,
  key        text not null,
  digest     bytea not null,
  status     int,
  body       text,
  created_at timestamptz not null,
  primary key (caller_id, key)
);
create index idempotency_key_by_age on idempotency_key using brin (created_at);
