-- A price is so many fen for so many units: a pack of 28 for 1000 fen is no whole number of fen a tablet.
alter table dispense_line add column price_per numeric(16, 4) not null default 1 check (price_per > 0);
comment on column dispense_line.unit_price_fen is 'Fen for `price_per` units; for one unit where that is a whole number of fen.';

-- What others state for one unit, as they state it: fen with at most six decimals.
alter table stock alter column unit_price_fen type numeric(24, 6);
alter table stock_line alter column unit_price_fen type numeric(24, 6);
alter table clearing_file_line alter column unit_price_fen type numeric(24, 6);
