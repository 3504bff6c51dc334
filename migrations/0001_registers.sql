-- Registers (名录): every entry dated, never overwritten. One table, because every register is changed, dated,
-- audited and cached in the same way; what an entry holds is checked by the JSON Schema of its register.

create extension if not exists btree_gist;

-- Raised by every change, in the same transaction: a cache that read this number knows exactly whether it is fresh.
create table register_version (
  region_code text not null primary key check (region_code ~ '^\d{6}$'),
  version     bigint not null default 0
);

create table register_entry (
  region_code text not null check (region_code ~ '^\d{6}$'),
  register    text not null,
  key         text not null,
  -- The person, institution, practitioner or drug an entry is about.
  subject     text not null,
  valid_from  date not null,
  -- Last day on which it holds; null means until further notice.
  valid_to    date,
  data        jsonb not null,
  version     bigint not null,
  author      text not null,
  reason      text not null,
  recorded_at timestamptz not null,
  ended_by    text,
  end_reason  text,
  primary key (region_code, register, key, valid_from),
  constraint period_is_forward check (valid_to is null or valid_to >= valid_from),
  constraint one_entry_a_day exclude using gist (
    region_code with =, register with =, key with =, daterange(valid_from, valid_to, '[]') with &&)
);

create index register_entry_by_version on register_entry (region_code, version);
create index register_entry_by_subject on register_entry (region_code, subject, register);

-- An entry may be ended, once; nothing else of it changes.
create function refuse_register_rewrite() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'register entries are never deleted' using errcode = 'HB001';
  end if;
  if (new.region_code, new.register, new.key, new.subject, new.valid_from, new.data, new.author, new.reason, new.recorded_at)
     is distinct from
     (old.region_code, old.register, old.key, old.subject, old.valid_from, old.data, old.author, old.reason, old.recorded_at)
  then
    raise exception 'register entries are never rewritten; end the entry and add another' using errcode = 'HB001';
  end if;
  return new;
end $$;

create trigger register_entry_is_kept before update or delete on register_entry
  for each row execute function refuse_register_rewrite();
