-- What a supplier owes a patient (退费): the own part of a settlement that was taken back after it was paid at the till.

create table refund (
  region_code     text not null,
  refund_id       uuid not null,
  -- The settlement that was taken back.
  settlement_id   uuid not null,
  dispense_id     uuid not null,
  prescription_no text not null,
  person_id       text not null,
  pharmacy_id     text not null,
  cause           text not null check (cause in ('goods-returned', 'settlement-reversed', 'settlement-lapsed')),
  amount_fen      bigint not null check (amount_fen > 0),
  opened_at       timestamptz not null,
  due_on          date not null,
  state           text not null check (state in ('owed', 'paid-back', 'nothing-taken')),
  closed_at       timestamptz,
  closed_by       text,
  -- Of the payment: a number at the till or the bank.
  reference       text,
  primary key (region_code, refund_id),
  constraint refund_of foreign key (region_code, settlement_id) references settlement,
  constraint closed_whole check ((state = 'owed') = (closed_at is null) and (closed_at is null) = (closed_by is null)),
  constraint paid_back_has_reference check ((state = 'paid-back') = (reference is not null))
);
create unique index refund_once on refund (region_code, settlement_id);
create index refund_owed on refund (region_code, due_on, refund_id) where state = 'owed';
create index refund_by_supplier on refund (region_code, pharmacy_id, opened_at, refund_id);
create index refund_by_prescription on refund (region_code, prescription_no);

create function check_refund_kept() returns trigger language plpgsql as $$
begin
  if old.state <> 'owed'
     or (new.region_code, new.refund_id, new.settlement_id, new.dispense_id, new.prescription_no, new.person_id,
         new.pharmacy_id, new.cause, new.amount_fen, new.opened_at, new.due_on)
        is distinct from
        (old.region_code, old.refund_id, old.settlement_id, old.dispense_id, old.prescription_no, old.person_id,
         old.pharmacy_id, old.cause, old.amount_fen, old.opened_at, old.due_on) then
    raise exception 'a refund is closed once and never rewritten' using errcode = 'HB003';
  end if;
  return new;
end $$;
create trigger refund_is_kept before update on refund for each row execute function check_refund_kept();
create trigger refund_is_never_deleted before delete on refund for each row execute function refuse_delete();
