-- A pack (最小销售包装), what of it is with patients or promised to them, and how much it holds. One that is split (拆零)
-- is given out in parts until it is used up.
create table pack (
  serial    text not null check (serial = upper(serial) and serial <> ''),
  -- Product number, where a scan said it.
  gtin      text not null default '' check (gtin ~ '^(\d{14})?$'),
  drug_code text not null,
  -- Units of the drug in it; known once it is split.
  size      numeric(16, 4) check (size > 0),
  -- Live supplies of the pack as a whole, and the units taken by live supplies of parts.
  whole     int not null default 0,
  taken     numeric(16, 4) not null default 0,
  primary key (serial, gtin),
  constraint pack_is_supplied_once check (whole in (0, 1) and taken >= 0 and (whole = 0 or taken = 0)),
  constraint pack_is_not_overdrawn check (taken = 0 or (size is not null and taken <= size))
);

-- A pack may be promised to a supply before the money moves; the promise ends with its settlement.
alter table trace_code add column gtin text not null default '';
alter table trace_code add column quantity numeric(16, 4) check (quantity > 0);
comment on column trace_code.quantity is 'Units taken of a pack that is split; null is the whole pack.';
alter table trace_code add column reserved_at timestamptz;
alter table trace_code add column released_at timestamptz;
alter table trace_code alter column sold_at drop not null;
alter table trace_code add constraint trace_code_is_reserved_or_sold check (sold_at is not null or reserved_at is not null);

insert into pack (serial, gtin, drug_code, whole)
select t.trace_code, '', max(l.drug_code), count(*) filter (where t.returned_at is null and not t.sold_twice)
  from trace_code t join dispense_line l using (region_code, dispense_id, line_no)
 group by t.trace_code;
alter table trace_code add constraint trace_code_of_pack foreign key (trace_code, gtin) references pack (serial, gtin);
drop index trace_code_sold_once;
create index trace_code_by_pack on trace_code (trace_code, gtin);

-- Keeps the counts of a pack, whatever writes its supplies: the row of the pack is what rivals wait for.
create function count_pack() returns trigger language plpgsql as $$
declare
  before_whole int := 0;
  before_taken numeric := 0;
  after_whole  int := 0;
  after_taken  numeric := 0;
begin
  if tg_op = 'UPDATE' and old.returned_at is null and old.released_at is null and not old.sold_twice then
    before_whole := case when old.quantity is null then 1 else 0 end;
    before_taken := coalesce(old.quantity, 0);
  end if;
  if new.returned_at is null and new.released_at is null and not new.sold_twice then
    after_whole := case when new.quantity is null then 1 else 0 end;
    after_taken := coalesce(new.quantity, 0);
  end if;
  if (before_whole, before_taken) is distinct from (after_whole, after_taken) then
    update pack set whole = whole + after_whole - before_whole, taken = taken + after_taken - before_taken
     where serial = new.trace_code and gtin = new.gtin;
  end if;
  return null;
end $$;
create trigger trace_code_counts after insert or update on trace_code for each row execute function count_pack();
create trigger trace_code_is_kept before delete on trace_code for each row execute function refuse_delete();

-- A line may come from several batches; without a trace code there is a reason.
create table dispense_batch (
  region_code     text not null,
  dispense_id     uuid not null,
  line_no         int not null,
  batch_place     int not null check (batch_place > 0),
  quantity        numeric(16, 4) not null check (quantity > 0),
  batch_no        text not null,
  expires_on      date not null,
  no_trace_reason text,
  primary key (region_code, dispense_id, line_no, batch_place),
  constraint batch_of foreign key (region_code, dispense_id, line_no)
    references dispense_line (region_code, dispense_id, line_no)
);
insert into dispense_batch (region_code, dispense_id, line_no, batch_place, quantity, batch_no, expires_on)
select region_code, dispense_id, line_no, 1, quantity, batch_no, expires_on
  from dispense_line where batch_no is not null and expires_on is not null;
create trigger batch_is_kept before update or delete on dispense_batch for each row execute function refuse_change();
