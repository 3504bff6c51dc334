-- Where events are sent (callbacks): for an institution those of its feed, for an agency (no institution) those of its region.
create table callback (
  callback_id     uuid primary key,
  region_code     text not null check (region_code ~ '^\d{6}$'),
  institution_id  text,
  -- Who subscribed or changed it last: nothing is sent for a client that has ended.
  client_id       text not null references client,
  url             text not null check (length(url) <= 500),
  -- Empty: all.
  event_types     text[] not null,
  state           text not null check (state in ('on', 'paused', 'switched-off')),
  state_since     timestamptz not null,
  revision        int not null default 1,
  created_at      timestamptz not null,
  secret_sealed   bytea not null,
  -- The secret before the last rotation, which signs too until then.
  previous_sealed bytea,
  previous_until  timestamptz,
  -- The place in the feed that was delivered or passed over last.
  xact            xid8 not null,
  seq             bigint not null,
  -- The failures at the entry that follows that place.
  attempts        int not null default 0,
  failing_since   timestamptz,
  next_attempt_at timestamptz,
  last_answer     text,
  -- The process that is sending for it, and how long it may, by the clock of the database.
  claim           uuid,
  claimed_until   timestamptz,
  constraint previous_is_whole check ((previous_sealed is null) = (previous_until is null)),
  constraint streak_is_whole check ((attempts = 0) = (failing_since is null))
);
create index callback_by_owner on callback (region_code, institution_id);

-- What became of each event that was sent, or tried.
create table callback_delivery (
  callback_id      uuid not null references callback on delete cascade,
  xact             xid8 not null,
  seq              bigint not null,
  prescription_no  text not null,
  revision         int not null,
  type             text not null,
  state            text not null check (state in ('delivered', 'failing')),
  attempts         int not null,
  first_attempt_at timestamptz not null,
  last_attempt_at  timestamptz not null,
  -- The status of the last answer, or why there was none.
  answer           text not null,
  -- Asked to be sent again, out of turn.
  again_at         timestamptz,
  primary key (callback_id, xact, seq),
  unique (callback_id, prescription_no, revision)
);
create index callback_delivery_again on callback_delivery (callback_id, again_at) where again_at is not null;
create index callback_delivery_by_time on callback_delivery (last_attempt_at);

-- An agency reads the feed of its region.
create index feed_entry_by_region on feed_entry (region_code, xact, seq);

-- The sandbox keeps the word to the owner of a callback that was switched off, too.
alter table sandbox_notification
  drop constraint about_one,
  add column callback_id uuid,
  add constraint about_one check (num_nonnulls(prescription_no, notice_id, callback_id) = 1);
