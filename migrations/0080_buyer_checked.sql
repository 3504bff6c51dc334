-- Who buys, checked by a pharmacist before the settlement is asked for (MZ-6.5, SX-10.1): with the supply, not with
-- the prescription, because somebody else may come for the next part.
alter table dispense
  add column buyer            text,
  add column buyer_checked_by text,
  add column buyer_checked_at timestamptz,
  add constraint buyer_checked_by_somebody check (num_nulls(buyer, buyer_checked_by, buyer_checked_at) in (0, 3));
