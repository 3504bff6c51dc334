-- Every supply has its own life: goods come back by supply, by line and by quantity.

alter table dispense_line
  add column returned numeric(16, 4) not null default 0,
  add constraint returned_once check (returned >= 0 and returned <= quantity);

create table supply_return (
  region_code     text not null,
  return_id       uuid not null,
  dispense_id     uuid not null,
  prescription_no text not null,
  reason_code     text not null,
  returned_at     timestamptz not null,
  actor_kind      text not null,
  actor_id        text not null,
  -- The settlement that it reversed, and the one of what the patient keeps.
  settlement_id   uuid not null,
  resettlement_id uuid,
  primary key (region_code, return_id),
  constraint return_of foreign key (region_code, dispense_id) references dispense,
  constraint return_reversed foreign key (region_code, settlement_id) references settlement,
  constraint return_settled_anew foreign key (region_code, resettlement_id) references settlement
);
create index supply_return_by_dispense on supply_return (region_code, dispense_id);
create unique index supply_return_of_settlement on supply_return (region_code, settlement_id);
create trigger supply_return_is_kept before update or delete on supply_return
  for each row execute function refuse_change();

create table supply_return_line (
  region_code text not null,
  return_id   uuid not null,
  line_no     int not null,
  quantity    numeric(16, 4) not null check (quantity > 0),
  primary key (region_code, return_id, line_no),
  constraint return_line_of foreign key (region_code, return_id) references supply_return
);
create trigger supply_return_line_is_kept before update or delete on supply_return_line
  for each row execute function refuse_change();

-- With which return a pack came back. One that came back opened, defective or recalled is barred: it counts as supplied
-- for ever, so nobody sells it again.
alter table trace_code add column return_id uuid, add column barred boolean not null default false;
alter table trace_code add constraint barred_is_not_returned check (not barred or (return_id is not null and returned_at is null));

-- What came back before: whole supplies.
update dispense_line l set returned = quantity
  from dispense d
 where d.region_code = l.region_code and d.dispense_id = l.dispense_id and d.returned_at is not null;
with whole as (
  insert into supply_return (region_code, return_id, dispense_id, prescription_no, reason_code, returned_at, actor_kind,
                             actor_id, settlement_id)
  select d.region_code, gen_random_uuid(), d.dispense_id, d.prescription_no, 'other', d.returned_at, 'system', 'hub',
         (select s.settlement_id from settlement s
           where s.region_code = d.region_code and s.dispense_id = d.dispense_id and s.status = 'reversed'
           order by s.requested_at desc, s.settlement_id desc limit 1)
    from dispense d where d.returned_at is not null
  returning region_code, return_id, dispense_id)
insert into supply_return_line (region_code, return_id, line_no, quantity)
select w.region_code, w.return_id, l.line_no, l.quantity
  from whole w join dispense_line l on l.region_code = w.region_code and l.dispense_id = w.dispense_id;
