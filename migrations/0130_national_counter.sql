-- The pharmacy's side of the national interface: what is shown at a counter, and what is told of a delivery.

alter table dispense
  drop constraint dispense_taken_by_check,
  add constraint dispense_taken_by_check check (taken_by in ('inbox', 'pickup-code', 'paper', 'counter'));

-- Lets one pharmacy take one prescription once, within a minute of what the patient has shown.
create table national_token (
  -- SHA-256 of the token; the token itself is told once.
  token_hash      bytea primary key check (length(token_hash) = 32),
  region_code     text not null,
  prescription_no text not null,
  pharmacy_id     text not null,
  shown           text not null
    check (shown in ('pickup-code', 'trace-code', 'identity-card', 'insurance-card', 'e-certificate')),
  given_at        timestamptz not null,
  ends_at         timestamptz not null,
  spent_at        timestamptz
);
create index national_token_by_prescription on national_token (region_code, prescription_no);

-- Somebody asked at a counter, by a paper of a person, what is open for him; for the person's own log.
create table national_inquiry (
  inquiry_id     uuid primary key,
  region_code    text not null,
  client_id      text not null,
  institution_id text not null,
  -- Null when the register has nobody of that paper.
  person_id      text,
  shown          text not null,
  found          int not null,
  at             timestamptz not null
);
create index national_inquiry_by_person on national_inquiry (region_code, person_id, at);
create index national_inquiry_by_client on national_inquiry (region_code, client_id, at);

create index register_person_by_id_number on register_entry (region_code, upper(data ->> 'idNumber'))
  where register = 'person';

-- How far a delivery is (配送状态), as the pharmacy told it; the newest counts.
create table national_delivery (
  region_code     text not null,
  prescription_no text not null,
  dispense_id     uuid not null,
  place           bigint generated always as identity,
  state_code      text not null,
  state_name      text not null,
  delivery_no     text,
  company         text not null,
  -- JSON of the rest of the message: who brings it and where to.
  message         text not null,
  told_at         timestamptz not null,
  primary key (region_code, dispense_id, place)
);
