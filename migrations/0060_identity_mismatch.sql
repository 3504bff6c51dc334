-- Who asked about a person under a name or an identity number that is not the person's: counted against guessing, and
-- shown to the patient. What was guessed is not kept.

create table identity_mismatch (
  region_code    text not null,
  mismatch_id    uuid not null,
  person_id      text not null,
  client_id      text not null,
  institution_id text not null,
  asked_by       text not null,
  at             timestamptz not null,
  primary key (region_code, mismatch_id),
  constraint mismatch_known check (asked_by in ('pre-check', 'push', 'paper'))
);

create index identity_mismatch_of_client on identity_mismatch (region_code, client_id, at);
create index identity_mismatch_of_person on identity_mismatch (region_code, person_id, at);
