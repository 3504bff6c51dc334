-- Outgoing work: written with the change that causes it, so that neither exists without the other. The queue is only
-- the carrier; this table is the truth, and a queue that was wiped is filled from it again.

create table outbox (
  region_code  text not null check (region_code ~ '^\d{6}$'),
  outbox_id    bigint generated always as identity,
  queue        text not null,
  -- Ids only, no copies and no personal data: a queue's server is not guarded like this database.
  body         jsonb not null check (jsonb_typeof(body) = 'object'),
  created_at   timestamptz not null,
  available_at timestamptz not null,
  sent_at      timestamptz,
  -- The consumer's acknowledgement, after its own transaction committed.
  done_at      timestamptz,
  -- How often the entry was given to the queue.
  attempts     integer not null default 0 check (attempts >= 0),
  primary key (region_code, outbox_id),
  constraint sent_when_available check (available_at >= created_at)
);

-- Each of the three stays as small as the work at hand, however old the hub grows.
create index outbox_unsent on outbox (queue, available_at, outbox_id) where sent_at is null and done_at is null;
create index outbox_unacknowledged on outbox (sent_at) where sent_at is not null and done_at is null;
create index outbox_done on outbox (done_at) where done_at is not null;

-- Work that was refused, or failed as often as it may: what an operator sees and decides (MZ-6.7).
create table failed_job (
  region_code text not null,
  failure_id  bigint generated always as identity,
  outbox_id   bigint not null,
  queue       text not null,
  body        jsonb not null,
  -- A problem code, an SQLSTATE or the name of an error class; never a message, which may name a person.
  reason      text not null check (reason ~ '^[A-Za-z0-9_.-]{1,64}$'),
  -- A refusal stays one however often it is asked; a fault may be over.
  kind        text not null check (kind in ('refusal', 'fault')),
  attempts    integer not null,
  failed_at   timestamptz not null,
  resolved_at timestamptz,
  resolution  text check (resolution in ('retried', 'done-by-hand', 'dropped')),
  resolved_by text,
  primary key (region_code, failure_id),
  constraint resolved_wholly check (num_nonnulls(resolved_at, resolution, resolved_by) in (0, 3))
);

create unique index failed_job_open on failed_job (region_code, outbox_id) where resolved_at is null;
