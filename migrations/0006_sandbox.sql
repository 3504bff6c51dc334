-- What only a sandbox has. In production these tables stay empty.

-- Keys of the sandbox's own authority, signers and callers. They are handed out by GET /sandbox: no secrets at all.
create table sandbox_keys (
  name text not null primary key,
  body jsonb not null
);

-- How far the sandbox's clock is ahead of the machine's.
create table sandbox_clock (
  one       boolean not null primary key default true check (one),
  offset_ms bigint not null
);
