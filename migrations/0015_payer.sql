-- What a core system was asked to pay, what it answered, and where the two books differ.

-- Written before the payer is asked: whatever dies afterwards, the same question is asked again under the same key.
create table payer_request (
  region_code   text not null,
  -- The idempotency key at the payer.
  settlement_id uuid not null,
  person_id     text not null,
  year          int not null,
  day           date not null,
  -- SHA-256 of the claim as it is sent.
  digest        bytea not null check (length(digest) = 32),
  claim         text not null,
  -- What is posted when the payer accepts: worked out once, under the lock of the year.
  prepared      text not null,
  status        text not null check (status in ('asked', 'accepted', 'refused', 'cancelling', 'cancelled')),
  asked_at      timestamptz not null,
  times_asked   int not null default 1 check (times_asked > 0),
  answered_at   timestamptz,
  answer        text,
  cancel_reason text,
  cancelled_at  timestamptz,
  primary key (region_code, settlement_id),
  constraint payer_request_of foreign key (region_code, settlement_id) references settlement,
  constraint accepted_is_answered check (status not in ('accepted', 'refused') or answer is not null)
);
-- One question at a time about a person's year: the amounts of the next one rest on this one's.
create unique index payer_request_once_a_year on payer_request (region_code, person_id, year) where status = 'asked';
create index payer_request_by_day on payer_request (region_code, day);
create trigger payer_request_is_kept before delete on payer_request for each row execute function refuse_delete();

create table payer_difference (
  region_code   text not null,
  difference_id bigint generated always as identity,
  day           date not null,
  -- Text, because the payer may name what is no settlement of ours.
  settlement_id text not null,
  kind          text not null check (kind in ('amount-differs', 'answered-differently', 'missing-there', 'paid-there-only', 'unknown-here')),
  -- JSON of amounts and states; no personal data.
  ours          text not null,
  theirs        text not null,
  found_at      timestamptz not null,
  -- A later reconciliation did not find it any more.
  gone_at       timestamptz,
  primary key (region_code, difference_id),
  constraint difference_listed_once unique (region_code, settlement_id, kind)
);
create index payer_difference_by_day on payer_difference (region_code, day);

create table payer_reconciliation (
  region_code text not null,
  day         date not null,
  ran_at      timestamptz not null,
  ours        int not null,
  theirs      int not null,
  differences int not null,
  primary key (region_code, day)
);
