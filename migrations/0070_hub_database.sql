-- What the database knows of itself: its mode, and how often it was restored from a backup.
create table hub_database (
  one        boolean not null primary key default true check (one),
  -- Stated at the first start. A sandbox gives out its keys and seeds samples; a production must never become one.
  mode       text check (mode in ('sandbox', 'production')),
  -- Raised by each restoration. The upper bits of a place in the feed, whose lower 40 are the transaction.
  epoch      integer not null default 0 check (epoch between 0 and 4194303),
  raised_at  timestamptz,
  -- Server, database and table in which it was last used. A copy and a restored dump have others.
  home       text,
  -- The last day on which the serial numbers were set to that day's range.
  serial_day date
);

-- One that is older than this table is what its content says.
insert into hub_database (mode)
select case
         when exists (select from sandbox_keys) then 'sandbox'
         when exists (select from client) or exists (select from prescription) then 'production'
       end;

-- A restored database may come to a server whose transactions have lower numbers. With the epoch above it, what is
-- written after a restoration lies behind everything that a reader of the feed may have seen before.
create function feed_place(epoch integer, transaction xid8) returns xid8 immutable language sql
  return ((epoch::bigint << 40) + transaction::text::bigint)::text::xid8;

-- In PL/pgSQL, which keeps its plan: it runs for every row of the feed.
create function feed_place_now() returns xid8 language plpgsql as $$
begin
  return feed_place((select epoch from hub_database), pg_current_xact_id());
end $$;
alter table feed_entry alter column xact set default feed_place_now();
