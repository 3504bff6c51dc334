-- People who work with the hub in a browser: who they are, how they prove it, and their sessions.

create table staff_person (
  person_id       uuid primary key,
  -- Empty for operators of the hub, who have no region.
  region_code     text not null,
  role            text not null,
  institution_id  text,
  -- National code of a pharmacist; what is decided at the counter carries it.
  practitioner_id text,
  name            text not null,
  -- What they type to sign in, in lower case.
  login           text not null unique,
  -- scrypt with its costs and salt; absent until the person has joined.
  password_hash   text,
  -- Secret of the authenticator, sealed with the key encryption key.
  totp_sealed     bytea,
  -- The newest code that was used counts no second time (RFC 6238, 5.2).
  totp_step       bigint not null default 0,
  -- Made for trying out: anybody in a sandbox may act as this person.
  sandbox         boolean not null default false,
  invited_at      timestamptz not null,
  invited_by      text not null,
  joined_at       timestamptz,
  left_at         timestamptz,
  left_by         text,
  constraint staff_role_known check (role in (
    'pharmacist', 'clerk', 'insurance-office', 'officer-county', 'officer-city', 'officer-centre', 'supervisor',
    'operator')),
  constraint staff_of_an_institution check (
    (role in ('pharmacist', 'clerk', 'insurance-office')) = (institution_id is not null)),
  constraint staff_pharmacist_has_a_code check (role <> 'pharmacist' or practitioner_id is not null),
  constraint staff_joined_can_sign_in check (
    joined_at is null or sandbox or (password_hash is not null and totp_sealed is not null))
);
create index staff_person_by_institution on staff_person (region_code, institution_id);

-- A way in that works once: to join, or to begin anew after a lost password or telephone.
create table staff_invitation (
  token_hash bytea primary key,
  person_id  uuid not null references staff_person,
  -- The authenticator's secret that is shown with it, sealed.
  totp_sealed bytea not null,
  created_at timestamptz not null,
  ends_at    timestamptz not null,
  used_at    timestamptz,
  constraint invitation_ends_later check (ends_at > created_at)
);
create index staff_invitation_by_person on staff_invitation (person_id);

create table staff_session (
  session_hash bytea primary key,
  person_id    uuid not null references staff_person,
  created_at   timestamptz not null,
  -- Moves on with use; kept to the minute.
  seen_at      timestamptz not null,
  ends_at      timestamptz not null
);
create index staff_session_by_person on staff_session (person_id);
create index staff_session_by_end on staff_session (ends_at);

-- Tries since the last right one, by what was typed: for all processes, and for names that nobody has.
create table staff_attempt (
  login_hash bytea primary key,
  since      timestamptz not null,
  tries      integer not null
);
create index staff_attempt_by_time on staff_attempt (since);

-- Who came in and went, and when it was refused. Never anything about the device.
create table staff_sign_in (
  sign_in_id bigint generated always as identity primary key,
  person_id  uuid not null references staff_person,
  at         timestamptz not null,
  what       text not null,
  constraint sign_in_known check (
    what in ('joined', 'signed-in', 'signed-in-by-sample', 'signed-out', 'refused', 'locked', 'invited-anew', 'left'))
);
create index staff_sign_in_by_person on staff_sign_in (person_id, sign_in_id);
